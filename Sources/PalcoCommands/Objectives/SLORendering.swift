import Foundation
import PalcoRelease
import PalcoReliability

/// What `palco slo` knows, for people.
struct SLORendering: Sendable {
  private let summary: SLOSummary

  init(_ summary: SLOSummary) {
    self.summary = summary
  }

  func text(on terminal: Terminal) -> String {
    let header = [
      "OBJECTIVE", "TARGET", "DAYS", "EVENTS", "BAD", "BUDGET LEFT", "BURN 5M", "1H", "6H", "3D", "SPENT IN",
    ]
    var lines = [Table(header: header, rows: summary.objectives.map(row)).rendered(on: terminal)]
    if !summary.objectives.contains(where: \.isDeclared) {
      lines.append("palco.yml promises nothing here; this is what releases are judged by then (`objectives:`)")
    }
    lines.append("")
    lines += forecast
    if let refusal = summary.refusal {
      lines += ["", "`palco deploy \(summary.environment)` is refused: \(refusal)"]
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ line: SLOSummary.Line) -> [String] {
    let name = line.milliseconds.map { "\(line.name) ≤ \(Self.number($0)) ms" } ?? line.name
    let left = line.events == 0 ? "no events" : "\(Self.percent(line.left)) (\(Int(line.badEventsLeft)) events)"
    return [
      name, Self.percent(line.target), Self.number(line.windowDays), String(line.events), String(line.bad), left,
    ] + line.burnRates.map { String(format: "%.1f", $0.rate) } + [spentIn(line)]
  }

  private func spentIn(_ line: SLOSummary.Line) -> String {
    guard line.left > 1e-9 else { return "spent" }
    guard let hours = line.hoursUntilSpent else { return "–" }
    return hours > 24 * line.windowDays ? "–" : hours < 48 ? "\(Self.number(hours)) h" : "\(Self.number(hours / 24)) d"
  }

  private var forecast: [String] {
    let traffic = "\(Self.number(summary.requestsPerSecond)) requests/s in the last hour"
    guard let rate = summary.errorRate else {
      return ["no requests in the last hour: a release now would prove nothing"]
    }
    guard let forecast = summary.forecast else {
      return [
        "\(traffic), \(Self.percent(rate)) failed",
        "a release by \(summary.strategy) is not judged: its old and new tasks are not counted apart",
      ]
    }
    let plan = forecast.plan
    var lines = [
      "\(traffic), \(Self.percent(rate)) failed. A release by \(summary.strategy) takes \(Self.time(plan.seconds)):"
    ]
    for detection in forecast.detections {
      let rates = "\(Self.percent(plan.errorRate)) → \(Self.percent(detection.greenRate))"
      let effect = "  \(detection.effect.description.padded(to: 7))\(rates.padded(to: 18))"
      let harm = "\(Int(detection.harmed.rounded())) requests harmed"
      lines.append(
        effect + (detection.expected.map { "seen after ≈ \(Self.time($0)), \(harm)" } ?? "not seen, \(harm)"))
    }
    if summary.hasEnoughTraffic == false {
      let visible = forecast.smallestVisibleFactor.map { "from ×\(Self.number($0)) on they are" } ?? "none at all is"
      lines.append(
        "  a doubled error rate is not seen at this traffic (\(visible)): take larger steps, wait longer, or accept it")
    }
    return lines
  }

  // MARK: Words

  static func percent(_ share: Double) -> String {
    let percent = share * 100
    let size = abs(percent)
    // Close to all and close to nothing the digits are what matters.
    return plain(percent, digits: size >= 99.9995 || size < 0.0005 ? 0 : size >= 10 && size < 99 ? 1 : 3) + "%"
  }

  static func number(_ value: Double) -> String { plain(value, digits: value >= 100 ? 0 : value >= 10 ? 1 : 2) }

  static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(Int(seconds.rounded())) s"
    case ..<7200: "\(Int((seconds / 60).rounded())) min"
    default: "\(number(seconds / 3600)) h"
    }
  }

  /// A number without zeros at its end.
  private static func plain(_ value: Double, digits: Int) -> String {
    var text = String(format: "%.\(digits)f", value)
    guard text.contains(".") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
