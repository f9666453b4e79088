import Foundation
import NIOCore
import Testing

@testable import LoadBalancing

@Suite("Failures")
struct FailureTests {
  @Test("Without targets, and without weights, the answer is ALB's 503")
  func unavailable() async throws {
    let backend = try await Backend()
    for (group, weight) in [("empty", 1), ("web", 0)] {
      try await Fixture.run(["empty": [], "web": [backend.port]], rules: [.weighted([(group, weight)])]) { fixture in
        let client = try await fixture.client()
        let answer = try await client.get()
        #expect(answer.status == 503 && answer["Server"] == "awselb/2.0" && answer["Content-Type"] == "text/html")
        #expect(
          answer.text == "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n"
            + "<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n")
        #expect(try await client.get().status == 503)
        #expect(await fixture.statistics.own5xx == 2)
      }
    }
    await backend.stop()
  }

  @Test("A target that refuses the connection is 502")
  func refused() async throws {
    let backend = try await Backend()
    await backend.stop()
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      let answer = try await client.request("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
      #expect(answer.status == 502 && answer.text.contains("<title>502 Bad Gateway</title>"))
      #expect(try await client.get().status == 502)
      let group = await fixture.balancer.statistics().targetGroups["web"]
      #expect(group?.connectionErrors == 2 && group?.inFlight == 0)
    }
  }

  @Test(
    "A target that does not answer in HTTP is 502",
    arguments: [
      [RawTarget.Step.close], [.reset], [.write("HTTP/1.1 200 OK\r\nCont"), .close], [.write("220 mail ready\r\n")],
      [.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")],
      [.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")],
    ])
  func noAnswer(steps: [RawTarget.Step]) async throws {
    let target = try await RawTarget { _, _ in steps }
    try await Fixture.run(to: [target.port]) { fixture in
      let answer = try await fixture.get()
      #expect(answer.status == 502)
    }
    await target.stop()
  }

  @Test("A target that does not answer in time is 504")
  func timeout() async throws {
    let target = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [target.port], idleTimeout: .seconds(2)) { fixture in
      let client = try await fixture.client()
      let answer = try await client.get()
      #expect(answer.status == 504 && answer.text.contains("504 Gateway Time-out"))
      try await eventually { target.seen.first?.isClosed == true }
    }
    await target.stop()
  }

  @Test("A pooled connection that the target has closed fails no request", arguments: ["", "some body"])
  func stalePooledConnection(body: String) async throws {
    let target = try await RawTarget { text, number in
      // The first connection serves one request, and closes only when the second one has come.
      let count = text.components(separatedBy: "HTTP/1.1\r\n").count - 1
      if number == 0, count > 1 { return [.close] }
      return text.hasSuffix("\r\n\r\n" + body) ? [.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")] : []
    }
    let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      for _ in 0..<3 { #expect(try await client.request(request).text == "ok") }
      #expect(target.seen.count == 2)
      #expect(await fixture.balancer.statistics().targetGroups["web"]?.connectionErrors == 0)
    }
    await target.stop()
  }

  @Test(
    "A target that goes in the midst of an answer cuts the client off: no half answer looks whole",
    arguments: [
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ], ["HTTP/1.1", "HTTP/1.0"])
  func goneMidAnswer(answer: String, version: String) async throws {
    let target = try await RawTarget { _, _ in [.write(answer), .close] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("GET / \(version)\r\nHost: x\r\n\r\n")
      try await eventually { client.isClosed }
      let isWhole = Answer.parse(client.received, isClosed: true, isHead: false) != nil
      // Only by a reset can a client of HTTP/1.0 tell when there is no length.
      #expect(!isWhole || client.error != nil)
    }
    await target.stop()
  }

  @Test("A reset is no end of an answer that lasts until the end")
  func resetMidAnswer() async throws {
    let target = try await RawTarget { text, _ in
      text.hasSuffix("more") ? [.reset] : [.write("HTTP/1.1 200 OK\r\n\r\nhalf")]
    }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
      try await eventually { client.received.suffix(6) == Data("half\r\n".utf8) }
      try await client.send("more")
      try await eventually { client.isClosed }
      #expect(Answer.parse(client.received, isClosed: true, isHead: false) == nil)
    }
    await target.stop()
  }

  @Test("When the client goes in the midst of its body, the target's connection is closed and not used again")
  func clientGone() async throws {
    let target = try await RawTarget { _, _ in [] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nfirst part")
      try await eventually { target.seen.first?.text.hasSuffix("first part") == true }
      await client.close()
      try await eventually { target.seen.first?.isClosed == true }
      let group = await fixture.balancer.statistics().targetGroups["web"]
      #expect(group?.inFlight == 0)
    }
    await target.stop()
  }

  @Test("Bytes that a target sends unasked are not taken for an answer")
  func unasked() async throws {
    let target = try await RawTarget { _, number in
      [.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(number)" + (number == 0 ? "HTTP/1.1 200 OK\r\n" : ""))]
    }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      #expect(try await client.get().text == "0")
      #expect(try await client.get().text == "1")
      #expect(try await client.get().text == "1")
    }
    await target.stop()
  }
}
