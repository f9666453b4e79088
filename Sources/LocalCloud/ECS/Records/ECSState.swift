import AWSWire
import Foundation
import PalcoCore

/// Everything that ECS knows, as a value: operations and the reconciler change a copy, the service writes it through.
struct ECSState: Sendable {
  var clusters = RecordTable<ClusterRecord>()
  var taskDefinitions = RecordTable<TaskDefinitionRecord>()
  var families = RecordTable<FamilyRecord>()
  var services = RecordTable<ServiceRecord>()
  var revisions = RecordTable<ServiceRevisionRecord>(ownedBy: \.serviceARN)
  var deployments = RecordTable<ServiceDeploymentRecord>(ownedBy: \.serviceARN)
  var taskSets = RecordTable<TaskSetRecord>(ownedBy: \.serviceARN)
  var tasks = RecordTable<TaskRecord>(ownedBy: \.serviceARN)
  var clientTokens = RecordTable<ClientTokenRecord>()
  var accountSettings = RecordTable<AccountSettingRecord>()
  private var lastSequence = 0

  /// The next place in the order of creation.
  mutating func nextSequence() -> Int {
    lastSequence += 1
    return lastSequence
  }

  // MARK: What belongs together, in the order of creation

  func revisions(of service: String) -> [ServiceRevisionRecord] {
    revisions.values(of: service).sorted { $0.sequence < $1.sequence }
  }

  func deployments(of service: String) -> [ServiceDeploymentRecord] {
    deployments.values(of: service).sorted { $0.sequence < $1.sequence }
  }

  func taskSets(of service: String) -> [TaskSetRecord] {
    taskSets.values(of: service).sorted { $0.sequence < $1.sequence }
  }

  func tasks(of service: String) -> [TaskRecord] {
    tasks.values(of: service).sorted { $0.sequence < $1.sequence }
  }

  /// The deployments that have not ended.
  func openDeployments(of service: String) -> [ServiceDeploymentRecord] {
    deployments.values(of: service) { !$0.machine.status.isTerminal }.sorted { $0.sequence < $1.sequence }
  }

  /// The deployment that is under way: the oldest that has not ended. Younger ones wait for it.
  func runningDeployment(of service: String) -> ServiceDeploymentRecord? {
    openDeployments(of: service).first
  }

  /// How many tasks of a revision run and are being started.
  func counts(of revision: String, in service: String) -> (running: Int, pending: Int) {
    Self.counts(tasks(of: service).filter { $0.revisionARN == revision })
  }

  static func counts(_ tasks: some Sequence<TaskRecord>) -> (running: Int, pending: Int) {
    tasks.reduce(into: (running: 0, pending: 0)) { counts, task in
      switch task.machine.status {
      case .provisioning, .pending, .activating: if task.machine.isActive { counts.pending += 1 }
      case .running: if task.machine.isActive { counts.running += 1 }
      case .deactivating, .stopping, .deprovisioning, .stopped: break
      }
    }
  }

  // MARK: The store

  /// What was written last.
  init(restoring records: ECSRecords) async throws {
    func all<Value>(
      _ records: Records<Value>, ownedBy owner: (@Sendable (Value) -> String?)? = nil
    ) async throws -> RecordTable<Value> {
      RecordTable(
        Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) }), ownedBy: owner)
    }
    try await records.migrate()
    clusters = try await all(records.clusters)
    taskDefinitions = try await all(records.taskDefinitions)
    families = try await all(records.families)
    services = try await all(records.services)
    revisions = try await all(records.revisions, ownedBy: \.serviceARN)
    deployments = try await all(records.deployments, ownedBy: \.serviceARN)
    taskSets = try await all(records.taskSets, ownedBy: \.serviceARN)
    tasks = try await all(records.tasks, ownedBy: \.serviceARN)
    clientTokens = try await all(records.clientTokens)
    accountSettings = try await all(records.accountSettings)
    let sequences: [[Int]] = [
      clusters.values.values.map(\.sequence), services.values.values.map(\.sequence),
      revisions.values.values.map(\.sequence), deployments.values.values.map(\.sequence),
      taskSets.values.values.map(\.sequence), tasks.values.values.map(\.sequence),
    ]
    lastSequence = sequences.joined().max() ?? 0
  }

  init() {}

  /// Whether something is not written yet.
  var hasChanges: Bool {
    let unchanged = [
      clusters.changedKeys.isEmpty, taskDefinitions.changedKeys.isEmpty, families.changedKeys.isEmpty,
      services.changedKeys.isEmpty, revisions.changedKeys.isEmpty, deployments.changedKeys.isEmpty,
      taskSets.changedKeys.isEmpty, tasks.changedKeys.isEmpty, clientTokens.changedKeys.isEmpty,
      accountSettings.changedKeys.isEmpty,
    ]
    return unchanged.contains(false)
  }

  /// The services of which something is not written yet.
  var changedServices: Set<String> {
    Set(services.changedKeys).union(revisions.changedOwners).union(deployments.changedOwners)
      .union(taskSets.changedOwners).union(tasks.changedOwners)
  }

  /// Everything is on disk.
  mutating func written() {
    clusters.written()
    taskDefinitions.written()
    families.written()
    services.written()
    revisions.written()
    deployments.written()
    taskSets.written()
    tasks.written()
    clientTokens.written()
    accountSettings.written()
  }
}

/// The records of ECS in the cloud's store, one row a thing.
struct ECSRecords: Sendable {
  let store: Store
  private let cloud: CloudContext
  let clusters: Records<ClusterRecord>
  let taskDefinitions: Records<TaskDefinitionRecord>
  let families: Records<FamilyRecord>
  let services: Records<ServiceRecord>
  let revisions: Records<ServiceRevisionRecord>
  let deployments: Records<ServiceDeploymentRecord>
  let taskSets: Records<TaskSetRecord>
  let tasks: Records<TaskRecord>
  let clientTokens: Records<ClientTokenRecord>
  let accountSettings: Records<AccountSettingRecord>

  init(_ store: Store, in cloud: CloudContext) {
    self.store = store
    self.cloud = cloud
    clusters = store.records("ecs.cluster")
    taskDefinitions = store.records("ecs.task-definition")
    families = store.records("ecs.family")
    services = store.records("ecs.service")
    revisions = store.records("ecs.service-revision")
    deployments = store.records("ecs.service-deployment")
    taskSets = store.records("ecs.task-set")
    tasks = store.records("ecs.task")
    clientTokens = store.records("ecs.client-token")
    accountSettings = store.records("ecs.account-setting")
  }

  /// Writes what changed and the events of it, in one transaction.
  func write(_ state: ECSState) async throws {
    var changes = try state.clusters.changes(in: clusters)
    changes += try state.taskDefinitions.changes(in: taskDefinitions)
    changes += try state.families.changes(in: families)
    changes += try state.services.changes(in: services)
    changes += try state.revisions.changes(in: revisions)
    changes += try state.deployments.changes(in: deployments)
    changes += try state.taskSets.changes(in: taskSets)
    changes += try state.tasks.changes(in: tasks)
    changes += try state.clientTokens.changes(in: clientTokens)
    changes += try state.accountSettings.changes(in: accountSettings)
    try await store.write(changes, events: ECSEvents(state, at: cloud.time.now(), in: cloud).all())
  }
}
