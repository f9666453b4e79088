import Foundation
import Testing

@testable import LoadBalancing

@Suite("Health checks")
struct HealthCheckTests {
  private let fast = HealthCheckConfiguration(
    path: "/healthz", interval: .milliseconds(30), timeout: .milliseconds(2000), healthyThreshold: 2,
    unhealthyThreshold: 2)

  @Test("A target that fails its checks gets no request until it has recovered")
  func failing() async throws {
    let (good, bad) = (try await Backend { _ in .text("good") }, try await Backend { _ in .text("bad") })
    try await Fixture.run(to: [good.port, bad.port]) { fixture in
      await fixture.balancer.setTargetGroup(TargetGroupConfiguration(id: "web", healthCheck: fast))
      try await eventually { await fixture.health(bad.port) == .healthy }
      try await eventually { await fixture.health(good.port) == .healthy }
      bad.setHealth(503)
      try await eventually { await fixture.health(bad.port)?.state == .unhealthy }
      #expect(await fixture.health(bad.port)?.description == "Health checks failed with these codes: [503]")
      for _ in 0..<6 { #expect(try await fixture.get().text == "good") }
      bad.setHealth(200)
      try await eventually { await fixture.health(bad.port) == .healthy }
      let answers = [try await fixture.get().text, try await fixture.get().text, try await fixture.get().text]
      #expect(answers.contains("bad"))
    }
    await good.stop()
    await bad.stop()
  }

  @Test("When no target is healthy all get requests")
  func failOpen() async throws {
    let backend = try await Backend()
    backend.setHealth(500)
    try await Fixture.run(to: [backend.port]) { fixture in
      await fixture.balancer.setTargetGroup(TargetGroupConfiguration(id: "web", healthCheck: fast))
      try await eventually { await fixture.health(backend.port)?.state == .unhealthy }
      #expect(try await fixture.get().status == 200)
    }
    await backend.stop()
  }

  @Test("When no target is healthy, those that do not listen get no request while others do")
  func failOpenToThoseThatListen() async throws {
    let (sick, starting) = (try await Backend(), try await Backend())
    sick.setHealth(503)
    await starting.stop()
    try await Fixture.run(to: [sick.port, starting.port]) { fixture in
      await fixture.balancer.setTargetGroup(TargetGroupConfiguration(id: "web", healthCheck: fast))
      try await eventually { await fixture.health(starting.port)?.reason == "Target.FailedHealthChecks" }
      try await eventually { await fixture.health(sick.port)?.reason == "Target.ResponseCodeMismatch" }
      for _ in 0..<6 { #expect(try await fixture.get().status == 200) }
    }
    await sick.stop()
  }

  @Test("A target that does not listen, and one that does not answer, are told apart")
  func reasons() async throws {
    let backend = try await Backend()
    await backend.stop()
    let silent = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [backend.port, silent.port]) { fixture in
      var check = fast
      check.path = "/silent"
      check.timeout = .milliseconds(50)
      await fixture.balancer.setTargetGroup(TargetGroupConfiguration(id: "web", healthCheck: check))
      try await eventually { await fixture.health(backend.port)?.reason == "Target.FailedHealthChecks" }
      try await eventually { await fixture.health(silent.port)?.reason == "Target.Timeout" }
      #expect(await fixture.health(1) == nil)
    }
    await silent.stop()
  }

  @Test("Checks can go to another port and are sent as ALB's")
  func checkPort() async throws {
    let target = try await Backend()
    let checked = try await RawTarget { _, _ in [.write("HTTP/1.1 204 No Content\r\n\r\n")] }
    try await Fixture.run(to: [target.port]) { fixture in
      let check = HealthCheckConfiguration(path: "/live", port: checked.port, successCodes: [200...204])
      await fixture.balancer.setTargetGroup(TargetGroupConfiguration(id: "web", healthCheck: check))
      try await eventually { await fixture.health(target.port) == .healthy }
      try await eventually { checked.seen.contains { $0.text.hasPrefix("GET /live HTTP/1.1\r\n") } }
      #expect(checked.seen[0].text.contains("User-Agent: ELB-HealthChecker/2.0\r\n"))
    }
    await target.stop()
    await checked.stop()
  }
}

@Suite("Statistics")
struct StatisticsTests {
  @Test("What listeners and groups did is counted")
  func counted() async throws {
    let backend = try await Backend { request in
      .text("x", status: .init(statusCode: Int(request.head.uri.dropFirst()) ?? 200))
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      for status in [200, 201, 302, 404, 500] { _ = try await client.get("/\(status)") }
      _ = try await client.request("GET / HTTP/1.1\r\n\r\n")
      let statistics = await fixture.balancer.statistics()
      let group = try #require(statistics.targetGroups["web"])
      #expect(group.requests == 5 && group.inFlight == 0 && group.responseTimes.count == 5)
      #expect(group.responses2xx == 2 && group.responses3xx == 1)
      #expect(group.responses4xx == 1 && group.responses5xx == 1)
      let listener = try #require(statistics.listeners["main"])
      #expect(listener.requests == 5 && listener.own4xx == 1 && listener.own5xx == 0 && listener.connections == 1)
      #expect(listener.receivedBytes > 100 && listener.sentBytes > 100)
    }
    await backend.stop()
  }
}
