import Foundation
import PalcoReliability
import Testing

@testable import PalcoRelease

@Suite struct CounterGrowthTests {
  private static let instants = [0.0, 10, 20, 30, 40]

  /// A series with a value at each instant that has one.
  private func series(_ values: Double?..., labels: [String: String] = [:]) -> PrometheusClient.Series {
    let pairs = zip(Self.instants, values).compactMap { instant, value in value.map { (instant, $0) } }
    return .init(labels: labels, values: Dictionary(pairs) { $1 })
  }

  private func steps(_ series: PrometheusClient.Series...) -> [Double?] {
    CounterGrowth(at: Self.instants, witnesses: series).steps(of: series)
  }

  @Test func aCountersGrowthIsWhatWasCounted() {
    #expect(steps(series(100, 103, 103, 110, 111)) == [3, 0, 7, 1])
  }

  @Test func aCounterThatFallsBeganAgain() {
    #expect(steps(series(100, 103, 2, 5, 5)) == [3, 2, 3, 0])
  }

  @Test func aProcessThatBeginsWithinAStepBringsWhatItHasCounted() {
    #expect(steps(series(10, 12, 14, 16, 18), series(nil, nil, 7, 9, 9)) == [2, 9, 4, 2])
  }

  @Test func aCounterThatWasAwayGoesOnFromWhereItWas() {
    #expect(steps(series(100, 103, nil, 109, 110)) == [3, nil, 6, 1])
  }

  @Test func whatWasNotMeasuredIsNotZero() {
    #expect(steps() == [nil, nil, nil, nil])
    #expect(CounterGrowth(at: [], witnesses: []).steps(of: []) == [])
  }

  @Test func withTheVeryFirstCountersCountingBegins() {
    // A server that was set up today does not know what a service has counted since last year.
    #expect(steps(series(nil, nil, 1000, 1003, 1003)) == [nil, nil, 3, 0])
    #expect(steps(series(nil, nil, nil, nil, 5)) == [nil, nil, nil, nil])
  }

  @Test func theFirstErrorIsCounted() {
    // Its series begins with it.
    let requests = series(10, 12, 14, 16, 18)
    let errors = series(nil, nil, nil, 1, 1)
    #expect(CounterGrowth(at: Self.instants, witnesses: [requests]).steps(of: [errors]) == [nil, nil, 1, 0])
  }

  @Test func cumulativeBucketsBecomeBuckets() throws {
    let buckets = try LatencyBuckets(upperBounds: [100, 300, 1000])
    let growth = CounterGrowth(at: Self.instants, witnesses: [series(0)])
    let found = try #require(
      growth.buckets(
        of: [
          series(0, 10, 20, 30, 30, labels: ["le": "0.1", "i": "a"]),
          series(0, 0, 5, 5, 5, labels: ["le": "0.1", "i": "b"]),
          series(0, 12, 24, 40, 40, labels: ["le": "0.3", "i": "a"]),
          series(0, 0, 6, 6, 6, labels: ["le": "0.3", "i": "b"]),
          // Prometheus 3 writes 1.0 where Prometheus 2 wrote 1.
          series(0, 12, 25, 41, 41, labels: ["le": "1.0", "i": "a"]),
          series(0, 0, 6, 6, 6, labels: ["le": "1", "i": "b"]),
          series(0, 13, 26, 42, 43, labels: ["le": "+Inf", "i": "a"]),
          series(0, 0, 6, 6, 6, labels: ["le": "+Inf", "i": "b"]),
          series(0, 1, 2, 3, 4, labels: ["le": "0.05", "i": "a"]),
        ], buckets))
    #expect(found == [[10, 2, 0, 1], [15, 3, 1, 0], [10, 6, 0, 0], [0, 0, 0, 1]])
  }

  @Test func aHistogramWithoutTheBoundIsNone() throws {
    let buckets = try LatencyBuckets(upperBounds: [100, 300])
    let series = [series(0, 1, labels: ["le": "0.1"]), series(0, 1, labels: ["le": "+Inf"])]
    #expect(CounterGrowth(at: Self.instants, witnesses: series).buckets(of: series, buckets) == nil)
    // Without any series there was no request yet.
    #expect(CounterGrowth(at: [0, 10], witnesses: []).buckets(of: [], buckets) == [[0, 0, 0]])
  }

  @Test func namesMatchThemselvesAlone() {
    let names = RevisionNames(version: "v1.2+rc", digest: "sha256:ab", revision: "7")
    #expect(
      names.filled(into: #"a{v=~"$version",d=~ "$digest",r=~"$revision"}"#)
        == #"a{v=~"v1\\.2\\+rc",d=~ "sha256:ab",r=~"7"}"#)
    // A quote or a backslash cannot leave the quotes.
    let odd = RevisionNames(version: #"a"\b"#, digest: "", revision: "")
    #expect(odd.filled(into: #"{v=~"$version"}"#) == #"{v=~"a\"\\\\b"}"#)
    #expect(RevisionNames.filledForAll(#"a{v=~"$version"}"#) == #"a{v=~".*"}"#)
  }
}
