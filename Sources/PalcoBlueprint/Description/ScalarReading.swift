import Foundation
import Synchronization

/// A scalar as Palco uses it: percentages in tenths, durations in seconds, processors in CPU units, memory in MiB.
enum ReadScalar: Sendable, Equatable {
  case text(String)
  case number(Int)
  case boolean(Bool)
}

/// Why a scalar cannot be used, and what could be written instead.
struct ScalarProblem: Error, Equatable {
  var message: String
  var fix: String?
}

extension ValueShape {
  /// Reads a scalar, or says why not.
  func read(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> ReadScalar {
    switch self {
    case .text(let shape):
      return .text(try shape.read(scalar, described: described))
    case .number(let range):
      guard scalar.kind == .number, !scalar.text.contains(".") else {
        throw ScalarProblem(
          message: "must be a whole number, but is \(described)", fix: "write a number from \(range.inWords)")
      }
      let digits = scalar.text.drop { $0 == "-" || $0 == "+" }
      guard digits == "0" || !digits.hasPrefix("0") else {
        throw ScalarProblem(
          message: "\(scalar.text.quotedForMessage) begins with 0, which some readers take for an octal number",
          fix: "write it without the leading 0")
      }
      guard let number = Int(scalar.text), range.contains(number) else {
        throw ScalarProblem(
          message: "\(scalar.text.quotedForMessage) is out of range", fix: "write a number from \(range.inWords)")
      }
      return .number(number)
    case .percent(let tenths):
      return .number(try PercentText.read(scalar, described: described, tenths: tenths))
    case .share: return .text(try ObjectiveText.readShare(scalar, described: described))
    case .responseTime: return .text(try ObjectiveText.readResponseTime(scalar, described: described))
    case .duration(let range, let step):
      return .number(try DurationText.read(scalar, described: described, range: range, step: step))
    case .processor:
      return .number(try Fargate.readProcessor(scalar, described: described))
    case .memory:
      return .number(try Fargate.readMemory(scalar, described: described))
    case .boolean:
      guard scalar.kind == .boolean else {
        throw ScalarProblem(message: "must be true or false, but is \(described)", fix: "write `true` or `false`")
      }
      return .boolean(scalar.text.lowercased() == "true")
    case .choice(let choices):
      let names = choices.map { "`\($0.name)`" }.joined(separator: " or ")
      guard let choice = choices.first(where: { $0.name == scalar.text }) else {
        let near = Spelling.nearest(to: scalar.text, among: choices.map(\.name)).map { "; did you mean `\($0)`?" } ?? ""
        throw ScalarProblem(message: "must be \(names), but is \(described)\(near)", fix: "write \(names)")
      }
      return .text(choice.name)
    case .list, .map, .section, .environments:
      throw ScalarProblem(message: "must be \(kindInWords), but is \(described)")
    }
  }

  /// What kind of value it is, for messages.
  var kindInWords: String {
    switch self {
    case .text: "a text"
    case .number: "a whole number"
    case .percent: "a percentage"
    case .share: "a percentage with its sign"
    case .responseTime: "a response time with its unit"
    case .duration: "a duration"
    case .processor: "an amount of CPU"
    case .memory: "an amount of memory"
    case .boolean: "true or false"
    case .choice: "one of a few words"
    case .list: "a list"
    case .map, .section, .environments: "a map"
    }
  }
}

extension TextShape {
  func read(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> String {
    let isText = scalar.kind == .text || takesNumbers && scalar.kind != .null
    guard isText else {
      let fix = scalar.kind == .null ? "write \(meaning), for example \(example)" : "put it into quotes"
      throw ScalarProblem(message: "must be a text, but is \(described)", fix: fix)
    }
    let text = scalar.text
    if let reason = reserved[text] { throw ScalarProblem(message: "`\(text)` is taken: \(reason)") }
    guard !length.contains(text.unicodeScalars.count) || !matches(text) else { return text }
    var fix = "for example \(example)"
    if let repaired = repair?(text), length.contains(repaired.count), matches(repaired), reserved[repaired] == nil {
      fix = "perhaps `\(repaired)`"
    }
    throw ScalarProblem(
      message: isSecretReference ? "must be \(meaning)" : "\(text.quotedForMessage) must be \(meaning)", fix: fix)
  }

  private func matches(_ text: String) -> Bool {
    Patterns.whole(pattern, matches: text)
  }
}

/// The description's regular expressions, compiled once: a manifest's values are looked at several times each.
private enum Patterns {
  private static let compiled = Mutex<[String: NSRegularExpression]>([:])

