/// A field of a head: where it stands among the bytes, and what it means to a proxy.
struct HeadField {
  /// What a proxy has to know of a field.
  enum Kind: UInt8 {
    /// Passed on as it is, unless `Connection` names it.
    case other
    /// Passed on as it is.
    case host, contentLength, cookie
    /// Concerns this connection only (RFC 9110, 7.6.1); never passed on as it is.
    case connection, keepAlive, proxyConnection, upgrade, te
    /// Says what another field has said already.
    case repeated
    /// Framing: passed on as it is, because chunks are.
    case transferEncoding, trailer
    /// Passed on, but to a client of HTTP/1.0.
    case expect
    /// Written anew.
    case forwardedFor, forwardedProto, forwardedPort, traceID
  }

  var start: Int
  var nameEnd: Int
  var valueStart: Int
  var valueEnd: Int
  /// After the line's end.
  var end: Int
  var kind: Kind

  func name(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[start..<nameEnd])
  }

  func value(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[valueStart..<valueEnd])
  }
}

extension HeadField.Kind {
  /// The kind of a field by its name.
  init(name: UnsafeRawBufferPointer) {
    self = .other
    // The length decides for nearly every name, so that most are compared once at most.
    switch name.count {
    case 2: if ASCII.equal(name, "te") { self = .te }
    case 4: if ASCII.equal(name, "host") { self = .host }
    case 6: if ASCII.equal(name, "cookie") { self = .cookie } else if ASCII.equal(name, "expect") { self = .expect }
    case 7: if ASCII.equal(name, "upgrade") { self = .upgrade } else if ASCII.equal(name, "trailer") { self = .trailer }
    case 10:
      if ASCII.equal(name, "connection") {
        self = .connection
      } else if ASCII.equal(name, "keep-alive") {
        self = .keepAlive
      }
    case 14: if ASCII.equal(name, "content-length") { self = .contentLength }
    case 15:
      if ASCII.equal(name, "x-forwarded-for") {
        self = .forwardedFor
      } else if ASCII.equal(name, "x-amzn-trace-id") {
        self = .traceID
      }
    case 16:
      if ASCII.equal(name, "x-forwarded-port") {
        self = .forwardedPort
      } else if ASCII.equal(name, "proxy-connection") {
        self = .proxyConnection
      }
    case 17:
      if ASCII.equal(name, "transfer-encoding") {
        self = .transferEncoding
      } else if ASCII.equal(name, "x-forwarded-proto") {
        self = .forwardedProto
      }
    default: break
    }
  }
}
