import AWSWire
import Foundation

/// An object that comes in parts and is not complete yet.
struct UploadRecord: Codable, Sendable, Equatable {
  var id: String
  var bucket: String
  var key: String
  /// The order in which uploads began.
  var number: Int
  var createdAt: Date
  /// Fields of the object, by name in lower case.
  var headers: [String: String]
  /// What each part, or the whole object, is summed with.
  var checksum: MultipartChecksum?
}

/// How the checksum of an object in parts is made.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
struct MultipartChecksum: Codable, Sendable, Equatable {
  var algorithm: ObjectChecksum.Algorithm
  /// Whether it is that of all bytes; else it is the checksum of the checksums of the parts.
  var isOfWholeObject: Bool

  var type: String { isOfWholeObject ? "FULL_OBJECT" : "COMPOSITE" }
}

/// A part of an object. Its bytes are in a file.
struct PartRecord: Codable, Sendable, Equatable {
  /// Every part but the last one has so many bytes at least.
  static let minimumSize = 5 << 20

  var upload: String
  var number: Int
  var file: String
  var size: Int
  var md5: Data
  var checksum: ObjectChecksum.Value?
  var modifiedAt: Date

  /// Hexadecimal MD5, without quotes.
  var etag: String { ObjectWriter.hexadecimal(md5) }
  /// The key of its record.
  var place: String { Self.place(number, of: upload) }

  static func place(_ number: Int, of upload: String) -> String { "\(upload) \(number)" }

  /// The number that a text is.
  ///
  /// - Throws: ``S3Failure`` for what is none.
  static func number(_ text: String) throws(S3Failure) -> Int {
    guard let number = Int(text), (1...10_000).contains(number) else {
      throw .argument("partNumber", text, "Part number must be an integer between 1 and 10000, inclusive")
    }
    return number
  }
}

extension S3State {
  /// An upload of an object.
  ///
  /// - Throws: ``S3Failure`` when there is none.
  func upload(_ id: String, of key: String, in bucket: String) throws(S3Failure) -> UploadRecord {
    _ = try self.bucket(bucket)
    guard let upload = uploads[id], upload.bucket == bucket, ObjectKey(upload.key) == ObjectKey(key) else {
      throw .noUpload(id)
    }
    return upload
  }

  /// The uploads to a bucket that begin with a prefix: by key, then by age.
  func uploads(to bucket: String, prefix: String = "") -> [UploadRecord] {
    uploads.values.values.filter { $0.bucket == bucket && ObjectKey($0.key).hasPrefix(prefix) }
      .sorted { (ObjectKey($0.key), $0.number) < (ObjectKey($1.key), $1.number) }
  }

  /// The parts of an upload, in order.
  func parts(of upload: String) -> [PartRecord] {
    (partNumbers[upload] ?? []).sorted().compactMap { parts[PartRecord.place($0, of: upload)] }
  }

  mutating func begin(_ upload: UploadRecord) {
    var upload = upload
    upload.number = (uploads.values.values.map(\.number).max() ?? 0) + 1
    uploads[upload.id] = upload
  }

  /// Puts a part, in the place of one of the same number.
  mutating func put(_ part: PartRecord) {
    parts[part.place] = part
    partNumbers[part.upload, default: []].insert(part.number)
  }

  /// Forgets an upload and its parts.
  mutating func end(_ upload: String) {
    for part in parts(of: upload) { parts[part.place] = nil }
    partNumbers[upload] = nil
    uploads[upload] = nil
  }
}
