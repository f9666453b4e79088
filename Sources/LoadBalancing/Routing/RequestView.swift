/// A request as the rules see it. Valid only while the bytes are.
struct RequestView {
  let bytes: UnsafeRawBufferPointer
  let method: UnsafeRawBufferPointer
  /// The target in origin form: path and query.
  let target: UnsafeRawBufferPointer
  /// As the client wrote it, with the port.
  let authority: UnsafeRawBufferPointer
  let fields: [HeadField]
  let clientAddress: [UInt8]

  /// - Throws: 400 for a target that is neither origin form nor the absolute form of the same host; 405 for TRACE, as
  ///   ALB answers.
  init(_ head: HeadParser, _ bytes: UnsafeRawBufferPointer, clientAddress: [UInt8]) throws(HTTPFault) {
    self.bytes = bytes
    self.clientAddress = clientAddress
    fields = head.fields
    method = UnsafeRawBufferPointer(rebasing: bytes[head.method])
    authority = UnsafeRawBufferPointer(rebasing: bytes[head.host ?? 0..<0])
    if ASCII.equal(method, "trace") { throw .methodNotAllowed }
    target = try Self.originForm(UnsafeRawBufferPointer(rebasing: bytes[head.target]), authority, method)
  }

  private var queryStart: Int { target.firstIndex(of: UInt8(ascii: "?")) ?? target.count }

  /// The path without the query.
  var path: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: target[..<queryStart]) }

  /// The query without the question mark.
  var query: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: target[min(queryStart + 1, target.count)...])
  }

  /// The host without the port.
  var hostName: UnsafeRawBufferPointer {
    guard let colon = authority.lastIndex(of: ASCII.colon) else { return authority }
    // A colon inside brackets belongs to an IPv6 address.
    if let bracket = authority.lastIndex(of: UInt8(ascii: "]")), bracket > colon { return authority }
    return UnsafeRawBufferPointer(rebasing: authority[..<colon])
  }

  /// Whether any field of a name has a value that the body accepts.
  func anyField(named name: [UInt8], _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    name.withUnsafeBytes { name in
      fields.contains { ASCII.equal($0.name(in: bytes), name) && body($0.value(in: bytes)) }
    }
  }

  /// A request that names another host in its target than in `Host` means to be read in two ways.
  private static func originForm(
    _ target: UnsafeRawBufferPointer, _ authority: UnsafeRawBufferPointer, _ method: UnsafeRawBufferPointer
  ) throws(HTTPFault) -> UnsafeRawBufferPointer {
    if target.first == UInt8(ascii: "/") || target.count == 1 && target[0] == UInt8(ascii: "*") { return target }
    let scheme = 7
    guard target.count > scheme, ASCII.equal(UnsafeRawBufferPointer(rebasing: target[..<scheme]), "http://") else {
      throw .badRequest
    }
    let end = target[scheme...].firstIndex(of: UInt8(ascii: "/")) ?? target.count
    guard ASCII.equal(UnsafeRawBufferPointer(rebasing: target[scheme..<end]), authority), end < target.count else {
      throw .badRequest
    }
    return UnsafeRawBufferPointer(rebasing: target[end...])
  }
}
