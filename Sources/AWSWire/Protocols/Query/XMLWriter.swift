/// Spells ``QueryNode``s as the XML of an answer.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#response-serialization
struct XMLWriter {
  private(set) var text = ""

  /// Writes an element with what `content` writes into it; `attributes` are names and values.
  mutating func element(_ name: String, attributes: [(String, String)] = [], content: (inout XMLWriter) -> Void) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
    text += ">"
    content(&self)
    text += "</\(name)>"
  }

  /// Writes an element with text.
  mutating func element(_ name: String, text: String) {
    element(name) { $0.text += Self.escaped(text) }
  }

  /// Writes text into the element that is open.
  mutating func append(_ text: String) { self.text += Self.escaped(text) }

  /// Writes an element with a node's content.
  mutating func element(_ name: String, node: QueryNode) {
    element(name) { $0.write(node) }
  }

  private mutating func write(_ node: QueryNode) {
    switch node.content {
    case .nothing: break
    case .text(let value): text += Self.escaped(value)
    case .structure(let members): for (name, value) in members { element(name, node: value) }
    case .list(let items): for item in items { element("member", node: item) }
    case .map(let entries):
      for (key, value) in entries {
        element("entry") {
          $0.element("key", text: key)
          $0.element("value", node: value)
        }
      }
    }
  }

  /// Text without markup. XML has no form at all for most control characters, not even an escaped one:
  /// they become U+FFFD, so that one odd byte of a user's text cannot make the whole answer unreadable.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\r": result += "&#13;"  // a bare one would be read as a line feed
      default: result.unicodeScalars.append(XMLScalar.isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}

/// Which characters XML 1.0 allows in a document.
enum XMLScalar {
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
