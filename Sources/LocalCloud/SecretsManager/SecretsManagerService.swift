import AWSWire
import Foundation

/// Secrets Manager: records in the store, values in the vault.
actor SecretsManagerService {
  nonisolated let cloud: CloudContext
  let vault: SecretVault
  private let records: Records<SecretRecord>
  private(set) var secrets: [String: SecretRecord] = [:]
  private let turns = Turns()

  /// Restores what was there, and removes values that a crash left without a record.
  ///
  /// - Throws: What the store throws; ``AWSError`` when the vault cannot be made.
  init(context: CloudContext, store: Store) async throws {
    cloud = context
    records = store.records("secretsmanager.secret")
    vault = try SecretVault("secretsmanager", stateDirectory: context.stateDirectory)
    for (name, record) in try await records.all() { secrets[name] = record }
    vault.sweep(keeping: Set(secrets.values.flatMap(\.values)))
    try await removeDue()
  }

  /// The text that a task asks for.
  ///
  /// - Parameter name: What stands behind `secret:` in an ARN; with or without the six characters, of any cloud.
  /// - Throws: ``AWSError``.
  func text(named name: String, stage: String?, version: String?) async throws -> String {
    let exact = secrets.values.first { "\($0.name)-\($0.suffix)" == name }
    let bare = name.range(of: "-[A-Za-z0-9]{6}$", options: .regularExpression).map { String(name[..<$0.lowerBound]) }
    guard let record = exact ?? secrets[name] ?? bare.flatMap({ secrets[$0] }) else {
      throw SecretsManagerError.notFound
    }
    let found = try await value(
      .init(secretId: record.name, versionId: version, versionStage: stage))
    if let text = found.secretString { return text.value }
    guard let text = found.secretBinary.flatMap({ String(data: $0.value, encoding: .utf8) }) else {
      throw SecretsManagerError.parameter("The secret \(record.name) is binary.")
    }
    return text
  }

  /// The secret that a name, an ARN, or an ARN without its last six characters means.
  func secret(_ id: String, evenDeleted: Bool = false) throws(AWSError) -> SecretRecord {
    let prefix = cloud.arn("secretsmanager", "secret:")
    let rest = id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
    let exact = id.hasPrefix(prefix) ? secrets.values.first { "\($0.name)-\($0.suffix)" == rest } : nil
    guard let record = exact ?? secrets[rest], !record.isGone(at: cloud.time.now()) else {
      throw SecretsManagerError.notFound
    }
    if record.deletedAt != nil, !evenDeleted { throw SecretsManagerError.deleted }
    return record
  }

  /// Changes a secret; one change at a time, in the order of arrival. Values that no version needs any more are removed.
  ///
  /// - Parameter value: A value to put into the vault first.
  @discardableResult
  func change(
    _ id: String, evenDeleted: Bool = false, value: SecretValue? = nil,
    _ mutate: (inout SecretRecord, _ value: String) throws -> Void
  ) async throws -> SecretRecord {
    await turns.take()
    defer { turns.pass() }
    let old = try secret(id, evenDeleted: evenDeleted)
    let name = try value.map { try vault.put($0.bytes) }
    do {
      var new = old
      try mutate(&new, name ?? "")
      try await records.put(new, at: new.name)
      secrets[new.name] = new
      vault.remove((old.values + (name.map { [$0] } ?? [])).filter { !new.values.contains($0) })
      return new
    } catch {
      if let name { vault.remove([name]) }
      throw error
    }
  }

  /// Makes a secret of a name that must be free.
  func add(_ record: SecretRecord, value: SecretValue?, version: String) async throws -> SecretRecord {
    await turns.take()
    defer { turns.pass() }
    let now = cloud.time.now()
    if let old = secrets[record.name] {
      if old.isGone(at: now) {
        try await forget(old)
      } else if old.deletedAt != nil {
        throw SecretsManagerError.nameIsScheduled
      } else if let value, let same = old.versions[version], try holds(same, value) {
        return old
      } else {
        throw SecretsManagerError.exists(record.name)
      }
    }
    var record = record
    if let value {
      record.add(
        .init(
          createdAt: now, stages: [SecretRecord.current], value: try vault.put(value.bytes), isBinary: value.isBinary),
        id: version, at: now)
    }
    do {
      try await records.put(record, at: record.name)
    } catch {
      vault.remove(record.values)
      throw error
    }
    secrets[record.name] = record
    return record
  }

  /// Deletes a secret for good.
  func remove(_ name: String) async throws {
    await turns.take()
    defer { turns.pass() }
    if let record = secrets[name] { try await forget(record) }
  }

  /// Forgets what is due.
  func removeDue() async throws {
    await turns.take()
    defer { turns.pass() }
    for record in secrets.values where record.isGone(at: cloud.time.now()) { try await forget(record) }
  }

  private func forget(_ record: SecretRecord) async throws {
    try await records.delete(record.name)
    secrets[record.name] = nil
    vault.remove(record.values)
  }

  /// Whether a version holds a value.
  func holds(_ version: SecretRecord.Version, _ value: SecretValue) throws -> Bool {
    try version.isBinary == value.isBinary && vault.value(version.value) == value.bytes
  }

  nonisolated func arn(_ record: SecretRecord) -> String {
    cloud.arn("secretsmanager", "secret:\(record.name)-\(record.suffix)")
  }
}

/// A value on its way into the vault.
struct SecretValue: Sendable {
  var bytes: Data
  var isBinary: Bool

  /// AWS's bound on a value.
  private static let maximumSize = 65_536

  /// The value of a request; `nil` when it brings none.
  ///
  /// - Throws: ``AWSError`` for two values, and for one that is empty or too large.
  init?(text: Sensitive<String>?, binary: Sensitive<Data>?) throws(AWSError) {
    switch (text, binary) {
    case (nil, nil): return nil
    case (_?, _?): throw SecretsManagerError.twoValues
    case (let text?, nil): self.init(bytes: Data(text.value.utf8), isBinary: false)
    case (nil, let binary?): self.init(bytes: binary.value, isBinary: true)
    }
    let member = isBinary ? "secretBinary" : "secretString"
    if bytes.isEmpty {
      throw SecretsManagerError.constraint(member, "Member must have length greater than or equal to 1")
    }
    if bytes.count > Self.maximumSize {
      throw SecretsManagerError.constraint(
        member, "Member must have length less than or equal to \(Self.maximumSize)")
    }
  }

  private init(bytes: Data, isBinary: Bool) {
    self.bytes = bytes
    self.isBinary = isBinary
  }
}

extension SecretRecord {
  /// The names of its values in the vault.
  var values: [String] { versions.values.map(\.value) }
}

extension SecretsManagerService: Resettable {
  func reset() async throws {
    for name in secrets.keys { try await remove(name) }
  }
}
