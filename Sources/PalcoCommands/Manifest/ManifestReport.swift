import PalcoBlueprint
import PalcoCore

/// Prints what is wrong with a manifest.
enum ManifestReport {
  /// Past this many, a list helps nobody.
  static let limit = 50

  /// Prints diagnostics to standard error.
  static func print(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    Console.note(text(diagnostics, on: .detect(descriptor: 2)))
  }

  static func text(_ diagnostics: [Diagnostic], on terminal: Terminal) -> String {
    var parts = diagnostics.prefix(limit).map { diagnostic in
      var lines = diagnostic.rendered.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      lines[0] = terminal.styled(lines[0], diagnostic.severity == .error ? .red : .yellow)
      return lines.joined(separator: "\n")
    }
    if diagnostics.count > limit { parts.append("… and \(diagnostics.count - limit) more") }
    return parts.joined(separator: "\n")
  }

  /// The last line: how many errors there are.
  static func summary(_ errors: ManifestErrors, file: String) -> String {
    "\(file) has \(errors.errorCount) error\(errors.errorCount == 1 ? "" : "s")"
  }
}
