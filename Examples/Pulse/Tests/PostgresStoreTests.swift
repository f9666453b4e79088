import Foundation
import Logging
import Testing

@testable import Pulse

@Suite struct PostgresStoreTests {
  @Test(.enabled(if: PostgresServer.isExpected, "PostgreSQL is not installed"))
  func keepsAnswersInARealServerAndFindsItAgain() async throws {
    let server = try PostgresServer()
    let (one, other) = (
      try PostgresStore(url: server.url(), logger: .quiet), try PostgresStore(url: server.url(), logger: .quiet)
    )
    try await eventually { (try? await one.check()) != nil }
    try await checkStore(one, other)

    let stranger = try PostgresStore(url: server.url(password: "wrong-word"), logger: .quiet)
    let refused = await #expect(throws: PostgresError.self) { try await stranger.check() }
    #expect(refused?.description.contains("password authentication failed") == true)
    #expect(refused?.description.contains("wrong-word") == false)
    await stranger.close()

    server.stop()
    let lost = await #expect(throws: PostgresError.self) { try await one.check() }
    #expect(lost?.description.contains(server.password) == false)
    try await withPulse(store: one) { client async throws in
      #expect(try await client.get("/healthz").status == .serviceUnavailable)
    }
    try server.start()
    try await eventually { (try? await one.check()) != nil }
    #expect(try await one.tally().count == 41)
    // This one learns of the loss by its next statement, and does not fail for it.
    try await other.add(Answer(score: "9", comment: nil, date: .now))
    #expect(try await other.tally().count == 42)
    await one.close()
    await other.close()
  }

  @Test func saysWhatToInstallWithoutLibpq() {
    let error = #expect(throws: StartError.self) { try LibPQ(names: ["libno-such.so.5"]) }
    #expect(error?.exitCode == 69)
    #expect(error?.description.contains("apt-get install libpq5") == true)
  }

  @Test(.enabled(if: (try? LibPQ()) != nil, "libpq is not installed"))
  func doesNotRepeatAURLThatIsWrong() {
    for url in ["postgresq://pulse:hush@db/pulse", "postgresql://pulse:hush@db/pulse?no=such", "hush"] {
      let error = #expect(throws: StartError.self) { try PostgresStore(url: url, logger: .quiet) }
      #expect(error?.exitCode == 64)
      #expect(error?.description.contains("hush") == false)
    }
  }
}
