import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import PalcoCore

/// Exchanges with a registry: authorization, retries, errors.
struct RegistryTransport: Sendable {
  let endpoint: URL
  let authorization: String?
  let http: HTTPClient
  let time: TimeSource
  let logger: Logger
  let policy = RetryPolicy()

  struct Request {
    var method: HTTPMethod
    var url: URL
    var headers: [(name: String, value: String)] = []
    var body: HTTPClientRequest.Body?
    /// What stands in the error for 404.
    var subject: String
    /// How long the registry may take.
    var timeout: TimeAmount = .seconds(60)
  }

  struct Answer {
    var status: Int
    var headers: HTTPHeaders
    var body: Data
  }

  /// The URL of a path below `/v2/`.
  func url(_ path: String) throws -> URL {
    guard let url = URL(string: "/v2/\(path)", relativeTo: endpoint)?.absoluteURL else {
      throw RegistryError.unreadableAnswer("'\(path)' makes no URL")
    }
    return url
  }

  /// One exchange.
  ///
  /// - Throws: ``RegistryError`` for every status but those that are accepted; ``ConnectionFailure``.
  func exchange(_ request: Request, accepting statuses: Set<Int>) async throws -> Answer {
    let outgoing = prepared(request)
    let answer = try await ConnectionFailure.catching {
      let response = try await http.execute(outgoing, timeout: request.timeout)
      // Manifests are at most 4 MiB for every registry that matters.
      let body = try await response.body.collect(upTo: 8 << 20)
      return Answer(
        status: Int(response.status.code), headers: response.headers, body: Data(body.readableBytesView))
    }
    guard statuses.contains(answer.status) else { throw refusal(answer, request) }
    return answer
  }

  /// The request as it is sent.
  func prepared(_ request: Request) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: request.url.absoluteString)
    outgoing.method = request.method
    for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
    // An upload may be sent elsewhere, and the password is for the registry alone.
    if let authorization, request.url.authority == endpoint.authority, request.url.scheme == endpoint.scheme {
      outgoing.headers.replaceOrAdd(name: "Authorization", value: authorization)
    }
    outgoing.body = request.body
    return outgoing
  }

  func refusal(_ answer: Answer, _ request: Request) -> RegistryError {
    switch answer.status {
    // 403 is another thing: no permission, or a token of ECR that has ended; the message says which.
    case 401: .unauthorized(registry: endpoint.authority)
    case 404: .notFound(request.subject)
    default: .refused(status: answer.status, code: answer.errorCode, message: answer.errorMessage ?? request.subject)
    }
  }

  /// Does something again while the registry cannot be reached or fails; three times in all.
  func retrying<Result>(_ perform: () async throws -> Result) async throws -> Result {
    var attempt = 1
    while true {
      let failure: RegistryError
      do {
        return try await perform()
      } catch let error as ConnectionFailure {
        failure = .unreachable(registry: endpoint.authority, reason: error.reason)
      } catch RegistryError.refused(let status, let code, let message) where status >= 500 || status == 429 {
        failure = .refused(status: status, code: code, message: message)
      }
      guard attempt < policy.attempts else { throw failure }
      logger.debug("asking the registry again", metadata: ["attempt": "\(attempt)", "reason": "\(failure)"])
      try await time.sleep(policy.delay(after: attempt, jitter: 0.5))
      attempt += 1
    }
  }
}

extension RegistryTransport.Answer {
  private struct Errors: Decodable {
    struct Entry: Decodable {
      var code: String?
      var message: String?
    }
    var errors: [Entry]
  }

  private var firstError: Errors.Entry? { (try? JSONDecoder().decode(Errors.self, from: body))?.errors.first }

  /// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
  var errorCode: String? { firstError?.code }
  var errorMessage: String? { firstError?.message }
}
