/// A rule, ready to be asked.
struct CompiledRule: Sendable {
  let id: String
  private let conditions: [CompiledCondition]
  let action: RuleAction

  init(_ rule: ListenerRule) {
    id = rule.id
    conditions = rule.conditions.map { CompiledCondition($0) }
    action = rule.action
  }

  /// Whether the rule is for every request, so that the request need not be looked at.
  var isUnconditional: Bool { conditions.isEmpty }

  func matches(_ request: RequestView) -> Bool { conditions.allSatisfy { $0.matches(request) } }
}

/// A condition, ready to be asked.
private enum CompiledCondition: Sendable {
  case host([Wildcard])
  case path([Wildcard])
  case header(name: [UInt8], [Wildcard])
  case method([[UInt8]])
  case query([(key: Wildcard?, value: Wildcard)])
  case source([AddressBlock])

  init(_ condition: RuleCondition) {
    switch condition {
    case .hostHeader(let values): self = .host(values.map { Wildcard($0, isCaseSensitive: false) })
    case .pathPattern(let values): self = .path(values.map { Wildcard($0, isCaseSensitive: true) })
    case .httpHeader(let name, let values):
      self = .header(name: Array(name.utf8), values.map { Wildcard($0, isCaseSensitive: false) })
    case .httpRequestMethod(let values): self = .method(values.map { Array($0.utf8) })
    case .queryString(let pairs):
      self = .query(
        pairs.map { pair in
          (
            key: pair.key.map { Wildcard($0, isCaseSensitive: false) },
            value: Wildcard(pair.value, isCaseSensitive: false)
          )
        })
    case .sourceIP(let blocks): self = .source(blocks.compactMap { AddressBlock($0) })
    }
  }

  func matches(_ request: RequestView) -> Bool {
    switch self {
    case .host(let patterns): patterns.contains { $0.matches(request.hostName) }
    case .path(let patterns): patterns.contains { $0.matches(request.path) }
    case .header(let name, let patterns):
      request.anyField(named: name) { value in patterns.contains { $0.matches(value) } }
    case .method(let methods): methods.contains { $0.elementsEqual(request.method) }
    case .query(let pairs):
      Self.anyParameter(of: request.query) { key, value in
        pairs.contains { ($0.key?.matches(key) ?? true) && $0.value.matches(value) }
      }
    case .source(let blocks): blocks.contains { $0.contains(request.clientAddress) }
    }
  }

  private static func anyParameter(
    of query: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    query.split(separator: UInt8(ascii: "&")).contains { part in
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      return body(
        UnsafeRawBufferPointer(rebasing: part[part.startIndex..<equals]),
        UnsafeRawBufferPointer(rebasing: part[min(equals + 1, part.endIndex)...]))
    }
  }
}