  /// Whether a pattern matches a text as a whole.
  static func whole(_ pattern: String, matches text: String) -> Bool {
    let expression = compiled.withLock { compiled -> NSRegularExpression? in
      if let known = compiled[pattern] { return known }
      let new = try? NSRegularExpression(pattern: "\\A(?:\(pattern))\\z")
      compiled[pattern] = new
      return new
    }
    // A pattern that cannot be compiled lets nothing pass; every pattern is used by a test.
    guard let expression else { return false }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}

extension ClosedRange<Int> {
  /// `1 to 65535`.
  var inWords: String { "\(lowerBound) to \(upperBound)" }
}

/// Percentages as they are written: `5`, `2.5`. A tenth is the least that ECS counts.
enum PercentText {
  static func read(
    _ scalar: YAMLScalar, described: String, tenths range: ClosedRange<Int>
  ) throws(ScalarProblem) -> Int {
    let limits = "a number from \(written(range.lowerBound)) to \(written(range.upperBound))"
    guard scalar.kind == .number else {
      throw ScalarProblem(message: "must be a number of percent, but is \(described)", fix: "write \(limits)")
    }
    let parts = scalar.text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count < 2 || parts[1].dropFirst().allSatisfy({ $0 == "0" }) else {
      throw ScalarProblem(
        message:
          "\(scalar.text.quotedForMessage) is finer than a tenth of a percent, which is the least that ECS counts",
        fix: "write \(limits), with one decimal at most")
    }
    guard let percent = Double(scalar.text), percent.isFinite, abs(percent) <= 1000,
      range.contains(Int((percent * 10).rounded()))
    else {
      throw ScalarProblem(message: "\(scalar.text.quotedForMessage) is out of range", fix: "write \(limits)")
    }
    return Int((percent * 10).rounded())
  }

  /// Tenths of a percent as they are written.
  static func written(_ tenths: Int) -> String {
    tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

/// Durations as they are written: `30s`, `2m`, `1h`.
enum DurationText {
  static let pattern = "[0-9]{1,9}[smh]"

  static func read(
    _ scalar: YAMLScalar, described: String, range: ClosedRange<Int>, step: Int
  ) throws(ScalarProblem) -> Int {
    let limits = "\(written(range.lowerBound, step: step)) to \(written(range.upperBound, step: step))"
    let digits = scalar.text.prefix { $0.isASCII && $0.isNumber }
    let unit = scalar.text[digits.endIndex...]
    guard let factor = ["s": 1, "m": 60, "h": 3600][unit], let count = Int(digits), digits.count <= 9 else {
      let isBare = unit.isEmpty && !digits.isEmpty && digits.count <= 9
      let unit = step == 60 ? "m" : "s"
      throw ScalarProblem(
        message: "must be a duration with its unit, but is \(described)",
        fix: isBare ? "write `\(digits)\(unit)`, or use s, m or h" : "write a duration from \(limits)")
    }
    let seconds = count * factor
    guard range.contains(seconds) else {
      throw ScalarProblem(
        message: "\(scalar.text.quotedForMessage) is out of range", fix: "write a duration from \(limits)")
    }
    guard seconds % step == 0 else {
      throw ScalarProblem(
        message: "\(scalar.text.quotedForMessage) is no whole number of minutes, which is what ECS counts",
        fix: "write `\(max((seconds + step / 2) / step, 1))m`")
    }
    return seconds
  }

  /// Seconds as they are written: in the largest unit that divides them.
  static func written(_ seconds: Int, step: Int = 1) -> String {
    if seconds == 0 { return step == 60 ? "0m" : "0s" }
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }
}
