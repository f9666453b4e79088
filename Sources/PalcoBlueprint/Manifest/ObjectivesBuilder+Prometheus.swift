import PalcoReliability

// What a Prometheus server counts.
extension ObjectivesBuilder {
  mutating func prometheus(
    _ reader: SectionReader, _ answers: [String], needsLatency: Bool
  ) -> PrometheusQueries? {
    let keys = ["url", "requests", "errors"] + (needsLatency ? ["latency"] : [])
    guard !isMissing(keys, in: reader), let url = reader.text("url"), let requests = reader.text("requests"),
      let errors = reader.text("errors"), let interval = reader.number("interval")
    else { return nil }
    return PrometheusQueries(
      url: url, intervalSeconds: interval, requests: requests, errors: errors,
      latency: needsLatency ? reader.text("latency") : nil, answers: answers)
  }

  /// CloudWatch's metrics of the load balancer know of requests only.
  mutating func isOfPrometheus(_ reader: SectionReader, _ sections: [String: SectionReader]) -> Bool {
    guard sections["prometheus"] == nil, let value = reader.value else { return true }
    problems.add(
      at: value, "needs a Prometheus server: a load balancer counts requests only",
      fix: "add `prometheus:` beside it, with `url`, `requests` and `errors`")
    return false
  }

  mutating func score(_ reader: SectionReader, window: Double) -> (objective: Objective, answers: [String])? {
    let keys = ["promoters", "passives", "detractors"]
    guard !isMissing(["at_least"] + keys, in: reader), let least = reader.number("at_least"),
      let objective = try? Objective.netPromoterScore(atLeast: Double(least), window: window)
    else { return nil }
    let answers = keys.compactMap(reader.text)
    return answers.count == keys.count ? (objective, answers) : nil
  }

  mutating func ratio(_ reader: SectionReader, window: Double) -> Objective? {
    guard !isMissing(["name", "bad", "total", "target"], in: reader), let name = reader.text("name"),
      let bad = reader.text("bad"), let total = reader.text("total"), let target = reader.text("target"),
      let written = reader.written("bad")
    else { return nil }
    do {
      return try .ratio(name, bad: bad, total: total, target: target, window: window)
    } catch {
      problems.add(at: written, error.message, fix: error.fix)
      return nil
    }
  }
}
