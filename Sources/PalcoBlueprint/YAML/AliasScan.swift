import PalcoCore

/// Finds aliases before the parser does.
enum AliasScan {
  /// The place of the first alias that names an anchor of the file.
  ///
  /// A few lines of nested aliases describe billions of values, and the parser hashes keys before anybody can look, so
  /// this is decided on the text. It may take a pair like `&x … *x` in a comment for an alias; nobody writes that.
  static func firstAlias(in text: String) -> SourcePosition? {
    let bytes = Array(text.utf8)
    func isName(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
    }
    func names(after sign: UInt8) -> [(name: ArraySlice<UInt8>, offset: Int)] {
      bytes.indices.filter { index in
        bytes[index] == sign && (index == 0 || " \t\n\r[]{},?:-".utf8.contains(bytes[index - 1]))
      }.map { (bytes[($0 + 1)...].prefix(while: isName), $0) }.filter { !$0.0.isEmpty }
    }
    let anchors = Set(names(after: UInt8(ascii: "&")).map(\.name))
    guard !anchors.isEmpty,
      let alias = names(after: UInt8(ascii: "*")).first(where: { anchors.contains($0.name) })
    else { return nil }
    return SourceText(String(decoding: bytes[..<alias.offset], as: UTF8.self)).end
  }
}
