import PalcoCore

/// Reads the values of one section after they were checked. What does not fit was reported then, and is nil here.
struct SectionReader {
  let section: Section
  let value: YAMLValue?
  /// Whether the defaults of protected environments hold.
  let isProtected: Bool

  init(_ section: Section, _ value: YAMLValue?, isProtected: Bool = false) {
    self.section = section
    self.value = value
    self.isProtected = isProtected
  }

  /// The value of a key as it is written.
  func written(_ key: String) -> YAMLValue? { value?[key] }

  /// A section below this one.
  func section(_ key: String) -> SectionReader {
    guard case .section(let below)? = section[key]?.shape else { return SectionReader(Section(fields: []), nil) }
    return SectionReader(below, written(key), isProtected: isProtected)
  }

  func number(_ key: String) -> Int? {
    guard case .number(let number)? = scalar(key) else { return nil }
    return number
  }

  /// A percentage, kept in tenths so that what is written is exactly what is read.
  func percent(_ key: String) -> Double? { number(key).map { Double($0) / 10 } }

  func boolean(_ key: String) -> Bool? {
    guard case .boolean(let boolean)? = scalar(key) else { return nil }
    return boolean
  }

  func text(_ key: String) -> String? {
    guard case .text(let text)? = scalar(key) else { return nil }
    return text
  }

  func list(_ key: String) -> [String] {
    guard case .list(let items)? = written(key)?.content else { return [] }
    return items.compactMap { item in
      guard case .scalar(let scalar) = item.content else { return nil }
      return scalar.text
    }
  }

  func map(_ key: String) -> [(key: String, value: String, entry: YAMLEntry)] {
    (written(key)?.entries ?? []).compactMap { entry in
      guard case .scalar(let scalar) = entry.value.content else { return nil }
      return (entry.key, scalar.text, entry)
    }
  }

  private func scalar(_ key: String) -> ReadScalar? {
    guard let field = section[key] else { return nil }
    if let written = written(key) {
      guard case .scalar(let scalar) = written.content else { return nil }
      return try? field.shape.read(scalar, described: "")
    }
    return field.defaultText(isProtected: isProtected).flatMap {
      try? field.shape.read(Self.scalar(ofDefault: $0), described: "")
    }
  }

  private static func scalar(ofDefault text: String) -> YAMLScalar {
    let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
    return YAMLScalar(isQuoted ? String(text.dropFirst().dropLast()) : text, isPlain: !isQuoted)
  }
}
