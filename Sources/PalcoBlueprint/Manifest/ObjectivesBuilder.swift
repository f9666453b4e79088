import PalcoReliability

/// Makes the objectives of one environment, and refuses those that can never be missed or met.
struct ObjectivesBuilder {
  var problems: DiagnosticCollector

  /// Builds, or reports and returns nil.
  mutating func build(_ reader: SectionReader) -> ServiceObjectives? {
    guard let days = reader.number("window_days"), let share = reader.text("availability"),
      let availability = try? Objective.availability(share, window: Double(days) * 86_400)
    else { return nil }
    let section = reader.section("latency")
    guard section.value?.entries?.isEmpty == false else {
      return ServiceObjectives(availability: availability, isDeclared: reader.written("availability") != nil)
    }
    guard let latency = latency(section, window: availability.window) else { return nil }
    return ServiceObjectives(availability: availability, latency: latency, isDeclared: true)
  }

  private mutating func latency(_ reader: SectionReader, window: Double) -> ServiceObjectives.Latency? {
    for (key, example) in [("under", "300ms"), ("target", "95%")] where reader.written(key) == nil {
      guard let value = reader.value else { continue }
      problems.add(
        at: value.position, path: value.path + ".\(key)", "is missing",
        fix: "add both, as in `latency: {under: 300ms, target: 95%}`; `\(key)` is written as in `\(example)`")
    }
    guard let under = reader.text("under"), let target = reader.text("target"), let written = reader.written("under"),
      let threshold = try? Quantity.milliseconds(under, keyPath: "under"), let buckets = buckets(reader, threshold)
    else { return nil }
    do {
      return try ServiceObjectives.Latency(under: under, target: target, buckets: buckets, window: window)
    } catch {
      problems.add(at: written, error.message, fix: error.fix)
      return nil
    }
  }

  private mutating func buckets(_ reader: SectionReader, _ threshold: Double) -> LatencyBuckets? {
    guard let written = reader.written("buckets") else { return LatencyBuckets.usual.adding(threshold) }
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
}
