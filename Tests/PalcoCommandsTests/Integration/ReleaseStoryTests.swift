import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// The whole way of an image, against the real local cloud: what unit tests of the pieces cannot show.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built"), .serialized)
struct ReleaseStoryTests {
  @Test(.timeLimit(.minutes(3))) func anImageGoesThroughStageAndProductionAndABadOneIsTakenBack() async throws {
    try await LocalCloudFixture.run { cloud in
      let stage = cloud.blueprint("stage", .rolling(minimumHealthyPercent: 100, maximumPercent: 200))
      let production = cloud.blueprint("production")

      // up makes everything once.
      for blueprint in [stage, production] {
        let provisioner = Provisioner(access: cloud.access, blueprint: blueprint)
        let first = try await provisioner.up { _ in }
        #expect(first.changes.contains { $0.verb == .created })
        let second = try await provisioner.up { _ in }
        #expect(second.changes.allSatisfy { $0.verb == .unchanged })
        #expect(second.url == first.url)
      }

      // Nothing can be promoted before something was released.
      await #expect(throws: ReleaseError.self) { try await cloud.promotion(from: stage).proven() }
      let v1 = try await cloud.publish("v1", to: stage)
      #expect(try await cloud.publish("v1", to: stage) == v1, "the same files give the same digest")
      let proven = try await cloud.release(v1, to: stage)
      #expect(proven.outcome == .released)

      // The digest that stage proved is what production gets, once there is a record of it.
      let unproven = await #expect(throws: ReleaseError.self) { try await cloud.promotion(from: stage).proven() }
      #expect(unproven?.code == .noRecord && unproven?.message.contains("--force") == true)
      let record = try await ReleaseRecorder(access: cloud.access, blueprint: stage).document(of: proven)
      #expect(try await cloud.records(of: stage).keep(record) == .registry)
      let (promoted, basis) = try await cloud.promotion(from: stage).proven()
      #expect(promoted == v1 && basis.release == proven.release.id && basis.from == nil && basis.gates.isEmpty)
      // Another environment's record proves nothing here.
      #expect(try await cloud.records(of: production).records(of: v1.digest).isEmpty)
      #expect(try await cloud.release(promoted, to: production).outcome == .released)
      guard case .nothingToDo = try await Deployer(access: cloud.access, blueprint: production).start(promoted) else {
        Issue.record("what serves already must not be released again")
        return
      }

      // A release that never gets healthy is taken back, and says why.
      let bad = try await cloud.publish("v2", to: production, environment: [("PULSE_FAIL_HEALTH", "1")])
      let report = try await cloud.release(bad, to: production)
      #expect(report.outcome.name == "rolled back")
      let failure = try #require(report.failure)
      #expect(failure.cause.contains("503"), "\(failure)")
      #expect(failure.logLines.contains { $0.contains("pulse v2") }, "\(failure)")

      // Its record says so, too, the first cause first, and nothing of what its tasks wrote.
      let recorder = ReleaseRecorder(access: cloud.access, blueprint: production)
      let document = try await recorder.document(of: report)
      #expect(document.result == "rolled back" && document.from?.version == "v1" && !document.serves)
      #expect(document.story.cause == failure.cause, "\(document.story)")
      let sources = Set(document.story.lines.map(\.source))
      #expect(sources.isSuperset(of: [.task, .event, .deployment]), "\(document.story)")
      let bytes = String(decoding: try document.encoded(), as: UTF8.self)
      #expect(!bytes.contains("pulse v2: listening"))
      // Who asks later has the service's events instead of what was seen of the targets meanwhile.
      let told = try await recorder.story(of: report.release.deploymentARN)
      #expect(told.cause?.contains("503") == true, "\(told)")
      #expect(try await cloud.records(of: production).keep(document) == .registry)
      let kept = try await cloud.records(of: production).records(of: bad.digest)
      #expect(kept.map(\.story) == [try ReleaseDocument(encoded: document.encoded()).story])

      let records = try await ReleaseRecords(access: cloud.access, blueprint: production).records()
      #expect(records.map(\.version) == ["v2", "v1"])
      #expect(records.map(\.result) == ["rolled back", "released"])
      let status = try await StatusReader(access: cloud.access, blueprint: production).status()
      #expect(status.version == "v1" && status.runningTasks == 2)
      #expect(status.colours.map(\.weight).sorted() == [0, 100])

      // down takes everything away, the repository with the last environment.
      let teardown = Teardown(
        access: cloud.access, blueprint: stage, siblingClusters: [production.names.cluster])
      let gone = try await teardown.down { _ in }
      #expect(gone.last?.verb == .kept)
      let last = Teardown(access: cloud.access, blueprint: production, siblingClusters: [stage.names.cluster])
      let rest = try await last.down { _ in }
      #expect(rest.last?.verb == .deleted)
      let nothing = try await last.down { _ in }
      #expect(nothing.allSatisfy { $0.verb == .absent })
    }
  }

