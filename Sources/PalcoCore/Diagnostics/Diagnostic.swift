/// Something to say about a file that a person wrote: what is wrong, where, and what to do.
public struct Diagnostic: Codable, Sendable, Equatable {
  /// How bad it is.
  public enum Severity: String, Codable, Sendable {
    /// The file cannot be used.
    case error
    /// The file can be used, but perhaps not as was meant.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// The file's path, as it was given.
  public var file: String
  /// The place in the file, or nil when it is about the file as a whole.
  public var position: SourcePosition?
  /// The key, as in `service.port`; empty outside of any key.
  public var keyPath: String
  /// What is wrong. Never holds a secret.
  public var message: String
  /// What to do about it.
  public var fix: String?
  /// The line of the file and the caret below it; people only.
  public var excerpt: SourceExcerpt?

  private enum CodingKeys: CodingKey { case severity, file, position, keyPath, message, fix }

  /// Makes a diagnostic.
  public init(
    _ severity: Severity, file: String, position: SourcePosition? = nil, keyPath: String = "", message: String,
    fix: String? = nil, excerpt: SourceExcerpt? = nil
  ) {
    self.severity = severity
    self.file = file
    self.position = position
    self.keyPath = keyPath
    self.message = message
    self.fix = fix
    self.excerpt = excerpt
  }

  /// The form for people, which editors and CI systems know from compilers: `file:line:column: error: …`, the line,
  /// a caret, and the help.
  public var rendered: String {
    let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
    let subject = keyPath.isEmpty ? "" : keyPath + ": "
    var lines = ["\(place): \(severity.rawValue): \(subject)\(message)"]
    if let excerpt { lines += ["  " + excerpt.line, "  " + excerpt.marker] }
    if let fix { lines.append("  help: \(fix)") }
    return lines.joined(separator: "\n")
  }
}

extension Sequence<Diagnostic> {
  /// The diagnostics in the order of the file, what is about the whole file first, without repetitions.
  public func inFileOrder() -> [Diagnostic] {
    var seen: Set<[String]> = []
    let start = SourcePosition(line: 0, column: 0)
    return enumerated()
      .sorted { ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset) }
      .map(\.element)
      .filter { item in
        let place = item.position.map { "\($0.line):\($0.column)" } ?? ""
        return seen.insert([item.severity.rawValue, item.file, place, item.keyPath, item.message]).inserted
      }
  }
}
