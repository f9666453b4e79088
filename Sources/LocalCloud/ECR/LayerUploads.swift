import AWSWire
import Foundation
import OCIImages
import PalcoCore

/// Uploads that have begun and not ended. They survive a restart: the bytes are in `uploads/<id>`, and what belongs to
/// them is on record. What nobody has completed within a day is removed at the start.
actor LayerUploads {
  /// An upload as the cloud remembers it.
  struct Record: Codable, Sendable {
    var repository: String
    var startedAt: Date
  }

  private struct Session {
    var record: Record
    /// `nil` after a restart, until the bytes have been read again.
    var hasher: Digest.Hasher?
    var size: Int
    var isBusy = false
  }

  private let folder: URL
  private let registryID: String
  private let records: Records<Record>
  private let blobs: BlobStore
  private let time: TimeSource
  private let ids: IDSource
  private var sessions: [String: Session] = [:]

  init(context: CloudContext, store: Store, blobs: BlobStore) async throws {
    folder = context.stateDirectory.appendingPathComponent("uploads")
    registryID = context.accountID
    records = store.records("ecr.upload")
    self.blobs = blobs
    time = context.time
    ids = context.ids
    try BlobStore.makeFolder(folder)
    for (id, record) in try await records.all() {
      guard time.now().timeIntervalSince(record.startedAt) < 86_400 else {
        try await records.delete(id)
        continue
      }
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(id).path)
      sessions[id] = Session(record: record, size: (attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where sessions[name] == nil {
      unlink(folder.appendingPathComponent(name).path)
    }
  }

  /// Begins an upload.
  ///
  /// - Returns: Its identifier.
  func start(in repository: String) async throws -> String {
    let id = ids.uuid()
    let record = Record(repository: repository, startedAt: time.now())
    try await records.put(record, at: id)
    sessions[id] = Session(record: record, hasher: Digest.Hasher(), size: 0)
    return id
  }

  /// How many bytes an upload has.
  func size(_ id: String, in repository: String) throws -> Int { try session(id, in: repository).size }

  /// Gives the upload to one writer, until ``pause(_:_:)``, ``complete(_:_:digests:)`` or ``cancel(_:in:)``.
  ///
  /// - Parameter offset: Where the writer means to go on; `nil` for the end.
  func write(_ id: String, in repository: String, at offset: Int? = nil) throws -> UploadWriter {
    var session = try session(id, in: repository)
    guard !session.isBusy else { throw ECRError.layerPart("Another request is writing to the upload '\(id)'") }
    guard offset == nil || offset == session.size else {
      throw ECRError.layerPart(
        "The layer part of the upload '\(id)' must begin at byte \(session.size), and begins at \(offset ?? 0)")
    }
    let file = folder.appendingPathComponent(id)
    let hasher = try session.hasher ?? Self.hasher(of: file, session.size)
    let writer = try UploadWriter(file, hasher: hasher, size: session.size)
    session.hasher = hasher
    session.isBusy = true
    sessions[id] = session
    return writer
  }

  /// Takes back an upload that goes on later.
  func pause(_ id: String, _ writer: UploadWriter) {
    sessions[id]?.hasher = writer.hasher
    sessions[id]?.size = writer.size
    sessions[id]?.isBusy = false
  }

  /// Ends an upload: its bytes become a blob. Whatever happens, the upload is gone, but after a full disk.
  ///
  /// - Parameter digests: What its digest must be among.
  /// - Returns: The digest.
  func complete(_ id: String, _ writer: UploadWriter, digests: [String]) async throws -> String {
    pause(id, writer)
    let digest = writer.hasher.finish()
    guard digests.contains(digest) else {
      try await forget(id)
      throw ECRError.layerDiffers(computed: digest, given: digests)
    }
    if !blobs.touch(digest) {
      try writer.synchronize()
      try blobs.adopt(writer.file, as: digest)
    }
    try await forget(id)
    return digest
  }

  /// Drops an upload.
  func cancel(_ id: String, in repository: String) async throws {
    _ = try session(id, in: repository)
    try await forget(id)
  }

  /// Drops every upload.
  func cancelAll() async throws {
    for id in sessions.keys { try await forget(id) }
  }

  private func forget(_ id: String) async throws {
    sessions[id] = nil
    unlink(folder.appendingPathComponent(id).path)
    try await records.delete(id)
  }

  private func session(_ id: String, in repository: String) throws -> Session {
    guard let session = sessions[id], session.record.repository == repository else {
      throw ECRError.uploadNotFound(id, .init(repository: repository, registryID: registryID))
    }
    return session
  }

  private static func hasher(of file: URL, _ size: Int) throws -> Digest.Hasher {
    var hasher = Digest.Hasher()
    guard size > 0 else { return hasher }
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty { hasher.update(chunk) }
    return hasher
  }
}
