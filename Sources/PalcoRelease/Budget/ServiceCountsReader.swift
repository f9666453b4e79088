import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoReliability

/// Reads from a Prometheus server what a load balancer does not know: survey answers, and whatever a ratio counts. All
/// revisions are counted together.
struct ServiceCountsReader: Sendable {
  private let client: PrometheusClient
  private let queries: PrometheusQueries
  private let objectives: ServiceObjectives
  private let scale: Double

  init(_ queries: PrometheusQueries, objectives: ServiceObjectives, access: CloudAccess) {
    client = PrometheusClient(url: queries.url, http: .shared)
    self.queries = queries
    self.objectives = objectives
    scale = access.minute.seconds / 60
  }

  /// The events of each objective by its name, by periods; lengths are in seconds of the cloud.
  func counts(over seconds: Double, by period: Double) async throws -> [String: [AgedCounts]] {
    guard objectives.netPromoterScore != nil || objectives.ratio != nil else { return [:] }
    let now = try await client.now()
    let step = max(period * scale, Double(queries.intervalSeconds)).rounded(.up)
    let end = (now.timeIntervalSince1970 / step).rounded(.down) * step
    let instants = Array(stride(from: end - (seconds * scale / step).rounded(.up) * step, through: end, by: step))
    func growth(_ queries: [String]) async throws -> [[Int]] {
      var series: [[PrometheusClient.Series]] = []
      for query in queries {
        series.append(
          try await client.range(
            RevisionNames.filledForAll(query), from: Date(timeIntervalSince1970: instants[0]),
            to: Date(timeIntervalSince1970: end), step: step))
      }
      let growth = CounterGrowth(at: instants, witnesses: series.flatMap(\.self))
      return series.map { growth.steps(of: $0).map { Int(($0 ?? 0).rounded()) } }
    }
    func aged(_ events: (Int) -> EventCounts?) -> [AgedCounts] {
      instants.indices.dropLast().compactMap { index in
        events(index).map { AgedCounts(age: (now.timeIntervalSince1970 - instants[index]) / scale, counts: $0) }
      }
    }
    var counts: [String: [AgedCounts]] = [:]
    if let objective = objectives.netPromoterScore, queries.answers.count == 3 {
      let answers = try await growth(queries.answers)
      counts[objective.name] = aged {
        SurveyAnswers(promoters: answers[0][$0], passives: answers[1][$0], detractors: answers[2][$0]).events
      }
    }
    if let objective = objectives.ratio, case .ratio(let bad, let total) = objective.indicator {
      let events = try await growth([bad, total])
      counts[objective.name] = aged { EventCounts(bad: events[0][$0], total: max(events[0][$0], events[1][$0])) }
    }
    return counts
  }
}
