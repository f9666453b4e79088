import Foundation
import Testing

@testable import LocalCloud

@Suite struct ScalingScheduleTests {
  private static let utc = TimeZone.gmt

  private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

  private func isDue(_ schedule: String, _ after: String, _ through: String, zone: TimeZone = utc) throws -> Bool {
    let start = try date("2026-11-24T00:00:00Z")
    return try ScalingSchedule(schedule, in: zone)
      .isDue(after: date(after), through: date(through), since: start)
  }

  @Test func atIsDueOnceInItsTimeZone() throws {
    let text = "at(2026-11-24T12:30:00)"
    #expect(try isDue(text, "2026-11-24T12:29:00Z", "2026-11-24T12:30:00Z"))
    #expect(try !isDue(text, "2026-11-24T12:30:00Z", "2026-11-24T12:31:00Z"))
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    #expect(try isDue(text, "2026-11-24T11:29:00Z", "2026-11-24T11:30:00Z", zone: berlin))
  }

  @Test func aRateCountsFromItsStart() throws {
    #expect(try isDue("rate(5 minutes)", "2026-11-24T00:04:59Z", "2026-11-24T00:05:00Z"))
    #expect(try !isDue("rate(5 minutes)", "2026-11-24T00:05:00Z", "2026-11-24T00:09:59Z"))
    #expect(try isDue("rate(1 day)", "2026-11-25T23:59:00Z", "2026-11-26T00:01:00Z"))
    #expect(try !isDue("rate(1 hour)", "2026-11-23T22:00:00Z", "2026-11-23T23:59:00Z"))
  }

  // 2026-11-24 is a Tuesday.
  @Test(arguments: [
    ("cron(30 12 * * ? *)", true), ("cron(30 13 * * ? *)", false), ("cron(*/15 * * * ? *)", true),
    ("cron(0/20 * * * ? *)", false), ("cron(30 9-17 ? * MON-FRI *)", true), ("cron(30 12 ? * SAT,SUN *)", false),
    ("cron(30 12 24 NOV ? 2026)", true), ("cron(30 12 ? * 3 *)", true), ("cron(30 12 24 11 ? 2027)", false),
  ])
  func cronNamesMinutes(text: String, wanted: Bool) throws {
    #expect(try isDue(text, "2026-11-24T12:29:30Z", "2026-11-24T12:30:30Z") == wanted)
  }

  @Test func aCloudThatWasOffLooksADayBackAtMost() throws {
    #expect(try isDue("cron(30 12 * * ? *)", "2026-11-20T00:00:00Z", "2026-11-24T12:00:00Z"))
    #expect(try !isDue("cron(30 12 20 * ? *)", "2026-11-20T00:00:00Z", "2026-11-24T12:00:00Z"))
  }

  @Test(arguments: [
    "every day", "at(tomorrow)", "rate(0 minutes)", "rate(5 weeks)", "rate(5)", "cron(30 12 * * ?)",
    "cron(30 12 * * * *)", "cron(61 12 * * ? *)", "cron(30 12 L * ? *)", "cron(30 12 ? * 3#2 *)",
    "cron(30-10 12 * * ? *)", "cron(5/0 12 * * ? *)", "cron(, 12 * * ? *)",
  ])
  func whatIsNoScheduleIsRefused(text: String) {
    #expect(throws: ScalingSchedule.Failure.self) { try ScalingSchedule(text, in: .gmt) }
  }
}
