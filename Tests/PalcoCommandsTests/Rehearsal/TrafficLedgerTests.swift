import Testing

@testable import PalcoCommands

@Suite struct TrafficLedgerTests {
  @Test func everyRequestIsCountedOnceFromManyTasksAtOnce() async {
    let ledger = TrafficLedger()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          switch number % 10 {
          case 0: ledger.failed("HTTP 502")
          case 1: ledger.failed("HTTP 500", version: "v1")
          case let digit: ledger.answered(version: "v\(digit % 2)", isSlow: digit == 3)
          }
        }
      }
    }
    #expect(ledger.totals == .init(requests: 200, failed: 40))
    #expect(ledger.versions == ["v0": .init(answered: 80), "v1": .init(answered: 80, failed: 20, slow: 20)])
    #expect(ledger.versions["v1"]?.badShare == 0.4)
    #expect(ledger.failures.map(\.count) == [20, 20])
    #expect(Set(ledger.failures.map(\.failure)) == [.init(how: "HTTP 502"), .init(how: "HTTP 500", version: "v1")])
  }

  @Test func aDifferenceIsWhatCameInBetween() {
    #expect(
      TrafficLedger.Totals(requests: 9, failed: 2) - .init(requests: 4, failed: 2) == .init(requests: 5, failed: 0))
  }
}
