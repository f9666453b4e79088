import NIOCore

/// Writes heads anew for the other side: what is passed on is copied in runs as long as possible.
enum HeadWriter {
  /// What a balancer adds to a request.
  struct RequestAdditions {
    /// The client's address as text.
    var clientAddress: String
    /// The listener's port.
    var port: Int
    /// For a request of HTTP/1.0 that names no host.
    var host: String
    /// Bits for a trace identifier.
    var traceNumber: (UInt64, UInt64)
    /// Seconds since 1970.
    var now: Int
    var isWebSocket: Bool
    /// Whether fields with names beyond letters, digits and hyphens are left out.
    var dropsInvalidFields: Bool
  }

  /// Writes the head of a request for a target.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
  static func writeRequest(
    _ head: HeadParser, _ view: RequestView, _ additions: RequestAdditions, into out: inout ByteBuffer
  ) {
    let bytes = view.bytes
    out.writeBytes(view.method)
    out.writeInteger(ASCII.space)
    out.writeBytes(view.target)
    out.writeStaticString(" HTTP/1.1\r\n")
    var forwardedFor: [HeadField] = []
    var trace: HeadField?
    writeFields(head, bytes, into: &out) { field in
      switch field.kind {
      case .other: return !additions.dropsInvalidFields || field.name(in: bytes).allSatisfy(ASCII.isPlainName)
      case .host, .contentLength, .cookie, .transferEncoding, .trailer: return true
      case .expect: return head.expectsContinue && head.minorVersion == 1
      case .forwardedFor: forwardedFor.append(field)
      case .traceID: trace = field
      case .connection, .keepAlive, .proxyConnection, .upgrade, .te, .repeated, .forwardedProto, .forwardedPort: break
      }
      return false
    }
    if head.host == nil { out.writeString("Host: \(additions.host)\r\n") }
    if additions.isWebSocket { out.writeStaticString("Connection: upgrade\r\nUpgrade: websocket\r\n") }
    out.writeStaticString("X-Forwarded-For: ")
    for field in forwardedFor where field.valueEnd > field.valueStart {
      out.writeBytes(field.value(in: bytes))
      out.writeStaticString(", ")
    }
    out.writeString(additions.clientAddress)
    out.writeStaticString("\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Port: ")
    write(decimal: additions.port, into: &out)
    out.writeStaticString("\r\nX-Amzn-Trace-Id: ")
    writeTrace(trace?.value(in: bytes), additions, into: &out)
    out.writeStaticString("\r\n\r\n")
  }

  /// Keeps a trace that has a `Root` and adds `Self`; gives it a `Root` otherwise.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
  private static func writeTrace(
    _ given: UnsafeRawBufferPointer?, _ additions: RequestAdditions, into out: inout ByteBuffer
  ) {
    func writeNumber() {
      out.writeStaticString("=1-")
      write(hexadecimal: UInt64(additions.now), digits: 8, into: &out)
      out.writeStaticString("-")
      write(hexadecimal: additions.traceNumber.0, digits: 16, into: &out)
      write(hexadecimal: additions.traceNumber.1, digits: 8, into: &out)
    }
    guard let given, !given.isEmpty else {
      out.writeStaticString("Root")
      return writeNumber()
    }
    let parts = String(decoding: given, as: UTF8.self).split(separator: ";")
      .filter { !$0.lowercased().hasPrefix("self=") }
    let hasRoot = parts.contains { $0.lowercased().hasPrefix("root=") }
    if hasRoot { out.writeStaticString("Self") } else { out.writeStaticString("Root") }
    writeNumber()
    for part in parts {
      out.writeStaticString(";")
      out.writeSubstring(part)
    }
  }

  /// How an answer goes to its client.
  struct AnswerForm {
    /// Chunks are taken apart, for a client of HTTP/1.0.
    var dropsChunks = false
    /// Chunks are made, because the client cannot see where the answer ends otherwise.
    var addsChunks = false
    /// `close` or `keep-alive`, where it must be said.
    var connection: StaticString?
    var isWebSocket = false
  }

  /// Writes the head of a target's answer for a client, but for the empty line, so that fields can be added.
  static func writeAnswer(
    _ head: HeadParser, _ bytes: UnsafeRawBufferPointer, _ form: AnswerForm, into out: inout ByteBuffer
  ) {
    out.writeStaticString("HTTP/1.1")
    // The status and the reason, from the space on.
    let lineEnd = head.fields.first?.start ?? head.length - 2
    out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[8..<lineEnd]))
    writeFields(head, bytes, into: &out) { field in
      switch field.kind {
      case .connection, .keepAlive, .proxyConnection, .upgrade, .te, .repeated: false
      case .transferEncoding, .trailer: !form.dropsChunks
      default: true
      }
    }
    if form.addsChunks { out.writeStaticString("Transfer-Encoding: chunked\r\n") }
    if form.isWebSocket {
      out.writeStaticString("Connection: upgrade\r\nUpgrade: websocket\r\n")
    } else if let connection = form.connection {
      out.writeStaticString("Connection: ")
      out.writeStaticString(connection)
      out.writeStaticString("\r\n")
    }
  }

  /// Copies the fields that are to be kept; those that `Connection` names are not.
  private static func writeFields(
    _ head: HeadParser, _ bytes: UnsafeRawBufferPointer, into out: inout ByteBuffer, keeps: (HeadField) -> Bool
  ) {
    guard var runStart = head.fields.first?.start else { return }
    for field in head.fields {
      var isKept = keeps(field)
      if isKept, head.namesFields, field.kind == .other {
        isKept = !head.isNamedByConnection(field.name(in: bytes), in: bytes)
      }
      guard !isKept else { continue }
      if field.start > runStart { out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[runStart..<field.start])) }
      runStart = field.end
    }
    let end = head.length - 2
    if end > runStart { out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[runStart..<end])) }
  }

  static func write(decimal number: Int, into out: inout ByteBuffer) {
    var (digits, rest, count) = (UInt64(0), number, 0)
    repeat {
      digits = digits << 8 | UInt64(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      count += 1
    } while rest > 0 && count < 8
    for _ in 0..<count {
      out.writeInteger(UInt8(truncatingIfNeeded: digits))
      digits >>= 8
    }
  }

  /// The lowest digits of a number.
  static func write(hexadecimal number: UInt64, digits: Int, into out: inout ByteBuffer) {
    // Two numbers of eight bytes at most are cheaper than a byte at a time.
    var rest = digits
    while rest > 0 {
      let count = min(8, rest)
      rest -= count
      var text = UInt64(0)
      for index in 0..<count {
        let digit = UInt8(truncatingIfNeeded: number >> UInt64((rest + count - 1 - index) * 4) & 15)
        text = text << 8 | UInt64(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
      if count == 8 {
        out.writeInteger(text)
      } else {
        for index in 0..<count { out.writeInteger(UInt8(truncatingIfNeeded: text >> UInt64((count - 1 - index) * 8))) }
      }
    }
  }
}
