import PalcoCore

/// Checks every value of the file against its description, wherever it stands, and reports what does not fit.
struct ShapeCheck {
  var problems: DiagnosticCollector

  mutating func check(_ value: YAMLValue, as shape: ValueShape) {
    switch shape {
    case .section(let section):
      guard let entries = entries(of: value) else { return }
      for entry in entries {
        if let field = section[entry.key] {
          check(entry.value, as: field.shape)
        } else {
          problems.add(atKeyOf: entry, "is not a key that Palco knows", fix: advice(on: entry.key, in: section))
        }
      }
    case .environments(let names, let section):
      guard let entries = entries(of: value) else { return }
      for entry in entries {
        check(keyOf: entry, as: names)
        check(entry.value, as: .section(section))
      }
    case .map(let keys, let values):
      if values.isSecretReference, value.entries == nil { problems.source.hide(from: value.position) }
      guard let entries = entries(of: value, isSecret: values.isSecretReference) else { return }
      for entry in entries {
        check(keyOf: entry, as: keys)
        check(entry, as: values)
      }
    case .list(let items):
      guard case .list(let values) = value.content else {
        problems.add(at: value, "must be a list, but is \(value.described)", fix: "write it as in `[\(items.example)]`")
        return
      }
      if values.isEmpty { problems.add(at: value, "must not be empty") }
      for item in values { check(scalar: item, as: .text(items)) }
    case .text, .number, .percent, .share, .responseTime, .duration, .processor, .memory, .boolean, .choice:
      check(scalar: value, as: shape)
    }
  }

  private mutating func entries(of value: YAMLValue, isSecret: Bool = false) -> [YAMLEntry]? {
    guard let entries = value.entries else {
      let found = isSecret ? "something else" : value.described
      problems.add(
        at: value, "must be a map, but is \(found)", fix: "write `key: value` in lines of their own below it")
      return nil
    }
    return entries
  }

  private mutating func check(keyOf entry: YAMLEntry, as shape: TextShape) {
    do {
      _ = try shape.read(YAMLScalar(entry.key, isPlain: false), described: "")
    } catch {
      problems.add(atKeyOf: entry, error.message, fix: error.fix)
    }
  }

  /// A value of a map: here people write secrets.
  private mutating func check(_ entry: YAMLEntry, as shape: TextShape) {
    var shape = shape
    guard !shape.isSecretReference else {
      if !check(scalar: entry.value, as: .text(shape)) { problems.source.hide(from: entry.value.position) }
      return
    }
    guard shape.takesNumbers, case .scalar(let scalar) = entry.value.content else {
      check(scalar: entry.value, as: .text(shape))
      return
    }
    let isSecret =
      SecretHeuristics.isSecretName(entry.key) && scalar.text.count >= 8 || SecretHeuristics.hasPassword(scalar.text)
    if isSecret {
      shape.isSecretReference = true
      problems.source.hide(from: entry.value.position)
      problems.add(
        .warning, atKeyOf: entry, "looks like a secret that is written down here",
        fix: "keep it in Secrets Manager or SSM, and name it in `service.secrets`")
    }
    check(scalar: entry.value, as: .text(shape))
  }

  @discardableResult
  private mutating func check(scalar value: YAMLValue, as shape: ValueShape) -> Bool {
    var described = value.described
    if case .text(let text) = shape, text.isSecretReference { described = "something else" }
    guard case .scalar(let scalar) = value.content else {
      problems.add(at: value, "must be \(shape.kindInWords), but is \(described)")
      return false
    }
    do {
      _ = try shape.read(scalar, described: described)
      return true
    } catch {
      problems.add(at: value, error.message, fix: error.fix)
      return false
    }
  }

  // MARK: Advice

  private func advice(on key: String, in section: Section) -> String {
    if let near = Spelling.nearest(to: key, among: section.fields.map(\.key)) { return "did you mean `\(near)`?" }
    if let home = Self.homes(of: key, in: ManifestDescription.manifest, path: []).first {
      return home.count == 1
        ? "`\(key)` stands at the top of the file, and is the same in all environments"
        : "`\(key)` belongs in `\(home.dropLast().joined(separator: "."))`"
    }
    return "known here: " + section.fields.map(\.key).joined(separator: ", ")
  }

  /// The key paths that end with a key.
  private static func homes(of key: String, in section: Section, path: [String]) -> [[String]] {
    section.fields.flatMap { field -> [[String]] in
      let path = path + [field.key]
      let here = field.key == key ? [path] : []
      switch field.shape {
      case .section(let below): return here + homes(of: key, in: below, path: path)
      case .environments(_, let below):
        let own = below.fields.filter { $0.key == key && ManifestDescription.manifest[$0.key] == nil }
        return here + own.map { _ in path + ["NAME", key] }
      default: return here
      }
    }
  }
}
