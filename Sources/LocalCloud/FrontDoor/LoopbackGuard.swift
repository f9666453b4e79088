import HTTPTypes
import Hummingbird

/// Keeps web pages out of the daemon.
///
/// The port is open to every program of this machine, and a browser runs programs of strangers. Three headers give
/// them away: a `Host` that is not ours (DNS rebinding: a stranger's name that resolves to 127.0.0.1), an `Origin` that
/// is not ours (a cross-site request, and every preflight), and `Sec-Fetch-Site` (a cross-site request that a browser
/// sends without `Origin`).
struct LoopbackGuard<Context: RequestContext>: RouterMiddleware {
  /// The port of the front door.
  let port: Int

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if let reason = refusal(of: request.head) {
      context.logger.notice("refused a request of a web page or of a foreign name", metadata: ["reason": "\(reason)"])
      return Response(
        status: .forbidden, headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: reason + "\n")))
    }
    return try await next(request, context)
  }

  /// Why a request is refused; `nil` for one that may pass.
  func refusal(of head: HTTPRequest) -> String? {
    // A second Host header would be seen by nobody else.
    guard let authority = head.authority, isOurs(authority), head.headerFields.values(named: "host").isEmpty else {
      return "The Host header must name 127.0.0.1:\(port) or localhost:\(port)."
    }
    for origin in head.headerFields[values: .origin] {
      guard origin.hasPrefix("http://"), isOurs(String(origin.dropFirst("http://".count))) else {
        return "Requests of other sites are not answered."
      }
    }
    for site in head.headerFields.values(named: "sec-fetch-site") where site != "same-origin" && site != "none" {
      return "Requests of other sites are not answered."
    }
    return head.method == .options ? "Preflight requests are not answered." : nil
  }

  /// Whether `host:port` names the front door: a loopback address, or a name below `localhost`, which resolves to
  /// loopback everywhere (RFC 6761, section 6.3).
  private func isOurs(_ authority: String) -> Bool {
    var host = authority[...]
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard authority[authority.index(after: colon)...] == String(port) else { return false }
      host = authority[..<colon]
    } else if port != 80 {
      return false
    }
    let name = host.lowercased()
    return ["127.0.0.1", "localhost", "[::1]"].contains(name) || (name.hasSuffix(".localhost") && name.count > 10)
  }
}
