import AWSClient
import AsyncHTTPClient
import Foundation
import PalcoTestSupport

/// A home folder with AWS's shared files.
struct AWSHome: Sendable {
  let url: URL

  /// Writes a file below the home folder.
  @discardableResult
  func write(_ path: String, _ text: String) throws -> String {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Resolves with these variables alone. No metadata service is asked unless a variable says so.
  func resolve(
    _ variables: [String: String] = [:], profile: String? = nil, region: String? = nil, endpoint: URL? = nil
  ) throws -> AWSConfiguration {
    let always = ["HOME": url.path, "PATH": "/usr/bin:/bin"]
    let quiet =
      variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] == nil ? ["AWS_EC2_METADATA_DISABLED": "true"] : [:]
    return try AWSConfiguration.resolve(
      environment: variables.merging(always) { $1 }.merging(quiet) { $1 }, profile: profile, region: region,
      endpoint: endpoint)
  }

  /// Why there is no provider.
  func message(_ variables: [String: String] = ["AWS_REGION": "r"], profile: String? = nil) -> String {
    do {
      _ = try resolve(variables, profile: profile)
      return ""
    } catch {
      return "\(error)"
    }
  }
}

/// Gives a test a home folder.
func withAWSHome<Result>(
  config: String? = nil, credentials: String? = nil, _ body: (AWSHome) async throws -> Result
) async throws -> Result {
  try await withTemporaryDirectory { url in
    let home = AWSHome(url: url)
    if let config { try home.write(".aws/config", config) }
    if let credentials { try home.write(".aws/credentials", credentials) }
    return try await body(home)
  }
}

/// Why a provider has no credentials.
func failure(
  of provider: any CredentialsProvider, _ http: HTTPClient, _ clock: TestClock = TestClock(skipping: true)
) async -> String {
  do {
    return "none: \(try await provider.credentials(http: http, time: clock.timeSource))"
  } catch {
    return "\(error)"
  }
}
