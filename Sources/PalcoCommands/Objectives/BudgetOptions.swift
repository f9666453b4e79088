import ArgumentParser
import PalcoBlueprint
import PalcoRelease
import PalcoReliability

/// Keeps a release from starting when the environment's error budgets do not bear it.
struct BudgetOptions: ParsableArguments {
  @Option(
    name: .customLong("override-budget"),
    help: ArgumentHelp(
      "Release although an error budget is spent or would be risked.",
      valueName: "reason"))
  var reason: String?

  mutating func validate() throws {
    if reason?.allSatisfy(\.isWhitespace) == true {
      throw ValidationError("--override-budget needs a reason: it is what others read later.")
    }
  }

  /// Lets a release start, or refuses it.
  ///
  /// - Returns: the refusal that somebody has set aside, with the reason; nil when there was none
  /// - Throws: ``CommandError`` with `budgetSpent`, or with `refused` when the budgets cannot be read: what is not known
  ///   is not left over.
  @discardableResult
  func check(_ blueprint: Blueprint, access: CloudAccess, note: (String) -> Void) async throws -> String? {
    // Nobody is refused for what nobody promised.
    guard blueprint.objectives.isDeclared else { return nil }
    let report: BudgetReport
    do {
      report = try await BudgetReader(access: access, blueprint: blueprint).report()
    } catch let error as ReleaseError where error.code == .environmentMissing {
      throw error
    } catch let error where !(error is CancellationError) {
      let trouble =
        "the error budgets of '\(blueprint.environment)' cannot be read: \(CommandError(error)?.message ?? "\(error)")"
      return try override(trouble, .refused, blueprint, note)
    }
    guard let refusal = report.gate(for: blueprint.release, objectives: blueprint.objectives).refusal else {
      return nil
    }
    return try override(refusal, .budgetSpent, blueprint, note)
  }

  private func override(
    _ refusal: String, _ status: ExitStatus, _ blueprint: Blueprint, _ note: (String) -> Void
  ) throws -> String {
    guard let reason else {
      throw CommandError(
        status,
        "\(refusal); see `palco slo \(blueprint.environment)`, or add --override-budget REASON")
    }
    note("\(refusal); released all the same: \(reason)")
    return "\(refusal); overridden: \(reason)"
  }
}
