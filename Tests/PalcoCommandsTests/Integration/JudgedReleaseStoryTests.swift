import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// Releases of the real local cloud, judged by numbers that the test makes.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built"), .serialized)
struct JudgedReleaseStoryTests {
  /// The weights that ECS was seen to give, each once.
  private final class SeenWeights: Sendable {
    private let weights = Mutex<[Double]>([])

    var all: [Double] { weights.withLock { $0 } }

    func note(_ progress: ReleaseProgress) {
      guard let weight = progress.snapshot.target.productionWeight else { return }
      weights.withLock { if $0.last.map({ $0 < weight }) ?? true { $0.append(weight) } }
    }
  }

  private static let promised = ServiceObjectives(isDeclared: true)

  /// Starts a version over one that serves.
  private func start(
    _ version: String, in blueprint: Blueprint, of cloud: LocalCloudFixture
  ) async throws -> RunningRelease {
    let image = try await cloud.publish(version, to: blueprint)
    guard case .started(let release) = try await Deployer(access: cloud.access, blueprint: blueprint).start(image)
    else { throw CommandError(.failure, "\(version) must start") }
    return release
  }

  private func judge(
    _ release: RunningRelease, in blueprint: Blueprint, of cloud: LocalCloudFixture, by source: ScriptedEvidence,
    _ progress: @Sendable (ReleaseProgress) -> Void = { _ in }
  ) async throws -> ReleaseReport {
    let end = try await ReleaseWatcher(access: cloud.access, blueprint: blueprint).run(
      release, judging: Judging(source: source, terms: ReleaseTerms(Self.promised)), interruptions: Interruptions()
    ) {
      source.saw($0)
      progress($0)
    }
    guard case .ended(let report) = end else { throw CommandError(.failure, "left: \(end)") }
    return report
  }

  private func production(
    _ release: ReleaseStrategy, timeout: Int? = nil, in cloud: LocalCloudFixture
  ) async throws -> Blueprint {
    var blueprint = cloud.blueprint("production", .blueGreen(bakeMinutes: 0))
    _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
    let first = try await cloud.publish("v1", to: blueprint)
    #expect(try await cloud.release(first, to: blueprint).outcome == .released)
    blueprint.release = release
    if let timeout {
      blueprint.pauses = ReleasePauses(stages: [.preProductionTrafficShift], timeoutMinutes: timeout)
    }
    return blueprint
  }

  private func serves(_ version: String, _ blueprint: Blueprint, _ cloud: LocalCloudFixture) async throws {
    let status = try await StatusReader(access: cloud.access, blueprint: blueprint).status()
    #expect(status.version == version && status.colours.map(\.weight).sorted() == [0, 100], "\(status)")
  }

  @Test(.timeLimit(.minutes(3))) func aWorseReleaseIsTakenBackOnItsNumbersWithAnyStrategy() async throws {
    try await LocalCloudFixture.run { cloud in
      // Bakes that nobody would wait for.
      for strategy in [
        ReleaseStrategy.canary(percent: 10, percentBakeMinutes: 400, bakeMinutes: 1), .blueGreen(bakeMinutes: 400),
      ] {
        let blueprint = try await production(strategy, in: cloud)
        let release = try await start("v2", in: blueprint, of: cloud)
        let report = try await judge(release, in: blueprint, of: cloud, by: ScriptedEvidence(green: 0.05))
        guard case .rolledBack(let reason) = report.outcome else {
          Issue.record("must be rolled back: \(report.outcome)")
          return
        }
        #expect(reason.contains("of the new tasks' requests 5 % ("), "\(reason)")
        #expect(report.judged?.decisions.map(\.action) == [.begin, .rollBack])
        #expect(report.failure?.reason == reason)
        try await serves("v1", blueprint, cloud)
      }
    }
  }

