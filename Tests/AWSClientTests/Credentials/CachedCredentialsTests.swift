import AsyncHTTPClient
import Foundation
import PalcoCore
import PalcoTestSupport
import Testing

@testable import AWSClient

@Suite struct CachedCredentialsTests {
  /// Gives keys that are numbered; may be made to wait or to fail.
  private actor Source: CredentialSource {
    nonisolated let origin = CredentialsOrigin(name: "the test", remedy: "do something")
    private(set) var fetches = 0
    private(set) var cancellations = 0
    private let gate: AsyncStream<Void>
    private let opener: AsyncStream<Void>.Continuation
    private var isFailing = false
    private let lifetime: TimeInterval?

    init(lifetime: TimeInterval? = 3600, isOpen: Bool = true) {
      self.lifetime = lifetime
      (gate, opener) = AsyncStream.makeStream()
      if isOpen { opener.finish() }
    }

    func open() { opener.finish() }
    func fail(_ fails: Bool) { isFailing = fails }

    func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
      fetches += 1
      let number = fetches
      // Ends when the gate is opened, or by cancellation.
      for await _ in gate {}
      if Task.isCancelled {
        cancellations += 1
        throw CancellationError()
      }
      if isFailing { throw AWSClientError.noCredentials("broken") }
      return TemporaryCredentials(
        credentials: AWSCredentials(accessKey: "K\(number)", secretKey: "s"),
        expiration: lifetime.map { time.now() + $0 })
    }
  }

  private let clock = TestClock()

  private func key(_ provider: CachedCredentials) async throws -> String {
    try await provider.credentials(http: .shared, time: clock.timeSource).accessKey
  }

  @Test func manyWaitForOneRenewal() async throws {
    let source = Source(isOpen: false)
    let provider = CachedCredentials(source)
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await key(provider) } }
      #expect(await eventually { await source.fetches == 1 })
      await source.open()
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(keys == ["K1"])
    #expect(await source.fetches == 1)
  }

  @Test func theyAreRenewedFiveMinutesBeforeTheyEnd() async throws {
    let provider = CachedCredentials(Source())
    #expect(try await key(provider) == "K1")
    clock.advance(by: .seconds(3299))
    #expect(try await key(provider) == "K1")
    clock.advance(by: .seconds(1))
    #expect(try await key(provider) == "K2")
  }

  @Test func shortOnesAreRenewedAtHalfTime() async throws {
    let provider = CachedCredentials(Source(lifetime: 100))
    #expect(try await key(provider) == "K1")
    clock.advance(by: .seconds(49))
    #expect(try await key(provider) == "K1")
    clock.advance(by: .seconds(1))
    #expect(try await key(provider) == "K2")
  }

  @Test func onesWithoutEndAreKept() async throws {
    let provider = CachedCredentials(Source(lifetime: nil))
    #expect(try await key(provider) == "K1")
    clock.advance(by: .seconds(1e9))
    #expect(try await key(provider) == "K1")
  }

  @Test func whatStillHoldsOutlivesAFailedRenewal() async throws {
    let source = Source()
    let provider = CachedCredentials(source)
    #expect(try await key(provider) == "K1")
    await source.fail(true)
    clock.advance(by: .seconds(3400))
    #expect(try await key(provider) == "K1")
    #expect(try await key(provider) == "K1")
    // The source is left alone for a while.
    #expect(await source.fetches == 2)
    clock.advance(by: .seconds(31))
    #expect(try await key(provider) == "K1")
    #expect(await source.fetches == 3)
    clock.advance(by: .seconds(200))
    await #expect(throws: AWSClientError.noCredentials("broken")) { try await key(provider) }
    await source.fail(false)
    #expect(try await key(provider) == "K5")
  }

  @Test func expiredOnesAreNotUsed() async throws {
    let provider = CachedCredentials(Source(lifetime: 0))
    await #expect(throws: AWSClientError.credentialsExpired(origin: "the test", remedy: "do something")) {
      try await key(provider)
    }
  }

  @Test func whatAServiceCallsExpiredIsDiscarded() async throws {
    let provider = CachedCredentials(Source())
    let first = try await provider.credentials(http: .shared, time: clock.timeSource)
    #expect(await provider.discard(first))
    #expect(try await key(provider) == "K2")
    // A late report of the first does not touch the second.
    #expect(await provider.discard(first))
    #expect(try await key(provider) == "K2")
  }

  @Test func whoGivesUpTakesNobodyAlong() async throws {
    let source = Source(isOpen: false)
    let provider = CachedCredentials(source)
    let first = Task { try await key(provider) }
    #expect(await eventually { await source.fetches == 1 })
    let second = Task { try await key(provider) }
    first.cancel()
    await source.open()
    #expect(try await second.value.hasPrefix("K"))
  }

  @Test func aRenewalThatNobodyWaitsForIsCancelled() async throws {
    let source = Source(isOpen: false)
    let provider = CachedCredentials(source)
    let only = Task { try await key(provider) }
    #expect(await eventually { await source.fetches == 1 })
    only.cancel()
    await #expect(throws: CancellationError.self) { try await only.value }
    #expect(await source.cancellations == 1)
    await source.open()
    #expect(try await key(provider) == "K2")
  }
}
