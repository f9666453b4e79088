/// Reads XML one event after another: strict, without document types, and so without the attacks they bring.
///
/// Attributes are checked and dropped and namespace prefixes are cut off: answers of AWS carry nothing in them.
struct XMLPullParser {
  /// What stands next in a document.
  enum Event: Equatable {
    case start(String)
    case text(String)
    case end(String)
  }

  /// Why bytes are not XML that is read here.
  struct Failure: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    var reason: String
    /// Where, counted in bytes from the start.
    var offset: Int
    var description: String { "the XML is malformed at byte \(offset): \(reason)" }
  }

  /// Deeper than any answer of AWS.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0
  private var open: [String] = []
  private var pendingEnd: String?
  private var sawRoot = false

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    if self.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next event; `nil` at the end of a complete document.
  mutating func next() throws(Failure) -> Event? {
    if let name = pendingEnd {  // the second half of `<name/>`
      pendingEnd = nil
      return .end(name)
    }
    while position < bytes.count {
      if let event = try open.isEmpty ? outside() : inside() { return event }
    }
    if let name = open.last { throw failure("<\(name)> is not closed") }
    if !sawRoot { throw failure("there is no element") }
    return nil
  }

  /// Before and after the root element: white space, comments and processing instructions only.
  private mutating func outside() throws(Failure) -> Event? {
    if Self.isSpace(bytes[position]) {
      position += 1
      return nil
    }
    if try skipMarkup() { return nil }
    guard bytes[position] == UInt8(ascii: "<") else { throw failure("text outside of the root element") }
    guard !sawRoot else { throw failure("a second root element") }
    return try startTag()
  }

  private mutating func inside() throws(Failure) -> Event? {
    guard bytes[position] == UInt8(ascii: "<") else { return .text(try characters()) }
    if take("<![CDATA[") { return .text(try decoded(upTo("]]>"))) }
    if try skipMarkup() { return nil }
    return take("</") ? try endTag() : try startTag()
  }

  /// Skips a comment or a processing instruction.
  private mutating func skipMarkup() throws(Failure) -> Bool {
    if take("<!--") {
      let comment = try upTo("--")
      guard take(">") else { throw failure("-- inside of a comment") }
      _ = try decoded(comment)
      return true
    }
    if take("<?") {
      _ = try upTo("?>")
      return true
    }
    if starts("<!") { throw failure("document types are refused") }
    return false
  }

  private mutating func startTag() throws(Failure) -> Event {
    position += 1
    let name = try self.name()
    guard open.count < Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) levels") }
    sawRoot = true
    var attributes: Set<String> = []
    while true {
      let spaces = skipSpace()
      if take("/>") {
        pendingEnd = Self.local(name)
        return .start(Self.local(name))
      }
      if take(">") {
        open.append(name)
        return .start(Self.local(name))
      }
      guard spaces else { throw failure("<\(name)> is malformed") }
      try attribute(&attributes)
    }
  }

  private mutating func attribute(_ seen: inout Set<String>) throws(Failure) {
    let name = try self.name()
    guard seen.insert(name).inserted else { throw failure("the attribute \(name) is given twice") }
    skipSpace()
    guard take("=") else { throw failure("the attribute \(name) has no value") }
    skipSpace()
    guard starts("\"") || starts("'") else { throw failure("the attribute \(name) has no quotes") }
    let quote = bytes[position] == UInt8(ascii: "\"") ? "\"" : "'"
    position += 1
    let value = try upTo(quote)
    guard !value.contains(UInt8(ascii: "<")) else { throw failure("< inside of an attribute") }
    _ = try resolved(value)
  }

  private mutating func endTag() throws(Failure) -> Event {
    let name = try self.name()
    skipSpace()
    guard take(">") else { throw failure("</\(name) is not closed") }
    guard open.last == name else { throw failure("</\(name)> does not close <\(open.last ?? "")>") }
    open.removeLast()
    return .end(Self.local(name))
  }

  private mutating func characters() throws(Failure) -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    let text = bytes[start..<position]
    if Self.find("]]>", in: text) != nil { throw failure("]]> in text") }
    return try resolved(text)
  }

  private mutating func name() throws(Failure) -> String {
    let start = position
    while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    let name = bytes[start..<position]
    guard let first = name.first, !(first == UInt8(ascii: "-") || first == UInt8(ascii: ".") || Self.isDigit(first))
    else { throw failure("a name is missing") }
    return try decoded(name)
  }
}

// What the grammar above is made of.
extension XMLPullParser {
  private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: position) }

  private func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[position...].starts(with: $0) }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    guard starts(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  /// The bytes before a text, which is skipped with them.
  private mutating func upTo(_ text: String) throws(Failure) -> ArraySlice<UInt8> {
    guard let end = Self.find(text, in: bytes[position...]) else { throw failure("\(text) is missing") }
    defer { position = end + text.utf8.count }
    return bytes[position..<end]
  }

  private static func find(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    var index = bytes.startIndex
    while index + wanted.count <= bytes.endIndex {
      if bytes[index] == wanted[0], bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return index }
      index += 1
    }
    return nil
  }

  @discardableResult private mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position > start
  }

  /// Text without references, its line ends as XML reads them.
  private func decoded(_ slice: ArraySlice<UInt8>) throws(Failure) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else { throw failure("the text is not UTF-8") }
    guard text.unicodeScalars.allSatisfy(XMLScalar.isAllowed) else { throw failure("a forbidden character") }
    guard slice.contains(UInt8(ascii: "\r")) else { return text }
    return text.replacingOccurrences(ofLineEndings: "\n")
  }

  /// Text with its references resolved.
  private func resolved(_ slice: ArraySlice<UInt8>) throws(Failure) -> String {
    guard slice.contains(UInt8(ascii: "&")) else { return try decoded(slice) }
    var result = ""
    var rest = slice
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += try decoded(rest[..<ampersand])
      guard let semicolon = rest[ampersand...].prefix(16).firstIndex(of: UInt8(ascii: ";")) else {
        throw failure("& without ;")
      }
      result.unicodeScalars.append(try scalar(of: rest[(ampersand + 1)..<semicolon]))
      rest = rest[(semicolon + 1)...]
    }
    return result + (try decoded(rest))
  }

  private func scalar(of reference: ArraySlice<UInt8>) throws(Failure) -> Unicode.Scalar {
    let name = String(decoding: reference, as: UTF8.self)
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      let digits = name.hasPrefix("#x") ? name.dropFirst(2) : name.dropFirst()
      // `UInt32` alone would accept a sign.
      guard name.hasPrefix("#"), digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
        let value = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10), let scalar = Unicode.Scalar(value),
        XMLScalar.isAllowed(scalar)
      else { throw failure("the reference &\(name); is unknown") }
      return scalar
    }
  }

  private static func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x9...0xA).contains(byte) || byte == 0xD }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...0xFF:
      true
    default: isDigit(byte)
    }
  }
}

extension String {
  /// The text with CR LF and CR read as one line end.
  fileprivate func replacingOccurrences(ofLineEndings ending: Character) -> String {
    // Swift sees CR LF as one character.
    String(map { $0 == "\r\n" || $0 == "\r" ? ending : $0 })
  }
}
