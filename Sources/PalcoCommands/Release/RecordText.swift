import Foundation
import PalcoRelease

/// A release's record, for people.
enum RecordText {
  /// The whole record.
  static func lines(_ record: ReleaseDocument) -> [String] {
    var lines = [
      "\(record.release)  \(record.image.version) to \(record.environment), \(record.strategy): \(record.result)",
      "  image     \(record.image.digest)",
      "  from      " + (record.from.map { "\($0.version) \($0.digest)" } ?? "nothing"),
      "  by        \(record.actor)",
      "  begun     \(record.startedAt.tableText), for "
        + Duration.seconds(record.endedAt.timeIntervalSince(record.startedAt)).text,
      "  manifest  \(record.manifest)",
      "  gates     " + (record.gates.isEmpty ? "none" : record.gates.map(\.name).joined(separator: ", ")),
    ]
    if let proof = record.proof { lines.append("  proof     \(ReleaseRendering.words(proof))") }
    if let forecast = record.forecast {
      let seen = forecast.detections.map { detection in
        "\(detection.effect) " + (detection.expected.map { "in \(Duration.seconds($0).text)" } ?? "not")
      }
      lines.append("  forecast  seen: \(seen.joined(separator: ", "))")
    }
    if let numbers = record.numbers { lines.append("  counted   \(counts(numbers))") }
    if !record.decisions.isEmpty { lines.append("decisions") }
    for decision in record.decisions {
      lines.append("  \(clock(decision.at))  \(decision.action.rawValue.padded(to: 9))  \(decision.reason)")
      if let numbers = decision.numbers { lines.append("            \(counts(numbers))") }
    }
    return lines + story(record.story)
  }

  /// Why, the first cause first.
  static func story(_ story: ReleaseStory) -> [String] {
    var lines: [String] = []
    if let cause = story.cause { lines.append("because   \(cause)") }
    if !story.lines.isEmpty { lines.append("what happened") }
    for line in story.lines {
      let head = line.at.map(clock) ?? "        "
      lines.append("  \(head)  \(line.source.rawValue.padded(to: 10))  \(line.text)")
    }
    return lines
  }

  private static func counts(_ numbers: ReleaseDecision.Numbers) -> String {
    "at \(Int((numbers.weight * 100).rounded())) % of the traffic: new failed \(numbers.green.bad) of \(numbers.green.total), "
      + "old \(numbers.blue.bad) of \(numbers.blue.total)"
      + (numbers.greenSlow.map { "; slow: new \($0.bad)" } ?? "")
      + (numbers.blueSlow.map { ", old \($0.bad)" } ?? "")
      + "; ln E \(String(format: "%.2f", numbers.logEvidence)), p ≤ \(String(format: "%.4f", numbers.pValue))"
  }

  private static func clock(_ instant: Date) -> String {
    instant.formatted(Date.ISO8601FormatStyle(timeZone: .current).time(includingFractionalSeconds: false))
  }
}
