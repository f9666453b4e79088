import AWSWire
import Foundation
import OCIImages

/// `Content-Encoding` of request bodies.
enum RequestCompression {
  /// The body without its encoding. A small body can grow a thousandfold, so what comes out is bounded as any body is.
  ///
  /// - Throws: ``AWSError`` for an encoding that is not known, for damaged bytes, and for too many of them.
  static func decoded(_ body: Data, encoding: String?) throws -> Data {
    guard let encoding, encoding.lowercased() != "identity" else { return body }
    guard encoding.lowercased() == "gzip" else {
      throw AWSError(
        "UnsupportedMediaTypeException", "The content encoding \(encoding.prefix(50)) is not supported.",
        httpStatus: 415)
    }
    do {
      return try Gzip.inflate(body, limit: FrontDoor.maximumBody)
    } catch let error as OCIImageError {
      let isTooLarge = error.code == .tooLarge
      throw AWSError(
        isTooLarge ? "RequestEntityTooLarge" : "SerializationException", "The request cannot be decompressed: \(error)",
        httpStatus: isTooLarge ? 413 : 400)
    }
  }
}
