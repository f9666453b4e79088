import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import PalcoTestSupport
import Synchronization

/// Gives a test an HTTP client and a server that answers what the test says.
func withStub<Result: Sendable>(
  _ handler: @escaping @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer,
  _ body: (StubHTTPServer, HTTPClient) async throws -> Result
) async throws -> Result {
  try await StubHTTPServer.run(handler) { server in
    try await withHTTPClient { try await body(server, $0) }
  }
}

/// Gives a test an HTTP client of its own.
func withHTTPClient<Result>(_ body: (HTTPClient) async throws -> Result) async throws -> Result {
  let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .aws)
  do {
    let result = try await body(http)
    try await http.shutdown()
    return result
  } catch {
    try? await http.shutdown()
    throw error
  }
}

/// Answers one after the other; the last one for ever.
func script(_ answers: [StubHTTPServer.Answer])
  -> @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer
{
  let next = Mutex(0)
  return { _ in
    let index = next.withLock { index in
      defer { index += 1 }
      return index
    }
    return answers[min(index, answers.count - 1)]
  }
}

/// What a client was asked of, and how it ended.
struct ClientRun<Response: Sendable>: Sendable {
  var requests: [StubHTTPServer.Request]
  var result: Result<Response, any Error>
  var message: String { if case .failure(let error) = result { "\(error)" } else { "" } }
}

/// Sends a request to a stub that answers as it is told.
func run<R: AWSRequest>(
  _ request: R, _ handler: @escaping @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer,
  clock: TestClock = TestClock(skipping: true), timeout: Duration = .seconds(60),
  credentials: (any CredentialsProvider)? = nil
) async throws -> ClientRun<R.Response> {
  try await withStub(handler) { server, http in
    var configuration = AWSConfiguration.stub(server.url)
    if let credentials { configuration.credentials = credentials }
    let client = AWSClient(
      configuration: configuration, http: http, time: clock.timeSource, jitter: { 1 }, timeout: timeout, logger: .quiet)
    let result: Result<R.Response, any Error>
    do { result = .success(try await client.send(request)) } catch { result = .failure(error) }
    return ClientRun(requests: server.requests, result: result)
  }
}

extension StubHTTPServer.Answer {
  /// An error of a JSON service.
  static func refusal(
    _ code: String, _ message: String = "no", status: Int = 400, headers: [(name: String, value: String)] = []
  ) -> StubHTTPServer.Answer {
    .text(status, #"{"__type":"\#(code)","message":"\#(message)"}"#, headers: headers)
  }
}

extension Logger {
  /// Says nothing.
  static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension AWSConfiguration {
  /// The stub as all of AWS.
  static func stub(_ url: URL) -> AWSConfiguration {
    AWSConfiguration(
      region: "eu-west-1", endpoint: url,
      credentials: StaticCredentials(
        .init(accessKey: "AKID", secretKey: "s3cret", sessionToken: "t0ken"),
        origin: .init(name: "the profile 'work'", remedy: "run: aws sso login --profile work")))
  }
}
