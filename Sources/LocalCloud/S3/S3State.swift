import AWSWire
import Foundation

/// Everything that S3 remembers, as one value; the bytes are in the ``ObjectStore``.
struct S3State: Sendable {
  var buckets: RecordTable<BucketRecord>
  private(set) var versions: RecordTable<ObjectVersion>
  /// Multipart uploads by identifier, and their parts.
  var uploads: RecordTable<UploadRecord>
  var parts: RecordTable<PartRecord>
  /// The numbers of the versions of each key, oldest first.
  private var numbers: [String: [ObjectKey: [Int]]] = [:]
  private var lastNumber = 0
  /// The numbers of the parts of each upload.
  var partNumbers: [String: Set<Int>] = [:]

  init(
    buckets: [String: BucketRecord], versions: [String: ObjectVersion], uploads: [String: UploadRecord],
    parts: [String: PartRecord]
  ) {
    self.buckets = RecordTable(buckets)
    self.versions = RecordTable(versions)
    self.uploads = RecordTable(uploads)
    self.parts = RecordTable(parts)
    for part in parts.values { partNumbers[part.upload, default: []].insert(part.number) }
    for version in versions.values.sorted(by: { $0.number < $1.number }) {
      numbers[version.bucket, default: [:]][ObjectKey(version.key), default: []].append(version.number)
      lastNumber = max(lastNumber, version.number)
    }
  }

  /// The changes are on disk.
  mutating func written() {
    buckets.written()
    versions.written()
    uploads.written()
    parts.written()
  }

  /// The files that something names.
  var files: Set<String> {
    Set(versions.values.values.compactMap(\.file)).union(parts.values.values.map(\.file))
  }

  /// The files that an earlier state names and that the changes since then took from it.
  func filesNamedNoMore(since earlier: S3State) -> [String] {
    versions.changedKeys.filter { versions[$0] == nil }.compactMap { earlier.versions[$0]?.file }
      + parts.changedKeys.compactMap { key in
        earlier.parts[key].flatMap { $0.file == parts[key]?.file ? nil : $0.file }
      }
  }

  func bucket(_ name: String) throws(S3Failure) -> BucketRecord {
    guard let bucket = buckets[name] else { throw .noBucket(name) }
    return bucket
  }

  /// The keys of a bucket that begin with a prefix, in order.
  func keys(of bucket: String, prefix: String) -> [ObjectKey] {
    (numbers[bucket] ?? [:]).keys.filter { $0.hasPrefix(prefix) }.sorted()
  }

  /// The versions of an object, newest first.
  func versions(of key: ObjectKey, in bucket: String) -> [ObjectVersion] {
    (numbers[bucket]?[key] ?? []).reversed().compactMap { versions[String($0)] }
  }

  /// The newest version of an object; `nil` when there is none or it is a marker.
  func current(_ key: ObjectKey, in bucket: String) -> ObjectVersion? {
    numbers[bucket]?[key]?.last.flatMap { versions[String($0)] }.flatMap { $0.isDeleteMarker ? nil : $0 }
  }

  /// A version of an object.
  ///
  /// - Parameter id: The newest when it is `nil`.
  /// - Throws: ``S3Failure`` for what is not there, and for markers.
  func object(_ key: String, in bucket: String, id: String?) throws(S3Failure) -> ObjectVersion {
    _ = try self.bucket(bucket)
    let all = versions(of: ObjectKey(key), in: bucket)
    guard let found = id == nil ? all.first : all.first(where: { $0.id == id }) else {
      throw id.map { .noVersion(key, $0) } ?? .noKey(key)
    }
    guard found.isDeleteMarker else { return found }
    var failure =
      id == nil
      ? S3Failure.noKey(key)
      : S3Failure("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
    failure.headers = [("x-amz-delete-marker", "true"), ("x-amz-version-id", found.id)]
    throw failure
  }

  /// Puts a version, in the place of the one without versions when the bucket has none.
  ///
  /// - Parameter newID: The identifier, should the bucket have versions.
  mutating func put(_ version: ObjectVersion, newID: String) throws(S3Failure) -> ObjectVersion {
    let bucket = try bucket(version.bucket)
    var version = version
    version.id = bucket.versioning == "Enabled" ? newID : ObjectVersion.null
    if version.id == ObjectVersion.null { remove(version.key, in: version.bucket, id: ObjectVersion.null) }
    lastNumber += 1
    version.number = lastNumber
    versions[String(lastNumber)] = version
    numbers[version.bucket, default: [:]][ObjectKey(version.key), default: []].append(lastNumber)
    return version
  }

  /// Deletes an object as its bucket has it: for good, or by a marker.
  ///
  /// - Parameter id: Deletes just this version for good.
  /// - Returns: The version that was deleted or the marker that was made; `nil` when there was nothing.
  mutating func delete(
    _ key: String, in bucket: String, id: String?, newID: String, at now: Date
  ) throws(S3Failure) -> ObjectVersion? {
    let record = try self.bucket(bucket)
    if id != nil || record.versioning == nil { return remove(key, in: bucket, id: id ?? ObjectVersion.null) }
    return try put(ObjectVersion(bucket: bucket, key: key, id: "", number: 0, modifiedAt: now), newID: newID)
  }

  @discardableResult
  private mutating func remove(_ key: String, in bucket: String, id: String) -> ObjectVersion? {
    let objectKey = ObjectKey(key)
    guard let found = versions(of: objectKey, in: bucket).first(where: { $0.id == id }) else { return nil }
    versions[String(found.number)] = nil
    numbers[bucket]?[objectKey]?.removeAll { $0 == found.number }
    if numbers[bucket]?[objectKey]?.isEmpty == true { numbers[bucket]?[objectKey] = nil }
    return found
  }

  /// Forgets everything.
  mutating func removeAll() {
    buckets.removeAll()
    versions.removeAll()
    uploads.removeAll()
    parts.removeAll()
    numbers = [:]
    partNumbers = [:]
  }

  /// Whether nothing is in a bucket, not even a marker.
  func isEmpty(_ bucket: String) -> Bool { numbers[bucket]?.isEmpty ?? true }
}
