import PalcoBlueprint
import PalcoReliability
import Testing

@Suite struct ObjectivesTests {
  private func manifest(_ objectives: String, stage: String = "") -> String {
    Sample.least.replacingOccurrences(of: "8080}", with: "8080}\nobjectives: {\(objectives)}")
      .replacingOccurrences(of: "stage: ", with: "stage: {objectives: {\(stage)}}, production: ")
  }

  private func objectives(
    _ written: String, stage: String = "", of environment: String = "stage"
  ) throws -> ServiceObjectives {
    try Sample.parse(manifest(written, stage: stage)).blueprint(for: environment).objectives
  }

  @Test func withoutAWordEveryEnvironmentPromisesTheUsualAvailability() throws {
    let objectives = try Sample.parse(Sample.least).blueprint(for: "stage").objectives
    #expect(objectives == ServiceObjectives())
    #expect(objectives.availability.target == 0.999)
    #expect(objectives.all.count == 1)
    #expect(!objectives.isDeclared)
    #expect(try !self.objectives("window_days: 7, latency: {}").isDeclared)
  }

  @Test func whatIsWrittenIsWhatIsPromised() throws {
    let objectives = try objectives("window_days: 7, availability: 99.95%, latency: {under: 300ms, target: 95%}")
    #expect(objectives.isDeclared)
    #expect(objectives.availability.target == 0.9995)
    #expect(objectives.availability.window == 7 * 86_400)
    let latency = try #require(objectives.latency)
    #expect(latency.objective.target == 0.95)
    #expect(latency.objective.window == 7 * 86_400)
    // CloudWatch counts at any bound, so the promise's own is one of them.
    #expect(latency.buckets.upperBounds == [5, 10, 25, 50, 100, 250, 300, 500, 1000, 2500, 5000, 10000])
    #expect(latency.within == 7)
  }

