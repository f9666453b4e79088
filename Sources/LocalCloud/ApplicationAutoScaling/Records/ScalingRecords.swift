import AWSWire
import Foundation

/// A scalable target as the cloud remembers it.
struct ScalableTargetRecord: Codable, Sendable, Equatable {
  var sequence: Int
  var arn: String
  var resourceID: String
  var minimum: Int
  var maximum: Int
  var suspended: ApplicationAutoScaling.SuspendedState
  var createdAt: Date
  var tags: [String: String]
  /// Why the last attempt came to nothing, so that each reason is told once.
  var notScaledReason: String?
}

/// A scaling policy.
struct ScalingPolicyRecord: Codable, Sendable, Equatable {
  /// How it scales.
  enum Kind: Codable, Sendable, Equatable {
    case targetTracking(ApplicationAutoScaling.TargetTrackingScalingPolicyConfiguration)
    case step(ApplicationAutoScaling.StepScalingPolicyConfiguration)
  }

  var sequence: Int
  var arn: String
  var name: String
  var resourceID: String
  var kind: Kind
  /// The alarms of target tracking; there is none for scaling in when that is disabled.
  var highAlarm: String?
  var lowAlarm: String?
  var createdAt: Date
  var cooldown = ScalingCooldown()

  static func key(_ resourceID: String, _ name: String) -> String { "\(resourceID):\(name)" }
  var key: String { Self.key(resourceID, name) }
}

/// What a policy remembers of what it did last.
struct ScalingCooldown: Codable, Sendable, Equatable {
  var scaledOutAt: Date?
  /// The capacity on which the last scale-out was reckoned.
  var scaledOutFrom: Int?
  var scaledInAt: Date?
}

/// Something that scaling did.
struct ScalingActivityRecord: Codable, Sendable, Equatable {
  enum Status: String, Codable, Sendable {
    case inProgress = "InProgress"
    case successful = "Successful"
    case overridden = "Overridden"
    case failed = "Failed"
  }

  var sequence: Int
  var id: String
  var resourceID: String
  var description: String
  var cause: String
  var startedAt: Date
  var endedAt: Date?
  var status: Status
  var message: String?
  /// Why it came to nothing, in AWS's codes.
  var notScaledReason: String?
  var oldCapacity: Int
  var newCapacity: Int
  var minimum: Int
  var maximum: Int
}

/// A scheduled action.
struct ScheduledActionRecord: Codable, Sendable, Equatable {
  var sequence: Int
  var arn: String
  var name: String
  var resourceID: String
  var schedule: String
  var timezone: String?
  var start: Date?
  var end: Date?
  var minimum: Int?
  var maximum: Int?
  var createdAt: Date

  var key: String { ScalingPolicyRecord.key(resourceID, name) }
}

/// Everything that Application Auto Scaling knows, as a value: operations and decisions change a copy, the service writes
/// it through.
struct ScalingState: Sendable {
  /// By resource.
  var targets = RecordTable<ScalableTargetRecord>()
  var policies = RecordTable<ScalingPolicyRecord>()
  var activities = RecordTable<ScalingActivityRecord>()
  var actions = RecordTable<ScheduledActionRecord>()
  private var lastSequence = 0

  /// The next place in the order of creation.
  mutating func nextSequence() -> Int {
    lastSequence += 1
    return lastSequence
  }

  /// The policies of a target, in the order of creation.
  func policies(of resourceID: String) -> [ScalingPolicyRecord] {
    policies.values.values.filter { $0.resourceID == resourceID }.sorted { $0.sequence < $1.sequence }
  }

  var hasChanges: Bool {
    !targets.changedKeys.isEmpty || !policies.changedKeys.isEmpty || !activities.changedKeys.isEmpty
      || !actions.changedKeys.isEmpty
  }

  mutating func written() {
    targets.written()
    policies.written()
    activities.written()
    actions.written()
  }

  init() {}

  /// What was written last.
  init(restoring records: ScalingRecords) async throws {
    func all<Value>(_ records: Records<Value>) async throws -> RecordTable<Value> {
      RecordTable(Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) }))
    }
    targets = try await all(records.targets)
    policies = try await all(records.policies)
    activities = try await all(records.activities)
    actions = try await all(records.actions)
    let sequences: [[Int]] = [
      targets.values.values.map(\.sequence), policies.values.values.map(\.sequence),
      activities.values.values.map(\.sequence), actions.values.values.map(\.sequence),
    ]
    lastSequence = sequences.joined().max() ?? 0
  }
}

/// The records in the cloud's store, one row a thing.
struct ScalingRecords: Sendable {
  private let store: Store
  private let cloud: CloudContext
  let targets: Records<ScalableTargetRecord>
  let policies: Records<ScalingPolicyRecord>
  let activities: Records<ScalingActivityRecord>
  let actions: Records<ScheduledActionRecord>

  init(_ store: Store, in cloud: CloudContext) {
    self.store = store
    self.cloud = cloud
    targets = store.records("scaling.target")
    policies = store.records("scaling.policy")
    activities = store.records("scaling.activity")
    actions = store.records("scaling.scheduled-action")
  }

  /// Writes what changed and the events of it, in one transaction.
  func write(_ state: ScalingState) async throws {
    var changes = try state.targets.changes(in: targets)
    changes += try state.policies.changes(in: policies)
    changes += try state.activities.changes(in: activities)
    changes += try state.actions.changes(in: actions)
    try await store.write(changes, events: state.events(in: cloud))
  }
}
