import AWSWire
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PalcoCore

/// Signs and sends, once.
struct AWSTransport: Sendable {
  let configuration: AWSConfiguration
  let http: HTTPClient
  let time: TimeSource
  let timeout: Duration
  let clock = ClockOffset()

  struct Answer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: Data
  }

  /// An answer, and what it was asked with.
  struct Exchange {
    var answer: Answer
    var signedAt: Date
    var credentials: AWSCredentials?
  }

  /// - Throws: ``ConnectionFailure``, and what the provider of credentials throws.
  func exchange(_ message: EncodedMessage, with service: AWSService, at endpoint: URL, signing: Bool) async throws
    -> Exchange
  {
    let keys = signing ? try await configuration.credentials.credentials(http: http, time: time) : nil
    let now = time.now() + clock.seconds
    var fields = [(name: "Host", value: endpoint.authority)] + message.headers.map { (name: $0.name, value: $0.value) }
    if let keys {
      let path = endpoint.path(percentEncoded: true)
      fields += SigV4Signer(credentials: keys, region: configuration.region, service: service.signingName)
        .sign(
          method: "POST", path: path.isEmpty ? "/" : path, query: endpoint.query(percentEncoded: true) ?? "",
          headers: fields, bodyHash: SigV4Signer.hash(of: message.body), date: now)
    }
    var request = HTTPClientRequest(url: endpoint.absoluteString)
    request.method = .POST
    for (name, value) in fields { request.headers.add(name: name, value: value) }
    request.body = .bytes(ByteBuffer(bytes: message.body))
    return Exchange(answer: try await http.answer(to: request, within: timeout), signedAt: now, credentials: keys)
  }
}

extension HTTPClient {
  /// Sends a request and reads the whole answer, at most 64 MiB.
  ///
  /// - Parameter limit: How long all of it may take. The client's own limits are for the head and between two pieces:
  ///   a body that trickles would never end.
  /// - Throws: ``ConnectionFailure``.
  func answer(to request: HTTPClientRequest, within limit: Duration) async throws -> AWSTransport.Answer {
    try await ConnectionFailure.catching {
      try await withThrowingTaskGroup(of: AWSTransport.Answer.self) { group in
        group.addTask {
          let response = try await self.execute(request, deadline: .distantFuture)
          let body = try await response.body.collect(upTo: 64 << 20)
          return AWSTransport.Answer(
            status: Int(response.status.code), headers: response.headers.map { (name: $0.name, value: $0.value) },
            body: Data(body.readableBytesView))
        }
        group.addTask {
          try await ContinuousClock().sleep(for: limit)
          throw HTTPClientError.deadlineExceeded
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw CancellationError() }
        return answer
      }
    }
  }
}
