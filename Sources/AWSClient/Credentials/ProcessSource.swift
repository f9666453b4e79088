import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore
import Subprocess

/// Credentials that a program prints, `credential_process` of a profile.
///
/// It may ask the user something and therefore has no time-out; cancellation ends it.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
struct ProcessSource: CredentialSource {
  let origin: CredentialsOrigin
  private let command: String
  private let environment: [String: String]

  init(command: String, profile: String, environment: [String: String]) {
    self.command = command
    self.environment = environment
    origin = CredentialsOrigin(
      name: "the credential_process of the profile '\(profile)'",
      remedy: "log in again with the program that it runs")
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    let variables = Dictionary(
      uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })
    let output: [UInt8]
    let status: TerminationStatus
    let words: [UInt8]
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: ["-c", command], environment: .custom(variables), input: .none,
        output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20))
      (output, status, words) = (result.standardOutput, result.terminationStatus, result.standardError)
    } catch {
      try Task.checkCancellation()
      throw AWSClientError.noCredentials("\(origin.name) could not be run, or wrote more than 1 MiB")
    }
    try Task.checkCancellation()
    guard status.isSuccess else {
      // What it prints are the credentials; what it says is for people.
      let said = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
      throw AWSClientError.noCredentials("\(origin.name) failed (\(status))\(said)")
    }
    guard let document = try? JSONDecoder().decode(CredentialDocument.self, from: Data(output)) else {
      throw AWSClientError.noCredentials("\(origin.name) printed no credentials as JSON")
    }
    guard document.Version == 1 else {
      throw AWSClientError.noCredentials("\(origin.name) printed credentials of another version than 1")
    }
    return try document.credentials(from: origin.name)
  }
}
