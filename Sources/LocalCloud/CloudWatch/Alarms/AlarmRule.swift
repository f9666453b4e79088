import Foundation

/// The rule of a composite alarm: `ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(arn:…))`.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
indirect enum AlarmRule: Sendable, Equatable {
  case constant(Bool)
  /// Whether an alarm, by name or ARN, has a state.
  case state(String, AlarmState)
  case not(AlarmRule)
  case and(AlarmRule, AlarmRule)
  case or(AlarmRule, AlarmRule)

  /// Why a text is no rule.
  struct Failure: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  /// Reads a rule.
  ///
  /// - Throws: ``Failure``.
  init(_ text: String) throws(Failure) {
    var parser = AlarmRuleParser(text)
    self = try parser.whole()
  }

  /// The alarms that it names, by name or ARN, each once.
  var alarms: [String] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }

  private var all: [String] {
    switch self {
    case .constant: []
    case .state(let alarm, _): [alarm]
    case .not(let rule): rule.all
    case .and(let left, let right), .or(let left, let right): left.all + right.all
    }
  }

  /// Whether it holds; an alarm that is not there has no state.
  func holds(_ state: (String) -> AlarmState?) -> Bool {
    switch self {
    case .constant(let value): value
    case .state(let alarm, let wanted): state(alarm) == wanted
    case .not(let rule): !rule.holds(state)
    case .and(let left, let right): left.holds(state) && right.holds(state)
    case .or(let left, let right): left.holds(state) || right.holds(state)
    }
  }
}

private struct AlarmRuleParser {
  private static let maximumDepth = 64

  private var rest: Substring
  private var depth = 0

  init(_ text: String) { rest = text[...] }

  mutating func whole() throws(AlarmRule.Failure) -> AlarmRule {
    let rule = try alternatives()
    skipSpace()
    guard rest.isEmpty else { throw failure("unexpected '\(rest.prefix(20))'") }
    return rule
  }

  private mutating func alternatives() throws(AlarmRule.Failure) -> AlarmRule {
    var rule = try conjunction()
    while takes(word: "OR") { rule = .or(rule, try conjunction()) }
    return rule
  }

  private mutating func conjunction() throws(AlarmRule.Failure) -> AlarmRule {
    var rule = try factor()
    while takes(word: "AND") { rule = .and(rule, try factor()) }
    return rule
  }

  private mutating func factor() throws(AlarmRule.Failure) -> AlarmRule {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw failure("it is nested too deeply") }
    if takes(word: "NOT") { return .not(try factor()) }
    if takes("(") {
      let rule = try alternatives()
      guard takes(")") else { throw failure("a parenthesis is not closed") }
      return rule
    }
    if takes(word: "TRUE") { return .constant(true) }
    if takes(word: "FALSE") { return .constant(false) }
    for state in [AlarmState.insufficientData, .alarm, .ok] where takes(word: state.rawValue) {
      guard takes("(") else { throw failure("( is missing after \(state.rawValue)") }
      let name = try alarmName()
      guard takes(")") else { throw failure(") is missing after the alarm \(name)") }
      return .state(name, state)
    }
    throw failure(rest.isEmpty ? "it ends too early" : "unexpected '\(rest.prefix(20))'")
  }

  private mutating func alarmName() throws(AlarmRule.Failure) -> String {
    skipSpace()
    let quote: Character? = rest.first == "\"" || rest.first == "'" ? rest.removeFirst() : nil
    let end = quote ?? ")"
    let name = rest.prefix { $0 != end }
    rest = rest.dropFirst(name.count)
    if quote != nil {
      guard rest.popFirst() == quote else { throw failure("a quotation mark is not closed") }
    }
    let trimmed = quote == nil ? name.trimmingCharacters(in: .whitespaces) : String(name)
    guard !trimmed.isEmpty else { throw failure("the name of an alarm is missing") }
    return trimmed
  }

  private mutating func takes(_ symbol: Character) -> Bool {
    skipSpace()
    guard rest.first == symbol else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takes(word: String) -> Bool {
    skipSpace()
    guard rest.hasPrefix(word) else { return false }
    let after = rest.dropFirst(word.count)
    if let next = after.first, next.isLetter || next.isNumber || next == "_" { return false }
    rest = after
    return true
  }

  private mutating func skipSpace() { rest = rest.drop(while: \.isWhitespace) }

  private func failure(_ reason: String) -> AlarmRule.Failure { .init(description: reason) }
}
