import AWSWire
import Foundation
import Testing

@testable import PalcoRelease

@Suite struct ReleaseRecordTests {
  private func record(_ status: String, reason: String? = nil, isNewest: Bool = false) -> ReleaseRecord {
    ReleaseRecord(
      ECS.ServiceDeployment(
        serviceDeploymentArn: "arn:aws:ecs:r:a:service-deployment/c/s/abcdefghijklmnopqrstu",
        createdAt: Date(timeIntervalSince1970: 100), startedAt: Date(timeIntervalSince1970: 101),
        finishedAt: Date(timeIntervalSince1970: 131), status: status, statusReason: reason), isNewest: isNewest,
      definition: nil)
  }

  @Test(arguments: [
    ("SUCCESSFUL", "released"), ("ROLLBACK_FAILED", "failed"), ("STOPPED", "superseded"), ("IN_PROGRESS", "under way"),
    ("ROLLBACK_IN_PROGRESS", "under way"), ("ROLLBACK_SUCCESSFUL", "rolled back"), ("SOMETHING_NEW", "unknown"),
  ])
  func eachStatusHasOneResult(status: String, result: String) {
    #expect(record(status).result == result)
  }

  @Test func aStoppedDeploymentThatNoNewerOneFollowsHasFailed() {
    #expect(record("STOPPED", isNewest: true).result == "failed")
  }

  @Test func aBreakersRollbackIsNotTakenForAStop() {
    let breaker = "Service deployment rolled back because the circuit breaker threshold was exceeded."
    #expect(record("ROLLBACK_SUCCESSFUL", reason: breaker).result == "rolled back")
    #expect(record("ROLLBACK_SUCCESSFUL", reason: "Service deployment stopped by user").result == "stopped")
  }

  @Test func theRecordIsNamedByTheBeginningOfTheDeploymentsId() {
    let record = record("SUCCESSFUL", reason: "ignored for a success")
    #expect(record.release == "abcdefgh")
    #expect(record.duration == .seconds(30))
    #expect(record.reason == nil)
  }
}
