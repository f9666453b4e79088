/// A place in a message that is being read: a parameter of a form, or an element of an XML document.
protocol QueryElement {
  /// The text here; `nil` where there is structure instead.
  var text: String? { get }
  /// The names of the members of the structure here.
  var memberNames: [String] { get }
  /// A member of the structure here.
  func member(_ name: String) -> Self?
  /// The items of the list here.
  func items() throws -> [Self]
  /// The entries of the map here.
  func entries() throws -> [(key: String, value: Self)]
  /// Whether a list that is absent reads as an empty one. Answers of AWS leave empty lists out; in a request an absent
  /// list that is required is an error.
  static var absentListIsEmpty: Bool { get }
}

/// What stands at one place of a form: a value, or the parameters whose names go on after a dot.
struct FormElement: QueryElement {
  /// Deeper than any service's shapes.
  static let maximumDepth = 32

  private(set) var text: String?
  private var children: [String: FormElement] = [:]

  static var absentListIsEmpty: Bool { false }

  private init() {}

  /// Builds the tree of a form's parameters.
  ///
  /// - Throws: ``AWSError`` for names that are too deep, and for a name that is given twice.
  init(_ pairs: [(name: String, value: String)]) throws {
    for (name, value) in pairs {
      let path = name.split(separator: ".", omittingEmptySubsequences: false)
      guard path.count <= Self.maximumDepth else {
        throw AWSError("MalformedInput", "The parameter name \(name.prefix(200)) is nested too deeply.")
      }
      try insert(value, at: path[...], name: name)
    }
  }

  private mutating func insert(_ value: String, at path: ArraySlice<Substring>, name: String) throws {
    guard let first = path.first else {
      guard text == nil else { throw AWSError("MalformedInput", "The parameter \(name) is given more than once.") }
      text = value
      return
    }
    try children[String(first), default: FormElement()].insert(value, at: path.dropFirst(), name: name)
  }

  var memberNames: [String] { children.keys.sorted() }

  func member(_ name: String) -> FormElement? { children[name] }

  func items() throws -> [FormElement] { try numbered("member") }

  func entries() throws -> [(key: String, value: FormElement)] {
    try numbered("entry").map { entry in
      guard let key = entry.children["key"]?.text, let value = entry.children["value"] else {
        throw AWSError("MalformedInput", "A map entry needs both key and value.")
      }
      return (key, value)
    }
  }

  /// The children of `member` or `entry` in the order of their numbers; gaps close, as on AWS.
  private func numbered(_ name: String) throws -> [FormElement] {
    if let text, !text.isEmpty { throw AWSError("MalformedInput", "Start of list found where not expected") }
    guard children.keys.allSatisfy({ $0 == name }) else {
      throw AWSError("MalformedInput", "Start of structure or map found where not expected.")
    }
    let numbered = try (children[name]?.children ?? [:]).map { key, value in
      guard let number = Int(key), (1...QueryForm.maximumPairs).contains(number), key == String(number) else {
        throw AWSError("MalformedInput", "Invalid list index: \(key.prefix(50))")
      }
      return (number, value)
    }
    return numbered.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
