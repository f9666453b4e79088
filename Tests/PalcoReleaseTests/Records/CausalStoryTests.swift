import Foundation
import Testing

@testable import PalcoRelease

@Suite struct CausalStoryTests {
  private func at(_ second: Double) -> Date { Date(timeIntervalSince1970: second) }

  @Test func whatIsKnownFromAllSidesStandsInOrder() {
    let failure = FailureReport(
      reason: "the circuit breaker threshold was exceeded", targetComplaint: "HTTP 503",
      tasks: [.init(id: "0123456789", reason: "Essential container exited", exitCode: 1, stoppedAt: at(20))],
      logLines: ["password=hunter2"])
    let story = ReleaseStory(
      decisions: [ReleaseDecision(at: at(10), action: .begin, reason: "green has its first traffic")], failure: failure,
      events: [(at(15), "(service web) has started 2 tasks"), (at(25), "(service web) was unable to start tasks")],
      alarms: ["errors"], reason: "rolled back because the circuit breaker threshold was exceeded", endedAt: at(30))
    #expect(story.cause == "Essential container exited (exit code 1)")
    #expect(story.lines.map(\.source) == [.evidence, .event, .task, .event, .deployment, .health, .alarm])
    #expect(story.lines[2].text == "01234567: Essential container exited; exit code 1")
    #expect(!story.lines.contains { $0.text.contains("hunter2") })
  }

  @Test func whatPalcoDecidedIsTheFirstCauseOfWhatItTookBack() {
    let story = ReleaseStory(
      decisions: [
        ReleaseDecision(at: at(10), action: .begin, reason: "green has its first traffic"),
        ReleaseDecision(at: at(20), action: .rollBack, reason: "2 % fail"),
      ],
      failure: FailureReport(reason: "StopServiceDeployment was requested"), events: [], alarms: [],
      reason: "StopServiceDeployment was requested", endedAt: at(30))
    #expect(story.cause == "2 % fail")
    #expect(story.lines.map(\.text).last == "StopServiceDeployment was requested")
  }

  @Test func nothingWrongHasNoCause() {
    let story = ReleaseStory(decisions: [], failure: nil, events: [], alarms: [], reason: nil, endedAt: at(1))
    #expect(story.cause == nil && story.lines.isEmpty)
  }
}
