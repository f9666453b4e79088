import Foundation
import PalcoReliability
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

@Suite struct RecordTextTests {
  private func counts(_ bad: Int, _ total: Int) -> EventCounts { EventCounts(bad: bad, total: total) ?? .none }

  @Test func aRecordSaysWhatWasDecidedOnWhichNumbersAndWhy() {
    let numbers = ReleaseDecision.Numbers(
      weight: 0.1, allowed: 0, blue: counts(1, 900), green: counts(9, 100), blueSlow: nil, greenSlow: nil,
      logEvidence: 5.25, pValue: 0.005)
    let begin = Date(timeIntervalSince1970: 0)
    let record = ReleaseDocument(
      release: "3f2a9c1b", deploymentARN: "arn", project: "shop", environment: "production",
      image: .init(version: "v4", digest: "sha256:4"), from: .init(version: "v2", digest: "sha256:2"),
      strategy: "paced",
      actor: "ada@host", startedAt: begin, endedAt: begin.addingTimeInterval(75), manifest: "sha256:m",
      objectives: ServiceObjectives(), gates: [], forecast: nil,
      decisions: [ReleaseDecision(at: begin, action: .rollBack, reason: "9 % fail", numbers: numbers)],
      numbers: numbers, result: "rolled back", reason: "9 % fail", proof: nil,
      story: ReleaseStory(cause: "9 % fail", lines: [.init(at: nil, source: .deployment, text: "it was stopped")]))
    let lines = RecordText.lines(record)
    #expect(lines[0] == "3f2a9c1b  v4 to production, paced: rolled back")
    #expect(lines.contains("  from      v2 sha256:2") && lines.contains("  gates     none"))
    #expect(lines.contains { $0.hasSuffix("for 75 s") })
    #expect(
      lines.contains(
        "  counted   at 10 % of the traffic: new failed 9 of 100, old 1 of 900; ln E 5.25, p ≤ 0.0050"))
    #expect(lines.contains { $0.hasSuffix("roll back  9 % fail") })
    #expect(lines.suffix(3).first == "because   9 % fail")
    #expect(lines.last == "            deployment  it was stopped")
  }
}
