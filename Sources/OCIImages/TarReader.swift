import Foundation

/// One entry of an archive.
struct TarEntry {
  enum Kind {
    case file(size: Int)
    case directory
    case symbolicLink(target: String)
    case hardLink(target: String)
    /// A device node or a pipe.
    case special
  }

  var path: String
  var kind: Kind
  var mode: Int
}

/// Reads tar archives: ustar, pax and GNU's long names.
///
/// After ``next()`` gave a file, its `size` bytes must be taken from the reader with ``ByteReader/forward(_:to:)``; padding
/// is the archive's own matter.
struct TarReader {
  private let reader: ByteReader
  private var padding = 0
  /// Longer names than any system has are hostile.
  private static let longestExtension = 1 << 20

  init(_ reader: ByteReader) { self.reader = reader }

  /// The next entry; `nil` at the end of the archive.
  mutating func next() throws -> TarEntry? {
    var records: [String: String] = [:]
    var longName: String?
    var longLink: String?
    while true {
      try reader.forward(padding) { _ in }
      padding = 0
      // A missing end mark is a truncated archive only if the blob's size and digest say so.
      guard let block = try reader.read(exactly: Tar.blockSize) else { return nil }
      guard let header = try TarHeader(block) else { return nil }
      let size = try size(header, records)
      switch header.type {
      case "x": records = try Self.records(try extensionData(size))
      case "g": _ = try extensionData(size)
      case "L": longName = Self.text(try extensionData(size))
      case "K": longLink = Self.text(try extensionData(size))
      default:
        guard !records.keys.contains(where: { $0.hasPrefix("GNU.sparse") }) else {
          throw OCIImageError(.unsupported, "the archive holds a sparse file; build the image without sparse files")
        }
        let path = try Self.clean(records["path"] ?? longName ?? header.path)
        let link = try Self.clean(records["linkpath"] ?? longLink ?? header.link)
        let kind = try kind(header, path: path, link: link, size: size)
        if case .file = kind { padding = Self.padding(size) }
        return TarEntry(path: path, kind: kind, mode: header.mode)
      }
    }
  }

  private func kind(_ header: TarHeader, path: String, link: String, size: Int) throws -> TarEntry.Kind {
    switch header.type {
    // Archives from before POSIX write a folder as a file whose name ends with a slash.
    case "0", "\0", "7": path.hasSuffix("/") ? .directory : .file(size: size)
    case "1": .hardLink(target: link)
    case "2": .symbolicLink(target: link)
    case "3", "4", "6": .special
    case "5": .directory
    default:
      throw OCIImageError(.unsupported, "the archive's entry \(path) has the unknown type '\(header.type)'")
    }
  }

  private func size(_ header: TarHeader, _ records: [String: String]) throws -> Int {
    guard let text = records["size"] else { return header.size }
    guard let size = Int(text), size >= 0 else {
      throw OCIImageError(.corrupt, "the archive's pax size '\(text)' is no number")
    }
    return size
  }

  private mutating func extensionData(_ size: Int) throws -> Data {
    guard size <= Self.longestExtension else {
      throw OCIImageError(.corrupt, "the archive has an extended header of \(size) bytes")
    }
    padding = Self.padding(size)
    guard size > 0 else { return Data() }
    guard let bytes = try reader.read(exactly: size) else {
      throw OCIImageError(.corrupt, "the archive ends in the middle of an entry")
    }
    return bytes
  }

  private static func padding(_ size: Int) -> Int { (Tar.blockSize - size % Tar.blockSize) % Tar.blockSize }

  private static func text(_ bytes: Data) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

  private static func clean(_ path: String) throws -> String {
    guard !path.utf8.contains(0) else { throw OCIImageError(.badPath, "the archive names a path with a zero byte") }
    return path
  }

  /// `length key=value\n`, the length counting all of the record.
  private static func records(_ bytes: Data) throws -> [String: String] {
    var records: [String: String] = [:]
    var rest = bytes
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
        length > space - rest.startIndex + 1, length <= rest.count,
        rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
      else { throw OCIImageError(.corrupt, "the archive has a damaged pax header") }
      let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else {
        throw OCIImageError(.corrupt, "the archive has a damaged pax header")
      }
      // Extended attributes may hold any bytes, and are not used.
      records[String(decoding: record[..<equals], as: UTF8.self)] =
        String(decoding: record[(equals + 1)...], as: UTF8.self)
      rest = rest.dropFirst(length)
    }
    return records
  }
}

/// The fields of one header block.
struct TarHeader {
  var path: String
  var link: String
  var mode: Int
  var size: Int
  var type: Character

  /// - Returns: `nil` for a block of zeros, which ends the archive.
  init?(_ block: Data) throws {
    let bytes = [UInt8](block)
    let sum = bytes.reduce(0) { $0 + Int($1) }
    guard sum > 0 else { return nil }
    let checksum = try Self.number(bytes[148..<156])
    guard sum - bytes[148..<156].reduce(0, { $0 + Int($1) }) + 8 * 32 == checksum else {
      throw OCIImageError(.corrupt, "the archive has a header with a wrong checksum")
    }
    mode = try Self.number(bytes[100..<108])
    size = try Self.number(bytes[124..<136])
    type = Character(UnicodeScalar(bytes[156]))
    link = Self.text(bytes[157..<257])
    let name = Self.text(bytes[0..<100])
    // GNU's own format, `ustar` and two spaces, has other things where POSIX has the prefix.
    let isPOSIX = bytes[257..<263].elementsEqual(Array("ustar\0".utf8))
    let prefix = isPOSIX ? Self.text(bytes[345..<500]) : ""
    path = prefix.isEmpty ? name : prefix + "/" + name
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Octal digits, or GNU's base 256 for what is larger.
  private static func number(_ field: ArraySlice<UInt8>) throws -> Int {
    let damaged = OCIImageError(.corrupt, "the archive has a header with a damaged number")
    guard let first = field.first else { throw damaged }
    if first & 0x80 != 0 {
      var value = Int(first & 0x7f)
      for byte in field.dropFirst() {
        guard first & 0x40 == 0, value <= Int.max >> 8 else { throw damaged }
        value = value << 8 | Int(byte)
      }
      // Sums with padding must not overflow.
      guard value <= Int.max / 2 else { throw damaged }
      return value
    }
    let digits = text(field).trimmingCharacters(in: .whitespaces)
    guard !digits.isEmpty else { return 0 }
    guard digits.utf8.allSatisfy({ (48...55).contains($0) }), let value = Int(digits, radix: 8) else { throw damaged }
    return value
  }
}
