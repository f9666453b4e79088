import Testing

@testable import PalcoCommands

@Suite struct TrafficLedgerTests {
  @Test func everyRequestIsCountedOnceFromManyTasksAtOnce() async {
    let ledger = TrafficLedger()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          if number.isMultiple(of: 10) { ledger.failed("HTTP 502") } else { ledger.answered(version: "v\(number % 2)") }
        }
      }
    }
    #expect(ledger.totals == .init(requests: 200, failed: 20))
    #expect(ledger.versions.values.reduce(0, +) == 180)
    #expect(ledger.failures.map(\.count) == [20])
  }

  @Test func aDifferenceIsWhatCameInBetween() {
    #expect(
      TrafficLedger.Totals(requests: 9, failed: 2) - .init(requests: 4, failed: 2) == .init(requests: 5, failed: 0))
  }
}
