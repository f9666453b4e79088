import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import LoadBalancing

@Suite("Forwarding")
struct ForwardingTests {
  @Test("A request reaches the target with its method, path, host and fields, and the answer comes back")
  func plain() async throws {
    let backend = try await Backend { _ in
      Reply(status: .created, headers: ["X-Answer": "yes", "Server": "target"], body: ByteBuffer(string: "done"))
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let answer = try await fixture.send(
        "POST /a/b?c=d HTTP/1.1\r\nHost: shop.example\r\nX-Own: 1\r\nCookie: a=b\r\nContent-Length: 5\r\n\r\nhello")
      #expect(answer.status == 201 && answer.text == "done" && answer["X-Answer"] == "yes")
      #expect(answer["Server"] == "target")
      let seen = try #require(backend.seen.first)
      #expect(seen.head.method == .POST && seen.head.uri == "/a/b?c=d" && seen["Host"] == "shop.example")
      #expect(seen["X-Own"] == "1" && seen["Cookie"] == "a=b" && String(buffer: seen.body) == "hello")
    }
    await backend.stop()
  }

  @Test("The target learns who asked, how, and under which trace")
  func forwardedFields() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      _ = try await client.get()
      _ = try await client.get(
        "/", "X-Forwarded-For: 9.9.9.9", "X-Forwarded-Proto: https", "X-Forwarded-Port: 1",
        "X-Amzn-Trace-Id: Self=1-0-0;Root=1-67891233-abcdef012345678912345678;A=b")
      _ = try await client.get("/", "X-Amzn-Trace-Id: A=b")
      let seen = backend.seen
      #expect(seen[0]["X-Forwarded-For"] == "127.0.0.1")
      #expect(seen[0]["X-Forwarded-Proto"] == "http")
      #expect(seen[0]["X-Forwarded-Port"] == "\(fixture.port)")
      #expect(try #require(seen[0]["X-Amzn-Trace-Id"]).wholeMatch(of: /Root=1-[0-9a-f]{8}-[0-9a-f]{24}/) != nil)
      #expect(seen[1].head.headers["X-Forwarded-For"] == ["9.9.9.9, 127.0.0.1"])
      #expect(seen[1].head.headers["X-Forwarded-Proto"] == ["http"])
      #expect(seen[1].head.headers["X-Forwarded-Port"] == ["\(fixture.port)"])
      let kept = /Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678;A=b/
      #expect(try #require(seen[1]["X-Amzn-Trace-Id"]).wholeMatch(of: kept) != nil)
      #expect(try #require(seen[2]["X-Amzn-Trace-Id"]).wholeMatch(of: /Root=1-[0-9a-f]{8}-[0-9a-f]{24};A=b/) != nil)
    }
    await backend.stop()
  }

  @Test("Fields with odd names are left out where that is wanted, and only there")
  func invalidFields() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let fields = ["X_Odd: 1", "X.Odd: 2", "X-Plain-3: 3"]
      func get() async throws { _ = try await fixture.client().get("/", fields[0], fields[1], fields[2]) }
      try await get()
      await fixture.balancer.setRules([.to("web")], dropsInvalidFields: true, ofListener: "main")
      try await get()
      let seen = backend.seen
      #expect(seen[0]["X_Odd"] == "1" && seen[0]["X.Odd"] == "2" && seen[0]["X-Plain-3"] == "3")
      #expect(seen[1]["X_Odd"] == nil && seen[1]["X.Odd"] == nil && seen[1]["X-Plain-3"] == "3")
    }
    await backend.stop()
  }

  @Test("Fields of the connection stay on it, those that Connection names too, both ways")
  func hopByHop() async throws {
    let backend = try await Backend { _ in
      Reply(
        headers: ["Connection": "X-Mine", "X-Mine": "1", "Keep-Alive": "timeout=5", "X-Kept": "2"],
        body: ByteBuffer(string: "x"))
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let answer = try await fixture.client().get(
        "/", "Connection: keep-alive, X-Secret, Host", "X-Secret: 1", "Keep-Alive: 3", "TE: trailers",
        "Upgrade: h2c", "Proxy-Connection: keep-alive", "X-Kept: 4")
      let seen = try #require(backend.seen.first)
      for name in ["Connection", "X-Secret", "Keep-Alive", "TE", "Upgrade", "Proxy-Connection"] {
        #expect(seen[name] == nil, "\(name) was passed on")
      }
      #expect(seen["Host"] == "test.local" && seen["X-Kept"] == "4")
      #expect(answer["X-Mine"] == nil && answer["Keep-Alive"] == nil && answer["Connection"] == nil)
      #expect(answer["X-Kept"] == "2")
    }
    await backend.stop()
  }

  @Test("Connections stay open on both sides and are used again")
  func keepAlive() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      for _ in 0..<20 { #expect(try await client.get().status == 200) }
      #expect(Set(backend.seen.map(\.connection)).count == 1)
      #expect(!client.isClosed)
      #expect(await fixture.statistics.connections == 1)
    }
    await backend.stop()
  }

  @Test("Requests that come at once are answered one after the other, in order")
  func pipelining() async throws {
    let backend = try await Backend { request in
      Reply(
        body: request.body.readableBytes > 0 ? request.body : ByteBuffer(string: request.head.uri),
        delay: request.head.uri == "/1" ? .milliseconds(50) : .zero)
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      var requests = "POST /0 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
      for number in 1..<200 { requests += "GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n" }
      try await client.send(requests)
      #expect(try await client.answer().text == "abc")
      for number in 1..<200 { #expect(try await client.answer().text == "/\(number)") }
    }
    await backend.stop()
  }

  @Test("A body of 1 MiB goes there and back, with a length and in chunks", arguments: [true, false])
  func largeBody(hasLength: Bool) async throws {
    let backend = try await Backend { Reply(body: $0.body, hasLength: hasLength) }
    let body = Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      for _ in 0..<3 {
        if hasLength {
          try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
          try await client.send(body)
        } else {
          try await client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
          for start in stride(from: 0, to: body.count, by: 100_000) {
            let part = body[start..<min(start + 100_000, body.count)]
            try await client.send(Data("\(String(part.count, radix: 16))\r\n".utf8) + part + Data("\r\n".utf8))
          }
          try await client.send("0\r\n\r\n")
        }
        let answer = try await client.answer()
        #expect(answer.status == 200 && answer.body == body)
      }
    }
    await backend.stop()
  }

  @Test("A client that does not read stops the target from sending: nothing piles up in between")
  func backPressure() async throws {
    let size = 64 << 20
    let backend = try await Backend { _ in Reply(body: ByteBuffer(repeating: 7, count: size)) }
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await RawClient(port: fixture.port, autoRead: false)
      try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      // What the balancer has taken from the target stops growing far below the whole.
      let sent = try await settled { await fixture.statistics.sentBytes }
      #expect(sent > 0 && sent < size / 2)
      try await client.channel.setOption(.autoRead, value: true).get()
      #expect(try await client.answer().body.count == size)
    }
    await backend.stop()
  }

  @Test("Trailers pass both ways")
  func trailers() async throws {
    let backend = try await Backend { request in
      Reply(
        headers: ["Trailer": "X-Sum"], body: request.body, hasLength: false,
        trailers: HTTPHeaders([("X-Sum", request.trailers?["X-In"].first ?? "missing")]))
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let answer = try await fixture.send(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: X-In\r\n\r\n"
          + "2\r\nhi\r\n0\r\nX-In: 42\r\n\r\n")
      #expect(answer.text == "hi" && answer.trailers.contains("X-Sum: 42"))
    }
    await backend.stop()
  }

  @Test("Answers without a body do not confuse what follows", arguments: ["HEAD", "204", "304"])
  func noBody(kind: String) async throws {
    let backend = try await Backend { request in
      switch request.head.uri {
      case "/204": Reply(status: .noContent)
      case "/304": Reply(status: .notModified, headers: ["Content-Length": "99"])
      default: .text("body")
      }
    }
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      if kind == "HEAD" {
        let answer = try await client.request("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(answer["Content-Length"] == "4" && answer.body.isEmpty)
      } else {
        #expect(try await client.get("/\(kind)").status == Int(kind))
      }
      #expect(try await client.get("/next").text == "body")
      #expect(Set(backend.seen.map(\.connection)).count == 1)
    }
    await backend.stop()
  }

  @Test("A client that asks for the end of the connection gets it after the answer")
  func connectionClose() async throws {
    let backend = try await Backend()
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      let answer = try await client.get("/", "Connection: close")
      #expect(answer["Connection"] == "close" && answer.text == "hello")
      try await eventually { client.isClosed }
    }
    await backend.stop()
  }

  @Test("A client of HTTP/1.0 gets no chunks, and its connection ends unless it asked to keep it")
  func http10() async throws {
    let backend = try await Backend { Reply(body: ByteBuffer(string: "hello"), hasLength: $0.head.uri == "/length") }
    try await Fixture.run(to: [backend.port]) { fixture in
      let chunked = try await fixture.client()
      let answer = try await chunked.request("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(answer.text == "hello" && answer["Transfer-Encoding"] == nil)
      #expect(chunked.isClosed)
      let kept = try await fixture.client()
      for _ in 0..<2 {
        let answer = try await kept.request("GET /length HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(answer.text == "hello" && answer["Connection"] == "keep-alive")
      }
      let plain = try await fixture.client()
      #expect(try await plain.request("GET /length HTTP/1.0\r\n\r\n").text == "hello")
      try await eventually { plain.isClosed }
      #expect(backend.seen.allSatisfy { $0["Host"] != nil })
    }
    await backend.stop()
  }

  @Test("An answer that lasts until the target closes becomes chunks")
  func untilClose() async throws {
    let target = try await RawTarget { _, _ in [.write("HTTP/1.1 200 OK\r\n\r\nall of it"), .close] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      for _ in 0..<2 {
        let answer = try await client.get()
        #expect(answer.text == "all of it" && answer["Transfer-Encoding"] == "chunked")
      }
    }
    await target.stop()
  }

  @Test("A client that waits for 100 gets it from the target, then sends")
  func expectContinue() async throws {
    let backend = try await Backend { Reply(body: $0.body) }
    try await Fixture.run(to: [backend.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
      #expect(try await client.answer().status == 100)
      try await client.send("data")
      #expect(try await client.answer().text == "data")
      #expect(try await client.get().status == 200)
    }
    await backend.stop()
  }

  @Test("A final answer in place of 100 ends the connection, because the body may come or not")
  func expectRefused() async throws {
    let target = try await RawTarget { _, _ in [.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")] }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      let answer = try await client.request(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
      #expect(answer.status == 413 && answer["Connection"] == "close")
      try await eventually { client.isClosed }
    }
    await target.stop()
  }

  @Test("An answer may come before the whole request has: the connection stays usable")
  func earlyAnswer() async throws {
    let target = try await RawTarget { text, _ in
      text.hasSuffix("\r\n\r\n") ? [.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")] : []
    }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
      #expect(try await client.answer().text == "ok")
      try await client.send("late")
      #expect(try await client.get().text == "ok")
    }
    await target.stop()
  }

  @Test("Targets of a group take turns")
  func roundRobin() async throws {
    let backends = [try await Backend(), try await Backend(), try await Backend()]
    try await Fixture.run(to: backends.map(\.port)) { fixture in
      for backend in backends {
        try await eventually { await fixture.health(backend.port)?.state == .healthy }
      }
      let client = try await fixture.client()
      for _ in 0..<30 { _ = try await client.get() }
      #expect(backends.map { $0.seen.count } == [10, 10, 10])
    }
    for backend in backends { await backend.stop() }
  }

  @Test("WebSocket: after 101 bytes flow both ways, and the end of one side is the end")
  func webSocket() async throws {
    let target = try await RawTarget { text, _ in
      guard let end = text.range(of: "\r\n\r\n") else { return [] }
      if end.upperBound == text.endIndex {
        return [
          .write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX: y\r\n\r\nhi")
        ]
      }
      return text.hasSuffix("bye") ? [.close] : [.write("echo:" + text[end.upperBound...])]
    }
    try await Fixture.run(to: [target.port]) { fixture in
      let client = try await fixture.client()
      let answer = try await client.get("/", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: k")
      #expect(answer.status == 101 && answer["Upgrade"] == "websocket" && answer["X"] == "y")
      try await client.send("\u{1}raw")
      try await eventually { client.received == Data("hiecho:\u{1}raw".utf8) }
      #expect(target.seen.first?.text.contains("Upgrade: websocket\r\n") == true)
      try await client.send("bye")
      try await eventually { client.isClosed }
    }
    await target.stop()
  }
}
