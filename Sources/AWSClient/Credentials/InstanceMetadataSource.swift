import AWSWire
import AsyncHTTPClient
import Foundation
import NIOHTTP1
import PalcoCore

/// Credentials of the role of an EC2 instance, by version 2 of its metadata service. Version 1, which any program that
/// can be made to fetch a URL can ask, is not used.
///
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
struct InstanceMetadataSource: CredentialSource {
  let origin: CredentialsOrigin
  private let endpoint: URL
  private let limit: Duration
  /// What was looked at before, for the error of a machine that is no instance.
  private let before: String?

  /// Makes a source; `nil` when the environment or the profile forbids it.
  ///
  /// - Throws: ``AWSClientError/configuration(_:)`` for an endpoint that is none.
  init?(environment: [String: String], profile: SharedFiles.Section?, before: String?) throws(AWSClientError) {
    guard environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() != "true" else { return nil }
    let mode = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] ?? profile?["ec2_metadata_service_endpoint_mode"]
    let standard = mode?.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    let text =
      environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? profile?["ec2_metadata_service_endpoint"] ?? standard
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else {
      throw .configuration("AWS_EC2_METADATA_SERVICE_ENDPOINT is no URL of the form http://host")
    }
    endpoint = url
    let seconds = environment["AWS_METADATA_SERVICE_TIMEOUT"] ?? profile?["metadata_service_timeout"] ?? "1"
    guard let limit = Int(seconds), (1...3600).contains(limit) else {
      throw .configuration("AWS_METADATA_SERVICE_TIMEOUT must be a number of seconds from 1")
    }
    self.limit = .seconds(limit)
    self.before = before
    origin = CredentialsOrigin(
      name: "the role of this EC2 instance (\(url))", remedy: "check the instance profile of the instance")
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    // One attempt, of one second unless it is set otherwise: no laptop has such a service.
    let service = CredentialEndpoint(
      name: origin.name, http: http, time: time, limit: limit, attempts: 1)
    let token = try await token(of: service)
    let roles = "latest/meta-data/iam/security-credentials/"
    let list = try await get(roles, token: token, from: service)
    guard list.status == 200, let role = String(decoding: list.body, as: UTF8.self).split(separator: "\n").first else {
      throw AWSClientError.noCredentials("\(origin.name) has none: the instance has no instance profile")
    }
    let answer = try await get(roles + role, token: token, from: service)
    guard answer.status == 200 else {
      throw AWSClientError.noCredentials("\(origin.name) answered HTTP \(answer.status) for the role \(role)")
    }
    return try service.read(CredentialDocument.self, from: answer.body).credentials(from: origin.name)
  }

  private func token(of service: CredentialEndpoint) async throws -> String {
    var request = HTTPClientRequest(url: endpoint.appending(path: "latest/api/token").absoluteString)
    request.method = .PUT
    request.headers.add(name: "X-aws-ec2-metadata-token-ttl-seconds", value: "21600")
    do {
      let answer = try await service.ask(request)
      guard answer.status == 200 else {
        throw AWSClientError.noCredentials("\(origin.name) answered HTTP \(answer.status) to the request for a token")
      }
      return String(decoding: answer.body, as: UTF8.self)
    } catch let error as ConnectionFailure {
      // The answer to the token's request is dropped at the first hop too many, such as a container's bridge.
      let hint = "in a container on EC2, the metadata hop limit of the instance must be 2"
      throw AWSClientError.noCredentials(
        before.map { "\($0); and \(endpoint) does not answer (\(error.reason); \(hint))" }
          ?? "\(origin.name) does not answer: \(error.reason); \(hint)")
    }
  }

  private func get(_ path: String, token: String, from service: CredentialEndpoint) async throws
    -> AWSTransport.Answer
  {
    var request = HTTPClientRequest(url: endpoint.appending(path: path).absoluteString)
    request.headers.add(name: "X-aws-ec2-metadata-token", value: token)
    do {
      return try await service.ask(request)
    } catch let error as ConnectionFailure {
      throw AWSClientError.noCredentials("\(origin.name) does not answer: \(error.reason)")
    }
  }
}
