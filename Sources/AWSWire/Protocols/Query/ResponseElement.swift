/// An element of an XML document with what stands in it.
struct ResponseElement: QueryElement {
  var name: String
  /// All text directly inside, joined.
  var characters = ""
  var children: [ResponseElement] = []

  static var absentListIsEmpty: Bool { true }

  /// Reads a document.
  ///
  /// - Throws: ``XMLPullParser/Failure``.
  static func parse(_ bytes: some Sequence<UInt8>) throws(XMLPullParser.Failure) -> ResponseElement {
    var parser = XMLPullParser(bytes)
    var open = [ResponseElement(name: "")]
    while let event = try parser.next() {
      switch event {
      case .start(let name): open.append(ResponseElement(name: name))
      case .text(let text): open[open.count - 1].characters += text
      case .end:
        let closed = open.removeLast()
        open[open.count - 1].children.append(closed)
      }
    }
    return open[0].children[0]  // the parser ends without an error only after exactly one root element
  }

  var text: String? { children.isEmpty ? characters : nil }

  var memberNames: [String] { children.map(\.name) }

  func member(_ name: String) -> ResponseElement? { children.first { $0.name == name } }

  func items() -> [ResponseElement] { children.filter { $0.name == "member" } }

  func entries() -> [(key: String, value: ResponseElement)] {
    children.compactMap { entry in
      guard entry.name == "entry", let key = entry.member("key")?.text, let value = entry.member("value") else {
        return nil
      }
      return (key, value)
    }
  }
}
