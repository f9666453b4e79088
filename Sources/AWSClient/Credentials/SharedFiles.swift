import Foundation

/// The shared files of AWS, `~/.aws/config` and `~/.aws/credentials`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
struct SharedFiles: Sendable {
  /// Settings by name in lower case; a setting in a setting (`endpoint_url` in `ecs =`) is `ecs.endpoint_url`.
  typealias Section = [String: String]

  /// The kinds of sections that matter here.
  private enum Kind: String {
    case profile
    case session = "sso-session"
    case services
  }

  let configPath: String
  let credentialsPath: String
  /// Where `aws sso login` keeps what it was given.
  let loginDirectory: String
  private let sections: [Kind: [String: Section]]
  private let secretProfiles: Set<String>

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
    loginDirectory = "\(home)/.aws/sso/cache"
    var all = try Self.read(configPath, prefixed: true)
    let secrets = try Self.read(credentialsPath, prefixed: false)[.profile] ?? [:]
    // What both have, the credentials file decides.
    all[.profile, default: [:]].merge(secrets) { $0.merging($1) { _, later in later } }
    sections = all
    secretProfiles = Set(secrets.filter { $0.value["aws_access_key_id"] != nil }.keys)
  }

  func profile(_ name: String) -> Section? { sections[.profile]?[name] }
  func session(_ name: String) -> Section? { sections[.session]?[name] }
  func services(_ name: String) -> Section? { sections[.services]?[name] }

  /// The file that has the keys of a profile.
  func path(ofKeysOf profile: String) -> String { secretProfiles.contains(profile) ? credentialsPath : configPath }

  private static func read(_ path: String, prefixed: Bool) throws(AWSClientError) -> [Kind: [String: Section]] {
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    // People switch the files off with /dev/null, of which FileManager gives no contents.
    guard let handle = FileHandle(forReadingAtPath: path),
      let text = String(data: (try? handle.readToEnd()) ?? Data(), encoding: .utf8)
    else { throw .configuration("\(path) cannot be read as UTF-8 text") }
    return try parse(text, path: path, prefixed: prefixed)
  }

  /// - Parameter prefixed: Whether profiles but the default one are `[profile name]`, as in the config file.
  private static func parse(_ text: String, path: String, prefixed: Bool) throws(AWSClientError)
    -> [Kind: [String: Section]]
  {
    var result: [Kind: [String: Section]] = [:]
    var place: (kind: Kind, name: String)?
    var parent: String?
    var seenSection = false
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("[") {
        guard let end = line.firstIndex(of: "]") else {
          throw .configuration("\(path):\(index + 1): the section has no ']'")
        }
        seenSection = true
        parent = nil
        place = name(of: line[line.index(after: line.startIndex)..<end], prefixed: prefixed)
        if let place { result[place.kind, default: [:]][place.name, default: [:]] = [:] }
        continue
      }
      let isNested = raw.first?.isWhitespace == true
      guard seenSection, let sign = line.firstIndex(of: "=") else {
        // The value of another setting may go on in lines of any kind; none of them is ours.
        if seenSection, isNested { continue }
        // The line is not quoted: it could hold a secret.
        throw .configuration("\(path):\(index + 1): expected 'name = value' in a section")
      }
      let key = line[..<sign].trimmingCharacters(in: .whitespaces).lowercased()
      let value = line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces)
      if !isNested { parent = value.isEmpty ? key : nil }
      if isNested, parent == nil { continue }
      guard let place else { continue }
      let whole = isNested ? "\(parent ?? "").\(key)" : key
      result[place.kind]?[place.name]?[whole] = value.isEmpty ? nil : value
    }
    return result
  }

  /// What a section is of; `nil` for sections of another kind.
  private static func name(of section: Substring, prefixed: Bool) -> (kind: Kind, name: String)? {
    let words = section.split(maxSplits: 1, whereSeparator: \.isWhitespace).map {
      $0.trimmingCharacters(in: .whitespaces.union(["\"", "'"]))
    }
    switch (words.count, prefixed) {
    case (1, false): return (.profile, words[0])
    case (1, true): return words[0] == "default" ? (.profile, "default") : nil
    case (2, true): return Kind(rawValue: words[0]).map { ($0, words[1]) }
    default: return nil
    }
  }
}
