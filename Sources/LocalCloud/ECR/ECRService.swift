import AWSWire
import Foundation
import Logging
import OCIImages

/// The Elastic Container Registry: the API and the registry protocol over the same records.
///
/// Records are in the store, bytes in files. A blob is on disk before a record names it, so a crash leaves files that
/// nobody names; the next start removes them.
actor ECRService {
  nonisolated let cloud: CloudContext
  nonisolated let blobs: BlobStore
  nonisolated let uploads: LayerUploads
  private let records: ECRRecords
  private(set) var state: ECRState

  /// What lifecycle policies would do, by repository.
  private(set) var previews: [String: LifecyclePreview] = [:]
  /// `nil` where none is installed.
  nonisolated let scanner: (any ImageScanner)?
  /// Wakes who scans.
  nonisolated let wakeUps: AsyncStream<Void>
  private nonisolated let wakeUp: AsyncStream<Void>.Continuation

  private let turns = Turns()

  /// Restores what was there, and removes what a crash or an abandoned push left.
  ///
  /// - Throws: What the store throws; ``AWSError`` when the folders of blobs or uploads cannot be made.
  init(context: CloudContext, store: Store, scanner: (any ImageScanner)? = nil) async throws {
    cloud = context
    self.scanner = scanner
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    records = ECRRecords(store)
    blobs = try BlobStore(context.stateDirectory)
    uploads = try await LayerUploads(context: context, store: store, blobs: blobs)
    let restored = try await records.state(registryID: context.accountID)
    state = restored
    let needed = state.sweep(at: context.time.now())
    try await records.write(from: restored, to: state)
    blobs.sweep(keeping: needed)
  }

  /// Performs a change; one at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout ECRState) throws -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = state
    let result = try mutate(&next)
    try await records.write(from: state, to: next)
    state = next
    return result
  }

  /// Puts a manifest.
  func put(
    _ manifest: ReceivedManifest, tag: String?, in repository: String, registryID: String? = nil
  ) async throws -> (image: ImageRecord, isNew: Bool) {
    let now = cloud.time.now()
    let result = try await change { state in
      _ = try state.repository(repository, registryID: registryID)
      _ = try blobs.put(manifest.bytes)
      return try state.put(manifest, tag: tag, in: repository, registryID: registryID, at: now)
    }
    if result.isNew { try await scanOnPush(result.image) }
    return result
  }

  /// Forgets the layers that no image needs and that no push of the last day brought, and removes bytes that nothing names.
  ///
  /// Whoever names bytes does it in a turn, as this does, and looks whether they are there: no record is left without.
  func collectGarbage() async throws {
    await turns.take()
    defer { turns.pass() }
    let now = cloud.time.now()
    var next = state
    let needed = next.sweep(at: now)
    try await records.write(from: state, to: next)
    state = next
    blobs.sweep(keeping: needed, writtenBefore: now.addingTimeInterval(-ECRState.secondsUnneededLayersStay))
  }

  /// Remembers what a lifecycle policy would do.
  func setPreview(_ preview: LifecyclePreview, of repository: String) {
    previews[repository] = preview
  }

  /// Makes the scans that wait begin.
  nonisolated func wake() {
    wakeUp.yield()
  }

  /// Makes a blob that is stored one of a repository's.
  func link(_ digest: String, to repository: String) async throws {
    let now = cloud.time.now()
    try await change { state in
      _ = try state.repository(repository)
      guard let size = blobs.size(digest) else {
        throw ECRError.storage("\(blobs.file(digest).path) is missing")
      }
      state.layers[ECRState.key(repository, digest)] = LayerRecord(
        repository: repository, digest: digest, size: size, pushedAt: now)
    }
  }

  /// The host and port that image names begin with.
  nonisolated var registryHost: String {
    "\(cloud.accountID).dkr.ecr.\(cloud.region).localhost:\(cloud.port)"
  }

  nonisolated func shape(_ record: RepositoryRecord) -> ECR.Repository {
    ECR.Repository(
      repositoryArn: cloud.arn("ecr", "repository/\(record.name)"), registryId: cloud.accountID,
      repositoryName: record.name, repositoryUri: "\(registryHost)/\(record.name)", createdAt: record.createdAt,
      imageTagMutability: record.tagMutability, imageTagMutabilityExclusionFilters: record.exclusionFilters,
      imageScanningConfiguration: .init(scanOnPush: record.scanOnPush), encryptionConfiguration: record.encryption)
  }
}

extension ECRService: Resettable {
  func reset() async throws {
    try await uploads.cancelAll()
    try await change { $0 = ECRState(registryID: $0.registryID) }
    previews = [:]
    blobs.sweep(keeping: [])
  }
}
