/// Takes the values of secret variables out of what Terraform says, before anybody sees or keeps it.
///
/// Terraform marks what its configuration calls sensitive by itself; a provider that quotes its own credentials, or a
/// tool that prints its environment, does not.
public struct SecretMask: Sendable {
  /// What stands in the place of a secret.
  public static let replacement = "(sensitive)"
  /// Shorter values are words, and masking them would only garble the text.
  private static let shortest = 8
  private static let telling = ["SECRET", "TOKEN", "PASSWORD", "PRIVATE_KEY"]
  private let secrets: [String]

  /// A mask for the values of those variables whose names say that they are secret.
  public init(environment: [String: String]) {
    secrets =
      environment
      .filter { name, value in
        // A file's name or an address is none.
        value.count >= Self.shortest && !value.hasPrefix("/") && !value.hasPrefix("http")
          && Self.telling.contains { name.uppercased().contains($0) }
      }
      .map(\.value)
      // A secret that holds another one goes first.
      .sorted { ($1.count, $0) < ($0.count, $1) }
  }

  /// The text without the secrets.
  public func callAsFunction(_ text: String) -> String {
    secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.replacement) : $0 }
  }
}
