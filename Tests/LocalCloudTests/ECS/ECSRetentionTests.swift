import AWSWire
import Foundation
import Logging
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ECSRetentionTests {
  private static let service = "arn:aws:ecs:us-east-1:000000000000:service/shop/web"
  private static let cluster = "arn:aws:ecs:us-east-1:000000000000:cluster/shop"
  private static let start = Date(timeIntervalSince1970: 1_700_000_000)

  private func context(_ directory: URL, _ clock: TestClock) -> CloudContext {
    CloudContext(
      port: 1, stateDirectory: directory, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  private static func settings(_ definition: String) -> RevisionSettings {
    RevisionSettings(
      taskDefinition: definition, launchType: "FARGATE", capacityProviderStrategy: [], loadBalancers: [],
      serviceRegistries: [], enableECSManagedTags: false, propagateTags: "NONE")
  }

  private static func record(_ arn: String, _ sequence: Int, _ status: ServiceRecord.Status = .active)
    -> ServiceRecord
  {
    ServiceRecord(
      sequence: sequence, arn: arn, name: ECSIdentifier.name(of: arn), clusterARN: cluster, status: status,
      desiredCount: 1, settings: settings(""), deploymentConfiguration: .init(), placementConstraints: [],
      placementStrategy: [], enableExecuteCommand: false, availabilityZoneRebalancing: "ENABLED", createdAt: start,
      tags: [])
  }

  /// Makes the records of a release that went well.
  private static func release(
    _ number: Int, in state: inout ECSState, of service: String = service, at now: Date, cloud: CloudContext
  ) {
    let definition = cloud.arn("ecs", "task-definition/web:\(number)")
    let family = ECS.TaskDefinition(
      taskDefinitionArn: definition, containerDefinitions: [.init(name: "web", image: "web:\(number)")], family: "web",
      revision: number)
    state.taskDefinitions[definition] = TaskDefinitionRecord(
      arn: definition, family: "web", revision: number, status: .active, definition: family, tags: [])
    let source = state.services[service]?.currentRevision
    var revision = ServiceRevisionRecord(
      sequence: state.nextSequence(), arn: cloud.arn("ecs", "service-revision/shop/web/\(number)"),
      number: "\(number)", serviceARN: service, clusterARN: cluster, settings: settings(definition), createdAt: now,
      updatedAt: now, rolloutReason: "ECS deployment ecs-svc/\(number) in progress.")
    revision.set(.completed, "ECS deployment ecs-svc/\(number) completed.", at: now)
    state.revisions[revision.arn] = revision
    let configuration = ECS.DeploymentConfiguration()
    var deployment = ServiceDeploymentRecord(
      sequence: state.nextSequence(), arn: cloud.arn("ecs", "service-deployment/shop/web/\(number)"),
      serviceARN: service, clusterARN: cluster, target: revision.arn, sources: source.map { [$0] } ?? [],
      source: source, configuration: configuration,
      machine: DeploymentSettings.machine(configuration, at: now, in: cloud),
      breaker: DeploymentSettings.breaker(configuration), alarms: DeploymentSettings.alarms(configuration))
    deployment.machine.start(hasSource: source != nil, at: now)
    var seen = ServiceDeploymentMachine.Observation()
    seen.targetIsReady = true
    _ = deployment.machine.advance(seen, at: now, ids: .live)
    state.deployments[deployment.arn] = deployment
    guard var record = state.services[service] else { return }
    record.currentRevision = revision.arn
    record.settings = revision.settings
    record.add("(deployment ecs-svc/\(number)) deployment completed.", id: "\(number)", at: now)
    state.services[service] = record
  }

  @Test func tenThousandReleasesLeaveABoundedStore() async throws {
    try await withTemporaryDirectory { directory in
      let clock = TestClock(now: Self.start)
      let cloud = context(directory, clock)
      let store = try Store(directory: directory)
      let records = ECSRecords(store, in: cloud)
      var state = ECSState()
      state.services[Self.service] = Self.record(Self.service, state.nextSequence())
      // The ring of events is full from the beginning.
      try await store.database.write { database in
        try database.execute(
          sql: """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO events(source, detail_type, event) SELECT 's', 't', hex(zeroblob(250)) FROM n
            """)
      }
      var bytes: [Int] = []
      for number in 1...10_000 {
        Self.release(number, in: &state, at: clock.now, cloud: cloud)
        // A release every five minutes: ten thousand are more than a month.
        clock.advance(by: .seconds(300))
        // Other tests want the processor too.
        if number % 25 == 0 { await Task.yield() }
        guard number % 250 == 0 else { continue }
        state.forgetHistory(at: clock.now)
        try await records.write(state)
        state.written()
        try await store.shrink()
        bytes.append(
          try await store.database.read { database in
            try (Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0)
              * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
          })
      }
      #expect(state.deployments.values.count == ECSState.deploymentsOfServiceKept)
      // The oldest deployment still names the revision that it took the place of.
      #expect(state.revisions.values.count == ECSState.deploymentsOfServiceKept + 1)
      #expect(state.taskDefinitions.values.count == ECSState.revisionsOfFamilyKept)
      #expect(state.services[Self.service]?.events.count == 100)
      #expect(state.deployments(of: Self.service).last?.arn.hasSuffix("/10000") == true)
      #expect(state.revisions[try #require(state.services[Self.service]?.currentRevision)] != nil)
      // Once everything is at its bound (task definitions last, after 1,000), the file does not grow.
      let (early, last) = (bytes[bytes.count / 4], bytes[bytes.count - 1])
      #expect(last <= early + early / 10, "\(bytes)")
      #expect(last < 16 << 20, "\(bytes)")
      try store.close()
      let reopened = try Store(directory: directory)
      let restored = try await ECSState(restoring: ECSRecords(reopened, in: cloud))
      #expect(restored.deployments.values == state.deployments.values)
      #expect(restored.revisions.values == state.revisions.values)
      try reopened.close()
    }
  }

  @Test func deploymentsAreShownForNinetyDaysAndTheNewestForEver() throws {
    let clock = TestClock(now: Self.start)
    let cloud = context(URL(fileURLWithPath: "/tmp"), clock)
    var state = ECSState()
    state.services[Self.service] = Self.record(Self.service, state.nextSequence())
    for number in 1...3 { Self.release(number, in: &state, at: clock.now, cloud: cloud) }
    clock.advance(by: .seconds(80 * 86_400))
    Self.release(4, in: &state, at: clock.now, cloud: cloud)
    state.forgetHistory(at: clock.now)
    #expect(state.deployments.values.count == 4)
    clock.advance(by: .seconds(11 * 86_400))
    state.forgetHistory(at: clock.now)
    #expect(state.deployments.values.keys.map { String($0.suffix(2)) } == ["/4"])
    // Number 3 is where number 4 would have gone back to.
    #expect(state.revisions.values.values.map(\.number).sorted() == ["3", "4"])
    #expect(state.taskDefinitions.values.count == 4)
    clock.advance(by: .seconds(365 * 86_400))
    state.forgetHistory(at: clock.now)
    #expect(state.deployments.values.count == 1)
  }

  @Test func aDeploymentUnderWayIsNeverForgotten() throws {
    let clock = TestClock(now: Self.start)
    let cloud = context(URL(fileURLWithPath: "/tmp"), clock)
    var state = ECSState()
    state.services[Self.service] = Self.record(Self.service, state.nextSequence())
    let configuration = ECS.DeploymentConfiguration()
    let old = ServiceDeploymentRecord(
      sequence: state.nextSequence(), arn: "old", serviceARN: Self.service, clusterARN: Self.cluster, target: "r",
      sources: [], configuration: configuration,
      machine: DeploymentSettings.machine(configuration, at: clock.now, in: cloud),
      breaker: DeploymentSettings.breaker(configuration), alarms: DeploymentSettings.alarms(configuration))
    state.deployments[old.arn] = old
    for number in 1...300 { Self.release(number, in: &state, at: clock.now, cloud: cloud) }
    clock.advance(by: .seconds(100 * 86_400))
    state.forgetHistory(at: clock.now)
    #expect(state.deployments["old"] != nil)
  }

  @Test func whatWasDeletedGoesInItsTurnWithAllOfItsPast() throws {
    let clock = TestClock(now: Self.start)
    let cloud = context(URL(fileURLWithPath: "/tmp"), clock)
    var state = ECSState()
    let arns = (0..<150).map { cloud.arn("ecs", "service/shop/s\($0)") }
    for (index, arn) in arns.enumerated() {
      state.services[arn] = Self.record(arn, state.nextSequence(), index == 0 ? .active : .inactive)
      Self.release(index + 1, in: &state, of: arn, at: clock.now, cloud: cloud)
      state.clusters["c\(index)"] = ClusterRecord(
        sequence: state.nextSequence(), arn: "c\(index)", name: "c\(index)", isActive: index == 0, settings: [],
        capacityProviders: [], defaultCapacityProviderStrategy: [], tags: [])
    }
    state.forgetHistory(at: clock.now)
    #expect(state.services.values.count == 101)
    #expect(state.services[arns[0]] != nil && state.services[arns[149]] != nil && state.services[arns[49]] == nil)
    #expect(state.deployments.values.count == 101)
    #expect(state.revisions.values.count == 101)
    #expect(state.clusters.values.count == 101)
    #expect(state.clusters["c0"] != nil)
  }

  @Test func aTaskDefinitionThatIsToBeDeletedGoesOnceNothingUsesIt() throws {
    let clock = TestClock(now: Self.start)
    let cloud = context(URL(fileURLWithPath: "/tmp"), clock)
    var state = ECSState()
    state.services[Self.service] = Self.record(Self.service, state.nextSequence())
    Self.release(1, in: &state, at: clock.now, cloud: cloud)
    let used = cloud.arn("ecs", "task-definition/web:1")
    let unused = cloud.arn("ecs", "task-definition/web:2")
    state.taskDefinitions[used]?.status = .deleteInProgress
    state.taskDefinitions[unused] = TaskDefinitionRecord(
      arn: unused, family: "web", revision: 2, status: .deleteInProgress, definition: .init(), tags: [])
    state.forgetHistory(at: clock.now)
    #expect(state.taskDefinitions[used] != nil)
    #expect(state.taskDefinitions[unused] == nil)
  }
}
