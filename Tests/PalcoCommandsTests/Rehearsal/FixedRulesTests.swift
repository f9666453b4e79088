import Testing

@testable import PalcoCommands

@Suite struct FixedRulesTests {
  @Test func theAlarmSeesTheWholeServiceAndSoComesLate() {
    // 2 % of the new tasks' requests are 1 % of all when half of the traffic is theirs: after 24 minutes at the earliest.
    let rules = FixedRules(requestsPerMinute: 3000, oldRate: 0, newRate: 0.02)
    #expect((24...32).contains(rules.alarm.minutes ?? 0), "\(rules.alarm)")
    #expect((400...800).contains(rules.alarm.harmed), "\(rules.alarm)")
    // The check looks at the new tasks alone.
    #expect((5...6).contains(rules.check.minutes ?? 0), "\(rules.check)")
    #expect(rules.check.harmed < rules.alarm.harmed / 5)
  }

  @Test func whatLiesBelowTheThresholdIsNeverNoticed() {
    let rules = FixedRules(requestsPerMinute: 3000, oldRate: 0.0001, newRate: 0.004)
    #expect(rules.alarm.minutes == nil && rules.check.minutes == nil)
    #expect((300...460).contains(rules.alarm.harmed), "\(rules.alarm)")
  }
}
