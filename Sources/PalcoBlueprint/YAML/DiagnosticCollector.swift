import PalcoCore

/// Collects what is wrong with one file; the excerpts are added last, when it is known what they must not show.
struct DiagnosticCollector {
  let file: String
  var source: SourceText
  private var items: [(diagnostic: Diagnostic, length: Int)] = []

  init(file: String, source: SourceText) {
    self.file = file
    self.source = source
  }

  var hasErrors: Bool { items.contains { $0.diagnostic.severity == .error } }

  mutating func add(
    _ severity: Diagnostic.Severity = .error, at position: SourcePosition?, length: Int = 1, path: String = "",
    _ message: String, fix: String? = nil
  ) {
    items.append(
      (Diagnostic(severity, file: file, position: position, keyPath: path, message: message, fix: fix), length))
  }

  /// About a value.
  mutating func add(
    _ severity: Diagnostic.Severity = .error, at value: YAMLValue, _ message: String, fix: String? = nil
  ) {
    add(severity, at: value.position, length: value.length, path: value.path, message, fix: fix)
  }

  /// About an entry's key.
  mutating func add(
    _ severity: Diagnostic.Severity = .error, atKeyOf entry: YAMLEntry, _ message: String, fix: String? = nil
  ) {
    add(
      severity, at: entry.keyPosition, length: entry.key.unicodeScalars.count, path: entry.value.path, message, fix: fix
    )
  }

  /// Everything in the order of the file.
  func finished() -> [Diagnostic] {
    items.map { item in
      var diagnostic = item.diagnostic
      diagnostic.excerpt = diagnostic.position.flatMap { source.excerpt(at: $0, length: item.length) }
      return diagnostic
    }.inFileOrder()
  }
}
