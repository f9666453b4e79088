import AWSWire
import AsyncHTTPClient
import Foundation

/// The keys that requests are signed with.
public typealias AWSCredentials = SigV4Credentials

/// Where credentials come from.
public protocol CredentialsProvider: Sendable {
  /// Credentials that are valid at an instant.
  ///
  /// - Parameters:
  ///   - http: For providers that must ask for them.
  ///   - now: The present instant.
  /// - Throws: ``AWSClientError/noCredentials(_:)``.
  func credentials(http: HTTPClient, now: Date) async throws -> AWSCredentials
}

/// Credentials that are known and never change.
public struct StaticCredentials: CredentialsProvider {
  private let value: AWSCredentials

  /// Makes a provider of known credentials.
  public init(_ value: AWSCredentials) {
    self.value = value
  }

  public func credentials(http: HTTPClient, now: Date) -> AWSCredentials { value }
}
