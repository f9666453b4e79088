extension AWSInfrastructure {
  /// The tags of every resource.
  public struct Tags: Codable, Sendable, Equatable {
    /// The project.
    public var project: String
    /// The environment.
    public var environment: String
    /// Who is asked about it.
    public var owner: String
    /// Who pays for it.
    public var costCentre: String
    /// The hash of what the manifest says of this environment: 16 hexadecimal digits. Comments and the order of keys do
    /// not change it.
    public var manifestHash: String
    /// The manifest's other tags, sorted by key.
    public var others: [Tag]

    /// All of them as AWS has them, sorted by key.
    public var all: [Tag] {
      ([
        Tag(key: "project", value: project), Tag(key: "environment", value: environment),
        Tag(key: "owner", value: owner), Tag(key: "cost_centre", value: costCentre),
        Tag(key: "palco_manifest", value: manifestHash), Tag(key: "managed_by", value: "palco"),
      ] + others).sorted { $0.key < $1.key }
    }

    /// The keys that Palco gives itself.
    static let reserved = ["project", "environment", "palco_manifest", "managed_by"]
  }

  /// One tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key, 1–128 characters.
    public var key: String
    /// The value, 0–256 characters.
    public var value: String

    /// Makes a tag.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}
