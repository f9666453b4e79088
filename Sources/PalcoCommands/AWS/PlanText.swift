import PalcoTerraform

/// A plan for people.
enum PlanText {
  /// All of a plan: what changes by concern, what hurts, what is opened, the sum.
  static func lines(_ report: PlanReport, terminal: Terminal) -> [String] {
    var lines: [String] = []
    for concern in Concern.allCases {
      let changes = report.changes.filter { $0.concern == concern }
      guard !changes.isEmpty else { continue }
      lines.append(terminal.styled(concern.rawValue, .bold))
      for change in changes { lines += Self.lines(change, terminal: terminal) }
    }
    if !report.exposures.isEmpty {
      lines.append(terminal.styled("what the internet can reach afterwards", .bold))
      lines += report.exposures.map { "  ! \($0.address): \($0.what)" }
    }
    lines += report.warnings.map { terminal.styled("warning: \($0)", .yellow) }
    return lines + [report.summary]
  }

  private static func lines(_ change: PlanReport.Change, terminal: Terminal) -> [String] {
    let because = change.because.isEmpty ? "" : ", because of \(change.because.joined(separator: ", "))"
    let head = "  \(sign(change.action, terminal)) \(change.address)  \(change.action.rawValue)\(because)"
    let consequence = change.consequence.map {
      ["      " + terminal.styled($0, change.losesData ? .red : .yellow)]
    }
    // Of a replacement only what forces it: everything else is made anew anyway.
    let shown = change.attributes.filter { attribute in
      change.action == .change || change.because.contains { $0.hasPrefix(attribute.name) }
    }
    let width = (shown.map(\.name.count).max() ?? 0) + 2
    return [head] + (consequence ?? [])
      + shown.map { "      \($0.name.padded(to: width))\($0.before) → \($0.after)" }
  }

  private static func sign(_ action: PlanReport.Action, _ terminal: Terminal) -> String {
    switch action {
    case .create: terminal.styled("+", .green)
    case .change, .move: terminal.styled("~", .yellow)
    case .replace: terminal.styled("±", .red)
    case .delete: terminal.styled("-", .red)
    case .forget: "."
    }
  }

  /// What was changed by hand.
  static func lines(_ drift: Drift, environment: String, terminal: Terminal) -> [String] {
    var lines: [String] = []
    for finding in drift.byHand {
      lines.append(
        "  \(terminal.styled(finding.isGone ? "-" : "~", .red)) \(finding.address)\(finding.isGone ? "  deleted" : "")")
      let width = (finding.attributes.map(\.name.count).max() ?? 0) + 2
      lines += finding.attributes.map { "      \($0.name.padded(to: width))should be \($0.before), is \($0.after)" }
    }
    if !drift.pending.isEmpty {
      lines.append(
        "palco.yml says something new for \(drift.pending.count) resource\(drift.pending.count == 1 ? "" : "s"); "
          + "see `palco plan \(environment)`")
    }
    return lines
  }
}
