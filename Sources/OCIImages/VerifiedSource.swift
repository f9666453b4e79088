import Foundation

/// A blob that is checked against its descriptor while it is read.
final class VerifiedSource: ByteSource {
  private let source: FileSource
  private let descriptor: Descriptor
  private var hasher = Digest.Hasher()
  private var peeked: Data?

  init(_ source: FileSource, _ descriptor: Descriptor) throws {
    self.source = source
    self.descriptor = descriptor
    guard source.size == descriptor.size else {
      throw OCIImageError(
        .digestMismatch, "the blob \(descriptor.digest) has \(source.size) bytes instead of \(descriptor.size)")
    }
  }

  func next() throws -> Data? {
    if let chunk = peeked {
      peeked = nil
      return chunk
    }
    let chunk = try source.next()
    if let chunk { hasher.update(chunk) }
    return chunk
  }

  /// The first bytes, which ``next()`` gives again.
  func peek() throws -> Data {
    if peeked == nil { peeked = try next() }
    return peeked ?? Data()
  }

  /// Reads what is left, and compares.
  func verify() throws {
    while try next() != nil {}
    guard hasher.finish() == descriptor.digest else {
      throw OCIImageError(
        .digestMismatch, "the blob \(descriptor.digest) is not what its digest says; push or pull the image again")
    }
  }
}

/// Gives out bytes in the pieces that a reader asks for.
final class ByteReader {
  private let source: any ByteSource
  private var chunk = Data()

  init(_ source: any ByteSource) { self.source = source }

  /// Up to `count` bytes, at least one; `nil` at the end.
  func read(upTo count: Int) throws -> Data? {
    if chunk.isEmpty {
      guard let next = try source.next() else { return nil }
      chunk = next
    }
    let piece = chunk.prefix(count)
    chunk = chunk.dropFirst(piece.count)
    return piece
  }

  /// Exactly `count` bytes; `nil` when there are none at all.
  func read(exactly count: Int) throws -> Data? {
    var bytes = Data()
    while bytes.count < count {
      guard let piece = try read(upTo: count - bytes.count) else {
        if bytes.isEmpty { return nil }
        throw OCIImageError(.corrupt, "the archive ends in the middle of an entry")
      }
      bytes.append(piece)
    }
    return bytes
  }

  /// Hands `count` bytes to a function, piece by piece.
  func forward(_ count: Int, to take: (Data) throws -> Void) throws {
    var rest = count
    while rest > 0 {
      guard let piece = try read(upTo: rest) else {
        throw OCIImageError(.corrupt, "the archive ends in the middle of an entry")
      }
      try take(piece)
      rest -= piece.count
    }
  }

  /// Reads to the end.
  func drain() throws {
    chunk = Data()
    while try source.next() != nil {}
  }
}
