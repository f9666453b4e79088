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
  /// Where the marks are in the marked text.
  private var marks: [SourcePosition] = []
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
      problems.add(
        at: problems.source.end, "the file is not UTF-8 from here on",
        fix: "save it as UTF-8")
      return
    }
    problems = DiagnosticCollector(file: file, source: SourceText(text))
    for number in 1...problems.source.lineCount {
      if let column = problems.source.line(number).flatMap(SecretHeuristics.columnToHide) {
        problems.source.hide(from: SourcePosition(line: number, column: column))
      }
    }
    if let alias = AliasScan.firstAlias(in: text) {
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
          let names = Set(keys.map { Self.unmarked($0).quotedForMessage }).sorted().joined(separator: ", ")
          problems.add(at: corrected(position), "\(names) is written twice", fix: "keep one")
          return
        }
        text = marked
        marks = Self.marks(in: SourceText(text))
      } catch {
        let problem = SyntaxProblem(error, in: SourceText(text))
        problems.add(at: problem.position.map(corrected), problem.message, fix: problem.fix)
        return
      }
    }
  }

  /// The text with a mark inside of the key at a position: after its first character, or after its quote.
  private static func marking(_ text: String, at position: SourcePosition) -> String? {
    guard let offset = SourceText(text).offset(of: position) else { return nil }
    var scalars = Array(text.unicodeScalars)
    guard offset < scalars.count else { return nil }
    scalars.insert(marker, at: offset + 1)
    return String(String.UnicodeScalarView(scalars))
  }

  private static func marks(in source: SourceText) -> [SourcePosition] {
    (1...source.lineCount).flatMap { number in
      (source.line(number) ?? "").unicodeScalars.enumerated().filter { $0.element == marker }
        .map { SourcePosition(line: number, column: $0.offset + 1) }
    }
  }

  private static func unmarked(_ key: String) -> String {
    String(String.UnicodeScalarView(key.unicodeScalars.filter { $0 != marker }))
  }

  /// A position in the marked text, as a position in the file.
  private func corrected(_ position: SourcePosition) -> SourcePosition {
    let before = marks.count { $0.line == position.line && $0.column < position.column }
    return SourcePosition(line: position.line, column: position.column - before)
  }

  // MARK: Converting

  private mutating func convert(_ node: Node, path: String, depth: Int, source: SourceText) -> YAMLValue? {
    let mark = node.mark.map(SourcePosition.init) ?? SourcePosition(line: 1, column: 1)
    let position = corrected(mark)
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
        let keyPosition = corrected(keyNode.mark.map(SourcePosition.init) ?? mark)
        guard case .scalar(let scalar) = keyNode else {
          problems.add(at: keyPosition, path: path, "a key must be a word, not a list or a map")
          continue
        }
        let key = Self.unmarked(scalar.string)
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
    let start = SourcePosition(line: mark.line, column: mark.column + (isQuoted ? 1 : 0))
    guard !scalar.string.isEmpty, source.holds(scalar.string, at: start) else { return 1 }
    return scalar.string.unicodeScalars.count + (isQuoted ? 2 : 0)
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
