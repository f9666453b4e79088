import AWSWire
import Foundation

/// A secret as the cloud remembers it: everything but the values, which are in the vault.
struct SecretRecord: Codable, Sendable, Equatable {
  /// A version, by the identifier that the client gave it.
  struct Version: Codable, Sendable, Equatable {
    var createdAt: Date
    /// The day on which it was last read.
    var accessedAt: Date?
    var stages: [String]
    /// The value's name in the vault.
    var value: String
    var isBinary: Bool
  }

  static let current = "AWSCURRENT"
  static let previous = "AWSPREVIOUS"
  /// How many versions are kept beside those that have a staging label.
  private static let keptVersions = 100

  var name: String
  /// The six characters at the ARN's end.
  var suffix: String
  var description: String?
  var keyID: String?
  var tags: [SecretsManager.Tag] = []
  var createdAt: Date
  var changedAt: Date
  var accessedAt: Date?
  /// When it was scheduled for deletion.
  var deletedAt: Date?
  /// When it is deleted for good.
  var deletionAt: Date?
  var versions: [String: Version] = [:]

  /// Whether its recovery window has passed.
  func isGone(at now: Date) -> Bool { deletionAt.map { $0 <= now } ?? false }

  /// The staging labels of each version that has some.
  var stages: [String: [String]] { versions.filter { !$0.value.stages.isEmpty }.mapValues(\.stages) }

  /// The version that has a staging label.
  func version(at stage: String) -> String? { versions.first { $0.value.stages.contains(stage) }?.key }

  /// Adds a version. The first one is always the current one.
  mutating func add(_ version: Version, id: String, at now: Date) {
    var version = version
    var stages = version.stages
    if versions.isEmpty, !stages.contains(Self.current) { stages.append(Self.current) }
    version.stages = []
    versions[id] = version
    for stage in stages { move(stage, to: id) }
    changedAt = now
    let deprecated = versions.filter { $0.value.stages.isEmpty }.sorted { $0.value.createdAt > $1.value.createdAt }
    for (id, _) in deprecated.dropFirst(Self.keptVersions) { versions[id] = nil }
  }

  /// Moves a staging label to a version, or takes it away. The version that was current becomes the previous one.
  mutating func move(_ stage: String, to id: String?) {
    let old = version(at: stage)
    guard old != id else { return }
    if let old { versions[old]?.stages.removeAll { $0 == stage } }
    if let id { versions[id]?.stages.append(stage) }
    if stage == Self.current, let old { move(Self.previous, to: old) }
  }

  /// Adds tags, replacing those with the same keys.
  mutating func tag(_ added: [SecretsManager.Tag]) {
    let keys = Set(added.compactMap(\.key))
    tags = tags.filter { $0.key.map { !keys.contains($0) } ?? false } + added
  }
}
