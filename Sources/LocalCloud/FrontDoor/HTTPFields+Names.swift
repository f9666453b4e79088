import HTTPTypes

extension HTTPFields {
  /// The values of a field that swift-http-types has no constant for; the name in lower case.
  func values(named name: String) -> [String] {
    filter { $0.name.canonicalName == name }.map(\.value)
  }

  /// The first value of a field that swift-http-types has no constant for; the name in lower case.
  func value(named name: String) -> String? {
    first { $0.name.canonicalName == name }?.value
  }

  /// The fields of an encoded message; what is no header name is left out, and none of ours is.
  init(_ headers: [(name: String, value: String)]) {
    self.init()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
    }
  }
}
