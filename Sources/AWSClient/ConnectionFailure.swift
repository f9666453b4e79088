import Foundation
import NIOCore

/// A request that found no answer: refused, reset, timed out, cut short.
struct ConnectionFailure: Error {
  /// In words.
  let reason: String

  /// Runs an exchange and makes one kind of what can go wrong in it; cancellation stays what it is.
  static func catching<Result>(_ exchange: () async throws -> Result) async throws -> Result {
    do {
      return try await exchange()
    } catch {
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      throw ConnectionFailure(reason: "\(error)")
    }
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
