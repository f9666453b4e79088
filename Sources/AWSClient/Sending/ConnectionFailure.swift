import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A request that found no answer: refused, reset, timed out, cut short.
struct ConnectionFailure: Error {
  /// In words.
  let reason: String
  /// Whether it took too long.
  var isTimeout = false
  /// Whether nothing of the request can have arrived.
  var isUnsent = false

  /// Runs an exchange and makes one kind of what can go wrong in it; cancellation stays what it is.
  static func catching<Result>(_ exchange: () async throws -> Result) async throws -> Result {
    do {
      return try await exchange()
    } catch {
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      throw ConnectionFailure(error)
    }
  }

  init(_ error: any Error) {
    switch error as? HTTPClientError {
    case .deadlineExceeded, .readTimeout, .writeTimeout:
      self.init(reason: "no answer in time", isTimeout: true)
    case .connectTimeout:
      self.init(reason: "no connection in time", isTimeout: true, isUnsent: true)
    case .remoteConnectionClosed:
      self.init(reason: "the connection was closed before the answer was whole")
    case nil where (error as? HTTPParserError) == .invalidEOFState:
      self.init(reason: "the connection was closed before the answer was whole")
    default:
      let refused = (error as? IOError)?.errnoCode == ECONNREFUSED
      self.init(reason: "\(error)", isUnsent: refused || error is NIOConnectionError)
    }
  }

  init(reason: String, isTimeout: Bool = false, isUnsent: Bool = false) {
    self.reason = reason
    self.isTimeout = isTimeout
    self.isUnsent = isUnsent
  }
}

extension URL {
  /// The value of `Host`: the port only when it is not the scheme's own.
  var authority: String {
    let host = host(percentEncoded: true) ?? ""
    let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    guard let port, port != (scheme == "https" ? 443 : 80) else { return name }
    return "\(name):\(port)"
  }
}
