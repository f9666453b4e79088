/// A line of a file, and the marker that goes below it.
public struct SourceExcerpt: Sendable, Equatable {
  /// The line, cut to what fits, with nothing in it that a terminal would obey.
  public var line: String
  /// Blanks, a caret below the position, and tildes as far as it reaches.
  public var marker: String

  /// Makes an excerpt.
  public init(line: String, marker: String) {
    self.line = line
    self.marker = marker
  }
}

/// The lines of a file, for the excerpts of diagnostics.
public struct SourceText: Sendable {
  private let scalars: [Unicode.Scalar]
  private let lines: [Range<Int>]
  /// The first column of each line that must not be shown.
  private var hidden: [Int: Int] = [:]

  /// The widest excerpt, in columns.
  static let width = 110

  /// Takes a text apart into lines, at every line break that YAML knows.
  public init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var lines: [Range<Int>] = []
    var start = 0
    for (index, scalar) in scalars.enumerated() where index >= start && Self.isLineBreak(scalar) {
      lines.append(start..<index)
      let isPair = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      start = index + (isPair ? 2 : 1)
    }
    lines.append(start..<scalars.count)
    self.scalars = scalars
    self.lines = lines
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  /// How many lines there are; at least one.
  public var lineCount: Int { lines.count }

  /// The position after the last character.
  public var end: SourcePosition { SourcePosition(line: lines.count, column: lines[lines.count - 1].count + 1) }

  /// A line by its number from 1, or nil when there is none.
  public func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? String(String.UnicodeScalarView(scalars[lines[number - 1]])) : nil
  }

  /// How many Unicode scalars stand before a position, or nil when the file has no such position.
  public func offset(of position: SourcePosition) -> Int? {
    guard lines.indices.contains(position.line - 1) else { return nil }
    let line = lines[position.line - 1]
    return (1...line.count + 1).contains(position.column) ? line.lowerBound + position.column - 1 : nil
  }

  /// Whether the file holds a text at a position.
  public func holds(_ text: String, at position: SourcePosition) -> Bool {
    offset(of: position).map { scalars[$0...].starts(with: text.unicodeScalars) } ?? false
  }

  /// Keeps a secret out of every excerpt: what a line holds from a column on.
  public mutating func hide(from position: SourcePosition) {
    hidden[position.line] = min(hidden[position.line] ?? .max, position.column)
  }

  /// The line of a position with a marker below it.
  ///
  /// - Parameter length: how many columns the marker covers; 1 is a caret alone
  /// - Returns: nil when the file has no such line
  public func excerpt(at position: SourcePosition, length: Int = 1) -> SourceExcerpt? {
    guard lines.indices.contains(position.line - 1) else { return nil }
    var scalars = scalars[lines[position.line - 1]].map(Self.shown)
    if let column = hidden[position.line], column <= scalars.count {
      scalars.replaceSubrange((column - 1)..., with: "•••".unicodeScalars)
    }
    var column = min(max(position.column, 1), scalars.count + 1) - 1
    if scalars.count > Self.width {
      let start = max(0, min(column - Self.width / 2, scalars.count - Self.width))
      let end = min(scalars.count, start + Self.width)
      let head = Array((start > 0 ? "…" : "").unicodeScalars)
      scalars = head + scalars[start..<end] + (end < scalars.count ? Array("…".unicodeScalars) : [])
      column += head.count - start
    }
    let blanks = scalars.prefix(column).map { $0 == "\t" ? "\t" : " " }.joined()
    let reach = max(1, min(length, scalars.count - column))
    let text = String(String.UnicodeScalarView(scalars))
    return SourceExcerpt(line: text, marker: blanks + "^" + String(repeating: "~", count: reach - 1))
  }

  /// A character as it may go to a terminal: control and bidirectional-override characters could rewrite the screen.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.properties.generalCategory {
    case .control where scalar != "\t", .format, .lineSeparator, .paragraphSeparator, .privateUse: "\u{FFFD}"
    default: scalar
    }
  }
}
