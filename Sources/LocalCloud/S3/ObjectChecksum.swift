import AWSWire
import CZlib
import Crypto
import Foundation

/// The checksums that a client may send of an object's bytes, and get back.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
struct ObjectChecksum: Sendable {
  enum Algorithm: String, Codable, Sendable, CaseIterable {
    case crc32, crc32c, crc64nvme, sha1, sha256

    /// The field that carries the checksum.
    var field: String { "x-amz-checksum-\(rawValue)" }
    /// The element that carries it.
    var element: String { "Checksum\(rawValue.uppercased())" }
    /// Whether the checksum of a whole object can be told from those of its parts.
    var isCyclic: Bool { self != .sha1 && self != .sha256 }
  }

  /// A checksum of an object.
  struct Value: Codable, Sendable, Equatable {
    var algorithm: Algorithm
    /// Base64 of the bytes, most significant first; of checksums of parts, with their number behind it.
    var text: String

    /// Whether it is the checksum of the bytes, or of the checksums of parts.
    var type: String { text.contains("-") ? "COMPOSITE" : "FULL_OBJECT" }
  }

  private enum State: Sendable {
    case zlib(UInt)
    case cyclic(CyclicSum)
    case sha1(Insecure.SHA1)
    case sha256(SHA256)
  }

  let algorithm: Algorithm
  private var state: State

  init(_ algorithm: Algorithm) {
    self.algorithm = algorithm
    state =
      switch algorithm {
      case .crc32: .zlib(UInt(CZlib.crc32(0, nil, 0)))
      case .crc32c: .cyclic(.castagnoli)
      case .crc64nvme: .cyclic(.nvme)
      case .sha1: .sha1(Insecure.SHA1())
      case .sha256: .sha256(SHA256())
      }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    switch state {
    case .zlib(let sum):
      state = .zlib(UInt(CZlib.crc32(uLong(sum), base.assumingMemoryBound(to: Bytef.self), uInt(bytes.count))))
    case .cyclic(var sum):
      sum.update(bytes)
      state = .cyclic(sum)
    case .sha1(var hash):
      hash.update(bufferPointer: bytes)
      state = .sha1(hash)
    case .sha256(var hash):
      hash.update(bufferPointer: bytes)
      state = .sha256(hash)
    }
  }

  /// The checksum of everything so far.
  var value: Value {
    let bytes: Data =
      switch state {
      case .zlib(let sum): withUnsafeBytes(of: UInt32(truncatingIfNeeded: sum).bigEndian) { Data($0) }
      case .cyclic(let sum): sum.bytes
      case .sha1(let hash): Data(hash.finalize())
      case .sha256(let hash): Data(hash.finalize())
      }
    return Value(algorithm: algorithm, text: bytes.base64EncodedString())
  }
}

/// A reflected cyclic redundancy check by a table, for the two kinds that no library of the system has.
struct CyclicSum: Sendable {
  private let table: [UInt64]
  private let width: Int
  private var sum: UInt64

  /// CRC-32C, of RFC 3720.
  static let castagnoli = CyclicSum(polynomial: 0x82F6_3B78, width: 32)
  /// CRC-64/NVME, of the NVM Express command set specification.
  static let nvme = CyclicSum(polynomial: 0x9A6C_9329_AC4B_C9B5, width: 64)

  private init(polynomial: UInt64, width: Int) {
    self.width = width
    sum = width == 64 ? .max : (1 << UInt64(width)) - 1
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt64(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
    }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    table.withUnsafeBufferPointer { table in
      for byte in bytes { sum = table[Int(truncatingIfNeeded: (sum ^ UInt64(byte)) & 0xFF)] ^ (sum >> 8) }
    }
  }

  /// The sum, most significant byte first.
  var bytes: Data {
    let value = width == 64 ? ~sum : ~sum & 0xFFFF_FFFF
    return withUnsafeBytes(of: value.bigEndian) { Data($0.suffix(width / 8)) }
  }
}
