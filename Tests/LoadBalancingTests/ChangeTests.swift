import Foundation
import NIOCore
import Testing

@testable import LoadBalancing

/// Changes of weights, targets and listeners while requests run.
@Suite("Changes under load")
struct ChangeTests {
  /// Sends requests on several connections until told to stop, half of them on fresh connections; counts what came.
  private func load(
    on fixture: Fixture, clients: Int = 6, body: Int = 0, while change: () async throws -> Void
  ) async throws -> (total: Int, failures: [String]) {
    let isDone = Flag()
    return try await withThrowingTaskGroup(of: (Int, [String]).self) { tasks in
      for number in 0..<clients {
        tasks.addTask {
          var (total, failures) = (0, [String]())
          var client = try await fixture.client()
          while !isDone.isSet {
            do {
              let answer: Answer
              if body > 0 {
                let text = String(repeating: "x", count: body)
                answer = try await client.request(
                  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body)\r\n\r\n\(text)")
              } else {
                answer = try await client.get()
              }
              if answer.status != 200 { failures.append("\(answer.status)") }
            } catch {
              failures.append("\(error)")
              client = try await fixture.client()
            }
            total += 1
            if number.isMultiple(of: 2) {
              await client.close()
              client = try await fixture.client()
            }
          }
          return (total, failures)
        }
      }
      do {
        try await change()
      } catch {
        isDone.set()
        throw error
      }
      isDone.set()
      var result = (total: 0, failures: [String]())
      for try await (total, failures) in tasks {
        result.total += total
        result.failures += failures
      }
      return result
    }
  }

