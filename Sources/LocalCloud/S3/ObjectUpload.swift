import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a client says of the bytes that it sends, and whether they came as it says.
struct ObjectUpload: Sendable {
  private static let streaming = "STREAMING-"

  /// How many bytes the object has, when the client says so.
  private let size: Int?
  private let maximumSize: Int
  private let isChunked: Bool
  /// Hexadecimal SHA-256 of the body.
  private let hash: String?
  private let md5: Data?
  private let algorithm: ObjectChecksum.Algorithm?
  /// The checksum, unless it follows as a trailer.
  private let checksum: String?

  /// Reads the fields of a request.
  ///
  /// - Throws: ``S3Failure`` for fields that cannot be.
  init(_ headers: HTTPFields, maximumSize: Int) throws(S3Failure) {
    self.maximumSize = maximumSize
    let declared = headers.value(named: "x-amz-content-sha256") ?? SigV4Signer.unsignedPayload
    isChunked = declared.hasPrefix(Self.streaming)
    hash = isChunked || declared == SigV4Signer.unsignedPayload ? nil : declared.lowercased()
    let length =
      isChunked ? headers.value(named: "x-amz-decoded-content-length") : headers[.contentLength]
    size = length.flatMap { Int($0) }
    if isChunked, size == nil {
      throw S3Failure("MissingContentLength", "You must provide the Content-Length HTTP header.", 411)
    }
    if let size, size > maximumSize { throw Self.tooLarge }
    if let text = headers.value(named: "content-md5") {
      guard let bytes = Data(base64Encoded: text), bytes.count == 16 else {
        throw S3Failure("InvalidDigest", "The Content-MD5 you specified is not valid.")
      }
      md5 = bytes
    } else {
      md5 = nil
    }
    let trailers = headers.value(named: "x-amz-trailer")?.lowercased() ?? ""
    let sent = ObjectChecksum.Algorithm.allCases.first { headers.value(named: $0.field) != nil }
    checksum = sent.flatMap { headers.value(named: $0.field) }
    algorithm =
      sent ?? ObjectChecksum.Algorithm.allCases.first { trailers.contains($0.field) && trailers.hasSuffix($0.field) }
  }

  private static let tooLarge = S3Failure(
    "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
  private static let incomplete = S3Failure(
    "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header")

  /// Streams a body into a file. The next piece is taken from the connection when the last one is written.
  ///
  /// - Throws: ``S3Failure`` when the bytes are others than the client says. There is no file then.
  func receive(_ body: RequestBody, into objects: ObjectStore) async throws -> ObjectWriter {
    var writer = try objects.writer(algorithm, hashes: hash != nil)
    do {
      var chunks = isChunked ? AWSChunkedDecoder() : nil
      for try await piece in body {
        try piece.withUnsafeReadableBytes { bytes in
          if chunks == nil {
            try writer.write(bytes)
          } else {
            try chunks?.decode(bytes) { try writer.write($0) }
          }
        }
        if writer.size > size ?? maximumSize { throw size == nil ? Self.tooLarge : Self.incomplete }
      }
      if let chunks, !chunks.isComplete { throw Self.incomplete }
      try verify(writer, trailers: chunks?.trailers ?? [:])
      try writer.synchronize()
      return writer
    } catch {
      objects.remove([writer.name])
      throw error
    }
  }

  private func verify(_ writer: ObjectWriter, trailers: [String: String]) throws(S3Failure) {
    if let size, writer.size != size { throw Self.incomplete }
    if let md5, md5 != writer.contentMD5 {
      throw S3Failure("BadDigest", "The Content-MD5 you specified did not match what we received.")
    }
    if let hash, let computed = writer.contentSHA256, hash != computed {
      throw S3Failure(
        "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
        details: [("ClientComputedContentSHA256", hash), ("S3ComputedContentSHA256", computed)])
    }
    if let computed = writer.checksumValue {
      let name = computed.algorithm.rawValue.uppercased()
      guard let sent = checksum ?? trailers[computed.algorithm.field] else {
        throw S3Failure("InvalidRequest", "The trailer \(computed.algorithm.field) is missing.")
      }
      guard sent == computed.text else {
        throw S3Failure("BadDigest", "The \(name) you specified did not match the calculated checksum.")
      }
    }
  }
}
