import Testing

@testable import LoadBalancing

@Suite("Heads")
struct HeadParserTests {
  private func parse(_ text: String, _ role: HeadParser.Role = .request) throws -> HeadParser? {
    var parser = HeadParser(role)
    return try Array(text.utf8).withUnsafeBytes { try parser.parse($0) } ? parser : nil
  }

  @Test("A request is read with its length, host and framing")
  func request() throws {
    let text = "POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nConnection: keep-alive, Foo\r\n\r\nbody"
    let head = try #require(try parse(text))
    #expect(head.length == text.utf8.count - 4)
    #expect(head.contentLength == 12)
    #expect(head.saysKeepAlive && head.namesFields && !head.saysClose)
    #expect(head.fields.count == 3)
  }

  @Test("A head that comes byte by byte reads the same")
  func byteByByte() throws {
    let bytes = Array("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n".utf8)
    var parser = HeadParser(.request)
    for count in 1..<bytes.count {
      #expect(try bytes[..<count].withUnsafeBytes { try parser.parse($0) } == false)
    }
    #expect(try bytes.withUnsafeBytes { try parser.parse($0) })
    #expect(parser.fields.count == 2)
  }

  @Test(
    "What two parsers could read differently is refused",
    arguments: [
      "GET / HTTP/1.1\nHost: x\n\n",
      "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nA\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nA: b\u{0}c\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x, y\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
      "GET /\u{7F} HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /\r\n\r\n",
      "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / http/1.1\r\nHost: x\r\n\r\n",
    ])
  func ambiguous(text: String) {
    #expect(throws: HTTPFault.badRequest) { try parse(text) }
  }

  @Test("A version that is not HTTP/1 is refused as such")
  func version() {
    #expect(throws: HTTPFault.versionNotSupported) { try parse("GET / HTTP/2.0\r\nHost: x\r\n\r\n") }
  }

  @Test("Limits hold, before the line is complete too")
  func limits() throws {
    let long = String(repeating: "a", count: HeadLimit.line)
    #expect(throws: HTTPFault.uriTooLong) { try parse("GET /\(long)") }
    #expect(throws: HTTPFault.badRequest) { try parse("GET / HTTP/1.1\r\nHost: x\r\nA: \(long)") }
    let many = String(repeating: "A: \(String(repeating: "b", count: 1000))\r\n", count: 70)
    #expect(throws: HTTPFault.badRequest) { try parse("GET / HTTP/1.1\r\nHost: x\r\n\(many)\r\n") }
    #expect(try parse("GET /\(long.dropLast(200)) HTTP/1.1\r\nHost: x\r\n\r\n") != nil)
  }

  @Test("The same length twice is no contradiction; the second is not passed on")
  func repeatedLength() throws {
    let text = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"
    #expect(try parse(text)?.fields.last?.kind == .repeated)
  }

  @Test("An answer is read with its status", arguments: ["HTTP/1.1 404 Not Found", "HTTP/1.1 404 ", "HTTP/1.0 404"])
  func answer(line: String) throws {
    let head = try #require(try parse("\(line)\r\nContent-Length: 3\r\n\r\n", .response))
    #expect(head.status == 404 && head.contentLength == 3)
  }

  @Test(
    "Anything else is no answer",
    arguments: ["HTTP/1.1 40 x", "HTTP/1.1 4040 x", "HTTP/2 200 OK", "ICY 200 OK", "HTTP/1.1 099 x"])
  func noAnswer(line: String) {
    #expect(throws: HTTPFault.badGateway) { try parse("\(line)\r\n\r\n", .response) }
  }
}

@Suite("Chunked bodies")
struct ChunkedBodyTests {
  private func consume(_ text: String, step: Int = .max) -> (count: Int?, isDone: Bool) {
    var body = ChunkedBody()
    var total = 0
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, !body.isDone {
      let part = rest.prefix(step)
      guard let count = part.withUnsafeBytes({ body.consume($0) }) else { return (nil, false) }
      total += count
      rest = rest.dropFirst(part.count)
    }
    return (total, body.isDone)
  }

  @Test("The end is found, however the bytes come", arguments: [1, 2, 3, 7, Int.max])
  func end(step: Int) {
    let body = "4\r\nWiki\r\nA;ext=\"1\"\r\n0123456789\r\n0\r\nExpires: now\r\n\r\n"
    let (count, isDone) = consume(body + (step == .max ? "GET /next" : ""), step: step)
    #expect(count == body.utf8.count && isDone)
  }

  @Test(
    "Broken framing is refused",
    arguments: [
      "\r\n", "g\r\n", "4\nWiki\r\n", "4\r\nWikiX", "4\r\nWiki\n", "-1\r\n", "0x4\r\n", " 4\r\n", "4 \r\nWiki\r\n",
      "4\r\nWiki\r\r", "1;a\nb\r\n", "10000000000000000\r\n", "0\r\n\nX", "0\r\n: x\r\n\r\n", "0\r\nA: b\n\r\n",
    ])
  func broken(text: String) { #expect(consume(text).count == nil) }
}
