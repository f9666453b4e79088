import Testing

@testable import PalcoCommands

@Suite struct DurationArgumentTests {
  @Test(arguments: [
    ("500ms", Duration.milliseconds(500)), ("1s", .seconds(1)), ("1.5s", .milliseconds(1500)), ("2m", .seconds(120)),
    ("1h", .seconds(3600)),
  ])
  func readsNumbersWithAUnit(text: String, duration: Duration) {
    #expect(DurationArgument(argument: text)?.duration == duration)
  }

  @Test(arguments: ["", "5", "s", "-1s", "0s", "1d", "1e3s", "nans", "infs", "1 s", "99999999999h", "0x10s"])
  func refusesEverythingElse(text: String) {
    #expect(DurationArgument(argument: text) == nil)
  }

  @Test(arguments: ["1s", "1500ms", "2m", "3h", "90s"]) func writesWhatItReads(text: String) {
    #expect(DurationArgument(argument: text)?.description == text)
  }
}
