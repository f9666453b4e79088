/// Follows a chunked body through its bytes, so that they can be passed on as they are and the end is known.
///
/// Strict for the reason that ``HeadParser`` is: sizes are bare hexadecimal numbers, lines end in CRLF.
struct ChunkedBody {
  private enum State {
    case sizeStart, size, extensions, sizeLineFeed, data, dataReturn, dataLineFeed
    case trailerStart, trailer, trailerLineFeed, lastLineFeed, done
  }

  private var state = State.sizeStart
  private var remaining = 0
  private var digits = 0
  /// Bytes of the line or of the trailers, which are limited as a head is.
  private var lineLength = 0

  var isDone: Bool { state == .done }

  /// Reads on.
  ///
  /// - Parameter data: Called with each range that holds data and not framing.
  /// - Returns: How many bytes belong to the body, and `nil` when they are no chunked body.
  mutating func consume(_ bytes: UnsafeRawBufferPointer, data: ((Range<Int>) -> Void)? = nil) -> Int? {
    var index = 0
    while index < bytes.count, state != .done {
      if state == .data {
        let count = min(remaining, bytes.count - index)
        data?(index..<(index + count))
        index += count
        remaining -= count
        if remaining == 0 { state = .dataReturn }
        continue
      }
      guard step(bytes[index]) else { return nil }
      index += 1
    }
    return index
  }

  private mutating func step(_ byte: UInt8) -> Bool {
    switch state {
    case .sizeStart, .size:
      if let digit = ASCII.hexadecimal(byte) {
        digits += 1
        remaining = remaining << 4 | digit
        state = .size
        return digits <= 15
      }
      guard state == .size else { return false }
      lineLength = 0
      if byte == ASCII.carriageReturn {
        state = .sizeLineFeed
      } else if byte == UInt8(ascii: ";") {
        state = .extensions
      }
      return byte == ASCII.carriageReturn || byte == UInt8(ascii: ";")
    case .extensions:
      lineLength += 1
      if byte == ASCII.carriageReturn {
        state = .sizeLineFeed
        return true
      }
      return ASCII.isFieldValue(byte) && lineLength <= HeadLimit.line
    case .sizeLineFeed:
      digits = 0
      lineLength = 0
      state = remaining == 0 ? .trailerStart : .data
      return byte == ASCII.lineFeed
    case .dataReturn:
      state = .dataLineFeed
      return byte == ASCII.carriageReturn
    case .dataLineFeed:
      state = .sizeStart
      return byte == ASCII.lineFeed
    case .trailerStart:
      if byte == ASCII.carriageReturn {
        state = .lastLineFeed
        return true
      }
      state = .trailer
      lineLength += 1
      return ASCII.isToken(byte)
    case .trailer:
      lineLength += 1
      if byte == ASCII.carriageReturn {
        state = .trailerLineFeed
        return true
      }
      return ASCII.isFieldValue(byte) && lineLength <= HeadLimit.total
    case .trailerLineFeed:
      state = .trailerStart
      return byte == ASCII.lineFeed
    case .lastLineFeed:
      state = .done
      return byte == ASCII.lineFeed
    case .data, .done: return false
    }
  }
}
