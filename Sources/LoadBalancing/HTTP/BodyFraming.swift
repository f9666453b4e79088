/// Where a message's body ends.
enum BodyFraming {
  /// So many bytes are still to come; 0 is the end.
  case length(Int)
  case chunked(ChunkedBody)
  /// The answer ends with its connection.
  case untilClose

  var isDone: Bool {
    switch self {
    case .length(let rest): rest == 0
    case .chunked(let body): body.isDone
    case .untilClose: false
    }
  }

  /// Reads on.
  ///
  /// - Returns: How many of the bytes belong to the body, and `nil` when its framing is broken.
  mutating func consume(_ bytes: UnsafeRawBufferPointer, data: ((Range<Int>) -> Void)? = nil) -> Int? {
    switch self {
    case .length(let rest):
      let count = min(rest, bytes.count)
      self = .length(rest - count)
      return count
    case .chunked(var body):
      let count = body.consume(bytes, data: data)
      self = .chunked(body)
      return count
    case .untilClose: return bytes.count
    }
  }

  /// Of a request (RFC 9112, 6.3).
  init(request head: borrowing HeadParser) {
    self = head.isChunked ? .chunked(ChunkedBody()) : .length(head.contentLength ?? 0)
  }

  /// Of an answer to a request (RFC 9112, 6.3).
  init(response head: borrowing HeadParser, toHead isHead: Bool) {
    if isHead || head.status < 200 || head.status == 204 || head.status == 304 {
      self = .length(0)
    } else if head.isChunked {
      self = .chunked(ChunkedBody())
    } else {
      self = head.contentLength.map { .length($0) } ?? .untilClose
    }
  }
}
