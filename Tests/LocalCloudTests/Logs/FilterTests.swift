import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct FilterTests {
  @Test func eventsOfAllStreamsComeByTimeAndInPages() async throws {
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["a", "b"])
      try await logs.put([(0, "0"), (2, "2"), (4, "4")], stream: "a")
      try await logs.put([(1, "1"), (2, "2b"), (3, "3")], stream: "b")
      let all = ["0", "1", "2", "2b", "3", "4"]
      #expect(try await logs.filter() == all)
      #expect(try await logs.filter(limit: 1) == all)
      #expect(try await logs.filter(limit: 2) == all)
      #expect(try await logs.filter(streams: ["b"]) == ["1", "2b", "3"])
      #expect(try await logs.filter(prefix: "a") == ["0", "2", "4"])
      #expect(try await logs.filter(prefix: "none") == [])
    }
  }

  @Test func theLastPageHasNoToken() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "0"), (1, "1")])
      #expect(
        try await logs.send(Logs.FilterLogEventsRequest(logGroupName: "g", limit: 2)).nextToken == nil)
      #expect(
        try await logs.send(Logs.FilterLogEventsRequest(logGroupName: "g", limit: 1)).nextToken != nil)
    }
  }

  /// What `aws logs tail --follow` does: it asks from the newest timestamp on, and drops the events it has seen by id.
  @Test func aFollowerSeesEachEventOnce() async throws {
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["a", "b"])
      var seen: Set<String> = []
      var messages: [String] = []
      var newest: Int?
      func poll() async throws {
        let answer = try await logs.send(Logs.FilterLogEventsRequest(logGroupName: "g", startTime: newest))
        for event in answer.events ?? [] where seen.insert(event.eventId ?? "").inserted {
          messages.append(event.message ?? "")
          newest = event.timestamp
        }
      }
      try await logs.put([(0, "0"), (1, "1a")], stream: "a")
      try await poll()
      try await logs.put([(1, "1b"), (2, "2")], stream: "b")
      try await poll()
      try await poll()
      #expect(messages == ["0", "1a", "1b", "2"])
    }
  }

  @Test func aGroupCanBeNamedByARN() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "0")])
      let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g"
      let answer = try await logs.send(Logs.FilterLogEventsRequest(logGroupIdentifier: arn))
      #expect(answer.events?.count == 1)
      // The pattern of AWS's reference has no asterisk.
      #expect(
        try await logs.refusal(of: Logs.FilterLogEventsRequest(logGroupIdentifier: arn + ":*"))?.code
          == "InvalidParameterException")
      #expect(try await logs.refusal(of: Logs.FilterLogEventsRequest())?.code == "InvalidParameterException")
      #expect(
        try await logs.refusal(of: Logs.FilterLogEventsRequest(logGroupName: "g", logGroupIdentifier: "g"))?.code
          == "InvalidParameterException")
    }
  }

  @Test(arguments: [
    ("", true), ("ERROR", true), ("error", false), ("ERROR disk", true), ("ERROR memory", false),
    ("\"disk full\"", true), ("\"full disk\"", false), ("ERROR -retry", true), ("ERROR -disk", false),
    ("?memory ?disk", true), ("?memory ?cpu", false), ("-memory", true), ("-\"disk full\"", false),
    ("\"say \\\"hi\\\"\"", true), ("ERROR ?memory", true),
  ])
  func patternsOfTerms(pattern: String, matches: Bool) throws {
    let pattern = try FilterPattern(pattern)
    #expect(pattern.matches("[ERROR 7] disk full: say \"hi\"") == matches)
  }

  @Test(arguments: ["%err.*%", "a-b", "\"open", "-", "?", "a:b"])
  func whatIsNoPatternIsRefused(pattern: String) {
    #expect(throws: AWSError.self) { try FilterPattern(pattern) }
  }

  @Test(arguments: [("aaab", "aab", true), ("ab", "abc", false), ("", "a", false), ("naïve", "ïv", true)])
  func termsAreFoundAnywhere(message: String, term: String, isThere: Bool) throws {
    let pattern = try FilterPattern(term)
    #expect(pattern.matches(message) == isThere)
  }
}
