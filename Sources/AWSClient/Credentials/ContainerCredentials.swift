import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Credentials of the role of a task or pod, from the endpoint that the container is told of.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
actor ContainerCredentials: CredentialsProvider {
  private let endpoint: URL
  private let authorization: @Sendable () throws -> String?
  private var cached: (credentials: AWSCredentials, expiration: Date)?

  /// Makes a provider, when the environment names an endpoint.
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
    let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
    let token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    // The file is read each time: its token is renewed.
    authorization = {
      guard let file else { return token }
      guard let bytes = FileManager.default.contents(atPath: file) else {
        throw AWSClientError.noCredentials("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE \(file) cannot be read")
      }
      return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  func credentials(http: HTTPClient, now: Date) async throws -> AWSCredentials {
    if let cached, cached.expiration > now + 300 { return cached.credentials }
    var request = HTTPClientRequest(url: endpoint.absoluteString)
    if let token = try authorization() { request.headers.add(name: "Authorization", value: token) }
    let answer: Answer
    do {
      let response = try await http.execute(request, timeout: .seconds(5))
      guard response.status == .ok else {
        throw AWSClientError.noCredentials("the container endpoint \(endpoint) answered HTTP \(response.status.code)")
      }
      let body = try await response.body.collect(upTo: 1 << 20)
      answer = try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
    } catch let error as AWSClientError {
      throw error
    } catch is DecodingError {
      // The error would quote the answer.
      throw AWSClientError.noCredentials("the container endpoint \(endpoint) answered no credentials")
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw AWSClientError.noCredentials("the container endpoint \(endpoint) cannot be reached: \(error)")
    }
    let credentials = AWSCredentials(
      accessKey: answer.AccessKeyId, secretKey: answer.SecretAccessKey, sessionToken: answer.Token)
    cached = (try? Date(answer.Expiration ?? "", strategy: .iso8601)).map { (credentials, $0) }
    return credentials
  }

  private struct Answer: Decodable {
    var AccessKeyId: String
    var SecretAccessKey: String
    var Token: String?
    var Expiration: String?
  }

  private static func isTrusted(scheme: String?, host: String) -> Bool {
    if scheme == "https" { return true }
    guard scheme == "http" else { return false }
    // Only the addresses of ECS and EKS, and this machine: a name such as 127.evil.example is neither.
    let loopback = host == "localhost" || (try? SocketAddress(ipAddress: host, port: 0))?.isLoopback == true
    return loopback || ["169.254.170.2", "169.254.170.23"].contains(host)
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
