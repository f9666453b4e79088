import AWSWire
import Foundation

/// `Content-Encoding` of request bodies.
enum RequestCompression {
  /// The body without its encoding.
  ///
  /// - Throws: ``AWSError`` `UnsupportedMediaType` for an encoding that is not known.
  static func decoded(_ body: Data, encoding: String?) throws -> Data {
    guard let encoding, encoding.lowercased() != "identity" else { return body }
    throw AWSError(
      "UnsupportedMediaTypeException", "The content encoding \(encoding.prefix(50)) is not supported.", httpStatus: 415)
  }
}
