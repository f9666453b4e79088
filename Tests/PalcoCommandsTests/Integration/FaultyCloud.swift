import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import PalcoTestSupport
import Synchronization

@testable import PalcoRelease

/// A cloud behind a line that fails: every request of the AWS API goes through it, and some are answered wrongly.
struct FaultyCloud: Sendable {
  /// What becomes of one request.
  enum Fault: Sendable {
    /// It arrives and is answered.
    case none
    /// It does not arrive: the cloud is asked too often.
    case throttled
    /// It arrives and is done; its answer is lost.
    case answerLost
    /// It does not arrive: the cloud has trouble.
    case broken
    /// It does not arrive: the credentials have ended.
    case expired
  }

  /// The way to the cloud through the line.
  let access: CloudAccess
  /// The operations so far, in order.
  let operations: @Sendable () -> [String]

  /// Runs a body with a line before a cloud.
  ///
  /// - Parameter fault: What becomes of the n-th request (from 0) for an operation.
  static func run(
    before cloud: CloudAccess, fault: @escaping @Sendable (_ operation: String, _ number: Int) -> Fault,
    _ body: (FaultyCloud) async throws -> Void
  ) async throws {
    guard let endpoint = cloud.aws.configuration.endpoint else { return }
    let counts = Mutex<[String: Int]>([:])
    let log = Mutex<[String]>([])
    try await StubHTTPServer.run { request in
      let operation = Self.operation(of: request)
      let number = counts.withLock { counts in
        defer { counts[operation, default: 0] += 1 }
        return counts[operation, default: 0]
      }
      log.withLock { $0.append(operation) }
      switch fault(operation, number) {
      case .none: return await Self.forward(request, to: endpoint)
      case .answerLost:
        _ = await Self.forward(request, to: endpoint)
        return .hangUp
      case .throttled: return Self.refusal(400, "ThrottlingException", "Rate exceeded", to: request)
      case .broken: return Self.refusal(500, "ServerException", "trouble", to: request)
      case .expired: return Self.refusal(400, "ExpiredTokenException", "The security token is expired", to: request)
      }
    } while: { server in
      var access = cloud
      var configuration = cloud.aws.configuration
      configuration.endpoint = server.url
      configuration.credentials = StaticCredentials(
        AWSCredentials(accessKey: "palco", secretKey: "palco"),
        origin: .init(name: "the profile 'work'", remedy: "run: aws sso login --profile work"))
      access.aws = AWSClient(configuration: configuration, http: .shared, jitter: { 0 }, logger: Logger(label: "test"))
      try await body(FaultyCloud(access: access, operations: { log.withLock { $0 } }))
    }
  }

  /// An error as the request's protocol has it.
  private static func refusal(
    _ status: Int, _ code: String, _ message: String, to request: StubHTTPServer.Request
  ) -> StubHTTPServer.Answer {
    request.header("X-Amz-Target") == nil
      ? .text(status, "<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>")
      : .text(status, #"{"__type":"\#(code)","message":"\#(message)"}"#)
  }

  private static func operation(of request: StubHTTPServer.Request) -> String {
    if let target = request.header("X-Amz-Target")?.split(separator: ".").last { return String(target) }
    let form = String(decoding: request.body, as: UTF8.self)
    return form.firstMatch(of: /Action=(\w+)/).map { String($0.output.1) } ?? request.target
  }

  private static func forward(_ request: StubHTTPServer.Request, to endpoint: URL) async -> StubHTTPServer.Answer {
    var onward = HTTPClientRequest(url: endpoint.absoluteString + request.target)
    onward.method = .RAW(value: request.method)
    for field in request.headers where !["host", "content-length"].contains(field.name.lowercased()) {
      onward.headers.add(name: field.name, value: field.value)
    }
    onward.body = .bytes(ByteBuffer(bytes: request.body))
    do {
      let answer = try await HTTPClient.shared.execute(onward, timeout: .seconds(30))
      let body = try await answer.body.collect(upTo: 1 << 24)
      let kept = answer.headers.filter { ["content-type", "x-amzn-requestid"].contains($0.name.lowercased()) }
      return .response(
        status: Int(answer.status.code), headers: kept.map { ($0.name, $0.value) }, body: Data(body.readableBytesView))
    } catch {
      return .hangUp
    }
  }
}
