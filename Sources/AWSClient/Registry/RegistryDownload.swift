import AsyncHTTPClient
import Foundation
import NIOCore
import OCIImages

extension RegistryTransport {
  /// How often a registry may send a download elsewhere: ECR once, to the storage that it keeps layers in.
  private static let redirections = 3

  /// Streams the answer to a request into a file.
  ///
  /// - Parameter limit: The size that is expected: more bytes are not read.
  /// - Returns: The digest of what was written.
  /// - Throws: ``RegistryError``; ``ConnectionFailure``.
  func download(_ request: Request, to file: URL, limit: Int) async throws -> String {
    var request = request
    for _ in 0...Self.redirections {
      let outgoing = prepared(request)
      let response = try await ConnectionFailure.catching {
        try await http.execute(outgoing, timeout: request.timeout)
      }
      switch response.status.code {
      case 200: return try await store(response.body, in: file, limit: limit)
      case 301, 302, 303, 307, 308:
        // The storage has a signature of its own in the URL; the password stays here.
        guard let text = response.headers.first(name: "Location"),
          let url = URL(string: text, relativeTo: request.url)?.absoluteURL, ["http", "https"].contains(url.scheme),
          url.scheme == "https" || request.url.scheme == "http"
        else {
          throw RegistryError.unreadableAnswer("\(request.subject) is sent elsewhere, but not to a place to go to")
        }
        request.url = url
      default:
        let body = try await ConnectionFailure.catching { try await response.body.collect(upTo: 1 << 20) }
        throw refusal(
          Answer(
            status: Int(response.status.code), headers: response.headers, body: Data(body.readableBytesView)), request)
      }
    }
    throw RegistryError.unreadableAnswer("\(request.subject) is sent from place to place")
  }

  private func store(_ body: HTTPClientResponse.Body, in file: URL, limit: Int) async throws -> String {
    let handle: FileHandle
    do {
      try Data().write(to: file)
      handle = try FileHandle(forWritingTo: file)
    } catch {
      throw RegistryError.unusableFile("\(file.path) cannot be written: \(error.localizedDescription)")
    }
    defer { try? handle.close() }
    var hasher = Digest.Hasher()
    var count = 0
    var pieces = body.makeAsyncIterator()
    while let piece = try await ConnectionFailure.catching({ try await pieces.next() }) {
      let bytes = Data(piece.readableBytesView)
      count += bytes.count
      guard count <= limit else {
        throw RegistryError.unreadableAnswer("a blob is more than the \(limit) bytes of its descriptor")
      }
      hasher.update(bytes)
      do {
        try handle.write(contentsOf: bytes)
      } catch {
        throw RegistryError.unusableFile("\(file.path) cannot be written: \(error.localizedDescription)")
      }
    }
    return hasher.finish()
  }
}
