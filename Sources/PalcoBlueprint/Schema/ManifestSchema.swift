import Foundation

/// The JSON Schema of `palco.yml`, for editors (https://json-schema.org/draft/2020-12/schema).
///
/// It tells the form of every value. What takes more than one value to see (Fargate's pairs, a timeout beside its
/// interval), and ranges of durations, only `palco check` tells.
public enum ManifestSchema {
  /// The schema's text.
  public static func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(root), as: UTF8.self)
  }

  private static var root: JSONValue {
    let description = ManifestDescription.manifest
    var members = object(description, requiring: ["name", "environments"])
    members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    members["title"] = "palco.yml"
    members["type"] = "object"
    // Shared by the top of the file and by each environment.
    let shared: [(String, JSONValue)] = description.fields.compactMap { field in
      guard case .section(let section) = field.shape else { return nil }
      return (field.key, .object(object(section)))
    }
    members["$defs"] = .object(Dictionary(shared) { first, _ in first })
    return .object(members)
  }

  private static func object(_ section: Section, requiring required: [String] = []) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      // An empty value is an empty map.
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": .object(Dictionary(section.fields.map { ($0.key, property($0)) }) { first, _ in first }),
    ]
    if !required.isEmpty { members["required"] = .list(required.map { .text($0) }) }
    if let rules = variantRules(section) { members["allOf"] = rules }
    return members
  }

  private static func property(_ field: Field) -> JSONValue {
    if case .section = field.shape, ManifestDescription.manifest[field.key] != nil {
      return ["$ref": .text("#/$defs/\(field.key)"), "description": .text(field.documentation)]
    }
    var members = value(field.shape)
    members["description"] = .text(field.documentation)
    if let text = field.defaultText {
      members["default"] =
        switch field.shape {
        case .boolean: .boolean(text == "true")
        default: Int(text).map { .number($0) } ?? .text(text.trimmingCharacters(in: ["\""]))
        }
    }
    return .object(members)
  }

  private static func value(_ shape: ValueShape) -> [String: JSONValue] {
    switch shape {
    case .text(let text): return value(text)
    case .number(let range):
      return ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
    case .percent(let tenths):
      return ["type": "number", "minimum": .tenths(tenths.lowerBound), "maximum": .tenths(tenths.upperBound)]
    case .share: return ["type": "string", "pattern": .text("^\(ObjectiveText.sharePattern)$")]
    case .responseTime: return ["type": "string", "pattern": .text("^\(ObjectiveText.responseTimePattern)$")]
    case .duration: return ["type": "string", "pattern": .text("^\(DurationText.pattern)$")]
    case .processor:
      return [
        "anyOf": [
          ["enum": .list(Fargate.pairs.map { .number($0.cpu) })],
          ["type": "string", "pattern": .text("^(\(Fargate.processorPattern))$")],
        ]
      ]
    case .memory:
      return [
        "anyOf": [
          ["type": "integer", "minimum": 512, "maximum": 122880],
          ["type": "string", "pattern": .text("^(\(Fargate.memoryPattern))$")],
        ]
      ]
    case .boolean: return ["type": "boolean"]
    case .choice(let choices): return ["enum": .list(choices.map { .text($0.name) })]
    case .list(let items): return ["type": "array", "items": .object(value(items)), "minItems": 1]
    case .map(let keys, let values):
      return [
        "type": ["object", "null"], "propertyNames": names(keys), "additionalProperties": .object(value(values)),
      ]
    case .section(let section): return object(section)
    case .environments(let keys, let section):
      return [
        "type": "object", "minProperties": 1, "propertyNames": names(keys),
        "additionalProperties": .object(object(section)),
      ]
    }
  }

  private static func value(_ text: TextShape) -> [String: JSONValue] {
    var members: [String: JSONValue] = [
      "type": text.takesNumbers ? ["string", "number", "boolean"] : "string", "pattern": .text("^(\(text.pattern))$"),
      "maxLength": .number(text.length.upperBound),
    ]
    if text.length.lowerBound > 0 { members["minLength"] = .number(text.length.lowerBound) }
    return members
  }

  private static func names(_ keys: TextShape) -> JSONValue {
    var members = value(keys)
    members["type"] = nil
    if !keys.reserved.isEmpty { members["not"] = ["enum": .list(keys.reserved.keys.sorted().map { .text($0) })] }
    return .object(members)
  }

  /// What does not go together within a section. An environment may inherit the choice, so only what is written counts.
  private static func variantRules(_ section: Section) -> JSONValue? {
    func forbid(_ keys: [String]) -> JSONValue {
      ["properties": .object(Dictionary(keys.map { ($0, false) }) { first, _ in first })]
    }
    func others(than variant: String) -> [String] {
      section.fields.filter { $0.variant?.names.contains(variant) == false }.map(\.key)
    }
    switch section.variants {
    case nil: return nil
    case .key(let keys):
      return .list(keys.map { ["if": ["required": [.text($0)]], "then": forbid(others(than: $0))] })
    case .value(let key):
      guard case .choice(let choices)? = section[key]?.shape else { return nil }
      let variants = choices.map(\.name).sorted()
      return .list(
        variants.map { variant in
          let condition: JSONValue = [
            "properties": .object([key: ["const": .text(variant)]]), "required": [.text(key)],
          ]
          return ["if": condition, "then": forbid(others(than: variant))]
        })
    }
  }
}
