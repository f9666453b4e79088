import AWSWire
import Foundation

/// A value of a field in an event.
enum FilterValue: Sendable, Equatable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case null
  /// An object or a list, which is there and compares with nothing.
  case container

  /// The value as a number, if it is one; a text that reads as a number counts.
  var number: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): Double(text)
    case .flag, .null, .container: nil
    }
  }

  /// The value as it is compared with words.
  var text: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Self.text(of: number)
    case .flag(let flag): flag ? "true" : "false"
    case .null, .container: nil
    }
  }

  /// A number without a fraction that is not there.
  static func text(of number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }

  init(_ value: JSONValue) {
    self =
      switch value {
      case .string(let text): .text(text)
      case .number(let number): .number(number)
      case .bool(let flag): .flag(flag)
      case .null: .null
      case .object, .array: .container
      }
  }
}

/// What a filter pattern finds in an event that fits.
struct FilterFields: Sendable {
  /// The event, when it is JSON.
  var json: JSONValue?
  /// The fields of a space-delimited event that the pattern names.
  var named: [String: String] = [:]

  /// The values at a place; none when the event has no such place.
  func values(_ selector: FilterPattern.Selector) -> [FilterValue] {
    switch selector {
    case .field(let name): named[name].map { [.text($0)] } ?? []
    case .path(let steps): json.map { Self.values(steps[...], in: $0) } ?? []
    }
  }

  private static func values(
    _ steps: ArraySlice<FilterPattern.Selector.Step>, in value: JSONValue
  ) -> [FilterValue] {
    guard let step = steps.first else { return [FilterValue(value)] }
    let rest = steps.dropFirst()
    switch (step, value) {
    case (.key(let key), .object(let members)): return members[key].map { values(rest, in: $0) } ?? []
    case (.index(let index), .array(let items)):
      return items.indices.contains(index) ? values(rest, in: items[index]) : []
    case (.everyItem, .array(let items)): return items.flatMap { values(rest, in: $0) }
    default: return []
    }
  }
}
