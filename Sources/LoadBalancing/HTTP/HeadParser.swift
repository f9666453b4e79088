import Foundation

/// Reads the head of a request or an answer, line by line, as the bytes come.
///
/// Stricter than most parsers, because whatever two parsers read differently smuggles requests: lines end in CRLF only,
/// no folded fields, no space before a colon, no control bytes, one way to tell the body's length (RFC 9112, 11.2).
/// Positions are offsets from the first byte of the message, so the bytes may move in memory between calls.
struct HeadParser {
  /// Which side speaks.
  enum Role { case request, response }

  private let role: Role
  private var lineStart = 0
  private var searched = 0
  private var hasStartLine = false
  private var emptyLines = 0

  /// The fields in their order.
  private(set) var fields: [HeadField] = []
  /// The bytes of the head, the empty line included; valid once it is complete.
  private(set) var length = 0
  /// 0 or 1, of HTTP/1.x.
  private(set) var minorVersion = 1

  // Of a request.
  private(set) var method: Range<Int> = 0..<0
  private(set) var target: Range<Int> = 0..<0
  private(set) var host: Range<Int>?

  // Of an answer.
  private(set) var status = 0

  /// What `Content-Length` says.
  private(set) var contentLength: Int?
  private(set) var isChunked = false
  private(set) var hasTransferEncoding = false
  private(set) var saysClose = false
  private(set) var saysKeepAlive = false
  /// `Connection: upgrade` and `Upgrade: websocket`; other upgrades, `h2c` above all, are not passed on.
  var wantsWebSocket: Bool { saysUpgrade && upgradesToWebSocket }
  private(set) var expectsContinue = false
  private(set) var hasCookie = false
  /// Whether `Connection` names fields that concern this connection only.
  private(set) var namesFields = false
  private var saysUpgrade = false
  private var upgradesToWebSocket = false
  private var hostCount = 0

  init(_ role: Role) {
    self.role = role
  }

  /// Whether nothing of a message has come yet.
  var isEmpty: Bool { searched == 0 }

  /// Makes ready for the next message, keeping the memory.
  mutating func reset() {
    fields.removeAll(keepingCapacity: true)
    (lineStart, searched, length, hasStartLine, emptyLines) = (0, 0, 0, false, 0)
    (minorVersion, status, method, target, host) = (1, 0, 0..<0, 0..<0, nil)
    (contentLength, isChunked, hasTransferEncoding, saysClose, saysKeepAlive) = (nil, false, false, false, false)
    (expectsContinue, hasCookie, namesFields) = (false, false, false)
    (saysUpgrade, upgradesToWebSocket, hostCount) = (false, false, 0)
  }