  @Test(.timeLimit(.minutes(3))) func aPacedReleaseSurvivesItsWatcherAndTwoOthersDoNotFight() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = try await production(.paced(stepPercent: 30, bakeMinutes: 1), timeout: 60, in: cloud)
      let release = try await start("v2", in: blueprint, of: cloud)
      #expect(release.strategy == "LINEAR" && release.trafficSteps == [30, 60, 90, 100])
      let source = ScriptedEvidence()
      let seen = SeenWeights()

      // The first watcher dies in the middle.
      let first = Task { try await judge(release, in: blueprint, of: cloud, by: source) { seen.note($0) } }
      #expect(try await eventually(within: .seconds(60)) { seen.all.last ?? 0 >= 30 })
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }

      // Two others take it up; where its tasks are is not told by the weights.
      let reader = RunningReleaseReader(access: cloud.access, blueprint: blueprint)
      let taken = try #require(try await reader.release())
      #expect(taken.targetGroupARN == release.targetGroupARN && taken.liveGroupARN == release.liveGroupARN)
      #expect(taken.id == release.id && taken.trafficSteps == release.trafficSteps)
      async let second = judge(taken, in: blueprint, of: cloud, by: source) { seen.note($0) }
      async let third = judge(taken, in: blueprint, of: cloud, by: source) { seen.note($0) }
      let reports = try await [second, third]
      #expect(reports.map(\.outcome) == [.released, .released])
      #expect(reports.map(\.proof) == [.shown, .shown])
      #expect(seen.all == [0, 30, 60, 90, 100])
      // Whoever is first lets a step go on; the other one finds it done.
      let steps = reports.flatMap { $0.judged?.decisions ?? [] }.filter { $0.action == .step }
      #expect(steps.contains { $0.reason == "to 100 %: the evidence covers 100 %" }, "\(steps)")
      try await serves("v2", blueprint, cloud)
      #expect(try await reader.release() == nil)
    }
  }

  @Test(.timeLimit(.minutes(3))) func whenTheMetricsAreGoneItIsHeldAndECSGoesBack() async throws {
    try await LocalCloudFixture.run { cloud in
      // Four minutes are two seconds.
      let blueprint = try await production(.paced(stepPercent: 10, bakeMinutes: 1), timeout: 4, in: cloud)
      let release = try await start("v2", in: blueprint, of: cloud)
      let source = ScriptedEvidence()
      let report = try await judge(release, in: blueprint, of: cloud, by: source) { progress in
        if progress.snapshot.target.productionWeight ?? 0 >= 10 { source.vanish() }
      }
      #expect(report.outcome.name == "rolled back", "\(report.outcome)")
      #expect(report.outcome.reason?.contains("pause hook timed out") == true, "\(report.outcome)")
      let hold = try #require(report.judged?.decisions.last { $0.action == .hold })
      #expect(hold.reason.hasPrefix("the metrics cannot be read"), "\(hold)")
      try await serves("v1", blueprint, cloud)
    }
  }

  @Test(.timeLimit(.minutes(3))) func whatIsNotShownToBeSafeIsUndecidedUnlessSomebodyAcceptsIt() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = try await production(.blueGreen(bakeMinutes: 1), in: cloud)
      for (acceptance, isDeclared, expected) in [
        (nil, true, "undecided"), ("nobody is there", true, "released"), (nil, false, "released"),
      ] as [(String?, Bool, String)] {
        let release = try await start("v\(expected)\(acceptance == nil)\(isDeclared)", in: blueprint, of: cloud)
        let terms = ReleaseTerms(ServiceObjectives(isDeclared: isDeclared), acceptance: acceptance)
        // A source whose traffic nobody has told of: there is none.
        let end = try await ReleaseWatcher(access: cloud.access, blueprint: blueprint).run(
          release, judging: Judging(source: ScriptedEvidence(), terms: terms), interruptions: Interruptions()
        ) { _ in }
        guard case .ended(let report) = end else {
          Issue.record("left: \(end)")
          return
        }
        #expect(report.outcome.name == expected)
        #expect(report.proof?.name == (acceptance == nil ? "unproven" : "accepted unproven"))
      }
    }
  }
}
