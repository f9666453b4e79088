import HTTPTypes
import Hummingbird
import Testing

@testable import LocalCloud

@Suite struct LoopbackGuardTests {
  private let guardian = LoopbackGuard<BasicRequestContext>(port: 4650)

  private func isRefused(
    host: String?, _ headers: [(String, String)] = [], method: HTTPRequest.Method = .post
  ) throws -> Bool {
    let head = HTTPRequest(
      method: method, scheme: "http", authority: host, path: "/", headerFields: HTTPFields(headers.map { ($0, $1) }))
    return guardian.refusal(of: head) != nil
  }

  @Test(arguments: [
    "127.0.0.1:4650", "localhost:4650", "LOCALHOST:4650", "[::1]:4650",
    "000000000000.dkr.ecr.us-east-1.localhost:4650",
  ])
  func ourOwnNamesMayPass(host: String) throws {
    #expect(try !isRefused(host: host))
  }

  @Test(arguments: [
    nil, "", "evil.example", "evil.example:4650", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:04650", "127.0.0.2:4650",
    "localhost.evil.example:4650", "evillocalhost:4650", ".localhost:4650", "localhost:4650:4650",
    "127.0.0.1:4650@evil.example", "ecs.us-east-1.amazonaws.com", "0.0.0.0:4650", "[::1]", "[::1]:80",
  ])
  func foreignNamesAreRefusedAsInDNSRebinding(host: String?) throws {
    #expect(try isRefused(host: host))
  }

  @Test func aSecondHostIsRefused() throws {
    #expect(try isRefused(host: "127.0.0.1:4650", [("Host", "evil.example")]))
  }

  @Test(arguments: [
    "http://evil.example", "null", "https://127.0.0.1:4650", "http://localhost:3000", "http://127.0.0.1", "",
  ])
  func foreignOriginsAreRefused(origin: String) throws {
    #expect(try isRefused(host: "127.0.0.1:4650", [("Origin", origin)]))
    #expect(
      try isRefused(host: "127.0.0.1:4650", [("Origin", "http://127.0.0.1:4650"), ("Origin", origin)]))
  }

  @Test func ourOwnOriginMayPass() throws {
    #expect(try !isRefused(host: "127.0.0.1:4650", [("Origin", "http://127.0.0.1:4650")]))
    #expect(try !isRefused(host: "localhost:4650", [("Origin", "http://localhost:4650")]))
  }

  @Test(arguments: [("cross-site", true), ("same-site", true), ("same-origin", false), ("none", false)])
  func whatBrowsersSayOfTheSiteDecides(site: String, refused: Bool) throws {
    #expect(try isRefused(host: "127.0.0.1:4650", [("Sec-Fetch-Site", site)], method: .get) == refused)
  }

  @Test func preflightsAreRefused() throws {
    #expect(try isRefused(host: "127.0.0.1:4650", method: .options))
  }
}
