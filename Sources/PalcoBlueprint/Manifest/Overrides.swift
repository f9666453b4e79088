import PalcoCore

/// Lays an environment over what stands above all environments: maps are merged, everything else is replaced.
struct Overrides {
  var problems: DiagnosticCollector

  /// The part above the environments as it is inherited, without what contradicts itself.
  mutating func base(_ root: YAMLValue, section: Section) -> YAMLValue {
    var root = root
    root.content = .map(settled(root.entries ?? [], section, isBase: true))
    return root
  }

  /// One environment, complete.
  ///
  /// - Parameters:
  ///   - base: what it inherits, as `base(_:section:)` made it
  ///   - own: what it says itself
  mutating func merged(base: YAMLValue?, own: YAMLValue?, shape: ValueShape) -> YAMLValue? {
    guard let base else {
      guard case .section(let section) = shape, var own, let entries = own.entries else { return own }
      own.content = .map(settled(entries, section, isBase: false))
      return own
    }
    guard let own, let above = base.entries, let below = own.entries else { return own ?? base }
    let section: Section? = if case .section(let section) = shape { section } else { nil }
    var entries: [YAMLEntry] = above.map { entry in
      var entry = entry
      entry.isInherited = true
      return entry
    }
    for entry in below {
      let shape = section.map { $0[entry.key]?.shape } ?? nil
      guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      var replaced = entry
      if let shape, let value = merged(base: entries[index].value, own: entry.value, shape: shape) {
        replaced.value = value
      }
      entries[index] = replaced
    }
    var result = above.isEmpty ? own : base
    result.content = .map(section.map { settled(entries, $0, isBase: false) } ?? entries)
    return result
  }

  /// The entries without those of another variant. What was inherited gives way; what was written is a mistake.
  private mutating func settled(_ entries: [YAMLEntry], _ section: Section, isBase: Bool) -> [YAMLEntry] {
    var entries = entries
    if isBase {
      for index in entries.indices {
        guard case .section(let below)? = section[entries[index].key]?.shape else { continue }
        let value = entries[index].value
        guard let inner = value.entries else { continue }
        entries[index].value.content = .map(settled(inner, below, isBase: true))
      }
    }
    guard let variants = section.variants, let chosen = chosen(variants, entries, section) else { return entries }
    return entries.filter { entry in
      guard let variant = section[entry.key]?.variant, !variant.names.contains(chosen.name) else { return true }
      if !entry.isInherited {
        problems.add(
          atKeyOf: entry, "does not go with `\(chosen.written)`",
          fix: "remove one of them; it goes with \(hint(variants, variant))")
      }
      return false
    }
  }

  private func hint(_ variants: Section.Variants, _ variant: Variant) -> String {
    variant.names.map { name in
      switch variants {
      case .key: "`\(name)`"
      case .value(let key): "`\(key): \(name)`"
      }
    }.joined(separator: " or ")
  }

  private func chosen(
    _ variants: Section.Variants, _ entries: [YAMLEntry], _ section: Section
  ) -> (name: String, written: String)? {
    switch variants {
    case .key(let keys):
      let selectors = entries.filter { keys.contains($0.key) }
      return (selectors.first { !$0.isInherited } ?? selectors.first).map { ($0.key, $0.key) }
    case .value(let key):
      guard let written = entries.first(where: { $0.key == key }) else {
        return section[key]?.defaultText.map { ($0, "\(key): \($0)") }
      }
      guard case .scalar(let scalar) = written.value.content,
        case .choice(let choices)? = section[key]?.shape, choices.contains(where: { $0.name == scalar.text })
      else { return nil }
      return (scalar.text, "\(key): \(scalar.text)")
    }
  }
}
