import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import PalcoCore

/// Sends requests to AWS, or to whatever speaks as AWS does at the configured endpoint.
public struct AWSClient: Sendable {
  /// Which AWS, and as whom.
  public let configuration: AWSConfiguration
  private let http: HTTPClient
  private let time: TimeSource
  private let jitter: @Sendable () -> Double
  private let logger: Logger
  private let policy = RetryPolicy()

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - http: Belongs to the caller, who shuts it down.
  ///   - time: Stamps signatures and waits between attempts.
  ///   - jitter: A number between 0 and 1 that shortens each wait.
  public init(
    configuration: AWSConfiguration, http: HTTPClient, time: TimeSource = .live,
    jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }, logger: Logger
  ) {
    self.configuration = configuration
    self.http = http
    self.time = time
    self.jitter = jitter
    self.logger = logger
  }

  /// Signs a request, sends it, and sends it again (three times in all, with back-off) when the service throttles,
  /// fails or cannot be reached.
  ///
  /// - Throws: `AWSError` when the service said no, ``AWSClientError`` when it could not be asked.
  public func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let endpoint = try configuration.endpoint(of: R.service)
    let codec = R.service.wireProtocol.codec
    let message = try codec.encodeRequest(request)
    var attempt = 1
    while true {
      let outcome: Result<R.Response, any Error>
      do {
        let answer = try await exchange(message, with: R.service, at: endpoint)
        if (200..<300).contains(answer.status) { return try read(answer, of: R.self, with: codec) }
        let error = codec.decodeError(status: answer.status, headers: answer.headers, body: answer.body)
        guard policy.isTransient(error) else { throw error }
        outcome = .failure(error)
      } catch let error as ConnectionFailure {
        outcome = .failure(
          AWSClientError.unreachable(
            service: R.service.name, endpoint: endpoint.absoluteString, reason: error.reason))
      }
      guard attempt < policy.attempts else { return try outcome.get() }
      let delay = policy.delay(after: attempt, jitter: jitter())
      logger.debug("sending again", metadata: ["operation": "\(R.operation)", "attempt": "\(attempt)"])
      try await time.sleep(delay)
      attempt += 1
    }
  }

  private struct Answer {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: Data
  }

  private func exchange(_ message: EncodedMessage, with service: AWSService, at endpoint: URL) async throws -> Answer {
    let now = time.now()
    let keys = try await configuration.credentials.credentials(http: http, now: now)
    let path = endpoint.path(percentEncoded: true)
    let fields = [("Host", endpoint.authority)] + message.headers
    let signature = SigV4Signer(credentials: keys, region: configuration.region, service: service.signingName)
      .sign(
        method: "POST", path: path, headers: fields.map { (name: $0.0, value: $0.1) },
        bodyHash: SigV4Signer.hash(of: message.body), date: now)
    var request = HTTPClientRequest(url: endpoint.absoluteString)
    request.method = .POST
    for (name, value) in fields + signature { request.headers.add(name: name, value: value) }
    request.body = .bytes(ByteBuffer(bytes: message.body))
    return try await ConnectionFailure.catching {
      let response = try await http.execute(request, timeout: .seconds(60))
      let body = try await response.body.collect(upTo: 64 << 20)
      return Answer(
        status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
        body: Data(body.readableBytesView))
    }
  }

  private func read<R: AWSRequest>(_ answer: Answer, of type: R.Type, with codec: any WireCodec) throws -> R.Response {
    do {
      return try codec.decodeResponse(to: R.self, from: answer.body)
    } catch {
      throw AWSClientError.unreadableAnswer(operation: R.operation, reason: "\(error)")
    }
  }
}

extension AWSService.WireProtocol {
  /// The codec of the protocol.
  fileprivate var codec: any WireCodec {
    switch self {
    case .json(let version, let prefix): JSONCodec(version: version, targetPrefix: prefix)
    case .query(let version, let namespace): QueryCodec(version: version, namespace: namespace)
    }
  }
}
