import Foundation
import PalcoCore
import Yams

/// One YAML file as values with positions, within bounds that make a hostile file harmless.
struct YAMLDocument {
  /// The top of the file, or nil when it could not be read.
  var root: YAMLValue?
  /// What was wrong, and the source of the excerpts.
  var problems: DiagnosticCollector

  /// The largest file, in bytes.
  static let sizeLimit = 1 << 20
  /// The most values in a file, and the deepest nesting.
  static let (valueLimit, depthLimit) = (20_000, 32)

  private var count = 0
  /// Stands in keys that were written twice, so that the parser lets the others pass; see `parse`.
  private static let marker: Unicode.Scalar = "\u{E000}"

  /// Reads a file's bytes.
  init(_ data: Data, file: String) {
    let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    guard data.count <= Self.sizeLimit else {
      problems = DiagnosticCollector(file: file, source: SourceText(""))
      problems.add(
        at: nil, "the file is larger than 1 MiB", fix: "a manifest is a page or two; is this the right file?")
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let valid = Self.validPrefix(of: bytes)
      problems = DiagnosticCollector(file: file, source: SourceText(valid))
      let end = SourceText(valid)
      let column = (end.line(end.lineCount)?.unicodeScalars.count ?? 0) + 1
      problems.add(
        at: SourcePosition(line: end.lineCount, column: column), "the file is not UTF-8 from here on",
        fix: "save it as UTF-8")
      return
    }
    problems = DiagnosticCollector(file: file, source: SourceText(text))
    for number in 1...problems.source.lineCount {
      if let column = problems.source.line(number).flatMap(SecretHeuristics.columnToHide) {
        problems.source.hide(from: SourcePosition(line: number, column: column))
      }
    }
    if let alias = Self.firstAlias(in: text) {
      problems.add(
        at: alias, "anchors and aliases (`&name`, `*name`) are not used in palco.yml",
        fix: "write the value where it is needed; `environments` inherit everything above them")
      return
    }
    read(text)
    if root == nil, !problems.hasErrors {
      problems.add(at: SourcePosition(line: 1, column: 1), "the file is empty", fix: "`palco init` writes a starter")
    }
  }

  // MARK: Parsing

  private mutating func read(_ text: String) {
    var text = text
    // A hostile file must not make the parser start again and again.
    let attempts = 16
    let canMark = text.utf8.count < 65_536 && !text.unicodeScalars.contains(Self.marker)
    // The parser gives up at the first mapping with a key written twice. A mark inside of that key makes it unique,
    // so that everything else in the file is read and reported too; `convert` reports the marked ones.
    for attempt in 1...attempts {
      do {
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        // Anchors live as long as their parser.
        try withExtendedLifetime(parser) {
          guard let node = try parser.singleRoot() else { return }
          let source = SourceText(text)
          root = convert(node, path: "", depth: 0, source: source)
          if let scalar = root, scalar.entries?.isEmpty == true { root = nil }
        }
        return
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let position = SourcePosition(context.mark)
        guard canMark, attempt < attempts, let marked = Self.marking(text, at: position) else {
          let names = keys.map(\.quotedForMessage).joined(separator: ", ")
          problems.add(at: corrected(position, in: SourceText(text)), "\(names) is written twice", fix: "keep one")
          return
        }
        text = marked
      } catch {
        report(error, in: SourceText(text))
        return
      }
    }
  }

  private static func marking(_ text: String, at position: SourcePosition) -> String? {
    let source = SourceText(text)
    var offset = 0
    // Positions count every line break as one character but `\r\n`, so the text is walked line by line.
    var scalars = Array(text.unicodeScalars)
    for number in 1..<max(position.line, 1) {
      guard let line = source.line(number) else { return nil }
      offset += line.unicodeScalars.count
      guard offset < scalars.count else { return nil }
      offset += scalars[offset] == "\r" && offset + 1 < scalars.count && scalars[offset + 1] == "\n" ? 2 : 1
    }
    offset += position.column
    guard (1...scalars.count).contains(offset) else { return nil }
    scalars.insert(marker, at: offset)
    return String(String.UnicodeScalarView(scalars))
  }

  /// A position in the marked text, as a position in the file.
  private func corrected(_ position: SourcePosition, in source: SourceText) -> SourcePosition {
    let before = source.line(position.line)?.unicodeScalars.prefix(position.column - 1) ?? ""[...].unicodeScalars[...]
    return SourcePosition(line: position.line, column: position.column - before.filter { $0 == Self.marker }.count)
  }

  // MARK: Converting

