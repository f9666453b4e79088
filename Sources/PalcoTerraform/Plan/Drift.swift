/// What differs between the files and the cloud, told apart by who changed it.
public struct Drift: Sendable, Equatable, Codable {
  /// A resource that somebody changed by hand, beside Palco.
  public struct Finding: Sendable, Equatable, Codable {
    public var address: String
    /// Whether it is gone; else `attributes` says what is other.
    public var isGone: Bool
    /// What it should be (`before`) and what it is (`after`).
    public var attributes: [AttributeChange]
  }

  /// What was changed by hand and would be put back by `palco up`.
  public var byHand: [Finding]
  /// What would change because the files say something new: no drift.
  public var pending: [PlanReport.Change]
}

extension Drift {
  /// Nothing differs.
  public static let none = Drift(byHand: [], pending: [])

  /// Reads a plan.
  ///
  /// Of `resource_drift` only what the plan would put back counts: after any apply Terraform lists there some dozens of
  /// resources of which AWS filled in a value, and what ECS and the auto scaler move is ignored by the files.
  public init(_ document: PlanDocument) {
    let drifted = Dictionary(
      (document.resource_drift ?? []).map { ($0.previous_address ?? $0.address, $0) }, uniquingKeysWith: { $1 })
    var byHand: [Finding] = []
    var pending: [PlanReport.Change] = []
    for resource in (document.resource_changes ?? []).filter({ $0.mode == "managed" }) {
      guard let change = PlanReport.Change(resource) else { continue }
      guard let drift = drifted[resource.previous_address ?? resource.address] else {
        pending.append(change)
        continue
      }
      if drift.change.actions == ["delete"] {
        byHand.append(Finding(address: resource.address, isGone: true, attributes: []))
        continue
      }
      let touched = Set(AttributeChange.all(in: drift.change).map(\.name))
      let planned = AttributeChange.all(in: resource.change)
      // The plan goes from what is to what should be.
      let undone = planned.filter { touched.contains($0.name) }
        .map { AttributeChange(name: $0.name, before: $0.after, after: $0.before) }
      if !undone.isEmpty { byHand.append(Finding(address: resource.address, isGone: false, attributes: undone)) }
      if undone.count < planned.count || undone.isEmpty { pending.append(change) }
    }
    self.byHand = byHand.sorted { $0.address < $1.address }
    self.pending = pending.sorted { $0.address < $1.address }
  }
}
