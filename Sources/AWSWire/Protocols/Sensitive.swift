/// A value that nobody may see: it goes over the wire as it is, and into no log line, error or dump.
///
/// https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait
public struct Sensitive<Value: Codable & Sendable & Equatable>: Codable, Sendable, Equatable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  /// The value itself.
  public var value: Value

  /// Hides a value.
  public init(_ value: Value) { self.value = value }

  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Value.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  public var description: String { "<hidden>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
