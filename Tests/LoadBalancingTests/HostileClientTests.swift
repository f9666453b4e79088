import Foundation
import Testing

@testable import LoadBalancing

@Suite("Hostile clients")
struct HostileClientTests {
  @Test(
    "What could smuggle a request is refused and ends the connection; nothing reaches the target",
    arguments: [
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "GET / HTTP/1.1\nHost: x\n\n",
      "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c: d\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n",
      "GET relative HTTP/1.1\r\nHost: x\r\n\r\n",
      "\u{16}\u{3}\u{1}\u{0}\r\n\r\n",
    ])
  func smuggling(text: String) async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      try await client.send(text)
      let answer = try await client.answer()
      #expect(answer.status == 400 && answer["Connection"] == "close")
      #expect(answer.text.contains("<h1>400 Bad Request</h1>"))
      try await eventually { client.isClosed }
      #expect(client.received.isEmpty && backend.seen.isEmpty)
      #expect(await fixture.statistics.own4xx == 1)
    }
    await backend.stop()
  }

  @Test("Broken chunks end the request and the target's connection")
  func brokenChunks() async throws {
    let target = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
      try await eventually { target.seen.first?.text.hasSuffix("hello\r\n") == true }
      try await client.send("zz\r\n")
      #expect(try await client.answer().status == 400)
      try await eventually { client.isClosed && target.seen.first?.isClosed == true }
    }
    await target.stop()
  }

  @Test("Heads that are too long are refused before they end")
  func tooLong() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let long = String(repeating: "a", count: 20_000)
      let answer414 = try await fixture.send("GET /\(long)")
      #expect(answer414.status == 414)
      let answer400 = try await fixture.send("GET / HTTP/1.1\r\nHost: x\r\nA: \(long)")
      #expect(answer400.status == 400)
      let many = String(repeating: "A: \(String(repeating: "b", count: 1000))\r\n", count: 70)
      let answerMany = try await fixture.send("GET / HTTP/1.1\r\nHost: x\r\n\(many)")
      #expect(answerMany.status == 400)
      #expect(backend.seen.isEmpty)
    }
    await backend.stop()
  }

  @Test("A client that sends requests and takes no answers is not served on: its answers would fill the memory")
  func takesNoAnswers() async throws {
    let answer = ListenerRule(
      id: "big",
      action: .fixedResponse(status: 200, contentType: "text/plain", body: String(repeating: "x", count: 50_000)))
    try await Fixture.run([:], rules: [answer]) { fixture in
      let client = try await RawClient(port: fixture.port, autoRead: false)
      let count = 1500
      try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: count))
      let served = try await settled { await fixture.statistics.requests }
      #expect(served < count / 2)
      // Once it takes them all come.
      try await client.channel.setOption(.autoRead, value: true)
      try await eventually { await fixture.statistics.requests == count }
    }
  }

  @Test("TRACE and other versions are refused as ALB does")
  func methodAndVersion() async throws {
    try await Fixture.run([:], rules: [.otherwise]) { fixture in
      let answer405 = try await fixture.send("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(answer405.status == 405)
      let answer505 = try await fixture.send("GET / HTTP/3.0\r\nHost: x\r\n\r\n")
      #expect(answer505.status == 505)
    }
  }

  @Test("A target in absolute form of the same host is passed on in origin form")
  func absoluteForm() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      _ = try await fixture.send("GET http://x/a?b HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(backend.seen.first?.head.uri == "/a?b")
    }
    await backend.stop()
  }

  @Test("Slow loris: who sends a head byte by byte gets 408, however busy")
  func slowLoris() async throws {
    try await Fixture.run([:], rules: [.otherwise], limits: ConnectionLimits(headTimeout: .milliseconds(300))) {
      fixture in
      let client = try await fixture.client()
      try await client.send("GET / HTTP/1.1\r\nHost: x\r\n")
      let began = ContinuousClock.now
      while !client.isClosed, ContinuousClock.now - began < .seconds(10) {
        try? await client.send("A: b\r\n")
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(client.isClosed)
      #expect(String(decoding: client.received.prefix(12), as: UTF8.self) == "HTTP/1.1 408")
    }
  }

  @Test("A client that stops in its body gets 408")
  func slowBody() async throws {
    let target = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [target.port], idleTimeout: .seconds(2)) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
      #expect(try await client.answer().status == 408)
      try await eventually { client.isClosed && target.seen.first?.isClosed == true }
    }
    await target.stop()
  }

  @Test("An idle connection is closed without a word")
  func idle() async throws {
    try await Fixture.run([:], rules: [.otherwise], idleTimeout: .seconds(2)) { fixture in
      let (silent, used) = (try await fixture.client(), try await fixture.client())
      #expect(try await used.get().status == 404)
      try await eventually { silent.isClosed && used.isClosed }
      #expect(silent.received.isEmpty && used.received.isEmpty)
    }
  }
}
