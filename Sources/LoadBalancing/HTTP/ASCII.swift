/// Bytes of HTTP, without going through `String`.
enum ASCII {
  static let carriageReturn = UInt8(ascii: "\r")
  static let lineFeed = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let colon = UInt8(ascii: ":")
  static let comma = UInt8(ascii: ",")

  /// Whether a byte may stand in a token (RFC 9110, 5.6.2).
  @inline(__always) static func isToken(_ byte: UInt8) -> Bool {
    if byte < 64 { return 0x03FF_6CFA_0000_0000 & (1 << UInt64(byte)) != 0 }
    if byte < 128 { return 0x57FF_FFFF_C7FF_FFFE & (1 << UInt64(byte & 63)) != 0 }
    return false
  }

  /// Whether a byte may stand in a field value: no control byte but the tab (RFC 9110, 5.5).
  @inline(__always) static func isFieldValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == tab }

  @inline(__always) static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Whether ALB takes a byte of a field's name for valid: letters, digits, hyphens.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
  @inline(__always) static func isPlainName(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "-") || lowercased(byte) &- UInt8(ascii: "a") < 26
  }

  /// The value of a hexadecimal digit.
  @inline(__always) static func hexadecimal(_ byte: UInt8) -> Int? {
    if isDigit(byte) { return Int(byte &- UInt8(ascii: "0")) }
    let letter = byte | 0x20
    return letter &- UInt8(ascii: "a") < 6 ? Int(letter &- UInt8(ascii: "a")) + 10 : nil
  }

  /// Whether bytes are a text, letters of either case being the same. The text must be lower-case.
  @inline(__always) static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    let expected = text.utf8Start
    for index in 0..<bytes.count where lowercased(bytes[index]) != expected[index] { return false }
    return true
  }

  /// Whether bytes are other bytes, letters of either case being the same.
  static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where lowercased(left[index]) != lowercased(right[index]) { return false }
    return true
  }

  /// A decimal number of 1 to `digits` digits and nothing else.
  static func decimal(_ bytes: UnsafeRawBufferPointer, digits: Int = 18) -> Int? {
    guard !bytes.isEmpty, bytes.count <= digits else { return nil }
    var value = 0
    for byte in bytes {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte &- UInt8(ascii: "0"))
    }
    return value
  }

  /// The bytes without spaces and tabs around them.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == space || bytes[start] == tab { start += 1 }
    while end > start, bytes[end - 1] == space || bytes[end - 1] == tab { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// Calls for each element of a comma-separated list that is not empty; stops when the body answers false.
  static func forEachElement(of list: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Bool) {
    var start = 0
    while start <= list.count {
      var end = start
      while end < list.count, list[end] != comma { end += 1 }
      let element = trimmed(UnsafeRawBufferPointer(rebasing: list[start..<end]))
      if !element.isEmpty, !body(element) { return }
      start = end + 1
    }
  }
}
