/// Why an objective or an alert is refused before anything is built on it.
public struct ObjectiveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The key of what is wrong, as in `latency.under`.
  public var keyPath: String
  /// What is wrong.
  public var message: String
  /// What to do about it.
  public var fix: String

  /// Makes an error.
  public init(_ keyPath: String, _ message: String, fix: String) {
    self.keyPath = keyPath
    self.message = message
    self.fix = fix
  }

  public var description: String { "\(keyPath): \(message); \(fix)" }
}
