/// A condition on fields of an event.
indirect enum FilterExpression: Sendable, Equatable {
  case all([FilterExpression])
  case any([FilterExpression])
  case test(FilterPattern.Selector, Comparison)

  /// What is asked of one field.
  enum Comparison: Sendable, Equatable {
    case equal(Operand)
    case notEqual(Operand)
    case less(Double)
    case lessOrEqual(Double)
    case greater(Double)
    case greaterOrEqual(Double)
    case isNull
    case isFlag(Bool)
    case exists
    case notExists
  }

  /// What a field is compared with: a text in which `*` stands for any text, and the number that it reads as.
  struct Operand: Sendable, Equatable {
    var text: String
    var number: Double?

    func matches(_ value: FilterValue) -> Bool {
      if let number, case .number(let other) = value { return number == other }
      guard let other = value.text else { return false }
      return Wildcard.matches(other, text)
    }
  }

  func matches(_ fields: FilterFields) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.matches(fields) }
    case .any(let parts): parts.contains { $0.matches(fields) }
    case .test(let selector, let comparison): comparison.holds(for: fields.values(selector))
    }
  }
}

extension FilterExpression.Comparison {
  /// Whether it holds for the values of a field; a field that is not there fits `NOT EXISTS` alone.
  fileprivate func holds(for values: [FilterValue]) -> Bool {
    func numbers(_ holds: (Double) -> Bool) -> Bool { values.contains { $0.number.map(holds) ?? false } }
    return switch self {
    case .equal(let operand): values.contains(where: operand.matches)
    case .notEqual(let operand): !values.isEmpty && !values.contains(where: operand.matches)
    case .less(let bound): numbers { $0 < bound }
    case .lessOrEqual(let bound): numbers { $0 <= bound }
    case .greater(let bound): numbers { $0 > bound }
    case .greaterOrEqual(let bound): numbers { $0 >= bound }
    case .isNull: values.contains(.null)
    case .isFlag(let flag): values.contains(.flag(flag))
    case .exists: !values.isEmpty
    case .notExists: values.isEmpty
    }
  }
}
