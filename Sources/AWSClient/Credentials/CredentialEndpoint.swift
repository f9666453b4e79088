import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore

/// An HTTP endpoint that hands out credentials.
struct CredentialEndpoint: Sendable {
  /// In messages: `the container endpoint http://169.254.170.2/x`.
  let name: String
  let http: HTTPClient
  let time: TimeSource
  /// How long one exchange may take.
  var limit = Duration.seconds(5)
  /// How often it is asked when nobody answers.
  var attempts = 3

  /// Asks, again when it fails; the waits are 1 and 2 seconds.
  ///
  /// - Throws: ``ConnectionFailure`` when nobody answers, `CancellationError`.
  func ask(_ request: HTTPClientRequest) async throws -> AWSTransport.Answer {
    var attempt = 1
    while true {
      do {
        let answer = try await http.answer(to: request, within: limit)
        guard answer.status == 429 || answer.status >= 500, attempt < 3 else { return answer }
      } catch let error as ConnectionFailure {
        guard attempt < attempts else { throw error }
      }
      try await time.sleep(RetryPolicy().delay(after: attempt, jitter: 1))
      attempt += 1
    }
  }

  /// Reads an answer.
  ///
  /// - Throws: ``AWSClientError/noCredentials(_:)``, which quotes nothing of it.
  func read<Value: Decodable>(_ type: Value.Type, from body: Data) throws(AWSClientError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: body)
    } catch {
      throw .noCredentials("\(name) answered no credentials")
    }
  }
}

/// Credentials as the endpoints of containers, EC2 and credential processes write them.
struct CredentialDocument: Decodable {
  var Version: Int?
  var AccessKeyId: String
  var SecretAccessKey: String
  var Token: String?
  var SessionToken: String?
  var Expiration: String?

  /// - Throws: ``AWSClientError/noCredentials(_:)`` for an expiration that is no instant.
  func credentials(from name: String) throws(AWSClientError) -> TemporaryCredentials {
    let keys = AWSCredentials(
      accessKey: AccessKeyId, secretKey: SecretAccessKey, sessionToken: Token ?? SessionToken)
    guard let text = Expiration else { return TemporaryCredentials(credentials: keys) }
    guard let end = Self.date(text) else { throw .noCredentials("\(name) answered an expiration that is no instant") }
    return TemporaryCredentials(credentials: keys, expiration: end)
  }

  /// ISO 8601, with or without fractions; old versions of the AWS CLI wrote `UTC` for `Z`.
  static func date(_ text: String) -> Date? {
    let text = text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text
    return (try? Date(text, strategy: .iso8601))
      ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
  }
}
