import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Testing

@testable import PalcoRelease

@Suite struct ServiceCountsReaderTests {
  private static let objectives: ServiceObjectives? = try? ServiceObjectives(
    netPromoterScore: .netPromoterScore(atLeast: 0),
    ratio: .ratio("checkout", bad: #"bad{v=~"$version"}"#, total: #"all{v=~"$version"}"#, target: "99%"),
    isDeclared: true)

  private func counts(
    _ objectives: ServiceObjectives, over seconds: Double, by period: Double, minute: Duration = .seconds(60)
  ) async throws -> [String: [AgedCounts]] {
    try await StubHTTPServer.run { request in
      StubPrometheus.answer(request, now: 40) { query, second in
        // Every revision is counted: two processes of different ones.
        switch query {
        case #"promoters{v=~".*"}"#: [("\"v\":\"v1\"", second + 1e6), ("\"v\":\"v2\"", second + 1e6)]
        case #"detractors{v=~".*"}"#: [("", second + 1e6)]
        case #"all{v=~".*"}"#: [("", 10 * second + 1e7)]
        case #"bad{v=~".*"}"#: [("", second + 1e6)]
        default: []
        }
      }
    } while: { server in
      var access = Sample.access
      access.minute = minute
      let queries = PrometheusQueries(
        url: "http://127.0.0.1:\(server.port)", requests: "", errors: "",
        answers: ["promoters", "passives", "detractors"].map { "\($0){v=~\"$version\"}" })
      return try await ServiceCountsReader(queries, objectives: objectives, access: access).counts(
        over: seconds, by: period)
    }
  }

  @Test func answersAndEventsOfAllRevisionsAreCounted() async throws {
    let found = try await counts(try #require(Self.objectives), over: 600, by: 60)
    #expect(found.keys.sorted() == ["checkout", "nps"])
    let score = try #require(found["nps"])
    // Each answer is two events; a minute has 120 promoters and 60 detractors.
    #expect(score.count == 10 && score.allSatisfy { $0.counts == EventCounts(bad: 120, total: 360) })
    #expect(found["checkout"]?.allSatisfy { $0.counts == EventCounts(bad: 60, total: 600) } == true)
    // The last whole minute ended at 1 699 999 980 + 60 seconds, which is now.
    #expect(score.map(\.age).min() == 60 && score.map(\.age).max() == 600)
  }

  @Test func aHurryingCloudHasShorterMinutes() async throws {
    let found = try await counts(try #require(Self.objectives), over: 3600, by: 60, minute: .seconds(20))
    let score = try #require(found["nps"])
    #expect(score.count == 60 && score.allSatisfy { $0.counts == EventCounts(bad: 40, total: 120) })
    #expect(abs((score.map(\.age).max() ?? 0) - 3600) < 1e-6)
  }

  @Test func whatIsNotPromisedIsNotAsked() async throws {
    #expect(try await counts(ServiceObjectives(), over: 600, by: 60).isEmpty)
  }
}
