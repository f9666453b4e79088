import Foundation

/// Computes expressions over a span of time. Only what is named is computed, each id once.
struct MathEvaluation {
  /// The value of an id.
  typealias Lookup = (String) throws -> MathValue

  /// The span in milliseconds since 1970, for `FILL` and `TIME_SERIES`.
  let start: Int64
  let end: Int64
  /// The period of a series that an expression makes of nothing, in seconds and in milliseconds.
  let period: (seconds: Int, milliseconds: Int64)
  /// The metrics of the request, for `METRICS()`.
  let metrics: [(id: String, series: TimeSeries)]
  let lookup: Lookup

  func value(of expression: MathExpression) throws -> MathValue {
    switch expression {
    case .number(let value): return .scalar(value)
    case .text(let text): return .text(text)
    case .reference(let id): return try lookup(id)
    case .negated(let operand): return try combined("*", .scalar(-1), value(of: operand))
    case .binary(let symbol, let left, let right):
      return try combined(symbol, value(of: left), value(of: right))
    case .list(let items): return .list(try items.flatMap { try series(value(of: $0)) })
    case .call(let name, let arguments):
      return try call(name, try arguments.map { try value(of: $0) })
    }
  }

  // MARK: Operators

  private func combined(_ symbol: String, _ left: MathValue, _ right: MathValue) throws -> MathValue {
    let operation = try Self.operation(symbol)
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)): return .scalar(operation(left, right))
    case (.series(let series), .scalar(let number)):
      return .series(Self.finite(series.mapped { operation($0, number) }))
    case (.scalar(let number), .series(let series)):
      return .series(Self.finite(series.mapped { operation(number, $0) }))
    case (.series(let left), .series(let right)): return .series(Self.joined(left, right, operation))
    case (.list(let all), .scalar(let number)):
      return .list(all.map { Self.finite($0.mapped { operation($0, number) }) })
    case (.scalar(let number), .list(let all)):
      return .list(all.map { Self.finite($0.mapped { operation(number, $0) }) })
    case (.list(let all), .series(let series)): return .list(all.map { Self.joined($0, series, operation) })
    case (.series(let series), .list(let all)): return .list(all.map { Self.joined(series, $0, operation) })
    default: throw MathExpression.Failure("the operator \(symbol) cannot be used on \(left.kind) and \(right.kind)")
    }
  }

  private static func operation(_ symbol: String) throws -> (Double, Double) -> Double {
    switch symbol {
    case "+": return { $0 + $1 }
    case "-": return { $0 - $1 }
    case "*": return { $0 * $1 }
    case "/": return { $0 / $1 }
    case "%": return { $0.truncatingRemainder(dividingBy: $1) }
    case "^": return { pow($0, $1) }
    case "==": return { $0 == $1 ? 1 : 0 }
    case "!=": return { $0 != $1 ? 1 : 0 }
    case "<": return { $0 < $1 ? 1 : 0 }
    case "<=": return { $0 <= $1 ? 1 : 0 }
    case ">": return { $0 > $1 ? 1 : 0 }
    case ">=": return { $0 >= $1 ? 1 : 0 }
    case "AND": return { $0 != 0 && $1 != 0 ? 1 : 0 }
    case "OR": return { $0 != 0 || $1 != 0 ? 1 : 0 }
    default: throw MathExpression.Failure("the operator \(symbol) is not known")
    }
  }

  /// At the instants that both have.
  private static func joined(
    _ left: TimeSeries, _ right: TimeSeries, _ operation: (Double, Double) -> Double
  ) -> TimeSeries {
    var result = left.period >= right.period ? left : right
    result.points = [:]
    for (instant, value) in left.points {
      if let other = right.points[instant] { result.points[instant] = operation(value, other) }
    }
    return finite(result)
  }

  /// What was divided by zero is no data point.
  private static func finite(_ series: TimeSeries) -> TimeSeries {
    var series = series
    series.points = series.points.filter { $0.value.isFinite }
    return series
  }

  // MARK: Functions

  private func call(_ name: String, _ arguments: [MathValue]) throws -> MathValue {
    func check(_ counts: ClosedRange<Int>) throws {
      guard counts.contains(arguments.count) else {
        throw MathExpression.Failure("the function \(name) takes another number of arguments")
      }
    }
    switch name {
    case "METRICS":
      try check(0...1)
      return .list(try filteredMetrics(arguments.first))
    case "FILL":
      try check(2...2)
      return try fill(arguments[0], with: arguments[1])
    case "IF":
      try check(2...3)
      return try choice(arguments[0], arguments[1], arguments.count == 3 ? arguments[2] : nil)
    case "TIME_SERIES":
      try check(1...1)
      return .series(constant(try scalar(arguments[0], in: name)))
    case "METRIC_COUNT":
      try check(1...1)
      return .scalar(Double(try series(arguments[0]).count))
    case "PERIOD":
      try check(1...1)
      return .scalar(Double(try single(arguments[0], in: name).period))
    case "ABS", "CEIL", "FLOOR", "LOG", "LOG10", "DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM":
      try check(1...1)
      return try each(arguments[0], in: name, Self.transformation(name))
    case "SUM", "AVG", "MIN", "MAX", "STDDEV":
      try check(1...Int.max)
      return try aggregated(name, arguments)
    default:
      throw MathExpression.Failure("the function \(name) is not known to the local cloud")
    }
  }

  private func filteredMetrics(_ filter: MathValue?) throws -> [TimeSeries] {
    guard let filter else { return metrics.map(\.series) }
    guard case .text(let text) = filter else {
      throw MathExpression.Failure("the argument of METRICS must be a text in quotation marks")
    }
    return metrics.filter { $0.id.contains(text) || $0.series.label.contains(text) }.map(\.series)
  }

  private static func transformation(_ name: String) -> (TimeSeries) -> TimeSeries {
    switch name {
    case "ABS": return { $0.mapped(abs) }
    case "CEIL": return { $0.mapped { $0.rounded(.up) } }
    case "FLOOR": return { $0.mapped { $0.rounded(.down) } }
    case "LOG": return { finite($0.mapped(log)) }
    case "LOG10": return { finite($0.mapped(log10)) }
    case "DIFF": return { $0.differences { change, _ in change } }
    // Seconds of AWS's time, which a period of this cloud stands for.
    case "DIFF_TIME":
      return { series in series.differences { _, time in Self.seconds(time, series) } }
    case "RATE": return { series in series.differences { change, time in change / Self.seconds(time, series) } }
    default:
      return { series in
        var (sum, result) = (0.0, series)
        for (instant, value) in series.sorted {
          sum += value
          result.points[instant] = sum
        }
        return result
      }
    }
  }

  private static func seconds(_ milliseconds: Int64, _ series: TimeSeries) -> Double {
    Double(milliseconds) / Double(series.step) * Double(series.period)
  }

  /// Over time for one series, across series for many.
  private func aggregated(_ name: String, _ arguments: [MathValue]) throws -> MathValue {
    let all = try arguments.flatMap { argument -> [TimeSeries] in
      if case .scalar = argument, arguments.count > 1 { throw MathExpression.Failure("\(name) takes no numbers here") }
      return try series(argument)
    }
    if arguments.count == 1, case .series(let only) = arguments[0] {
      guard !only.points.isEmpty else { return .scalar(0) }
      return .scalar(Self.aggregate(name, Array(only.points.values), of: only.points.count))
    }
    guard var result = all.first else { return .list([]) }
    var values: [Int64: [Double]] = [:]
    for series in all { for (instant, value) in series.points { values[instant, default: []].append(value) } }
    result.label = name
    // AWS counts what is missing as 0 in an average.
    result.points = values.mapValues { Self.aggregate(name, $0, of: name == "AVG" ? all.count : $0.count) }
    return .series(result)
  }

  private static func aggregate(_ name: String, _ values: [Double], of count: Int) -> Double {
    let sum = values.reduce(0, +)
    switch name {
    case "SUM": return sum
    case "AVG": return sum / Double(count)
    case "MIN": return values.min() ?? 0
    case "MAX": return values.max() ?? 0
    default:
      let mean = sum / Double(count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    }
  }

  private func fill(_ value: MathValue, with filler: MathValue) throws -> MathValue {
    if case .scalar = value { return value }
    return try each(value, in: "FILL") { series in
      var result = series
      let sorted = series.sorted
      for instant in instants(of: series) where series.points[instant] == nil {
        switch filler {
        case .scalar(let number): result.points[instant] = number
        case .series(let other): result.points[instant] = other.points[instant]
        case .text("REPEAT"): result.points[instant] = sorted.last { $0.instant < instant }?.value
        case .text("LINEAR"):
          guard let before = sorted.last(where: { $0.instant < instant }),
            let after = sorted.first(where: { $0.instant > instant })
          else { continue }
          let share = Double(instant - before.instant) / Double(after.instant - before.instant)
          result.points[instant] = before.value + (after.value - before.value) * share
        default: throw MathExpression.Failure("FILL takes a number, a time series, REPEAT or LINEAR")
        }
      }
      return result
    }
  }

  /// The periods of the span, as a series counts them.
  private func instants(of series: TimeSeries) -> [Int64] {
    // Not even a request for years makes more than AWS would answer.
    Array(stride(from: start, to: end, by: max(1, Int(series.step))).prefix(100_800))
  }

  private func constant(_ value: Double) -> TimeSeries {
    var series = TimeSeries(label: "", period: period.seconds, step: period.milliseconds, points: [:])
    for instant in instants(of: series) { series.points[instant] = value }
    return series
  }

  private func choice(_ condition: MathValue, _ yes: MathValue, _ no: MathValue?) throws -> MathValue {
    switch condition {
    case .scalar(let number):
      guard let chosen = number != 0 ? yes : no else { return .series(constantless()) }
      return chosen
    case .series(let series):
      var result = series
      result.points = [:]
      for (instant, value) in series.points {
        guard let chosen = value != 0 ? yes : no else { continue }
        switch chosen {
        case .scalar(let number): result.points[instant] = number
        case .series(let other): result.points[instant] = other.points[instant]
        default: throw MathExpression.Failure("IF cannot choose \(chosen.kind)")
        }
      }
      return .series(result)
    default: throw MathExpression.Failure("the condition of IF cannot be \(condition.kind)")
    }
  }

  private func constantless() -> TimeSeries {
    TimeSeries(label: "", period: period.seconds, step: period.milliseconds, points: [:])
  }

  // MARK: Kinds of values

  private func each(_ value: MathValue, in name: String, _ transform: (TimeSeries) throws -> TimeSeries) throws
    -> MathValue
  {
    switch value {
    case .series(let series): .series(try transform(series))
    case .list(let all): .list(try all.map(transform))
    case .scalar(let number):
      // A series of one point has a point left, unless it was compared with the one before.
      .scalar(try transform(.init(label: "", period: 1, step: 1, points: [0: number])).points[0] ?? 0)
    case .text: throw MathExpression.Failure("\(name) cannot be used on a text")
    }
  }

  private func series(_ value: MathValue) throws -> [TimeSeries] {
    switch value {
    case .series(let series): return [series]
    case .list(let all): return all
    case .scalar, .text: throw MathExpression.Failure("a time series is needed in the place of \(value.kind)")
    }
  }

  private func single(_ value: MathValue, in name: String) throws -> TimeSeries {
    guard case .series(let series) = value else { throw MathExpression.Failure("\(name) takes one time series") }
    return series
  }

  private func scalar(_ value: MathValue, in name: String) throws -> Double {
    guard case .scalar(let number) = value else { throw MathExpression.Failure("\(name) takes a number") }
    return number
  }
}
