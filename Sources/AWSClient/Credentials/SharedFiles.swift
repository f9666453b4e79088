import Foundation

/// The shared files of AWS, `~/.aws/config` and `~/.aws/credentials`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
struct SharedFiles {
  typealias Profile = [String: String]

  let configPath: String
  let credentialsPath: String
  private let profiles: [String: Profile]

  /// Reads the files that are there.
  ///
  /// - Throws: ``AWSClientError/configuration(_:)`` for a file that cannot be read or parsed.
  init(environment: [String: String]) throws(AWSClientError) {
    let home = environment["HOME"] ?? NSHomeDirectory()
    func path(_ variable: String, _ name: String) -> String {
      guard let path = environment[variable] else { return "\(home)/.aws/\(name)" }
      return path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
    configPath = path("AWS_CONFIG_FILE", "config")
    credentialsPath = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
    // What both have, the credentials file decides.
    profiles = try Self.read(configPath, prefixed: true)
      .merging(try Self.read(credentialsPath, prefixed: false)) { $0.merging($1) { _, later in later } }
  }

  func profile(_ name: String) -> Profile? { profiles[name] }

  private static func read(_ path: String, prefixed: Bool) throws(AWSClientError) -> [String: Profile] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    guard let bytes = FileManager.default.contents(atPath: path), let text = String(data: bytes, encoding: .utf8)
    else { throw .configuration("\(path) cannot be read as UTF-8 text") }
    return try parse(text, path: path, prefixed: prefixed)
  }

  /// - Parameter prefixed: Whether profiles but the default one are `[profile name]`, as in the config file.
  static func parse(_ text: String, path: String, prefixed: Bool) throws(AWSClientError) -> [String: Profile] {
    var result: [String: Profile] = [:]
    var section: String?
    var seenSection = false
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("[") {
        guard let end = line.firstIndex(of: "]") else {
          throw .configuration("\(path):\(index + 1): the section has no ']'")
        }
        seenSection = true
        section = name(of: line[line.index(after: line.startIndex)..<end], prefixed: prefixed)
        if let section { result[section, default: [:]] = result[section] ?? [:] }
        continue
      }
      // A value may go on in lines that are indented (`s3 =` and its parts); none of them is ours.
      if raw.first?.isWhitespace == true { continue }
      guard seenSection, let sign = line.firstIndex(of: "=") else {
        // The line is not quoted: it could hold a secret.
        throw .configuration("\(path):\(index + 1): expected 'name = value' in a section")
      }
      guard let section else { continue }
      let key = line[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
      let value = line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces)
      result[section]?[key] = value.isEmpty ? nil : value
    }
    return result
  }

  /// The profile of a section; `nil` for sections of another kind.
  private static func name(of section: Substring, prefixed: Bool) -> String? {
    let words = section.split(whereSeparator: \.isWhitespace).map(String.init)
    switch (words.count, prefixed) {
    case (1, false): return words[0]
    case (1, true): return words[0] == "default" ? "default" : nil
    case (2, true): return words[0] == "profile" ? words[1].trimmingCharacters(in: ["\"", "'"]) : nil
    default: return nil
    }
  }
}
