@testable import PalcoRelease
import Testing

@Suite struct FailureReportTests {
  private func task(_ reason: String?, container: String? = nil, code: Int? = nil) -> FailureReport.FailedTask {
    .init(id: "0123", reason: reason, containerReason: container, exitCode: code)
  }

  @Test func whatTheProgramDidComesBeforeWhatECSMadeOfIt() {
    let report = FailureReport(
      reason: "the circuit breaker threshold was exceeded",
      tasks: [task("Essential container in task exited", code: 3), task("later", code: 4)])
    #expect(report.cause == "Essential container in task exited (exit code 3)")
  }

  @Test func aContainersOwnReasonIsTheNearest() {
    let report = FailureReport(
      reason: "breaker", tasks: [task("Task failed to start", container: "CannotPullContainerError: not found")])
    #expect(report.cause == "CannotPullContainerError: not found")
  }

  @Test func aFailedHealthCheckSaysWhatTheLoadBalancerSaw() {
    let complaint = "Target.ResponseCodeMismatch: Health checks failed with these codes: [503]"
    let report = FailureReport(
      reason: "breaker", targetComplaint: complaint, tasks: [task("Task failed ELB health checks in (target-group x)")])
    #expect(report.cause == "Task failed ELB health checks in (target-group x): \(complaint)")
    #expect(FailureReport(reason: "breaker", targetComplaint: complaint).cause == "unhealthy target: \(complaint)")
  }

  @Test func theServicesEventsTellWhatNobodySaw() {
    let events = [
      "(service web) has started 1 tasks: (task aa11).",
      "(service web) (task bb22) (port 8080) is unhealthy in (target-group arn:x) due to (reason Request timed out)",
      "(service web) (task aa11) (port 8080) is unhealthy in (target-group arn:x) due to (reason Health checks failed "
        + "with these codes: [503])",
    ]
    #expect(
      FailureReport.complaint(in: events, ofTasks: ["aa11"]) == "Health checks failed with these codes: [503]")
    #expect(FailureReport.complaint(in: events, ofTasks: ["cc33"]) == nil)
  }

  @Test func aTargetGroupIsCalledByItsName() {
    let arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/pulse-stage-blue/1ba2ca841b1d6ec4"
    let report = FailureReport(
      reason: "breaker", tasks: [task("Task failed ELB health checks in (target-group \(arn))")])
    #expect(report.cause == "Task failed ELB health checks in (target-group pulse-stage-blue)")
  }

  @Test func withoutAnythingElseECSsReasonStands() {
    #expect(FailureReport(reason: "breaker").cause == "breaker")
  }
}
