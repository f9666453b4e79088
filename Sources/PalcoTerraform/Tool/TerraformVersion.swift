/// A version of Terraform or OpenTofu. What comes before a release (`-beta1`) counts as the release.
public struct TerraformVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var major: Int
  public var minor: Int
  public var patch: Int

  /// Makes a version.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// The oldest that will do: the lock in the state's bucket is stable from 1.11 on, and the generated files ask for it.
  public static let oldest = TerraformVersion(1, 11)

  /// Reads the first line of `terraform version`, such as `Terraform v1.15.5` or `OpenTofu v1.11.0-rc1`.
  ///
  /// - Returns: `nil` for any other text.
  public static func read(_ text: String) -> (kind: TerraformTool.Kind, version: TerraformVersion)? {
    guard let line = text.split(separator: "\n").first else { return nil }
    let words = line.split(separator: " ")
    guard words.count == 2, let kind = TerraformTool.Kind(rawValue: String(words[0])), words[1].hasPrefix("v") else {
      return nil
    }
    let release = words[1].dropFirst().prefix { $0 != "-" && $0 != "+" }
    let numbers = release.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else { return nil }
    return (kind, TerraformVersion(major, minor, patch))
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  public var description: String { "\(major).\(minor).\(patch)" }
}
