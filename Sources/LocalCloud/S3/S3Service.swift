import AWSWire
import Foundation
import Logging

/// Simple Storage Service: records in the store, bytes in files.
///
/// A file is on disk before a record names it, so a crash leaves files that nobody names; the next start removes them.
actor S3Service {
  nonisolated let cloud: CloudContext
  nonisolated let objects: ObjectStore
  private let store: Store
  private let bucketRecords: Records<BucketRecord>
  private let versionRecords: Records<ObjectVersion>
  private let uploadRecords: Records<UploadRecord>
  private let partRecords: Records<PartRecord>
  private(set) var state: S3State
  private let turns = Turns()

  /// Restores what was there, and removes what broken uploads left.
  ///
  /// - Throws: What the store and the file system throw.
  init(context: CloudContext, store: Store) async throws {
    cloud = context
    self.store = store
    objects = try ObjectStore(context.stateDirectory)
    bucketRecords = store.records("s3.bucket")
    versionRecords = store.records("s3.version")
    uploadRecords = store.records("s3.upload")
    partRecords = store.records("s3.part")
    let buckets = try await Self.all(bucketRecords)
    let versions = try await Self.all(versionRecords)
    let uploads = try await Self.all(uploadRecords)
    let parts = try await Self.all(partRecords)
    state = S3State(buckets: buckets, versions: versions, uploads: uploads, parts: parts)
    objects.sweep(keeping: state.files)
  }

  private static func all<Value>(_ records: Records<Value>) async throws -> [String: Value] {
    Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) })
  }

  /// Performs a change; one at a time, in the order of arrival. Files that nothing names any more go, too.
  ///
  /// - Throws: ``S3Failure`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout S3State) throws -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = state
    let result = try mutate(&next)
    let files = next.filesNamedNoMore(since: state)
    try await store.write(
      next.buckets.changes(in: bucketRecords) + next.versions.changes(in: versionRecords)
        + next.uploads.changes(in: uploadRecords) + next.parts.changes(in: partRecords))
    next.written()
    state = next
    objects.remove(files)
    return result
  }

  /// A version of an object and its bytes, opened before anybody can remove them.
  ///
  /// - Throws: ``S3Failure``; `POSIXError` when the file cannot be opened.
  func open(_ key: String, in bucket: String, id: String?) throws -> (ObjectVersion, ObjectReader) {
    let version = try state.object(key, in: bucket, id: id)
    return (version, try ObjectReader(objects.path(version.file ?? "")))
  }

  /// A new version's identifier: 32 letters, as long as AWS's.
  nonisolated func newVersionID() -> String { cloud.ids.urlSafe(32) }

  /// The owner of everything: an identifier of 64 digits, which the account gives.
  nonisolated var owner: XMLTree {
    let digits = String(repeating: cloud.accountID, count: 6).prefix(64)
    return XMLTree("Owner", [XMLTree("ID", String(digits)), XMLTree("DisplayName", "palco")])
  }
}

extension S3Service: Resettable {
  func reset() async throws { try await change { $0.removeAll() } }
}
