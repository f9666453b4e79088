import AWSWire
import Crypto
import Foundation

/// Systems Manager's Parameter Store: records in the store, values in the vault, those of plain strings too.
actor SSMService {
  nonisolated let cloud: CloudContext
  private let vault: SecretVault
  private let records: Records<ParameterRecord>
  private(set) var parameters: [String: ParameterRecord] = [:]
  private let turns = Turns()

  /// Restores what was there, and removes values that a crash left without a record.
  ///
  /// - Throws: What the store throws; ``AWSError`` when the vault cannot be made.
  init(context: CloudContext, store: Store) async throws {
    cloud = context
    records = store.records("ssm.parameter")
    vault = try SecretVault("ssm", stateDirectory: context.stateDirectory)
    for (name, record) in try await records.all() { parameters[name] = record }
    vault.sweep(keeping: Set(parameters.values.flatMap(\.values)))
  }

  /// The value that a task asks for, decrypted.
  ///
  /// - Parameter name: A name, or what stands behind the account in an ARN.
  /// - Throws: ``AWSError``.
  func value(_ name: String) throws -> String {
    let (record, version, _) = try find(name)
    return try text(of: version, in: record, isDecrypted: true)
  }

  /// A parameter and one of its versions, the last unless the reference says otherwise.
  func find(_ text: String) throws(AWSError) -> (ParameterRecord, ParameterRecord.Version, selector: String?) {
    let reference = ParameterReference(text)
    guard let record = parameters[reference.name], let last = record.versions.last else {
      throw SSMError.notFound(reference.name)
    }
    guard let selector = reference.selector else { return (record, last, nil) }
    guard let version = record.versions.first(where: { ":\($0.number)" == selector }) else {
      throw SSMError.versionNotFound(String(selector.dropFirst()), record.name)
    }
    return (record, version, selector)
  }

  /// A value. Who does not ask for decryption gets bytes that say nothing, as on AWS.
  func text(of version: ParameterRecord.Version, in record: ParameterRecord, isDecrypted: Bool) throws -> String {
    guard record.type == "SecureString", !isDecrypted else {
      return String(decoding: try vault.value(version.value), as: UTF8.self)
    }
    return Data(SHA512.hash(data: Data(version.value.utf8))).base64EncodedString()
  }

  /// Makes a parameter or its next version.
  func put(_ request: SSM.PutParameterRequest) async throws -> ParameterRecord.Version {
    let rules = try ParameterRules(request)
    await turns.take()
    defer { turns.pass() }
    let old = parameters[request.name]
    if old != nil, request.overwrite != true { throw SSMError.exists }
    guard let type = request.type ?? old?.type else { throw SSMError.typeMissing }
    if let old, old.type != type { throw SSMError.typeChanges }
    let last = old?.versions.last
    let pattern = request.allowedPattern ?? last?.allowedPattern
    try rules.check(type: type, pattern: pattern)
    var record = old ?? ParameterRecord(name: request.name, type: type, tags: request.tags ?? [])
    let version = ParameterRecord.Version(
      number: (last?.number ?? 0) + 1, value: try vault.put(Data(request.value.value.utf8)),
      modifiedAt: cloud.time.now(), description: request.description ?? last?.description,
      keyID: type == "SecureString" ? request.keyId ?? last?.keyID ?? "alias/aws/ssm" : nil, allowedPattern: pattern,
      tier: rules.tier ?? last?.tier ?? "Standard", dataType: request.dataType ?? last?.dataType ?? "text")
    record.add(version)
    do {
      try await records.put(record, at: record.name)
    } catch {
      vault.remove([version.value])
      throw error
    }
    parameters[record.name] = record
    vault.remove(Set(old?.values ?? []).subtracting(record.values))
    return version
  }

  /// Deletes parameters; those that are not there are left out of the answer.
  func delete(_ names: [String]) async throws -> [String] {
    await turns.take()
    defer { turns.pass() }
    var deleted: [String] = []
    for name in names {
      guard let record = parameters[ParameterReference(name).name] else { continue }
      try await records.delete(record.name)
      parameters[record.name] = nil
      vault.remove(record.values)
      deleted.append(name)
    }
    return deleted
  }

  /// Changes the tags of a parameter.
  func retag(_ id: String, type: String, _ mutate: (inout [SSM.Tag]) -> Void) async throws {
    await turns.take()
    defer { turns.pass() }
    var record = try tagged(id, type: type)
    mutate(&record.tags)
    try await records.put(record, at: record.name)
    parameters[record.name] = record
  }

  /// The parameter that a request about tags means.
  func tagged(_ id: String, type: String) throws(AWSError) -> ParameterRecord {
    guard type == "Parameter" else { throw SSMError.resourceType }
    guard let record = parameters[ParameterReference(id).name] else { throw SSMError.resource }
    return record
  }

  nonisolated func arn(_ name: String) -> String {
    cloud.arn("ssm", "parameter\(name.hasPrefix("/") ? "" : "/")\(name)")
  }
}

extension SSMService: Resettable {
  func reset() async throws { _ = try await delete(Array(parameters.keys)) }
}

/// What a new value must be like.
private struct ParameterRules {
  let tier: String?
  private let value: String

  /// - Throws: ``AWSError`` for what no parameter can be.
  init(_ request: SSM.PutParameterRequest) throws(AWSError) {
    try ParameterReference.check(request.name)
    value = request.value.value
    switch request.tier {
    case nil: tier = nil
    case "Intelligent-Tiering"?: tier = value.utf8.count > 4096 ? "Advanced" : "Standard"
    case "Standard"?, "Advanced"?: tier = request.tier
    default:
      throw SSMError.validation(
        "1 validation error detected: Value at 'tier' failed to satisfy constraint: Member must satisfy enum value set: "
          + "[Standard, Advanced, Intelligent-Tiering]")
    }
    if request.overwrite == true, request.tags?.isEmpty == false { throw SSMError.tagsOnOverwrite }
    guard !value.isEmpty else {
      throw SSMError.validation(
        "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater "
          + "than or equal to 1.")
    }
    let bound = tier == "Advanced" ? 8192 : 4096
    guard value.utf8.count <= bound else {
      throw SSMError.validation(
        tier == "Advanced"
          ? "Advanced tier parameters support a maximum parameter value of 8192 characters."
          : "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger "
            + "parameter value, upgrade the parameter to use the advanced-parameter tier.")
    }
  }

  func check(type: String, pattern: String?) throws(AWSError) {
    guard ["String", "StringList", "SecureString"].contains(type) else {
      throw AWSError(
        "UnsupportedParameterType", "The parameter type isn't supported: it must be String, StringList or SecureString."
      )
    }
    guard let pattern else { return }
    guard let expression = try? NSRegularExpression(pattern: pattern) else {
      throw AWSError("InvalidAllowedPatternException", "The allowedPattern \(pattern) is no regular expression.")
    }
    guard expression.firstMatch(in: value, range: NSRange(value.startIndex..., in: value)) != nil else {
      throw SSMError.pattern(pattern)
    }
  }
}