  @Test(.timeLimit(.minutes(3))) func aReleaseCanBeStoppedAndASecondOneIsRefusedMeanwhile() async throws {
    try await LocalCloudFixture.run { cloud in
      // A bake time that nobody waits for: 100 minutes of half a second.
      let production = cloud.blueprint("production", .blueGreen(bakeMinutes: 1))
      let slow = cloud.blueprint("production", .blueGreen(bakeMinutes: 100))
      _ = try await Provisioner(access: cloud.access, blueprint: production).up { _ in }
      let v1 = try await cloud.publish("v1", to: production)
      #expect(try await cloud.release(v1, to: production).outcome == .released)

      let deployer = Deployer(access: cloud.access, blueprint: slow)
      let v2 = try await cloud.publish("v2", to: slow)
      guard case .started(let release) = try await deployer.start(v2) else {
        Issue.record("v2 must start")
        return
      }
      let interruptions = Interruptions()
      async let report = cloud.watch(release, in: slow, interruptions: interruptions)
      guard case .refused(let reason) = try await deployer.start(v1) else {
        Issue.record("a second release must be refused")
        return
      }
      #expect(reason.contains("v2 by "), "\(reason)")
      await #expect(throws: ReleaseError.self) { try await cloud.promotion(from: slow).proven() }
      #expect(try await RunningReleaseReader(access: cloud.access, blueprint: slow).release()?.id == release.id)
      interruptions.add()
      let end = try await report
      #expect(end.outcome.name == "stopped")
      let status = try await StatusReader(access: cloud.access, blueprint: production).status()
      #expect(status.version == "v1")
    }
  }

  @Test(.timeLimit(.minutes(3))) func aCanaryWaitsForSomebodyBeforeEachStep() async throws {
    try await LocalCloudFixture.run { cloud in
      var production = cloud.blueprint("production", .canary(percent: 20, percentBakeMinutes: 2, bakeMinutes: 1))
      _ = try await Provisioner(access: cloud.access, blueprint: production).up { _ in }
      let v1 = try await cloud.publish("v1", to: production)
      #expect(try await cloud.release(v1, to: production).outcome == .released)

      production.pauses = ReleasePauses(stages: [.preProductionTrafficShift])
      let paused = production
      let continuation = Continuation(access: cloud.access, blueprint: paused)
      await #expect(throws: ReleaseError.self) { try await continuation.answer(rollBack: false) }
      func release(_ version: String, answers: [Bool]) async throws -> (ReleaseReport, [Double]) {
        let image = try await cloud.publish(version, to: paused)
        guard case .started(let release) = try await Deployer(access: cloud.access, blueprint: paused).start(image)
        else {
          throw CommandError(.failure, "\(version) must start")
        }
        #expect(release.trafficSteps == [20, 100])
        let weights = Mutex<[Double]>([])
        async let report = cloud.watch(release, in: paused) { progress in
          guard let weight = progress.snapshot.target.productionWeight else { return }
          weights.withLock { if $0.last != weight { $0.append(weight) } }
        }
        for rollBack in answers {
          let isAnswered = try await eventually(within: .seconds(60)) {
            do {
              return try await continuation.answer(rollBack: rollBack).version == version
            } catch let error as ReleaseError where error.code == .noRelease {
              return false
            }
          }
          #expect(isAnswered)
        }
        return (try await report, weights.withLock { $0 })
      }
      let (second, weights) = try await release("v2", answers: [false, false])
      #expect(second.outcome == .released)
      #expect(weights == [0, 20, 100])
      let (third, _) = try await release("v3", answers: [false, true])
      #expect(third.outcome != .released)
      let status = try await StatusReader(access: cloud.access, blueprint: paused).status()
      #expect(status.version == "v2" && !status.isWaiting)
    }
  }

