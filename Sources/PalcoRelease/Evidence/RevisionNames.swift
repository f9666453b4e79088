/// What tells the series of a revision from those of others.
struct RevisionNames: Sendable, Equatable {
  /// What people call the image.
  var version: String
  /// The image's digest.
  var digest: String
  /// The number of the task definition's revision.
  var revision: String

  init(version: String, digest: String, revision: String) {
    self.version = version
    self.digest = digest
    self.revision = revision
  }

  /// The names of an image that runs by a task definition.
  init(_ image: PublishedImage, definitionARN: String) {
    self.init(
      version: image.version, digest: image.digest,
      revision: definitionARN.split(separator: ":").last.map(String.init) ?? "")
  }

  /// A query with the names in place of `$version`, `$digest` and `$revision`, which stand as regular expressions.
  func filled(into query: String) -> String {
    Self.filled(query) { ["version": version, "digest": digest, "revision": revision][$0].map(Self.quoted) ?? "" }
  }

  /// A query of every revision.
  static func filledForAll(_ query: String) -> String { filled(query) { _ in ".*" } }

  private static func filled(_ query: String, _ value: (String) -> String) -> String {
    ["version", "digest", "revision"].reduce(query) { $0.replacing("\"$\($1)\"", with: "\"\(value($1))\"") }
  }

  /// A text as a regular expression (RE2) that matches it alone, as it stands in a query's double quotes.
  private static func quoted(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\\": result += "\\\\\\\\"
      case ".", "+", "*", "?", "(", ")", "|", "[", "]", "{", "}", "^", "$": result += "\\\\\(character)"
      default: result.append(character)
      }
    }
  }
}
