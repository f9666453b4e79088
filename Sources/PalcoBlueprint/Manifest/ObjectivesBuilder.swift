import PalcoReliability

/// Makes the objectives of one environment, and refuses those that can never be missed or met.
struct ObjectivesBuilder {
  var problems: DiagnosticCollector

  /// Builds, or reports and returns nil.
  mutating func build(_ reader: SectionReader) -> (objectives: ServiceObjectives, prometheus: PrometheusQueries?)? {
    guard let days = reader.number("window_days"), let share = reader.text("availability"),
      let availability = try? Objective.availability(share, window: Double(days) * 86_400)
    else { return nil }
    let window = availability.window
    var objectives = ServiceObjectives(
      availability: availability, isDeclared: reader.written("availability") != nil)
    let sections = Dictionary(
      ["latency", "nps", "ratio", "prometheus"].map { ($0, reader.section($0)) }
    ) { $1 }
    .filter { $0.value.value?.entries?.isEmpty == false }
    var answers: [String] = []
    if let section = sections["latency"] {
      guard let latency = latency(section, window: window, ownBuckets: sections["prometheus"] != nil) else {
        return nil
      }
      objectives.latency = latency
      objectives.isDeclared = true
    }
    if let section = sections["nps"] {
      guard isOfPrometheus(section, sections), let score = score(section, window: window) else { return nil }
      objectives.netPromoterScore = score.objective
      objectives.isDeclared = true
      answers = score.answers
    }
    if let section = sections["ratio"] {
      guard isOfPrometheus(section, sections), let ratio = ratio(section, window: window) else { return nil }
      objectives.ratio = ratio
      objectives.isDeclared = true
    }
    guard let section = sections["prometheus"] else { return (objectives, nil) }
    guard let prometheus = prometheus(section, answers, needsLatency: objectives.latency != nil) else { return nil }
    return (objectives, prometheus)
  }

  // MARK: Latency

  private mutating func latency(
    _ reader: SectionReader, window: Double, ownBuckets: Bool
  ) -> ServiceObjectives.Latency? {
    guard !isMissing(["under", "target"], in: reader), let under = reader.text("under"),
      let target = reader.text("target"), let written = reader.written("under"),
      let threshold = try? Quantity.milliseconds(under, keyPath: "under"),
      let buckets = buckets(reader, threshold, ownBuckets)
    else { return nil }
    do {
      return try ServiceObjectives.Latency(under: under, target: target, buckets: buckets, window: window)
    } catch {
      problems.add(at: written, error.message, fix: error.fix)
      return nil
    }
  }

  private mutating func buckets(
    _ reader: SectionReader, _ threshold: Double, _ ownBuckets: Bool
  ) -> LatencyBuckets? {
    guard let written = reader.written("buckets") else {
      // CloudWatch counts at any bound, a service at its own.
      return ownBuckets ? .usual : .usual.adding(threshold)
    }
    let bounds = reader.list("buckets").compactMap { try? Quantity.milliseconds($0, keyPath: "buckets") }
    // What is no response time was reported where it stands.
    guard bounds.count == reader.list("buckets").count, !bounds.isEmpty else { return nil }
    guard bounds.count <= Self.mostBuckets else {
      problems.add(
        at: written, "are \(bounds.count) bounds, and Palco counts at \(Self.mostBuckets) at most",
        fix: "leave out those that nobody looks at")
      return nil
    }
    do {
      return try LatencyBuckets(upperBounds: bounds)
    } catch {
      problems.add(at: written, "do not ascend", fix: "list them with the smallest first, each once")
      return nil
    }
  }

  /// Each bound is a statistic of its own that CloudWatch is asked for, and paid for, each minute of a release.
  private static let mostBuckets = 20

  mutating func isMissing(_ keys: [String], in reader: SectionReader) -> Bool {
    guard let value = reader.value else { return true }
    let missing = keys.filter { reader.written($0) == nil }
    for key in missing {
      problems.add(
        at: value.position, path: value.path + ".\(key)", "is missing",
        fix: "\(value.path.split(separator: ".").last ?? "") needs " + keys.map { "`\($0)`" }.joined(separator: ", "))
    }
    return !missing.isEmpty
  }
}
