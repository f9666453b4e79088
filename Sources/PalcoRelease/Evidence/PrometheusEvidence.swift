import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoReliability

/// Evidence from a Prometheus server: the service's own counters by revision, every few seconds.
///
/// Instants are the server's; this machine's clock means nothing. A step is complete when the next one is over too, so
/// that each counter was scraped in between. One that was not measured at all is left out.
struct PrometheusEvidence: EvidenceSource {
  let interval: Duration
  private let reader: RevisionReader
  private let latency: ServiceObjectives.Latency?
  private let blue: RevisionNames?
  private let green: RevisionNames
  private let step: Double

  /// Prometheus answers 11 000 instants at most.
  private static let mostSteps = 5000
  private static let history = (seconds: 86_400.0, step: 60.0)

  /// Evidence of one release.
  ///
  /// - Parameter blue: What serves; nil when nothing does.
  init(
    _ queries: PrometheusQueries, objectives: ServiceObjectives, blue: RevisionNames?, green: RevisionNames,
    http: HTTPClient
  ) {
    reader = RevisionReader(
      client: PrometheusClient(url: queries.url, http: http), queries: queries, objectives: objectives)
    step = Double(queries.intervalSeconds)
    interval = .seconds(queries.intervalSeconds)
    latency = objectives.latency
    self.blue = blue
    self.green = green
  }

  func history(before start: Date) async throws -> PalcoReliability.ReleaseHistory {
    let step = Self.history.step
    let end = Self.floor(start, step)
    let instants = Array(stride(from: end - Self.history.seconds, through: end, by: step))
    let counts = try await counts(of: blue, at: instants, step: step).compactMap(\.self)
      .filter { $0.errors.total > 0 }
    var history = PalcoReliability.ReleaseHistory(errors: counts.map(\.errors))
    history.answers = Self.sum(counts.map(\.answers), reader.empty.answers)
    history.ratios = reader.empty.ratios.indices.map { index in counts.map { $0.ratios[index] } }
    guard let latency else { return history }
    history.slow = counts.compactMap { LatencyHistogram(counts: $0.latency).events(within: latency.within) }
    history.latency = Self.sum(counts.map(\.latency), reader.empty.latency)
    return history
  }

  func intervals(after instant: Date) async throws -> [ObservedInterval] {
    let end = Self.floor(try await reader.client.now(), step) - step
    var intervals: [ObservedInterval] = []
    for begin in stride(from: Self.floor(instant, step), to: end, by: step * Double(Self.mostSteps)) {
      let last = min(end, begin + step * Double(Self.mostSteps))
      let instants = Array(stride(from: begin, through: last, by: step))
      async let blue = counts(of: blue, at: instants, step: step)
      async let green = counts(of: green, at: instants, step: step)
      for (start, (blue, green)) in zip(instants, zip(try await blue, try await green)) {
        guard blue != nil || green != nil else { continue }
        intervals.append(
          ObservedInterval(
            start: Date(timeIntervalSince1970: start), length: step, blue: blue ?? reader.empty,
            green: green ?? reader.empty))
      }
    }
    return intervals.filter { $0.end > instant }
  }

  private func counts(
    of revision: RevisionNames?, at instants: [Double], step: Double
  ) async throws -> [RevisionCounts?] {
    guard let revision else { return Array(repeating: nil, count: max(0, instants.count - 1)) }
    return try await reader.counts(of: revision, at: instants, step: step)
  }

  private static func sum(_ counts: [[Int]], _ empty: [Int]) -> [Int] {
    counts.reduce(empty) { sums, counts in zip(sums, counts).map(+) }
  }

  private static func floor(_ instant: Date, _ step: Double) -> Double {
    (instant.timeIntervalSince1970 / step).rounded(.down) * step
  }
}

/// Reads what one revision did from a Prometheus server.
struct RevisionReader: Sendable {
  let client: PrometheusClient
  let queries: PrometheusQueries
  let objectives: ServiceObjectives

  /// How much before the first step counters are looked at, so that one that was away for a while is not taken for new.
  private static let lead = 300.0

  /// The counts of a revision that did nothing.
  var empty: RevisionCounts {
    RevisionCounts(
      errors: .none, latency: objectives.latency.map { Array(repeating: 0, count: $0.buckets.count) } ?? [],
      answers: queries.answers.map { _ in 0 }, ratios: objectives.ratio == nil ? [] : [.none])
  }

  /// What a revision did in each step between instants; nil where its requests were not measured.
  ///
  /// - Throws: ``ReleaseError`` when the server does not answer, or its histogram lacks a bound of the buckets.
  func counts(of revision: RevisionNames, at instants: [Double], step: Double) async throws -> [RevisionCounts?] {
    guard let first = instants.first, let last = instants.last else { return [] }
    let begin = first - (Self.lead / step).rounded(.up) * step
    let all = Array(stride(from: begin, through: last, by: step))
    func read(_ query: String) async throws -> [PrometheusClient.Series] {
      try await client.range(
        revision.filled(into: query), from: Date(timeIntervalSince1970: begin),
        to: Date(timeIntervalSince1970: last), step: step)
    }
    let counted = try await read(queries.requests)
    let growth = CounterGrowth(at: all, witnesses: counted)
    func steps(_ query: String) async throws -> [Double?] { growth.steps(of: try await read(query)) }
    func events(bad: [Double?], total: [Double?], _ step: Int) -> EventCounts {
      let bad = Int((bad[step] ?? 0).rounded())
      return EventCounts(bad: bad, total: max(bad, Int((total[step] ?? 0).rounded()))) ?? .none
    }
    let requests = growth.steps(of: counted)
    let errors = try await steps(queries.errors)
    var buckets: [[Int]]?
    if let latency = objectives.latency, let query = queries.latency {
      buckets = growth.buckets(of: try await read(query), latency.buckets)
      guard buckets != nil else { throw Self.boundIsMissing(query, latency.buckets) }
    }
    var answers: [[Double?]] = []
    for query in queries.answers { answers.append(try await steps(query)) }
    var ratio: (bad: [Double?], total: [Double?])?
    if case .ratio(let bad, let total)? = objectives.ratio?.indicator {
      ratio = (try await steps(bad), try await steps(total))
    }
    return (all.count - instants.count..<all.count - 1).map { step in
      guard requests[step] != nil else { return nil }
      return RevisionCounts(
        errors: events(bad: errors, total: requests, step), latency: buckets?[step] ?? [],
        answers: answers.map { Int(($0[step] ?? 0).rounded()) },
        ratios: ratio.map { [events(bad: $0.bad, total: $0.total, step)] } ?? [])
    }
  }

  private static func boundIsMissing(_ query: String, _ buckets: LatencyBuckets) -> ReleaseError {
    let bounds = buckets.upperBounds.map { "\($0 / 1000)" } + ["+Inf"]
    return ReleaseError(
      .unexpectedAnswer,
      "what `\(query)` answers lacks one of the bounds le=\(bounds.joined(separator: ", ")); "
        + "write the service's own as `objectives.latency.buckets`")
  }
}
