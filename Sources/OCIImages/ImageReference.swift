/// The name of an image: `[registry/]repository[:tag][@digest]`.
///
/// The rules are Docker's (https://pkg.go.dev/github.com/distribution/reference): what stands before the first slash is a
/// registry when it has a dot or a colon or is `localhost`. Nothing is added: no default registry, no `latest`.
public struct ImageReference: Sendable, Equatable, Hashable, CustomStringConvertible {
  /// Host and port, such as `127.0.0.1:4650`.
  public var registry: String?
  /// The repository, such as `library/nginx`.
  public var repository: String
  /// The tag.
  public var tag: String?
  /// `sha256:` and 64 hexadecimal digits.
  public var digest: String?

  /// Makes a reference of its parts, unchecked.
  public init(registry: String? = nil, repository: String, tag: String? = nil, digest: String? = nil) {
    self.registry = registry
    self.repository = repository
    self.tag = tag
    self.digest = digest
  }

  /// Reads a reference.
  ///
  /// - Throws: ``OCIImageError`` with the code `badReference`, saying which part is wrong.
  public init(parsing text: String) throws {
    func fault(_ reason: String) -> OCIImageError {
      OCIImageError(
        .badReference, "'\(text)' is no image reference: \(reason). It must read [registry/]repository[:tag][@digest]")
    }
    var rest = text[...]
    if let at = rest.firstIndex(of: "@") {
      let digest = String(rest[rest.index(after: at)...])
      guard Digest.isValid(digest) else {
        throw fault("the digest '\(digest)' is not sha256: and 64 lower-case hexadecimal digits")
      }
      self.digest = digest
      rest = rest[..<at]
    }
    if let slash = rest.firstIndex(of: "/") {
      let first = rest[..<slash]
      if first == "localhost" || first.contains(".") || first.contains(":") {
        guard Self.isRegistry(first) else { throw fault("'\(first)' is no host with an optional port") }
        registry = String(first)
        rest = rest[rest.index(after: slash)...]
      }
    }
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      let tag = String(rest[rest.index(after: colon)...])
      guard Self.isTag(tag) else {
        throw fault("the tag '\(tag)' is not 1–128 letters, digits, '_', '.' or '-', the first a letter, digit or '_'")
      }
      self.tag = tag
      rest = rest[..<colon]
    }
    repository = String(rest)
    guard Self.isRepository(repository) else {
      throw fault(
        repository.isEmpty
          ? "the repository is missing"
          : "the repository '\(repository)' is not lower-case letters and digits, separated by '/', '.', '_' or '-'")
    }
  }

  public var description: String {
    (registry.map { $0 + "/" } ?? "") + repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
  }

  /// Whether a text can be a repository's name: at most 255 characters of lower-case letters and digits, separated by
  /// one `.`, one or two `_`, any number of `-`, or `/`.
  public static func isRepository(_ text: String) -> Bool {
    guard text.utf8.count <= 255 else { return false }
    return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { component in
      var isAfterAlphanumeric = false
      var separator = ""
      for character in component {
        if character.isASCII, character.isNumber || (character.isLetter && character.isLowercase) {
          guard separator.isEmpty || isSeparator(separator) else { return false }
          separator = ""
          isAfterAlphanumeric = true
        } else {
          guard isAfterAlphanumeric else { return false }
          separator.append(character)
        }
      }
      return isAfterAlphanumeric && separator.isEmpty
    }
  }

  private static func isSeparator(_ text: String) -> Bool {
    text == "." || text == "_" || text == "__" || text.allSatisfy { $0 == "-" }
  }

  /// Whether a text can be a tag.
  public static func isTag(_ text: String) -> Bool {
    guard (1...128).contains(text.utf8.count), let first = text.utf8.first, isWord(first) else { return false }
    return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isRegistry(_ text: Substring) -> Bool {
    var host = text
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      let port = text[text.index(after: colon)...]
      guard let number = UInt16(port), number > 0, port.utf8.allSatisfy({ (48...57).contains($0) }) else {
        return false
      }
      host = text[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      return host.count > 4 && host.dropFirst().dropLast().utf8.allSatisfy { $0 == 58 || $0 == 46 || isHexadecimal($0) }
    }
    return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.first != "-" && label.last != "-"
        && label.utf8.allSatisfy { (isWord($0) && $0 != UInt8(ascii: "_")) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }
}
