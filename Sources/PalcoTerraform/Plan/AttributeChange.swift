/// What becomes of one attribute of a resource.
public struct AttributeChange: Sendable, Equatable, Codable {
  /// The attribute, the outermost name only.
  public var name: String
  /// For people; `(sensitive)` for what is secret.
  public var before: String
  /// For people; `(known afterwards)` for what AWS decides.
  public var after: String

  /// Describes a change.
  public init(name: String, before: String, after: String) {
    self.name = name
    self.before = before
    self.after = after
  }

  /// The attributes that differ, by name. What Terraform calls sensitive is never shown.
  static func all(in change: PlanDocument.Change) -> [AttributeChange] {
    let (before, after) = (change.before?.members ?? [:], change.after?.members ?? [:])
    let unknown = change.after_unknown?.members ?? [:]
    return Set(before.keys).union(after.keys).union(unknown.filter { $0.value.isMarked }.keys).sorted().compactMap {
      name in
      let (old, new) = (before[name] ?? .null, after[name] ?? .null)
      let isUnknown = unknown[name]?.isMarked == true
      guard isUnknown || (old != new && !(old.isEmpty && new.isEmpty)) else { return nil }
      // An attribute that everything follows from when anything changes says nothing by itself.
      guard !(isUnknown && ["id", "arn", "tags_all"].contains(name)) else { return nil }
      let isSecret = isSensitive(change.before_sensitive, name) || isSensitive(change.after_sensitive, name)
      return AttributeChange(
        name: name, before: isSecret ? SecretMask.replacement : old.shown,
        after: isSecret ? SecretMask.replacement : isUnknown ? "(known afterwards)" : new.shown)
    }
  }

  private static func isSensitive(_ marks: PlanValue?, _ name: String) -> Bool {
    marks?.bool == true || marks?[name]?.isMarked == true
  }
}
