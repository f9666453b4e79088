import Foundation

/// How far a run of Terraform is: a value that takes the events of its `-json` output one by one.
public struct TerraformProgress: Sendable, Equatable {
  /// What is being done to one resource now.
  public struct Step: Sendable, Equatable {
    public var address: String
    /// `create`, `update` or `delete`.
    public var action: String
    public var since: Date
  }

  /// Which step of Palco's this is, as in `plan`.
  public let phase: TerraformPhase
  /// When it began.
  public let startedAt: Date
  /// Actions there are to do; a replacement is two, a deletion and a creation.
  public private(set) var planned = 0
  /// Actions that are done.
  public private(set) var done = 0
  /// Actions that failed.
  public private(set) var failed = 0
  /// Resources of the state that were compared with the cloud.
  public private(set) var refreshed = 0
  /// What is being done now, the oldest first.
  public private(set) var running: [Step] = []
  /// The last action that ended, as in `aws_vpc.main created`.
  public private(set) var last: String?
  /// Errors and warnings so far.
  public private(set) var diagnostics: [TerraformDiagnostic] = []
  /// Whether a person wants it to stop.
  public internal(set) var isStopping = false

  init(phase: TerraformPhase, startedAt: Date) {
    self.phase = phase
    self.startedAt = startedAt
  }

  /// Takes an event.
  ///
  /// - Returns: Whether anything is other than before.
  mutating func take(_ event: TerraformEvent, at now: Date) -> Bool {
    switch event.type {
    case "planned_change":
      guard let action = event.change?.action else { return false }
      planned += Self.weights[action] ?? 0
    case "refresh_complete":
      refreshed += 1
    case "apply_progress":
      // Nothing but the time that it takes.
      return true
    case "apply_start":
      guard let (address, action) = Self.action(of: event) else { return false }
      running.append(Step(address: address, action: action, since: now))
    case "apply_complete":
      guard let (address, action) = Self.action(of: event) else { return false }
      running.removeAll { $0.address == address }
      done += 1
      last = "\(address) \(Self.participles[action] ?? action)"
    case "apply_errored":
      guard let (address, _) = Self.action(of: event) else { return false }
      running.removeAll { $0.address == address }
      failed += 1
      last = "\(address) failed"
    case "diagnostic":
      guard let diagnostic = event.diagnostic else { return false }
      // Terraform says `execution halted` once for each walk of its graph.
      guard !diagnostics.contains(diagnostic) else { return false }
      diagnostics.append(diagnostic)
    default: return false
    }
    return true
  }

  private static func action(of event: TerraformEvent) -> (address: String, action: String)? {
    guard let address = event.hook?.resource?.addr, let action = event.hook?.action, weights[action] != nil else {
      return nil
    }
    return (address, action)
  }

  /// The errors so far.
  public var errors: [TerraformDiagnostic] { diagnostics.filter(\.isError) }

  /// Reading a data source is no action.
  private static let weights = ["create": 1, "update": 1, "delete": 1, "replace": 2]
  private static let participles = ["create": "created", "update": "changed", "delete": "deleted"]
}

/// The steps that Palco takes with Terraform.
public enum TerraformPhase: String, Sendable, Equatable {
  case initialize = "init"
  case plan
  case apply
}
