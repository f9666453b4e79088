/// What differs between two environments of one manifest, key by key.
public struct EnvironmentDifference: Codable, Sendable, Equatable {
  /// The first environment's name.
  public var left: String
  /// The second environment's name.
  public var right: String
  /// The differences, in the order of the reference page.
  public var items: [Item]

  /// One key that differs.
  public struct Item: Codable, Sendable, Equatable {
    /// The key, as it stands below an environment: `service.tasks`.
    public var keyPath: String
    /// Its value in the first environment, or nil when it has none there.
    public var left: String?
    /// Its value in the second environment, or nil when it has none there.
    public var right: String?
    /// Why it differs.
    public var reason: Reason
  }

  /// Why a key differs.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    /// Both environments write it, and nothing stands above them that they override: the two may have drifted apart.
    case unintended
    /// Only one environment has it: a variable, a secret or a tag that the other perhaps misses.
    case oneSided
    /// An environment overrides what stands above, or the default.
    case overridden
    /// No environment writes it: protected environments have another default.
    case byDefault
    /// It is another one in each environment by its nature: a region, a domain, a network.
    case byNature
  }

  /// The differences that somebody should look at.
  public var unintended: [Item] { items.filter { $0.reason == .unintended || $0.reason == .oneSided } }
}
