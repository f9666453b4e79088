/// An environment as it is written: what it says itself, what stands above, and both merged.
struct WrittenEnvironment: Sendable {
  var merged: YAMLValue?
  var own: YAMLValue
  var base: YAMLValue
  var isProtected: Bool
  var isOnAWS: Bool
}

/// The value of every key of an environment, whether it is written or not.
struct EffectiveValues {
  struct Value {
    var text: String
    /// What people see: the text, unless it looks like a secret.
    var shown: String
    /// Whether the environment writes it itself.
    var isOwn: Bool
    /// Whether it stands above the environments.
    var isAbove: Bool
    /// Whether its key is of a map, where the author chooses the keys.
    var isOfMap: Bool
    var field: Field
    /// The key's place in the description.
    var place: Int
  }

  private(set) var values: [String: Value] = [:]
  private let environment: WrittenEnvironment
  private let includesAWS: Bool
  private var place = 0

  /// - Parameter includesAWS: whether the keys count that mean something on AWS only
  init(_ environment: WrittenEnvironment, includesAWS: Bool) {
    self.environment = environment
    self.includesAWS = includesAWS
    collect(
      ManifestDescription.environment, merged: environment.merged, own: environment.own, base: environment.base,
      path: "")
  }

  private mutating func collect(
    _ section: Section, merged: YAMLValue?, own: YAMLValue?, base: YAMLValue?, path: String
  ) {
    let chosen = chosen(section, merged)
    for field in section.fields where includesAWS || !field.isForAWS {
      place += 1
      if let variant = field.variant, chosen.map(variant.names.contains) != true { continue }
      let path = path.isEmpty ? field.key : "\(path).\(field.key)"
      let (merged, own, base) = (merged?[field.key], own?[field.key], base?[field.key])
      switch field.shape {
      case .section(let below): collect(below, merged: merged, own: own, base: base, path: path)
      case .map:
        for entry in merged?.entries ?? [] {
          let isSecret: Bool =
            if case .scalar(let scalar) = entry.value.content {
              SecretHeuristics.isSecretName(entry.key) && scalar.text.count >= 8
                || SecretHeuristics.hasPassword(scalar.text)
            } else { false }
          add(
            "\(path).\(entry.key)", Self.text(entry.value), field, isOwn: own?[entry.key] != nil,
            isAbove: base?[entry.key] != nil, isOfMap: true, isHidden: isSecret)
        }
      default:
        guard let text = merged.map(Self.text) ?? field.defaultText(isProtected: environment.isProtected) else {
          continue
        }
        add(path, text, field, isOwn: own != nil, isAbove: base != nil)
      }
    }
  }

  private mutating func add(
    _ path: String, _ text: String, _ field: Field, isOwn: Bool, isAbove: Bool, isOfMap: Bool = false,
    isHidden: Bool = false
  ) {
    values[path] = Value(
      text: text, shown: isHidden ? "(not shown)" : text, isOwn: isOwn, isAbove: isAbove, isOfMap: isOfMap,
      field: field, place: place
    )
  }

  private func chosen(_ section: Section, _ merged: YAMLValue?) -> String? {
    switch section.variants {
    case .key(let keys): keys.first { merged?[$0] != nil }
    case .value(let key): SectionReader(section, merged, isProtected: environment.isProtected).text(key)
    case nil: nil
    }
  }

  private static func text(_ value: YAMLValue) -> String {
    switch value.content {
    case .scalar(let scalar): scalar.text
    case .list(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .map: "{…}"
    }
  }
}

extension EnvironmentDifference {
  /// Compares two environments.
  init(left: String, _ first: WrittenEnvironment, right: String, _ second: WrittenEnvironment) {
    // With one of them on this machine, what only AWS knows is no difference that anybody made.
    let includesAWS = first.isOnAWS && second.isOnAWS
    let one = EffectiveValues(first, includesAWS: includesAWS).values
    let other = EffectiveValues(second, includesAWS: includesAWS).values
    self.left = left
    self.right = right
    let places = one.merging(other) { mine, _ in mine }.mapValues(\.place)
    items = places.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.compactMap { path, _ in
      let (mine, theirs) = (one[path], other[path])
      guard mine?.text != theirs?.text else { return nil }
      return Item(keyPath: path, left: mine?.shown, right: theirs?.shown, reason: Self.reason(mine, theirs))
    }
  }

  private static func reason(_ one: EffectiveValues.Value?, _ other: EffectiveValues.Value?) -> Reason {
    let both = [one, other].compactMap { $0 }
    if both.count == 1, both[0].isOfMap { return .oneSided }
    if both.contains(where: \.field.differsByNature) { return .byNature }
    if both.count == 2, both.allSatisfy({ $0.isOwn && !$0.isAbove }) { return .unintended }
    return both.contains(where: \.isOwn) ? .overridden : .byDefault
  }
}
