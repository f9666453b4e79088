import AWSWire
import Foundation
import PalcoBlueprint
import PalcoReliability

/// Reads from CloudWatch what is spent of an environment's error budgets, and what its traffic is.
public struct BudgetReader: Sendable {
  private let access: CloudAccess
  private let blueprint: Blueprint

  /// The seconds by which the recent past is read, and how much of it.
  private static let (minute, recent) = (60.0, 6 * 3600.0)
  /// The seconds by which everything is read.
  private static let hour = 3600.0

  /// A reader of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
  }

  /// What is spent now.
  ///
  /// - Throws: ``ReleaseError`` with `environmentMissing` when there is no load balancer.
  public func report() async throws -> BudgetReport {
    guard let balancer = try await EnvironmentReader(access, blueprint).loadBalancer() else {
      throw ReleaseError(
        .environmentMissing,
        "the environment '\(blueprint.environment)' was not made yet; run `palco up \(blueprint.environment)` first")
    }
    let objectives = blueprint.objectives
    let dimension = CloudWatch.Dimension(
      name: "LoadBalancer", value: CloudWatch.resource(of: balancer.loadBalancerArn))
    let whole = max(objectives.availability.window, BudgetReport.burnWindows.max() ?? 0)
    var long = try await counts(dimension, over: whole, by: Self.hour)
    var short = try await counts(dimension, over: Self.recent, by: Self.minute)
    if let prometheus = blueprint.prometheus {
      let reader = ServiceCountsReader(prometheus, objectives: objectives, access: access)
      // Counters are looked at more often than the balancer's sums: what a process counted after the last look is lost.
      long.merge(try await reader.counts(over: whole, by: max(300, whole / 8000))) { $1 }
      short.merge(try await reader.counts(over: Self.recent, by: Self.minute)) { $1 }
    }
    let budgets = objectives.all.map { objective in
      let (whole, near) = (long[objective.name] ?? [], short[objective.name] ?? [])
      let budget = ErrorBudget(objective, counts: Self.sum(whole, last: objective.window))
      return BudgetReport.Budget(
        budget: budget,
        burnRates: BudgetReport.burnWindows.map { window in
          budget.burnRate(Self.sum(window <= Self.recent ? near : whole, last: window))
        })
    }
    let requests = short[objectives.availability.name] ?? []
    return BudgetReport(
      environment: blueprint.environment, budgets: budgets,
      traffic: BudgetReport.Traffic(
        counts: Self.sum(requests, last: Self.hour), seconds: Self.hour,
        dispersion: Dispersion.estimate(history: requests.sorted { $0.age > $1.age }.map(\.counts))))
  }

  private static func sum(_ periods: [AgedCounts], last seconds: Double) -> EventCounts {
    // The beginning of a read is rounded down to the minute.
    periods.filter { $0.age < seconds + minute }.reduce(.none) { $0 + $1.counts }
  }

  /// The events of each objective by its name, by periods.
  private func counts(
    _ balancer: CloudWatch.Dimension, over seconds: Double, by period: Double
  ) async throws -> [String: [AgedCounts]] {
    func query(_ id: String, _ metric: String, _ statistic: String = "Sum") -> CloudWatch.MetricDataQuery {
      CloudWatch.query(id, metric, [balancer], statistic, period: Int(period))
    }
    var queries = [
      query("requests", "RequestCount"), query("errors", "HTTPCode_Target_5XX_Count"),
      query("ownErrors", "HTTPCode_ELB_5XX_Count"),
    ]
    let latency = blueprint.objectives.latency
    if case .latency(let milliseconds, _)? = latency?.objective.indicator {
      queries.append(query("timed", "TargetResponseTime", "SampleCount"))
      queries.append(query("rank", "TargetResponseTime", CloudWatch.rank(within: milliseconds)))
    }
    let scale = access.minute.seconds / 60
    let now = access.time.now()
    let series = try await MetricSeries.read(
      queries, from: now.addingTimeInterval(-seconds * scale), to: now.addingTimeInterval(60 * scale), through: access)
    func aged(_ ids: [String], _ events: (MetricSeries.Instant) -> EventCounts?) -> [AgedCounts] {
      Set(ids.flatMap(series.instants)).compactMap { instant in
        let age = (now.timeIntervalSince1970 - Double(instant) / 1000) / scale
        return events(instant).map { AgedCounts(age: age, counts: $0) }
      }
    }
    var counts = [
      blueprint.objectives.availability.name: aged(["requests", "errors", "ownErrors"]) { instant in
        let bad = series.count("errors", at: instant) + series.count("ownErrors", at: instant)
        return EventCounts(bad: bad, total: max(bad, series.count("requests", at: instant)))
      }
    ]
    if let latency {
      counts[latency.objective.name] = aged(["timed"]) { instant in
        let timed = series.count("timed", at: instant)
        let inTime = Int((Double(timed) * (series.value("rank", at: instant) ?? 0) / 100).rounded())
        return EventCounts(bad: max(0, timed - inTime), total: timed)
      }
    }
    return counts
  }
}

/// The events of a period, and how long ago it began, in seconds of the cloud.
struct AgedCounts: Sendable, Equatable {
  var age: Double
  var counts: EventCounts
}
