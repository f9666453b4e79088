import AWSWire
import PalcoRelease
import Testing

@testable import PalcoCommands

@Suite struct ExitStatusTests {
  @Test func noTwoOutcomesShareACode() {
    let outcomes: [ReleaseOutcome] = [
      .released, .rolledBack(reason: ""), .stopped(reason: ""), .superseded, .refused(reason: ""), .failed(reason: ""),
      .undecided(reason: ""),
    ]
    #expect(Set(outcomes.map { ExitStatus($0).rawValue }).count == outcomes.count)
    #expect(outcomes.filter { ExitStatus($0) == .success } == [.released])
  }

  @Test func theHelpListsEveryCode() {
    let help = Palco.helpMessage(columns: 120)
    for status in ExitStatus.allCases {
      #expect(help.contains("  \(String(status.rawValue).padded(to: 4))\(status.meaning)"))
    }
  }

  @Test func errorsOfOtherRoomsKeepTheirMessage() throws {
    let busy = try #require(CommandError(ReleaseError(.busy, "a release is under way")))
    #expect(busy.status == .refused)
    #expect(busy.message == "a release is under way")
    let refused = try #require(CommandError(AWSError("ClientException", "no")))
    #expect(refused.status == .failure)
    #expect(refused.message == "the cloud refused: ClientException: no")
    struct Other: Error {}
    #expect(CommandError(Other()) == nil)
  }
}
