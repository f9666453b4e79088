/// A plan as a person wants it: what changes, grouped by what it is for, what is replaced and why that hurts, what the
/// internet can reach afterwards.
public struct PlanReport: Sendable, Equatable, Codable {
  /// What becomes of a resource.
  public enum Action: String, Sendable, Codable, CaseIterable {
    case create, change, replace, delete
    /// It stays in AWS, and Terraform does not know it any more.
    case forget
    /// It only gets another address in the files.
    case move
  }

  /// One resource.
  public struct Change: Sendable, Equatable, Codable {
    public var address: String
    public var type: String
    public var concern: Concern
    public var action: Action
    /// The attributes that force a replacement.
    public var because: [String]
    /// Why it hurts.
    public var consequence: String?
    /// Whether data is lost that nothing brings back.
    public var losesData: Bool
    /// Whether it is replaced because a run ended while it was being made.
    public var isTainted: Bool
    /// What differs; of a replacement or a change.
    public var attributes: [AttributeChange]
  }

  /// All changes, in the order of concerns and then of addresses.
  public var changes: [Change]
  /// What becomes reachable.
  public var exposures: [Exposure]
  /// What should be known besides.
  public var warnings: [String]

  /// Reads a plan.
  public init(_ document: PlanDocument) {
    let managed = (document.resource_changes ?? []).filter { $0.mode == "managed" }
    changes = managed.compactMap(Change.init).sorted {
      (Concern.allCases.firstIndex(of: $0.concern) ?? 0, $0.address)
        < (Concern.allCases.firstIndex(of: $1.concern) ?? 0, $1.address)
    }
    exposures = managed.filter { $0.change.actions.contains { ["create", "update"].contains($0) } }
      .flatMap(Exposure.all).sorted { $0.address < $1.address }
    // Deployments that Terraform starts neither alternate the colours nor are they watched.
    warnings = changes.filter { $0.type == "aws_ecs_service" && $0.action == .change }.map {
      "\($0.address) is changed in place: ECS may start a deployment for that, which Palco does not watch"
    }
  }

  /// Whether there is anything to do.
  public var isEmpty: Bool { changes.isEmpty }

  /// How many changes of a kind there are.
  public func count(_ action: Action) -> Int { changes.count { $0.action == action } }

  /// What loses data: never done without being asked for by name.
  public var dataLosses: [Change] { changes.filter(\.losesData) }

  /// As in `3 to create, 1 to replace`.
  public var summary: String {
    let parts = Action.allCases.compactMap { action in
      count(action) == 0 ? nil : "\(count(action)) to \(action.rawValue)"
    }
    return parts.isEmpty ? "no changes" : parts.joined(separator: ", ")
  }
}

extension PlanReport.Change {
  /// What becomes of a resource; `nil` for nothing.
  init?(_ resource: PlanDocument.ResourceChange) {
    let actions = Set(resource.change.actions)
    let action: PlanReport.Action
    if actions.isSuperset(of: ["create", "delete"]) {
      action = .replace
    } else if actions.contains("create") {
      action = .create
    } else if actions.contains("update") {
      action = .change
    } else if actions.contains("delete") {
      action = .delete
    } else if actions.contains("forget") {
      action = .forget
    } else if let previous = resource.previous_address, previous != resource.address {
      action = .move
    } else {
      return nil
    }
    let isLost = action == .replace || action == .delete
    self.init(
      address: resource.address, type: resource.type, concern: Concern(type: resource.type), action: action,
      because: Self.paths(resource.change.replace_paths ?? []),
      consequence: action == .replace
        ? Consequence.ofReplacing(resource.type) : action == .delete ? Consequence.ofDeleting(resource.type) : nil,
      losesData: isLost && Consequence.dataHolders.contains(resource.type),
      isTainted: resource.action_reason == "replace_because_tainted",
      attributes: action == .replace || action == .change ? AttributeChange.all(in: resource.change) : [])
  }

  /// `engine`, or `ingress[0].from_port`.
  private static func paths(_ paths: [[PlanValue]]) -> [String] {
    let texts = paths.map { path in
      path.reduce("") { text, step in
        if let index = step.integer { return "\(text)[\(index)]" }
        let name = step.text ?? step.shown
        return text.isEmpty ? name : "\(text).\(name)"
      }
    }
    return Set(texts).sorted()
  }
}
