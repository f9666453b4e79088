import Foundation
import OCIImages
import PalcoTestSupport
import Synchronization

/// A registry that keeps what it gets and refuses what the specification lets it refuse.
final class RegistryStub: Sendable {
  struct State {
    var blobs: [String: Data] = [:]
    var manifests: [String: Data] = [:]
    /// What the next requests of a method get instead.
    var faults: [(method: String, answer: StubHTTPServer.Answer)] = []
    var location = "/v2/web/blobs/uploads/u1?state=a%2Fb"
  }

  let state: Mutex<State>
  let authorization: String?

  init(_ state: State = State(), authorization: String? = nil) {
    self.state = Mutex(state)
    self.authorization = authorization
  }

  func answer(_ request: StubHTTPServer.Request) -> StubHTTPServer.Answer {
    if let authorization, request.header("Authorization") != authorization {
      return .text(
        401, #"{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}"#,
        headers: [("WWW-Authenticate", "Basic realm=\"r\"")])
    }
    return state.withLock { state in
      if let index = state.faults.firstIndex(where: { $0.method == request.method }) {
        return state.faults.remove(at: index).answer
      }
      let path = String(request.target.prefix { $0 != "?" })
      let last = String(path.split(separator: "/").last ?? "")
      switch (request.method, path) {
      case ("GET", let path) where path.hasPrefix("/v2/web/blobs/"):
        guard let bytes = state.blobs[last] else {
          return .text(404, #"{"errors":[{"code":"BLOB_UNKNOWN","message":"no"}]}"#)
        }
        return .response(status: 200, body: bytes)
      case ("HEAD", _): return .response(status: state.blobs[last] == nil ? 404 : 200)
      case ("POST", "/v2/web/blobs/uploads/"):
        return .response(status: 202, headers: [("Location", state.location)])
      case ("PUT", let path) where path.hasPrefix("/v2/web/blobs/uploads/"):
        let digest = Digest.sha256(request.body)
        guard request.target.hasSuffix("?state=a%2Fb&digest=\(digest.replacing(":", with: "%3A"))") else {
          return .text(400, #"{"errors":[{"code":"DIGEST_INVALID","message":"another digest"}]}"#)
        }
        state.blobs[digest] = request.body
        return .response(status: 201, headers: [("Docker-Content-Digest", digest)])
      case ("PUT", let path) where path.hasPrefix("/v2/web/manifests/"):
        state.manifests[last] = request.body
        return .response(status: 201, headers: [("Docker-Content-Digest", Digest.sha256(request.body))])
      case ("GET", let path) where path.hasPrefix("/v2/web/manifests/"):
        guard let bytes = state.manifests[last] else {
          return .text(404, #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no"}]}"#)
        }
        return .response(
          status: 200, headers: [("Content-Type", "application/vnd.oci.image.manifest.v1+json")], body: bytes)
      default: return .text(405, "")
      }
    }
  }
}