  @Test("Weights hold to the binomial bound", arguments: [(90, 10), (50, 50), (999, 1), (1, 0)])
  func shares(blueWeight: Int, greenWeight: Int) async throws {
    let (blue, green) = (try await Backend(), try await Backend())
    let ports = ["blue": [blue.port], "green": [green.port]]
    try await Fixture.run(ports, rules: [.weighted([("blue", blueWeight), ("green", greenWeight)])]) { fixture in
      let client = try await fixture.client()
      let count = 1000
      for _ in 0..<count { _ = try await client.get() }
      let share = Double(greenWeight) / Double(blueWeight + greenWeight)
      let bound = 3 * (Double(count) * share * (1 - share)).squareRoot() + 1
      #expect(abs(Double(green.seen.count) - share * Double(count)) <= bound)
      #expect(blue.seen.count + green.seen.count == count)
      if greenWeight == 0 { #expect(green.seen.isEmpty) }
    }
    await blue.stop()
    await green.stop()
  }

  @Test("Shifting weights fails no request, and counts from the return of the call", arguments: [0, 100_000])
  func weights(body: Int) async throws {
    let (blue, green) = (try await Backend(), try await Backend())
    let ports = ["blue": [blue.port], "green": [green.port]]
    try await Fixture.run(ports, rules: [.weighted([("blue", 100), ("green", 0)])]) { fixture in
      let result = try await load(on: fixture, body: body) {
        for _ in 0..<5 {
          for weight in [0, 10, 50, 100, 30] {
            await fixture.balancer.setRules(
              [.weighted([("blue", 100 - weight), ("green", weight)])], ofListener: "main")
            try await Task.sleep(for: .milliseconds(20))
          }
        }
      }
      #expect(result.failures.isEmpty && result.total > 20, "\(result.failures.prefix(3))")
      #expect(!blue.seen.isEmpty && !green.seen.isEmpty)
      await fixture.balancer.setRules([.weighted([("blue", 0), ("green", 1)])], ofListener: "main")
      let before = blue.seen.count
      for _ in 0..<20 { _ = try await fixture.get() }
      #expect(blue.seen.count == before)
    }
    await blue.stop()
    await green.stop()
  }

  @Test("Targets that come and leave fail no request")
  func targets() async throws {
    let backends = [
      try await Backend(), try await Backend { _ in Reply(delay: .milliseconds(5)) }, try await Backend(),
    ]
    try await Fixture.run(to: [backends[0].port]) { fixture in
      let result = try await load(on: fixture) {
        for round in 0..<6 {
          let address = TargetAddress(host: "127.0.0.1", port: backends[1 + round % 2].port)
          await fixture.balancer.register([address], in: "web")
          try await eventually { await fixture.health(address.port)?.state == .healthy }
          try await Task.sleep(for: .milliseconds(20))
          await fixture.balancer.deregister([address], from: "web")
          try await eventually { await fixture.health(address.port) == nil }
          // Gone means idle: what is stopped now is missed by nobody.
          let seen = backends[1 + round % 2].seen.count
          try await Task.sleep(for: .milliseconds(10))
          #expect(backends[1 + round % 2].seen.count == seen)
        }
      }
      #expect(result.failures.isEmpty && result.total > 20, "\(result.failures.prefix(3))")
      #expect(!backends[1].seen.isEmpty && !backends[2].seen.isEmpty)
    }
    for backend in backends { await backend.stop() }
  }

  @Test("A target drains until its request has ended, and gets none meanwhile")
  func draining() async throws {
    let slow = try await RawTarget { text, _ in
      text.hasSuffix("done") ? [.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nslow")] : []
    }
    let other = try await Backend { _ in .text("other") }
    try await Fixture.run(to: [slow.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
      try await eventually { !slow.seen.isEmpty }
      await fixture.balancer.register([TargetAddress(host: "127.0.0.1", port: other.port)], in: "web")
      await fixture.balancer.deregister([TargetAddress(host: "127.0.0.1", port: slow.port)], from: "web")
      #expect(await fixture.health(slow.port) == .draining)
      for _ in 0..<5 { #expect(try await fixture.get().text == "other") }
      #expect(await fixture.health(slow.port) == .draining)
      try await client.send("done")
      #expect(try await client.answer().text == "slow")
      try await eventually { await fixture.health(slow.port) == nil }
    }
    await slow.stop()
    await other.stop()
  }

  @Test("After the deregistration delay what is in flight is cut off")
  func delayOver() async throws {
    let stuck = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [stuck.port]) { fixture in
      await fixture.balancer.setTargetGroup(
        TargetGroupConfiguration(id: "web", healthCheck: Fixture.health, deregistrationDelay: .milliseconds(100)))
      let client = try await fixture.client()
      try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually { !stuck.seen.isEmpty }
      await fixture.balancer.deregister([TargetAddress(host: "127.0.0.1", port: stuck.port)], from: "web")
      #expect(try await client.answer().status == 502)
      try await eventually { await fixture.health(stuck.port) == nil && stuck.seen[0].isClosed }
    }
    await stuck.stop()
  }

  @Test("A draining target that is registered again serves again")
  func revival() async throws {
    let target = try await RawTarget { text, _ in
      text.hasSuffix("\r\n\r\n") ? [] : [.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    }
    let address = TargetAddress(host: "127.0.0.1", port: target.port)
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n")
      try await eventually { !target.seen.isEmpty }
      await fixture.balancer.deregister([address], from: "web")
      await fixture.balancer.register([address], in: "web")
      try await eventually { await fixture.health(target.port) == .healthy }
      try await client.send("x")
      #expect(try await client.answer().status == 200)
      #expect(await fixture.health(target.port) == .healthy)
    }
    await target.stop()
  }

  @Test("Idle connections to a target that leaves are closed")
  func idleConnectionsClosed() async throws {
    let target = try await RawTarget { _, _ in [.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
    try await Fixture.run(to: [target.port]) { fixture in
      #expect(try await fixture.get().status == 200)
      await fixture.balancer.deregister([TargetAddress(host: "127.0.0.1", port: target.port)], from: "web")
      try await eventually { target.seen.allSatisfy(\.isClosed) }
      #expect(try await fixture.get().status == 503)
    }
    await target.stop()
  }

  @Test("A listener that closes lets requests in flight finish, and refuses new ones")
  func closing() async throws {
    let backend = try await Backend { _ in Reply(body: ByteBuffer(string: "late"), delay: .seconds(2)) }
    try await Fixture.run(to: [backend.port]) { fixture in
      let (busy, idle) = (try await fixture.client(), try await fixture.client())
      try await busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually { backend.seen.count == 1 }
      await fixture.balancer.close(listener: "main", grace: .seconds(10))
      let answer = try await busy.answer()
      #expect(answer.text == "late" && answer["Connection"] == "close")
      try await eventually { busy.isClosed && idle.isClosed }
      await #expect(throws: (any Error).self) { try await fixture.client() }
    }
    await backend.stop()
  }

  @Test("Grace has an end")
  func graceOver() async throws {
    let target = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually { !target.seen.isEmpty }
      await fixture.balancer.close(listener: "main", grace: .milliseconds(50))
      try await eventually { client.isClosed }
    }
    await target.stop()
  }

  @Test("A port that is taken is a clear error, and can be had once it is free")
  func portTaken() async throws {
    try await Fixture.run([:], rules: [.otherwise]) { fixture in
      let taken = ListenerConfiguration(id: "second", host: "127.0.0.1", port: fixture.port, rules: [.otherwise])
      await #expect(throws: LoadBalancingError.addressInUse(host: "127.0.0.1", port: fixture.port)) {
        try await fixture.balancer.open(taken)
      }
      await #expect(throws: LoadBalancingError.duplicateListener("main")) {
        try await fixture.balancer.open(ListenerConfiguration(id: "main", host: "127.0.0.1", port: 0, rules: []))
      }
      await fixture.balancer.close(listener: "main", grace: .zero)
      let port = try await fixture.balancer.open(taken)
      #expect(port == fixture.port)
      let answer = try await fixture.get()
      #expect(answer.status == 404)
    }
  }
}