  @Test(.timeLimit(.minutes(3))) func newTasksAnswerAtTheTestListenerBeforeTheOldOnesGo() async throws {
    try await LocalCloudFixture.run { cloud in
      func reader(_ blueprint: Blueprint) -> EnvironmentReader { EnvironmentReader(cloud.access, blueprint) }
      var blueprint = cloud.blueprint("stage")
      // The load balancer's address is its own, so nobody else has the port.
      blueprint.service.testListenerPort = 18_443
      let provisioner = Provisioner(access: cloud.access, blueprint: blueprint)
      let first = try await provisioner.up { _ in }
      #expect(first.changes.last == ResourceChange(.created, "test listener", "port 18443"))
      #expect(try await provisioner.up { _ in }.changes.allSatisfy { $0.verb == .unchanged })
      let v1 = try await cloud.publish("v1", to: blueprint)
      #expect(try await cloud.release(v1, to: blueprint).outcome == .released)
      let path = try await reader(blueprint).traffic()
      let testRule = try #require(path.testRule)
      #expect(path.testURL?.hasSuffix(":18443") == true && path.url != path.testURL)
      // ECS moved the test traffic to what is live now.
      #expect(TrafficPath.weights(of: testRule)[path.live.targetGroupArn] == 100)
      let status = try await StatusReader(access: cloud.access, blueprint: blueprint).status()
      #expect(status.testURL == path.testURL)

      // Not wanted any more, it goes; the production listener stays.
      var without = blueprint
      without.service.testListenerPort = nil
      let change = try await Provisioner(access: cloud.access, blueprint: without).up { _ in }.changes.last
      #expect(change == ResourceChange(.deleted, "test listener", "port 18443"))
      let left = try await reader(without).traffic()
      #expect(left.url == path.url && left.testRule == nil)
      let v2 = try await cloud.publish("v2", to: without)
      #expect(try await cloud.release(v2, to: without).outcome == .released)
    }
  }

  @Test(.timeLimit(.minutes(3))) func aRollbackReleasesWhatServedBefore() async throws {
    try await LocalCloudFixture.run { cloud in
      let production = cloud.blueprint("production", .rolling(minimumHealthyPercent: 100, maximumPercent: 200))
      _ = try await Provisioner(access: cloud.access, blueprint: production).up { _ in }
      let rollback = Rollback(access: cloud.access, blueprint: production)
      await #expect(throws: ReleaseError.self) { try await rollback.start() }
      for version in ["v1", "v2"] {
        let image = try await cloud.publish(version, to: production)
        #expect(try await cloud.release(image, to: production).outcome == .released)
      }
      guard case .started(let release) = try await rollback.start() else {
        Issue.record("the rollback must start")
        return
      }
      #expect(release.image.version == "v1")
      #expect(try await cloud.watch(release, in: production).outcome == .released)
      await #expect(throws: ReleaseError.self) { try await rollback.start(to: "v9") }

      let found = try await Publisher(access: cloud.access, blueprint: production).find(
        release.image.digest, label: nil)
      #expect(found.digest == release.image.digest)
      await #expect(throws: ReleaseError.self) {
        try await Publisher(access: cloud.access, blueprint: production).find("nothing", label: nil)
      }
    }
  }
}
