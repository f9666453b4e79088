import Foundation

/// Hands a container's environment to an engine without showing it in any command line: a file of mode 0600, which is
/// removed once the container is there.
struct EnvironmentFile: Sendable {
  /// The words for `run`.
  let arguments: [String]
  /// Variables of the command itself: values of several lines have no place in such a file, and `--env NAME` takes them
  /// from there. Only the same user sees the environment of a process.
  let values: [String: String]
  private let file: URL

  private static let suffix = ".env"

  /// Writes the file.
  ///
  /// - Throws: ``TaskRuntimeError``, which names variables and never shows a value.
  init(_ environment: [String: String], in directory: URL) throws {
    file = directory.appendingPathComponent(UUID().uuidString + Self.suffix)
    var lines: [String] = []
    var values: [String: String] = [:]
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      guard Self.isName(name), !value.utf8.contains(0) else {
        throw TaskRuntimeError(
          .launchFailed,
          "the environment variable \"\(name)\" cannot be passed on: a name has no blank, =, # or NUL, a value no NUL")
      }
      if value.contains(where: \.isNewline) { values[name] = value } else { lines.append("\(name)=\(value)") }
    }
    let text = lines.map { $0 + "\n" }.joined()
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw TaskRuntimeError(.launchFailed, "cannot write to \(directory.path)") }
    self.values = values
    arguments = ["--env-file", file.path] + values.keys.sorted().flatMap { ["--env", $0] }
  }

  func remove() { try? FileManager.default.removeItem(at: file) }

  /// Removes what a dead daemon left.
  static func removeAll(in directory: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    where name.hasSuffix(suffix) {
      try? FileManager.default.removeItem(at: directory.appendingPathComponent(name))
    }
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.contains { $0.isWhitespace || $0 == "=" || $0 == "#" || $0 == "\0" }
  }
}
