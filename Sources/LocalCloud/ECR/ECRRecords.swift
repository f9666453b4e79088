import Foundation

/// The records of the registry in the cloud's store, one row a thing.
struct ECRRecords: Sendable {
  private let store: Store
  private let repositories: Records<RepositoryRecord>
  private let images: Records<ImageRecord>
  private let layers: Records<LayerRecord>
  private let scans: Records<ScanRecord>
  private let registry: Records<RegistrySettings>

  init(_ store: Store) {
    self.store = store
    repositories = store.records("ecr.repository")
    images = store.records("ecr.image")
    layers = store.records("ecr.layer")
    scans = store.records("ecr.scan")
    registry = store.records("ecr.registry")
  }

  /// What was written last.
  func state(registryID: String) async throws -> ECRState {
    func all<Value>(_ records: Records<Value>) async throws -> [String: Value] {
      Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) })
    }
    return ECRState(
      registryID: registryID, repositories: try await all(repositories), images: try await all(images),
      layers: try await all(layers), scans: try await all(scans),
      registry: try await registry.all().first?.value ?? RegistrySettings())
  }

  /// Writes what differs, in one transaction.
  func write(from old: ECRState, to new: ECRState) async throws {
    func differences<Value: Equatable>(_ records: Records<Value>, _ old: [String: Value], _ new: [String: Value]) throws
      -> [RecordChange]
    {
      try new.filter { old[$0.key] != $0.value }.map { try records.putting($0.value, at: $0.key) }
        + old.keys.filter { new[$0] == nil }.map { records.deleting($0) }
    }
    try await store.write(
      differences(repositories, old.repositories, new.repositories) + differences(images, old.images, new.images)
        + differences(layers, old.layers, new.layers) + differences(scans, old.scans, new.scans)
        + (old.registry == new.registry ? [] : [registry.putting(new.registry, at: "registry")]))
  }
}
