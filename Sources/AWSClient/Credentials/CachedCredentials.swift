import AsyncHTTPClient
import Foundation
import PalcoCore
import Synchronization

/// Keeps what a source gave and asks it again in time: once, however many wait.
actor CachedCredentials: CredentialsProvider {
  nonisolated let origin: CredentialsOrigin
  private let source: any CredentialSource
  private var kept: (value: TemporaryCredentials, renewal: Date)?
  private var refresh: Refresh?

  /// Credentials are renewed so long before they end (or at half of their time, when that is shorter): a release
  /// goes on with what it began with.
  static let margin: TimeInterval = 300
  /// After a renewal that failed, while the old ones still hold.
  static let pause: TimeInterval = 30

  init(_ source: any CredentialSource) {
    self.source = source
    origin = source.origin
  }

  func credentials(http: HTTPClient, time: TimeSource) async throws -> AWSCredentials {
    while true {
      if let kept, kept.renewal > time.now() { return kept.value.credentials }
      do {
        return try await renewed(http: http, time: time)
      } catch is CancellationError {
        // Whoever began the renewal gave up; this caller did not.
        try Task.checkCancellation()
      }
    }
  }

  func discard(_ credentials: AWSCredentials) -> Bool {
    if kept?.value.credentials == credentials { kept = nil }
    return true
  }

  private func renewed(http: HTTPClient, time: TimeSource) async throws -> AWSCredentials {
    let current = refresh ?? Refresh { [source] in try await source.fetch(http: http, time: time) }
    refresh = current
    let result: Result<TemporaryCredentials, any Error>
    do { result = .success(try await current.value()) } catch { result = .failure(error) }
    // The first who comes back keeps the result for all.
    let isFirst = refresh === current
    if isFirst { refresh = nil }
    let now = time.now()
    do {
      let value = try result.get()
      if let end = value.expiration, end <= now {
        throw AWSClientError.credentialsExpired(origin: origin.name, remedy: origin.remedy)
      }
      if isFirst { kept = (value, Self.renewal(of: value, at: now)) }
      return value.credentials
    } catch let error where !(error is CancellationError) {
      guard let old = kept, let end = old.value.expiration, end > now else { throw error }
      if isFirst { kept?.renewal = min(end, now + Self.pause) }
      return old.value.credentials
    }
  }

  private static func renewal(of value: TemporaryCredentials, at now: Date) -> Date {
    guard let end = value.expiration else { return .distantFuture }
    return end - min(margin, end.timeIntervalSince(now) / 2)
  }
}

/// One renewal that many wait for; it is cancelled when nobody does any more.
private final class Refresh: Sendable {
  private let task: Task<TemporaryCredentials, any Error>
  private let waiting = Mutex(0)

  init(_ work: @escaping @Sendable () async throws -> TemporaryCredentials) {
    task = Task { try await work() }
  }

  func value() async throws -> TemporaryCredentials {
    waiting.withLock { $0 += 1 }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      let left = waiting.withLock { count in
        count -= 1
        return count
      }
      if left == 0 { task.cancel() }
    }
  }
}
