import Foundation
import Logging
import NIOPosix
import PalcoCore

@testable import LoadBalancing

/// A balancer with one listener, `main`, for one test.
struct Fixture: Sendable {
  let balancer: LoadBalancer
  let port: Int

  static let health = HealthCheckConfiguration(path: "/healthz", interval: .seconds(30), timeout: .seconds(5))

  /// - Parameter groups: The targets' ports by group.
  static func run(
    _ groups: [String: [Int]], rules: [ListenerRule], limits: ConnectionLimits = ConnectionLimits(),
    idleTimeout: Duration = .seconds(60), _ body: (Fixture) async throws -> Void
  ) async throws {
    let balancer = LoadBalancer(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, limits: limits,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    for (id, ports) in groups {
      await balancer.setTargetGroup(TargetGroupConfiguration(id: id, healthCheck: health))
      await balancer.register(ports.map { TargetAddress(host: "127.0.0.1", port: $0) }, in: id)
    }
    let port = try await balancer.open(
      ListenerConfiguration(id: "main", host: "127.0.0.1", port: 0, rules: rules, idleTimeout: idleTimeout))
    let result: Result<Void, any Error>
    do { result = .success(try await body(Fixture(balancer: balancer, port: port))) } catch { result = .failure(error) }
    await balancer.shutdown(grace: .zero)
    try result.get()
  }

  /// Everything goes to the group `web`.
  static func run(
    to ports: [Int], limits: ConnectionLimits = ConnectionLimits(), idleTimeout: Duration = .seconds(60),
    _ body: (Fixture) async throws -> Void
  ) async throws {
    try await run(["web": ports], rules: [.to("web")], limits: limits, idleTimeout: idleTimeout, body)
  }

  func client() async throws -> RawClient { try await RawClient(port: port) }

  /// One request on a connection of its own.
  func get(_ path: String = "/", _ fields: String...) async throws -> Answer {
    let client = try await client()
    let lines = fields.map { $0 + "\r\n" }.joined()
    let answer = try await client.request("GET \(path) HTTP/1.1\r\nHost: test.local\r\n\(lines)\r\n")
    await client.close()
    return answer
  }

  /// The answer to some bytes on a connection of their own.
  func send(_ text: String) async throws -> Answer { try await client().request(text) }

  func health(_ port: Int, in group: String = "web") async -> TargetHealth? {
    await balancer.health(of: group)[TargetAddress(host: "127.0.0.1", port: port)]
  }

  var statistics: ListenerStatistics {
    get async { await balancer.statistics().listeners["main"] ?? ListenerStatistics() }
  }
}

extension ListenerRule {
  static func to(_ group: String, id: String = "default") -> ListenerRule { weighted([(group, 1)], id: id) }

  static func weighted(
    _ parts: [(String, Int)], stickiness: Duration? = nil, id: String = "default"
  ) -> ListenerRule {
    ListenerRule(
      id: id,
      action: .forward(
        parts.map { WeightedTargetGroup(targetGroupID: $0.0, weight: $0.1) }, stickiness: stickiness))
  }

  static func when(_ condition: RuleCondition, say text: String) -> ListenerRule {
    ListenerRule(
      id: text, conditions: [condition], action: .fixedResponse(status: 200, contentType: "text/plain", body: text))
  }

  static let otherwise = ListenerRule(
    id: "default", action: .fixedResponse(status: 404, contentType: "text/plain", body: "none"))
}
