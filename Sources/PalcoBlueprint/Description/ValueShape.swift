/// What a value of the manifest may be. Reading, the JSON Schema, the reference page and the starter all follow it.
indirect enum ValueShape: Sendable {
  /// A text.
  case text(TextShape)
  /// A whole number in a range.
  case number(ClosedRange<Int>)
  /// A percentage in a range of tenths of a percent: `5`, or `2.5`.
  case percent(tenths: ClosedRange<Int>)
  /// A share of events with its sign, above 0% and below 100%: `99.9%`.
  case share
  /// A response time with its unit: `300ms`, `1.5s`.
  case responseTime
  /// A duration in a range of seconds, in steps: 60 where AWS counts minutes.
  case duration(ClosedRange<Int>, step: Int)
  /// CPU units, or `0.25 vCPU`.
  case processor
  /// MiB, or `512 MiB`, `2 GiB`.
  case memory
  /// `true` or `false`.
  case boolean
  /// One of a few words.
  case choice([Choice])
  /// A list of texts.
  case list(TextShape)
  /// A map with keys that the manifest's author chooses.
  case map(keys: TextShape, values: TextShape)
  /// A map with the keys that Palco knows.
  case section(Section)
  /// A map of environments, each with everything that one can override.
  case environments(keys: TextShape, Section)
}

/// A text's rule.
struct TextShape: Sendable {
  /// What it must match as a whole; a regular expression that ECMAScript, Python and ICU read alike.
  var pattern: String
  /// How many characters it may have.
  var length: ClosedRange<Int> = 1...1024
  /// The rule in words, as it completes "must be …".
  var meaning: String
  /// A text that fits.
  var example: String
  /// Whether a number or a boolean is taken for the text that it is written as.
  var takesNumbers = false
  /// Whether it refers to a secret, so that a wrong one (perhaps the secret itself) is shown nowhere.
  var isSecretReference = false
  /// Texts that are taken already, each with the reason.
  var reserved: [String: String] = [:]
  /// Makes a text that does not fit into one that perhaps does.
  var repair: (@Sendable (String) -> String)?
}

/// One of the words that a choice offers.
struct Choice: Sendable {
  var name: String
  var documentation: String
}

/// A map with known keys.
struct Section: Sendable {
  var fields: [Field]
  /// How one of several variants is chosen, when fields belong to some.
  var variants: Variants?

  subscript(key: String) -> Field? { fields.first { $0.key == key } }

  /// What chooses a variant.
  enum Variants: Sendable {
    /// The presence of one of these keys, of which exactly one must be there.
    case key([String])
    /// The value of a key.
    case value(of: String)
  }
}

/// One key of the manifest.
struct Field: Sendable {
  var key: String
  var shape: ValueShape
  /// Whether every environment must have it in the end.
  var isRequired = false
  /// What it is without being written, as it would be written.
  var defaultText: String?
  /// What it is without being written in a protected environment, when that is something else.
  var defaultInProduction: String?
  /// What it means: sentences that begin after the key.
  var documentation: String
  /// How it may be written, when the shape has no example.
  var example: String?
  /// The variants of the section that it belongs to; nil when it belongs to all.
  var variant: Variant?
  /// Whether it says something to AWS only, and the local cloud does without it.
  var isForAWS = false
  /// Whether it is another one in each environment by its nature, so that a difference is no surprise.
  var differsByNature = false
}

/// The names of one or more variants.
struct Variant: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  var names: [String]

  init(stringLiteral value: String) { names = [value] }
  init(arrayLiteral elements: String...) { names = elements }
}

extension Field {
  /// What it is without being written.
  func defaultText(isProtected: Bool) -> String? { isProtected ? defaultInProduction ?? defaultText : defaultText }
}
