/// Guesses where somebody wrote a secret into a manifest, so that nothing repeats it.
enum SecretHeuristics {
  private static let words: Set<String> = [
    "password", "passwd", "pwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "apikey",
    "privatekey", "secretkey", "accesskey",
  ]

  /// Whether a variable of this name usually holds a secret: `DB_PASSWORD`, `apiKey`, `STRIPE_SECRET_KEY`.
  static func isSecretName(_ name: String) -> Bool {
    var parts: [String] = []
    var wasLower = false
    for character in name.prefix(200) {
      let isLower = character.isLowercase
      if !character.isLetter {
        parts.append("")
      } else if character.isUppercase && wasLower || parts.isEmpty {
        parts.append(character.lowercased())
      } else {
        parts[parts.count - 1] += character.lowercased()
      }
      wasLower = isLower
    }
    parts.removeAll(where: \.isEmpty)
    return parts.contains(where: words.contains) || zip(parts, parts.dropFirst()).contains { words.contains($0 + $1) }
  }

  /// Whether a value is a URL with a password in it.
  static func hasPassword(_ value: String) -> Bool {
    guard let scheme = value.range(of: "://") else { return false }
    let authority = value[scheme.upperBound...].prefix { !"/?# \"'".contains($0) }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return false }
    return authority.index(after: colon) < at
  }

  /// The column of a line from which on it seems to hold a secret, whether or not the line is good YAML.
  static func columnToHide(in line: String) -> Int? {
    let name = line.drop { " \t-{'\"".contains($0) }.prefix { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    guard let colon = line[name.endIndex...].firstIndex(of: ":") else { return nil }
    let rest = line[line.index(after: colon)...]
    let value = rest.drop { $0 == " " || $0 == "\t" }
    guard !value.isEmpty, !value.hasPrefix("#"), !value.hasPrefix("arn:"), !value.hasPrefix("/") else { return nil }
    guard isSecretName(String(name)) || hasPassword(String(value)) else { return nil }
    return line[..<value.startIndex].unicodeScalars.count + 1
  }
}