  private mutating func convert(_ node: Node, path: String, depth: Int, source: SourceText) -> YAMLValue? {
    let mark = node.mark.map(SourcePosition.init) ?? SourcePosition(line: 1, column: 1)
    let position = corrected(mark, in: source)
    count += 1
    guard depth <= Self.depthLimit, count <= Self.valueLimit else {
      let problem = depth > Self.depthLimit ? "this is nested too deeply" : "the file holds too many values"
      problems.add(at: position, problem, fix: "a manifest is a page or two; is this the right file?")
      return nil
    }
    if node.anchor != nil {
      problems.add(at: position, path: path, "anchors (`&name`) are not used in palco.yml", fix: "remove the anchor")
    }
    switch node {
    case .alias: return nil
    case .scalar(let scalar):
      let isText = scalar.style != .plain || scalar.tag.rawValue == Tag.Name.str.rawValue
      refuseTag(scalar.tag, unless: [Tag.Name.str], at: position, path: path)
      let value = YAMLScalar(scalar.string, isPlain: !isText)
      return YAMLValue(
        content: .scalar(value), position: position, length: Self.length(of: scalar, at: mark, in: source), path: path)
    case .sequence(let sequence):
      refuseTag(sequence.tag, unless: [Tag.Name.seq], at: position, path: path)
      var items: [YAMLValue] = []
      for (index, item) in sequence.enumerated() {
        guard let value = convert(item, path: "\(path)[\(index)]", depth: depth + 1, source: source) else { return nil }
        items.append(value)
      }
      return YAMLValue(content: .list(items), position: position, path: path)
    case .mapping(let mapping):
      refuseTag(mapping.tag, unless: [Tag.Name.map], at: position, path: path)
      var entries: [YAMLEntry] = []
      var lines: [String: Int] = [:]
      for (keyNode, valueNode) in mapping {
        let keyPosition = corrected(keyNode.mark.map(SourcePosition.init) ?? mark, in: source)
        guard case .scalar(let scalar) = keyNode else {
          problems.add(at: keyPosition, path: path, "a key must be a word, not a list or a map")
          continue
        }
        let key = String(String.UnicodeScalarView(scalar.string.unicodeScalars.filter { $0 != Self.marker }))
        let below = path.isEmpty ? key : "\(path).\(key)"
        guard let value = convert(valueNode, path: below, depth: depth + 1, source: source) else { return nil }
        let entry = YAMLEntry(key: key, keyPosition: keyPosition, value: value)
        if let line = lines[key] {
          problems.add(atKeyOf: entry, "is written twice; it stands in line \(line) already", fix: "keep one")
        } else {
          entries.append(entry)
          lines[key] = keyPosition.line
        }
      }
      return YAMLValue(content: .map(entries), position: position, path: path)
    }
  }

  private mutating func refuseTag(_ tag: Tag, unless allowed: [Tag.Name], at position: SourcePosition, path: String) {
    let name = tag.rawValue
    guard !name.isEmpty, !allowed.contains(where: { $0.rawValue == name }) else { return }
    problems.add(
      at: position, path: path, "the tag \(name.quotedForMessage) is not used in palco.yml", fix: "remove the tag")
  }

  /// How many columns a scalar covers in its line; 1 when it is not written there as it reads.
  private static func length(of scalar: Node.Scalar, at mark: SourcePosition, in source: SourceText) -> Int {
    let isQuoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    let written = source.line(mark.line)?.unicodeScalars.dropFirst(mark.column - 1 + (isQuoted ? 1 : 0))
    guard let written, !scalar.string.isEmpty, written.starts(with: scalar.string.unicodeScalars) else { return 1 }
    return scalar.string.unicodeScalars.count + (isQuoted ? 2 : 0)
  }

  // MARK: What cannot be read

  private mutating func report(_ error: any Error, in source: SourceText) {
    var fix: String?
    switch error {
    case YamlError.composer(_, let problem, let mark, _) where problem.contains("another document"):
      report(
        "the file holds a second document", at: SourcePosition(mark), in: source, fix: "remove `---` and what follows")
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let line = source.line(mark.line)?.unicodeScalars ?? "".unicodeScalars
      let indentation = line.prefix { $0 == " " || $0 == "\t" }
      if indentation.contains("\t") || line.dropFirst(mark.column - 1).first == "\t" {
        fix = "indent with spaces; YAML takes no tabs"
      } else if problem.contains("mapping values are not allowed") {
        fix = "put texts that hold `: ` into quotes, and check the indentation"
      } else if problem.contains("cannot start any token") {
        fix = "put the text into quotes"
      }
      let start = context.map { " (\($0.text), begun in line \($0.mark.line))" } ?? ""
      report("this is not YAML: \(problem)\(start)", at: SourcePosition(mark), in: source, fix: fix)
    case YamlError.reader(let problem, let offset, _, let yaml):
      let before = SourceText(String(yaml.prefix(offset ?? 0)))
      let column = (before.line(before.lineCount)?.unicodeScalars.count ?? 0) + 1
      report(
        "this is not YAML: \(problem)", at: SourcePosition(line: before.lineCount, column: column), in: source, fix: nil
      )
    default:
      problems.add(at: nil, "this is not YAML")
    }
  }

  private mutating func report(_ message: String, at position: SourcePosition, in source: SourceText, fix: String?) {
    problems.add(at: corrected(position, in: source), message, fix: fix)
  }

  // MARK: Hostile input

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
    let before = SourceText(String(decoding: bytes[..<alias.offset], as: UTF8.self))
    let column = (before.line(before.lineCount)?.unicodeScalars.count ?? 0) + 1
    return SourcePosition(line: before.lineCount, column: column)
  }

  /// The text before the first byte that is not UTF-8.
  private static func validPrefix(of bytes: Data) -> String {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var text = ""
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { text.unicodeScalars.append(scalar) }
    return text
  }
}

extension SourcePosition {
  fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
