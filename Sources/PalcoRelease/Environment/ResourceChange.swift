/// What was done to one resource of an environment.
public struct ResourceChange: Sendable, Equatable, Encodable {
  /// What was done.
  public enum Verb: String, Sendable, Encodable {
    case created, changed, unchanged, deleted, absent, kept
  }

  /// What was done.
  public var verb: Verb
  /// The kind of resource: `load balancer`.
  public var kind: String
  /// Its name.
  public var name: String
  /// More for people: a URL, what changed, why it was kept.
  public var detail: String?

  /// Describes a change.
  public init(_ verb: Verb, _ kind: String, _ name: String, detail: String? = nil) {
    self.verb = verb
    self.kind = kind
    self.name = name
    self.detail = detail
  }

  /// Whether the environment is another than before.
  public var isChange: Bool { verb == .created || verb == .changed || verb == .deleted }
}
