import ArgumentParser
import PalcoBlueprint
import PalcoRelease
import PalcoReliability

/// `palco slo`: objectives, their error budgets, and what the next release could tell.
struct SLOCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slo",
    abstract: "Show the objectives of an environment: budgets, how fast they burn, and what a release could tell.",
    discussion: """
      Counts come from the load balancer's metrics. A burn rate of 1 spends the whole budget in the objective's window. \
      The last lines say which regressions the next release would see at the present traffic, after how long, and how many \
      requests they would harm until then. The exit code is 15 when a budget is spent or a release would risk more than is \
      left: `palco deploy` is refused then.

        palco slo production
        palco slo production --json | jq '.objectives[] | {name, left}'
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print everything as JSON.")
  var json = false

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let report = try await BudgetReader(access: project.access(to: blueprint), blueprint: blueprint).report()
    let summary = SLOSummary(report, blueprint: blueprint)
    if json {
      try JSONOutput.print(summary)
    } else {
      Console.out(SLORendering(summary).text(on: .detect(descriptor: 1)))
    }
    guard summary.refusal == nil else { throw ExitCode(ExitStatus.budgetSpent.rawValue) }
  }
}

/// What `palco slo` knows, for machines.
struct SLOSummary: Encodable, Sendable {
  struct Line: Encodable, Sendable {
    var name: String
    /// Whether somebody promised it, or it is the usual one.
    var isDeclared: Bool
    var target: Double
    /// The bound of response times in time.
    var milliseconds: Double?
    var windowDays: Double
    var events: Int
    var bad: Int
    /// The share of the budget that is spent.
    var spent: Double
    /// The share that is left; negative when the objective is missed.
    var left: Double
    var badEventsLeft: Double
    var burnRates: [Burn]
    /// When the budget is spent if it goes on as in the last hour.
    var hoursUntilSpent: Double?
  }

  struct Burn: Encodable, Sendable {
    var seconds: Double
    var rate: Double
  }

  var environment: String
  var strategy: String
  var objectives: [Line]
  var requestsPerSecond: Double
  /// The share of the last hour's requests that failed.
  var errorRate: Double?
  /// What the next release could tell; nil without traffic, and with the strategy `rolling`.
  var forecast: Forecast?
  /// Whether a doubled error rate would be seen.
  var hasEnoughTraffic: Bool?
  /// Why `palco deploy` is refused.
  var refusal: String?

  init(_ report: BudgetReport, blueprint: Blueprint) {
    environment = report.environment
    strategy = ReleaseStrategy.name(ofWire: blueprint.release.wireName)
    let objectives = blueprint.objectives
    self.objectives = report.budgets.map { Line($0, isDeclared: objectives.isDeclared) }
    requestsPerSecond = report.traffic.requestsPerSecond
    errorRate = report.traffic.counts.badShare
    forecast = report.forecast(of: blueprint.release, objectives: objectives)
    hasEnoughTraffic = forecast?.hasEnoughTraffic
    refusal = report.gate(for: blueprint.release, objectives: objectives).refusal
  }
}

extension SLOSummary.Line {
  init(_ one: BudgetReport.Budget, isDeclared: Bool) {
    let budget = one.budget
    var milliseconds: Double?
    if case .latency(let bound, _) = budget.objective.indicator { milliseconds = bound }
    let hourly = zip(BudgetReport.burnWindows, one.burnRates).first { $0.0 == 3600 }?.1 ?? 0
    self.init(
      name: budget.objective.name, isDeclared: isDeclared, target: budget.objective.target, milliseconds: milliseconds,
      windowDays: budget.objective.window / 86_400, events: budget.counts.total, bad: budget.counts.bad,
      spent: budget.spent, left: budget.left, badEventsLeft: budget.badEventsLeft,
      burnRates: zip(BudgetReport.burnWindows, one.burnRates).map { .init(seconds: $0, rate: $1) },
      hoursUntilSpent: budget.secondsUntilSpent(burnRate: hourly).map { $0 / 3600 })
  }
}
