import Foundation

/// gzip (RFC 1952), for bytes that are in memory as a whole.
public enum Gzip {
  /// The bytes that a gzip stream of one or more members holds.
  ///
  /// - Parameter limit: The most bytes to give; compressed bytes can hold a thousand times as many.
  /// - Throws: ``OCIImageError`` `corrupt` for what is no gzip stream, `tooLarge` for more than the limit.
  public static func inflate(_ data: Data, limit: Int) throws -> Data {
    let source = try GzipSource(OneChunk(data))
    var result = Data()
    while let chunk = try source.next() {
      guard result.count + chunk.count <= limit else {
        throw OCIImageError(.tooLarge, "the gzip stream holds more than \(limit) bytes")
      }
      result += chunk
    }
    return result
  }

  private final class OneChunk: ByteSource {
    private var rest: Data?

    init(_ data: Data) { rest = data.isEmpty ? nil : data }

    func next() -> Data? {
      defer { rest = nil }
      return rest
    }
  }
}
