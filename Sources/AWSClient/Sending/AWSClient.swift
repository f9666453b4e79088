import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import PalcoCore

/// Sends requests to AWS, or to whatever speaks as AWS does at the configured endpoint.
///
/// Copies share what was learnt: the tokens for retries and the offset of the service's clock.
public struct AWSClient: Sendable {
  /// Which AWS, and as whom.
  public let configuration: AWSConfiguration
  private let transport: AWSTransport
  private let time: TimeSource
  private let jitter: @Sendable () -> Double
  private let ids: IDSource
  private let logger: Logger
  private let policy = RetryPolicy()
  private let quota = RetryQuota()

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - http: Belongs to the caller, who shuts it down.
  ///   - time: Stamps signatures and waits between attempts.
  ///   - jitter: A number between 0 and 1 that shortens each wait.
  ///   - ids: Draws the tokens by which a service knows a repeated request.
  ///   - timeout: How long one exchange may take.
  public init(
    configuration: AWSConfiguration, http: HTTPClient, time: TimeSource = .live,
    jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }, ids: IDSource = .live,
    timeout: Duration = .seconds(60), logger: Logger
  ) {
    self.configuration = configuration
    transport = AWSTransport(configuration: configuration, http: http, time: time, timeout: timeout)
    self.time = time
    self.jitter = jitter
    self.ids = ids
    self.logger = logger
  }

  /// Signs a request, sends it, and sends it again (three times in all, with back-off) when the service throttles,
  /// fails or cannot be reached.
  ///
  /// What must not be done twice carries a token by which the service knows it; what has no such token is not sent
  /// again once it may have arrived. Credentials that ended are fetched anew once, and a wrong clock is corrected once.
  ///
  /// - Throws: `AWSError` when the service said no, ``AWSClientError`` when it could not be asked or does not accept
  ///   who asks.
  public func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = R.service.codec
    let message = try codec.encodeRequest(withToken(request))
    let endpoint = try configuration.endpoint(of: R.service)
    let accumulates = (request as? any AccumulatingRequest)?.accumulates == true
    var attempt = 1
    var taken: Int?
    var corrected = (clock: false, credentials: false)
    while true {
      let failure: any Error
      var asked: Duration?
      var cost = RetryQuota.Cost.attempt
      do {
        let exchange = try await transport.exchange(
          message, with: R.service, at: endpoint, signing: !(request is any UnsignedRequest))
        let answer = exchange.answer
        if (200..<300).contains(answer.status) {
          quota.give(taken)
          return try read(answer, of: R.self, with: codec)
        }
        let error = codec.decodeError(status: answer.status, headers: answer.headers, body: answer.body)
        // Neither waits: the next attempt is another request.
        if !corrected.clock, transport.clock.learn(from: error, headers: answer.headers, signedAt: exchange.signedAt) {
          logger.info(
            "this machine's clock is wrong", metadata: ["seconds": "\(Int(transport.clock.seconds))"])
          corrected.clock = true
          continue
        }
        if !corrected.credentials, Refusal.isExpiry(error), let used = exchange.credentials,
          await configuration.credentials.discard(used)
        {
          corrected.credentials = true
          continue
        }
        guard policy.isTransient(error) else {
          throw Refusal.explained(error, configuration: configuration, endpoint: endpoint.absoluteString)
        }
        if accumulates, !policy.isThrottling(error) {
          throw AWSClientError.unknownOutcome(
            operation: R.operation, endpoint: endpoint.absoluteString, reason: "\(error)")
        }
        failure = error
        asked = RetryPolicy.asked(answer.headers)
      } catch let error as ConnectionFailure {
        if accumulates, !error.isUnsent {
          throw AWSClientError.unknownOutcome(
            operation: R.operation, endpoint: endpoint.absoluteString, reason: error.reason)
        }
        failure = AWSClientError.unreachable(
          service: R.service.name, endpoint: endpoint.absoluteString, reason: error.reason)
        if error.isTimeout { cost = RetryQuota.Cost.timeout }
      }
      guard attempt < policy.attempts, quota.take(cost) else { throw failure }
      taken = cost
      let delay = policy.delay(after: attempt, jitter: jitter(), asked: asked)
      logger.debug("sending again", metadata: ["operation": "\(R.operation)", "attempt": "\(attempt)"])
      try await time.sleep(delay)
      attempt += 1
    }
  }

  /// The request with a token, when it takes one and has none.
  private func withToken<R: AWSRequest>(_ request: R) -> R {
    guard var idempotent = request as? any IdempotentRequest, idempotent.clientToken == nil else { return request }
    idempotent.clientToken = ids.uuid()
    return idempotent as? R ?? request
  }

  private func read<R: AWSRequest>(_ answer: AWSTransport.Answer, of type: R.Type, with codec: any WireCodec) throws
    -> R.Response
  {
    do {
      return try codec.decodeResponse(to: R.self, from: answer.body)
    } catch {
      throw AWSClientError.unreadableAnswer(operation: R.operation, reason: "\(error)")
    }
  }
}
