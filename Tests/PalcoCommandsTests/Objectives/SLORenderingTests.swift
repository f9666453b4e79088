import Foundation
import PalcoBlueprint
import PalcoReliability
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

@Suite struct SLORenderingTests {
  private func blueprint(_ objectives: String, release: String = "{strategy: canary}") throws -> Blueprint {
    let text = """
      name: shop
      image: {dockerfile: Dockerfile}
      service: {port: 8080}
      release: \(release)
      objectives: {\(objectives)}
      environments: {stage: }
      """
    return try ManifestFile.parse(Data(text.utf8), file: "palco.yml", directory: URL(filePath: "/nowhere"))
      .blueprint(for: "stage")
  }

  private func counts(_ bad: Int, _ total: Int) throws -> EventCounts {
    try #require(EventCounts(bad: bad, total: total))
  }

  private func summary(
    _ blueprint: Blueprint, availability: EventCounts, latency: EventCounts? = nil, lastHour: EventCounts
  ) throws -> SLOSummary {
    var budgets = [
      BudgetReport.Budget(
        budget: ErrorBudget(blueprint.objectives.availability, counts: availability), burnRates: [0, 2, 1, 0.5])
    ]
    if let objective = blueprint.objectives.latency?.objective, let latency {
      budgets.append(.init(budget: ErrorBudget(objective, counts: latency), burnRates: [0, 0, 0, 0]))
    }
    return SLOSummary(
      BudgetReport(
        environment: "stage", budgets: budgets, traffic: .init(counts: lastHour, seconds: 3600, dispersion: 1)),
      blueprint: blueprint)
  }

  private func text(_ summary: SLOSummary) -> String {
    SLORendering(summary).text(on: Terminal(isInteractive: false, hasColours: false, width: 80))
  }

  @Test func budgetsAndTheForecastAreTold() throws {
    let blueprint = try blueprint("availability: 99.9%, latency: {under: 300ms, target: 95%}")
    let summary = try summary(
      blueprint, availability: counts(600, 1_000_000), latency: counts(10_000, 1_000_000), lastHour: counts(18, 36_000))
    let text = text(summary)
    #expect(text.contains("availability      99.9%"), "\(text)")
    #expect(text.contains("40% (400 events)"), "\(text)")
    #expect(text.contains("latency ≤ 300 ms  95%"), "\(text)")
    #expect(text.contains("80% (40000 events)"), "\(text)")
    // A burn rate of 2 spends two fifths of 30 days' budget in 6 days.
    #expect(text.contains("6 d"), "\(text)")
    #expect(text.contains("10 requests/s in the last hour"), "\(text)")
    #expect(text.contains("canary"), "\(text)")
    #expect(text.contains("+1 pp"), "\(text)")
    #expect(!text.contains("refused"), "\(text)")
    #expect(summary.refusal == nil)
  }

  @Test func aServiceWithoutPromisesIsToldWhatItIsJudgedBy() throws {
    let text = text(
      try summary(try blueprint(""), availability: counts(600, 100_000), lastHour: counts(1, 1000)))
    #expect(text.contains("palco.yml promises nothing here"), "\(text)")
    #expect(!text.contains("refused"), "\(text)")
  }

  @Test func aSpentBudgetSaysWhatIsRefused() throws {
    let summary = try summary(
      try blueprint("availability: 99.9%"), availability: counts(2000, 1_000_000), lastHour: counts(1, 1000))
    #expect(abs((summary.objectives.first?.left ?? 0) + 1) < 1e-9)
    let text = text(summary)
    #expect(text.contains("`palco deploy stage` is refused: the error budget of availability is spent"), "\(text)")
    #expect(text.contains("-100%"), "\(text)")
  }

  @Test func littleTrafficIsToldWhatItCannotShow() throws {
    let text = text(
      try summary(try blueprint("availability: 99.9%"), availability: counts(0, 100_000), lastHour: counts(0, 3600)))
    #expect(text.contains("not seen"), "\(text)")
    #expect(text.contains("a doubled error rate is not seen at this traffic"), "\(text)")
  }

  @Test func withoutRequestsThereIsNoForecast() throws {
    let text = text(try summary(try blueprint("availability: 99.9%"), availability: .none, lastHour: .none))
    #expect(text.contains("no events") && text.contains("a release now would prove nothing"), "\(text)")
  }

  @Test func aRollingReleaseIsNotJudged() throws {
    let blueprint = try blueprint("availability: 99.9%", release: "{strategy: rolling}")
    let text = text(try summary(blueprint, availability: counts(0, 100_000), lastHour: counts(0, 3600)))
    #expect(text.contains("a release by rolling is not judged"), "\(text)")
  }

  @Test(arguments: [
    (0.999, "99.9%"), (0.95, "95%"), (0.9995, "99.95%"), (0.0123, "1.23%"), (1, "100%"), (0, "0%"), (-1, "-100%"),
    (0.123456, "12.3%"), (0.99999, "99.999%"),
  ])
  func sharesAreShort(_ share: Double, _ expected: String) {
    #expect(SLORendering.percent(share) == expected)
  }
}
