import AWSWire
import AsyncHTTPClient
import Foundation
import NIOCore
import PalcoCore

/// Credentials of the role of a task or pod, from the endpoint that the container is told of.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct ContainerSource: CredentialSource {
  let origin: CredentialsOrigin
  private let endpoint: URL
  private let tokenFile: String?
  private let token: String?

  /// Makes a source, when the environment names an endpoint.
  ///
  /// - Throws: ``AWSClientError/configuration(_:)`` for an endpoint that credentials must not be asked from.
  init?(environment: [String: String]) throws(AWSClientError) {
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      guard path.hasPrefix("/"), let url = URL(string: "http://169.254.170.2\(path)") else {
        throw .configuration("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path that begins with '/'")
      }
      endpoint = url
    } else if let text = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      guard let url = URL(string: text), let host = url.host(), Self.isTrusted(scheme: url.scheme, host: host) else {
        throw .configuration(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http of a loopback address, 169.254.170.2 or .23")
      }
      endpoint = url
    } else {
      return nil
    }
    tokenFile = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
    token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    origin = CredentialsOrigin(
      name: "the container endpoint \(endpoint)", remedy: "check the role of the task or pod")
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    let service = CredentialEndpoint(name: origin.name, http: http, time: time)
    var request = HTTPClientRequest(url: endpoint.absoluteString)
    if let token = try authorization() { request.headers.add(name: "Authorization", value: token) }
    do {
      let answer = try await service.ask(request)
      guard answer.status == 200 else {
        throw AWSClientError.noCredentials("\(origin.name) answered HTTP \(answer.status)")
      }
      return try service.read(CredentialDocument.self, from: answer.body).credentials(from: origin.name)
    } catch let error as ConnectionFailure {
      throw AWSClientError.noCredentials("\(origin.name) cannot be reached: \(error.reason)")
    }
  }

  /// The file is read each time: its token is renewed.
  private func authorization() throws(AWSClientError) -> String? {
    let value: String?
    if let tokenFile {
      value = try SecretFile.text(tokenFile, named: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    } else {
      value = token
    }
    guard value?.contains(where: \.isNewline) != true else {
      throw .configuration("the authorization token for \(origin.name) holds a line break")
    }
    return value
  }

  private static func isTrusted(scheme: String?, host: String) -> Bool {
    if scheme == "https" { return true }
    guard scheme == "http" else { return false }
    // Only the addresses of ECS and EKS, and this machine: a name such as 127.evil.example is neither.
    let bare = host.trimmingCharacters(in: ["[", "]"])
    let loopback = host == "localhost" || (try? SocketAddress(ipAddress: bare, port: 0))?.isLoopback == true
    return loopback || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(bare)
  }
}

/// A file whose whole text is a token.
enum SecretFile {
  /// - Throws: ``AWSClientError/noCredentials(_:)`` when it cannot be read or is empty.
  static func text(_ path: String, named name: String) throws(AWSClientError) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .noCredentials("\(name) \(path) cannot be read")
    }
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw .noCredentials("\(name) \(path) is empty") }
    return text
  }
}

extension SocketAddress {
  fileprivate var isLoopback: Bool {
    switch self {
    case .v4: ipAddress?.hasPrefix("127.") == true
    case .v6: ipAddress == "::1"
    case .unixDomainSocket: false
    }
  }
}
