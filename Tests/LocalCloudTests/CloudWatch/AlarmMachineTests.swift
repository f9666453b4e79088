import Foundation
import Testing

@testable import LocalCloud

/// The tables of "Configuring how CloudWatch alarms treat missing data": X breaches, 0 does not, - is missing.
@Suite struct AlarmMachineTests {
  private typealias Outcomes = [AlarmMachine.MissingData: AlarmState?]

  private func verdict(
    _ text: String, _ missing: AlarmMachine.MissingData, periods: Int = 3, datapoints: Int
  ) -> AlarmMachine.Verdict {
    let machine = AlarmMachine(
      comparison: .greater, threshold: 0.5, evaluationPeriods: periods, datapointsToAlarm: datapoints,
      missingData: missing)
    let points = text.split(separator: " ").enumerated().map { index, mark in
      AlarmMachine.Point(start: Int64(index) * 60_000, value: mark == "-" ? nil : mark == "X" ? 1 : 0)
    }
    return machine.evaluate(points)
  }

  private func check(_ text: String, datapoints: Int, _ outcomes: Outcomes) {
    for (missing, state) in outcomes {
      #expect(verdict(text, missing, datapoints: datapoints).state == state, "\(text) \(missing)")
    }
  }

  @Test func threeOfThree() {
    check("0 - X - X", datapoints: 3, [.missing: .ok, .ignore: .ok, .breaching: .ok, .notBreaching: .ok])
    check("- - - - 0", datapoints: 3, [.missing: .ok, .ignore: .ok, .breaching: .ok, .notBreaching: .ok])
    check(
      "- - - - -", datapoints: 3,
      [.missing: .insufficientData, .ignore: nil, .breaching: .alarm, .notBreaching: .ok])
    check("0 X X - X", datapoints: 3, [.missing: .alarm, .ignore: .alarm, .breaching: .alarm, .notBreaching: .alarm])
    check("- - X - -", datapoints: 3, [.missing: .alarm, .ignore: nil, .breaching: .alarm, .notBreaching: .ok])
  }

  @Test func twoOfThree() {
    check("0 - X - X", datapoints: 2, [.missing: .alarm, .ignore: .alarm, .breaching: .alarm, .notBreaching: .alarm])
    check("0 0 X 0 X", datapoints: 2, [.missing: .alarm, .ignore: .alarm, .breaching: .alarm, .notBreaching: .alarm])
    check("0 - X - -", datapoints: 2, [.missing: .ok, .ignore: .ok, .breaching: .alarm, .notBreaching: .ok])
    check("- - - - 0", datapoints: 2, [.missing: .ok, .ignore: .ok, .breaching: .alarm, .notBreaching: .ok])
    check("- - - X -", datapoints: 2, [.missing: .alarm, .ignore: nil, .breaching: .alarm, .notBreaching: .ok])
  }

  @Test(arguments: [
    (AlarmMachine.Comparison.greater, [false, false, true]), (.greaterOrEqual, [false, true, true]),
    (.less, [true, false, false]), (.lessOrEqual, [true, true, false]),
  ])
  func comparisons(comparison: AlarmMachine.Comparison, breaching: [Bool]) {
    #expect([1.0, 2, 3].map { comparison.isBreaching($0, 2) } == breaching)
  }

  @Test func reasonsAreInAWSsWords() {
    #expect(
      verdict("- - 0 X X", .missing, datapoints: 2).reason
        == "Threshold Crossed: 2 out of the last 3 datapoints [1.0 (01/01/70 00:04:00), 1.0 (01/01/70 00:03:00)] were "
        + "greater than the threshold (0.5) (minimum 2 datapoints for OK -> ALARM transition).")
    #expect(
      verdict("- - -", .breaching, periods: 1, datapoints: 1).reason
        == "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
        + "[Breaching].")
    #expect(
      verdict("- - -", .missing, periods: 1, datapoints: 1).reason
        == "Insufficient Data: 1 datapoint was unknown.")
  }
}

@Suite struct AlarmRuleTests {
  @Test(arguments: [
    (#"ALARM("a")"#, true), ("ALARM(b)", false), ("OK('b') AND NOT ALARM(b)", true), ("NOT (ALARM(a) OR OK(b))", false),
    ("FALSE OR TRUE AND TRUE", true), ("ALARM(a) AND FALSE OR OK(b)", true), ("INSUFFICIENT_DATA(c d)", true),
    ("ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:a)", true), ("OK(gone)", false),
    ("NOT OK(gone)", true),
  ])
  func rulesHold(text: String, expected: Bool) throws {
    let states: [String: AlarmState] = [
      "a": .alarm, "b": .ok, "c d": .insufficientData, "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a": .alarm,
    ]
    #expect(try AlarmRule(text).holds { states[$0] } == expected)
  }

  @Test(arguments: [
    "", "ALARM", "ALARM()", "ALARM(a", "ALARM(a) OK(b)", "a", "AND", "NOT", "(TRUE", #"OK("a)"#, "TRUEX",
    String(repeating: "(", count: 100),
  ])
  func whatIsNoRuleIsRefused(text: String) {
    #expect(throws: AlarmRule.Failure.self) { try AlarmRule(text) }
  }
}
