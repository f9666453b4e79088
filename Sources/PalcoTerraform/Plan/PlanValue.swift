import Foundation

/// Any JSON value of a plan.
public enum PlanValue: Codable, Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list([PlanValue])
  case object([String: PlanValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let list = try? container.decode([PlanValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: PlanValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }

  /// A member of an object.
  public subscript(name: String) -> PlanValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  /// The text of a string.
  public var text: String? { if case .string(let text) = self { text } else { nil } }

  var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

  var integer: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

  var items: [PlanValue] { if case .list(let items) = self { items } else { [] } }

  var members: [String: PlanValue] { if case .object(let members) = self { members } else { [:] } }

  /// Whether there is anything `true` in it: how Terraform marks what is sensitive, or not known yet, in a value.
  var isMarked: Bool {
    switch self {
    case .bool(let bool): bool
    case .list(let items): items.contains(where: \.isMarked)
    case .object(let members): members.values.contains(where: \.isMarked)
    case .null, .number, .string: false
    }
  }

  /// Whether it says nothing: Terraform has `null`, `""`, `[]` and `{}` for what was left out.
  var isEmpty: Bool {
    switch self {
    case .null: true
    case .string(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .object(let members): members.isEmpty
    case .bool, .number: false
    }
  }

  /// For people: at most about 60 characters.
  var shown: String {
    let text: String
    switch self {
    case .null: return "none"
    case .bool(let bool): return bool ? "true" : "false"
    case .number(let number): return Int(exactly: number).map(String.init) ?? String(number)
    case .string(let string): text = string.contains("\n") ? "(text of \(string.count) characters)" : string
    case .list, .object:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      text = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "…"
    }
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }
}
