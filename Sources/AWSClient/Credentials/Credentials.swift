import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore

/// The keys that requests are signed with.
public typealias AWSCredentials = SigV4Credentials

/// Where credentials are from, for people; no secret.
public struct CredentialsOrigin: Sendable, Equatable {
  /// Completes "the credentials of …": `the profile 'work' in /home/a/.aws/credentials`.
  public var name: String
  /// What to do when they have expired, as an imperative.
  public var remedy: String

  /// Describes an origin.
  public init(name: String, remedy: String) {
    self.name = name
    self.remedy = remedy
  }
}

/// Where credentials come from.
public protocol CredentialsProvider: Sendable {
  /// In words.
  var origin: CredentialsOrigin { get }

  /// Credentials that are valid now.
  ///
  /// - Parameters:
  ///   - http: For providers that must ask for them.
  ///   - time: The clock, and the waits between attempts to get them.
  /// - Throws: ``AWSClientError``.
  func credentials(http: HTTPClient, time: TimeSource) async throws -> AWSCredentials

  /// Forgets credentials that a service calls expired.
  ///
  /// - Returns: Whether others may be had now.
  func discard(_ credentials: AWSCredentials) async -> Bool
}

/// Credentials that are known and never change.
public struct StaticCredentials: CredentialsProvider {
  public let origin: CredentialsOrigin
  private let value: AWSCredentials

  /// Makes a provider of known credentials.
  public init(
    _ value: AWSCredentials,
    origin: CredentialsOrigin = CredentialsOrigin(name: "this program", remedy: "start again with new ones")
  ) {
    self.value = value
    self.origin = origin
  }

  public func credentials(http: HTTPClient, time: TimeSource) -> AWSCredentials { value }
  public func discard(_ credentials: AWSCredentials) -> Bool { false }
}

/// Asks for credentials, each time anew.
protocol CredentialSource: Sendable {
  var origin: CredentialsOrigin { get }
  /// - Throws: ``AWSClientError``, `CancellationError`.
  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials
}

/// Credentials with their end; `nil` for those that have none.
struct TemporaryCredentials: Sendable, Equatable {
  var credentials: AWSCredentials
  var expiration: Date?
}
