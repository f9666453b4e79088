import Foundation

/// A document of S3, or a part of one: an element with elements or with text in it.
public struct XMLTree: Codable, Sendable, Equatable {
  /// The element's name, without a prefix.
  public var name: String
  /// Its text; empty when it has elements.
  public var text: String
  /// Its elements.
  public var children: [XMLTree]
  /// What is written into its tag, and lost when it is read.
  public var attributes: [String: String] = [:]

  /// Makes an element with text.
  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
    children = []
  }

  /// Makes an element with elements.
  public init(_ name: String, _ children: [XMLTree]) {
    self.name = name
    text = ""
    self.children = children
  }

  /// The first element of a name.
  public subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

  /// The elements of a name.
  public func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

  /// Reads a document; attributes are dropped.
  ///
  /// - Throws: ``AWSError`` with `MalformedXML`.
  public init(parsing bytes: some Sequence<UInt8>) throws(AWSError) {
    var parser = XMLPullParser(bytes)
    var open: [XMLTree] = []
    var root: XMLTree?
    do {
      while let event = try parser.next() {
        switch event {
        case .start(let name): open.append(XMLTree(name, ""))
        case .text(let text): open[open.count - 1].text += text
        case .end:
          var element = open.removeLast()
          // What stands between elements is layout.
          if !element.children.isEmpty { element.text = "" }
          if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
        }
      }
    } catch {
      throw Self.malformed
    }
    guard let root else { throw Self.malformed }
    self = root
  }

  /// What S3 answers to a document that it cannot read.
  public static let malformed = AWSError(
    "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")

  /// The whole document.
  public func document(namespace: String? = S3.namespace) -> Data {
    var writer = XMLWriter()
    write(to: &writer, namespace: namespace)
    return Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(writer.text)".utf8)
  }

  private func write(to writer: inout XMLWriter, namespace: String? = nil) {
    let attributes =
      (namespace.map { [("xmlns", $0)] } ?? []) + attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    writer.element(name, attributes: attributes) { writer in
      for child in children { child.write(to: &writer) }
      if children.isEmpty { writer.append(text) }
    }
  }
}
