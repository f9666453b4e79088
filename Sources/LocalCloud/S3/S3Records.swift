import AWSWire
import Foundation

/// A bucket as the cloud remembers it.
struct BucketRecord: Codable, Sendable, Equatable {
  var name: String
  var createdAt: Date
  /// `Enabled` or `Suspended`; `nil` for a bucket that never had versions.
  var versioning: String?
  /// A JSON document.
  var policy: String?
  /// Documents of settings, by subresource.
  var settings: [String: XMLTree] = [:]
}

/// A version of an object, or a marker that it was deleted. Its bytes are in a file.
struct ObjectVersion: Codable, Sendable, Equatable {
  /// The identifier of what is put while a bucket has no versions.
  static let null = "null"

  var bucket: String
  var key: String
  var id: String
  /// Counts everything that was ever put: the higher of two is the newer.
  var number: Int
  var modifiedAt: Date
  /// The name of the file; `nil` for a marker.
  var file: String?
  var size = 0
  /// Hexadecimal MD5, without quotes.
  var etag = ""
  /// Fields that are answered as they were given, by name in lower case.
  var headers: [String: String] = [:]
  /// `crc32` and its value in Base64.
  var checksum: ObjectChecksum.Value?
  /// How many bytes each part had; `nil` for what was put in one request.
  var partSizes: [Int]?

  var isDeleteMarker: Bool { file == nil }
}

/// A key. Unlike texts, keys are the same when their bytes are, and are ordered by them.
struct ObjectKey: Hashable, Comparable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
  static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
  func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }

  /// Whether it begins with the bytes of a prefix.
  func hasPrefix(_ prefix: String) -> Bool { text.utf8.starts(with: prefix.utf8) }
}
