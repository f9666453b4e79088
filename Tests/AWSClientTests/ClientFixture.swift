import AWSClient
import AsyncHTTPClient
import Foundation
import Logging
import PalcoTestSupport

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

extension Logger {
  /// Says nothing.
  static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension AWSConfiguration {
  /// The stub as all of AWS.
  static func stub(_ url: URL) -> AWSConfiguration {
    AWSConfiguration(
      region: "eu-west-1", endpoint: url,
      credentials: StaticCredentials(.init(accessKey: "AKID", secretKey: "s3cret", sessionToken: "t0ken")))
  }
}