  /// Reads on. `bytes` holds the message from its first byte, as far as it has come.
  ///
  /// - Returns: Whether the head is complete.
  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(HTTPFault) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    while true {
      guard searched < bytes.count, let found = memchr(base + searched, Int32(ASCII.lineFeed), bytes.count - searched)
      else {
        searched = bytes.count
        try checkLength(lineEnd: bytes.count)
        return false
      }
      let lineFeed = UnsafeRawPointer(found) - base
      guard lineFeed > lineStart, bytes[lineFeed - 1] == ASCII.carriageReturn else { throw refusal }
      let line = lineStart..<(lineFeed - 1)
      try checkLength(lineEnd: lineFeed)
      searched = lineFeed + 1
      if !hasStartLine {
        if line.isEmpty {
          // A client may send an empty line before a request (RFC 9112, 2.2).
          emptyLines += 1
          if role == .response || emptyLines > 2 { throw refusal }
        } else {
          try role == .request ? readRequestLine(bytes, line) : readStatusLine(bytes, line)
          hasStartLine = true
        }
      } else if line.isEmpty {
        length = lineFeed + 1
        try checkHead()
        return true
      } else {
        try readField(bytes, line)
      }
      lineStart = lineFeed + 1
    }
  }

  private var refusal: HTTPFault { role == .request ? .badRequest : .badGateway }

  private func checkLength(lineEnd: Int) throws(HTTPFault) {
    guard lineEnd - lineStart > HeadLimit.line || lineEnd > HeadLimit.total else { return }
    throw role == .request && !hasStartLine ? .uriTooLong : refusal
  }

  private mutating func readRequestLine(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(HTTPFault) {
    var end = line.lowerBound
    while end < line.upperBound, ASCII.isToken(bytes[end]) { end += 1 }
    guard end > line.lowerBound, end < line.upperBound, bytes[end] == ASCII.space else { throw .badRequest }
    method = line.lowerBound..<end
    let targetStart = end + 1
    end = targetStart
    while end < line.upperBound, bytes[end] > ASCII.space, bytes[end] != 0x7F { end += 1 }
    guard end > targetStart, end < line.upperBound, bytes[end] == ASCII.space else { throw .badRequest }
    target = targetStart..<end
    try readVersion(UnsafeRawBufferPointer(rebasing: bytes[(end + 1)..<line.upperBound]))
  }

  private mutating func readStatusLine(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(HTTPFault) {
    guard line.count >= 12, bytes[line.lowerBound + 8] == ASCII.space,
      let status = ASCII.decimal(
        UnsafeRawBufferPointer(rebasing: bytes[(line.lowerBound + 9)..<(line.lowerBound + 12)])), status >= 100,
      line.count == 12 || bytes[line.lowerBound + 12] == ASCII.space
    else { throw .badGateway }
    for index in (line.lowerBound + 12)..<line.upperBound where !ASCII.isFieldValue(bytes[index]) { throw .badGateway }
    self.status = status
    try readVersion(UnsafeRawBufferPointer(rebasing: bytes[line.lowerBound..<(line.lowerBound + 8)]))
  }

  private mutating func readVersion(_ version: UnsafeRawBufferPointer) throws(HTTPFault) {
    guard version.count == 8, ASCII.equal(UnsafeRawBufferPointer(rebasing: version[0..<5]), "http/"),
      version[0] == UInt8(ascii: "H"), ASCII.isDigit(version[5]), version[6] == UInt8(ascii: "."),
      ASCII.isDigit(version[7])
    else { throw refusal }
    guard version[5] == UInt8(ascii: "1") else { throw role == .request ? .versionNotSupported : .badGateway }
    // A later minor version is to be read as the highest that is known (RFC 9110, 2.5).
    minorVersion = version[7] == UInt8(ascii: "0") ? 0 : 1
  }

  private mutating func readField(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(HTTPFault) {
    var nameEnd = line.lowerBound
    while nameEnd < line.upperBound, ASCII.isToken(bytes[nameEnd]) { nameEnd += 1 }
    guard nameEnd > line.lowerBound, nameEnd < line.upperBound, bytes[nameEnd] == ASCII.colon else { throw refusal }
    var (start, end) = (nameEnd + 1, line.upperBound)
    while start < end, bytes[start] == ASCII.space || bytes[start] == ASCII.tab { start += 1 }
    while end > start, bytes[end - 1] == ASCII.space || bytes[end - 1] == ASCII.tab { end -= 1 }
    var isBad = false
    for index in start..<end { isBad = isBad || !ASCII.isFieldValue(bytes[index]) }
    if isBad { throw refusal }
    let kind = HeadField.Kind(name: UnsafeRawBufferPointer(rebasing: bytes[line.lowerBound..<nameEnd]))
    fields.append(
      HeadField(
        start: line.lowerBound, nameEnd: nameEnd, valueStart: start, valueEnd: end, end: line.upperBound + 2, kind: kind
      ))
    if kind != .other { try note(kind, UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: start..<end) }
  }

  private mutating func note(
    _ kind: HeadField.Kind, _ value: UnsafeRawBufferPointer, at range: Range<Int>
  ) throws(HTTPFault) {
    switch kind {
    case .host:
      hostCount += 1
      host = range
      for byte in value where byte <= ASCII.space || byte == ASCII.comma || byte == UInt8(ascii: "/") || byte == 0x40 {
        throw refusal
      }
    case .contentLength:
      guard let length = ASCII.decimal(value), contentLength == nil || contentLength == length else { throw refusal }
      // The same length twice is passed on once.
      if contentLength != nil { fields[fields.count - 1].kind = .repeated }
      contentLength = length
    case .transferEncoding:
      // Any other coding, and `chunked` twice, is for the message's ends to agree on and not to be guessed at.
      guard !hasTransferEncoding, ASCII.equal(value, "chunked") else { throw refusal }
      hasTransferEncoding = true
      isChunked = true
    case .connection:
      ASCII.forEachElement(of: value) { option in
        if ASCII.equal(option, "close") {
          saysClose = true
        } else if ASCII.equal(option, "keep-alive") {
          saysKeepAlive = true
        } else if ASCII.equal(option, "upgrade") {
          saysUpgrade = true
        } else {
          namesFields = true
        }
        return true
      }
    case .upgrade: upgradesToWebSocket = ASCII.equal(value, "websocket")
    case .expect: expectsContinue = ASCII.equal(value, "100-continue")
    case .cookie: hasCookie = true
    default: break
    }
  }

  private func checkHead() throws(HTTPFault) {
    if hasTransferEncoding, contentLength != nil || minorVersion == 0 { throw refusal }
    guard role == .request else { return }
    if hostCount > 1 || hostCount == 0 && minorVersion == 1 { throw .badRequest }
  }

  /// Whether `Connection` names a field.
  func isNamedByConnection(_ name: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer) -> Bool {
    var isNamed = false
    for field in fields where field.kind == .connection {
      ASCII.forEachElement(of: field.value(in: bytes)) { option in
        isNamed = ASCII.equal(option, name)
        return !isNamed
      }
      if isNamed { return true }
    }
    return false
  }
}
