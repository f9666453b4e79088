import AWSWire
import Foundation

/// A parameter as the cloud remembers it: everything but the values, which are in the vault.
struct ParameterRecord: Codable, Sendable, Equatable {
  struct Version: Codable, Sendable, Equatable {
    var number: Int
    /// The value's name in the vault.
    var value: String
    var modifiedAt: Date
    var description: String?
    var keyID: String?
    var allowedPattern: String?
    var tier: String
    var dataType: String
  }

  /// How many versions AWS keeps.
  private static let keptVersions = 100

  var name: String
  /// `String`, `StringList` or `SecureString`.
  var type: String
  var tags: [SSM.Tag]
  /// Oldest first, at least one.
  private(set) var versions: [Version] = []

  init(name: String, type: String, tags: [SSM.Tag]) {
    self.name = name
    self.type = type
    self.tags = tags
  }

  /// Adds a version after the last one.
  mutating func add(_ version: Version) {
    versions.append(version)
    versions.removeFirst(max(0, versions.count - Self.keptVersions))
  }

  /// The names of its values in the vault.
  var values: [String] { versions.map(\.value) }
}

/// What names a parameter in a request: a name or an ARN, with `:3` for a version.
struct ParameterReference: Sendable, Equatable {
  /// The name alone.
  let name: String
  /// The version with its colon, as it was asked for.
  let selector: String?

  init(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("arn:"), let marker = rest.range(of: ":parameter/") {
      // Before a name with levels stands its own slash, before others the ARN's.
      let name = rest[marker.upperBound...]
      rest = name.contains("/") ? rest[rest.index(before: marker.upperBound)...] : name
    } else if rest.hasPrefix("parameter/") {
      let name = rest.dropFirst("parameter/".count)
      rest = name.contains("/") ? rest.dropFirst("parameter".count) : name
    }
    let colon = rest.firstIndex(of: ":")
    name = String(rest[..<(colon ?? rest.endIndex)])
    selector = colon.map { String(rest[$0...]) }
  }

  /// Names as AWS accepts them.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
  static func check(_ name: String) throws(AWSError) {
    guard name.range(of: "^[A-Za-z0-9_./-]{1,1011}$", options: .regularExpression) != nil else {
      throw SSMError.validation(
        "Parameter name: can't be longer than 1011 characters, and only letters, numbers and the symbols .-_/ are "
          + "allowed")
    }
    guard name.hasPrefix("/") || !name.contains("/") else {
      throw SSMError.validation("Parameter name must be a fully qualified name.")
    }
    guard !name.hasSuffix("/"), !name.contains("//") else {
      throw SSMError.validation("Parameter name: no level of the hierarchy may be empty")
    }
    let first = name.drop { $0 == "/" }.lowercased()
    guard !first.hasPrefix("aws"), !first.hasPrefix("ssm") else {
      throw SSMError.validation(
        "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).")
    }
    guard name.split(separator: "/").count <= 15 else { throw SSMError.tooDeep }
  }
}