  @Test func bucketsOfTheServicesOwnAreTakenAsTheyAre() throws {
    let latency = try #require(
      try objectives("latency: {under: 0.3s, target: 99%, buckets: [50ms, 300ms, 1.5s]}").latency)
    #expect(latency.buckets.upperBounds == [50, 300, 1500])
    #expect(latency.within == 2)
  }

  @Test func anEnvironmentOverridesKeyByKey() throws {
    let above = "availability: 99.9%, latency: {under: 300ms, target: 95%}"
    let stage = try objectives(above, stage: "availability: 95%, latency: {under: 1s}")
    #expect(stage.availability.target == 0.95)
    #expect(stage.latency?.objective.target == 0.95)
    #expect(stage.latency?.objective.indicator == .latency(milliseconds: 1000, within: 8))
    let production = try objectives(above, stage: "availability: 95%", of: "production")
    #expect(production.availability.target == 0.999)
  }

  @Test(arguments: [
    ("availability: 100%", "100% leaves no error budget", "write less than 100%"),
    ("availability: 0%", "0% can never be missed", "such as 99.9%"),
    ("availability: 250%", "is over 100%", "write less than 100%"),
    ("availability: 99.9", "must be a percentage with its sign, but is the number `99.9`", "write `99.9%`"),
    ("availability: 0.999", "must be a percentage with its sign, but is the number `0.999`", "write `99.9%`"),
    ("availability: high", "but is the text `high`", "such as `99.9%`"),
    ("latency: {under: 300, target: 95%}", "must be a response time with its unit", "write `300ms` or `300s`"),
    ("latency: {under: 0ms, target: 95%}", "is no duration", "above 0"),
    ("latency: {under: 300ms, target: 0.95}", "must be a percentage with its sign", "write `95%`"),
    ("latency: {under: 300ms}", "is missing", "latency needs `under`, `target`"),
    ("latency: {target: 95%}", "is missing", "latency needs `under`, `target`"),
    (
      "latency: {under: 300ms, target: 95%, buckets: [100ms, 500ms]}", "300ms is no bound of the service's",
      "use 100ms or 500ms"
    ),
    ("latency: {under: 1s, target: 95%, buckets: [1s, 500ms]}", "do not ascend", "smallest first"),
    ("latency: {under: 1s, target: 95%, buckets: [1s, 1000ms]}", "do not ascend", "each once"),
    ("window_days: 0", "is out of range", "1 to 90"),
    ("availabilty: 99.9%", "is not a key that Palco knows", "did you mean `availability`?"),
  ])
  func whatCanNeverBeMissedOrMetIsRefused(_ written: String, _ message: String, _ fix: String) {
    let problems = Sample.problems(manifest(written))
    #expect(problems.contains(message), "\(problems)")
    #expect(problems.contains(fix), "\(problems)")
    // With its place in the file.
    #expect(problems.hasPrefix("palco.yml:4:"), "\(problems)")
  }

  @Test func whatAnEnvironmentGetsWrongIsToldWhereItIsWritten() {
    let problems = Sample.headlines(manifest("availability: 99.9%", stage: "availability: 100%"))
    #expect(problems.count == 1)
    #expect(problems.first?.contains("environments.stage.objectives.availability") == true, "\(problems)")
  }

  // MARK: Prometheus

  private static let server =
    "prometheus: {url: 'http://127.0.0.1:9090', requests: 'r{v=~\"$version\"}', errors: 'e{v=~\"$version\"}'"

  @Test func aPrometheusServerCountsWhatABalancerCannot() throws {
    let text = manifest(
      "latency: {under: 250ms, target: 95%}, " + Self.server + ", latency: 'l{v=~\"$digest\"}', interval: 5s}, "
        + "nps: {at_least: 30, promoters: 'p{v=~\"$version\"}', passives: 'n{v=~\"$version\"}', "
        + "detractors: 'd{v=~ \"$revision\"}'}, "
        + "ratio: {name: checkout, bad: 'b{v=~\"$version\"}', total: 't{v=~\"$version\"}', target: 99%}")
    let blueprint = try Sample.parse(text).blueprint(for: "stage")
    #expect(
      blueprint.prometheus
        == PrometheusQueries(
          url: "http://127.0.0.1:9090", intervalSeconds: 5, requests: #"r{v=~"$version"}"#,
          errors: #"e{v=~"$version"}"#, latency: #"l{v=~"$digest"}"#,
          answers: [#"p{v=~"$version"}"#, #"n{v=~"$version"}"#, #"d{v=~ "$revision"}"#]))
    let objectives = blueprint.objectives
    #expect(objectives.netPromoterScore?.target == 0.65)
    #expect(
      objectives.ratio?.indicator == .ratio(bad: #"b{v=~"$version"}"#, total: #"t{v=~"$version"}"#))
    #expect(objectives.all.map(\.name) == ["availability", "latency", "nps", "checkout"])
    // The service's own buckets are not stretched.
    #expect(objectives.latency?.buckets == .usual)
  }

  @Test func withoutOneCloudWatchIsRead() throws {
    #expect(try Sample.parse(manifest("availability: 99%")).blueprint(for: "stage").prometheus == nil)
  }

  @Test(arguments: [
    ("nps: {at_least: 30}", "needs a Prometheus server", "add `prometheus:` beside it"),
    ("ratio: {target: 99%}", "needs a Prometheus server", "add `prometheus:` beside it"),
    (server + "}, latency: {under: 250ms, target: 95%}", "is missing", "`url`, `requests`, `errors`, `latency`"),
    (
      server + ", latency: 'l{v=~\"$version\"}'}, latency: {under: 300ms, target: 95%}",
      "300ms is no bound of the service's latency buckets", "use 250ms or 500ms"
    ),
    (server + "}, nps: {at_least: 30}", "is missing", "`promoters`, `passives`, `detractors`"),
    (server + "}, nps: {at_least: 100}", "is out of range", "-99 to 99"),
    (
      server + "}, ratio: {name: c, bad: 'b{v=~\"$version\"}', total: 'b{v=~\"$version\"}', target: 99%}",
      "both queries are the same", "let one count the bad events"
    ),
    (server + "}, ratio: {name: nps}", "that no other objective has", "for example checkout"),
    ("prometheus: {url: 'http://127.0.0.1:9090/'}", "without a slash at its end", "perhaps `http://127.0.0.1:9090`"),
    ("prometheus: {url: 'http://127.0.0.1:9090'}", "is missing", "prometheus needs `url`, `requests`, `errors`"),
    ("prometheus: {requests: 'r{v=\"v1\"}'}", "names the revision by", "for example"),
    ("prometheus: {requests: 'r{v=\"$version\"}'}", "names the revision by", "for example"),
    ("prometheus: {interval: 2m}", "is out of range", "1s to 1m"),
  ])
  func whatAServerCannotCountIsRefused(_ written: String, _ message: String, _ fix: String) {
    let problems = Sample.problems(manifest(written))
    #expect(problems.contains(message), "\(problems)")
    #expect(problems.contains(fix), "\(problems)")
  }
}
