/// An image in a registry, by its digest: what a release moves.
public struct PublishedImage: Sendable, Equatable, Encodable {
  /// The repository with its registry, `000000000000.dkr.ecr.us-east-1.amazonaws.com/pulse`.
  public var repositoryURI: String
  /// `sha256:` and 64 hexadecimal digits.
  public var digest: String
  /// What people call it: a label, a commit, or the beginning of the digest.
  public var version: String

  /// Describes an image.
  public init(repositoryURI: String, digest: String, version: String) {
    self.repositoryURI = repositoryURI
    self.digest = digest
    self.version = version
  }

  /// What a task definition names: never a tag.
  public var reference: String { "\(repositoryURI)@\(digest)" }

  /// The first twelve digits of a digest, for people.
  public static func short(_ digest: String) -> String {
    let digits = digest.hasPrefix("sha256:") ? digest.dropFirst("sha256:".count) : digest[...]
    return String(digits.prefix(12))
  }

  /// A version label as a tag of AWS and of a registry can hold it.
  static func label(_ text: String) -> String {
    let allowed = text.map { character in
      character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character)) ? character : "-"
    }
    return String(String(allowed).prefix(64))
  }
}
