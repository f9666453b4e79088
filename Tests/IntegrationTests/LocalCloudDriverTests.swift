import Foundation
import Testing

/// Everything that starts the built binary, one at a time: they measure and load the machine.
@Suite(.serialized) enum IntegrationTests {}

extension IntegrationTests {
  /// The local cloud driven by unmodified AWS clients.
  @Suite(.enabled(if: Counterparts.allows(Counterparts.python))) struct Boto3 {
    @Test(.timeLimit(.minutes(5)))
    func createsDeploysReadsShiftsRollsBackAndDeletesEverything() async throws {
      try await RunningCloud.with { try await $0.drive("walk.py") }
    }

    @Test(.timeLimit(.minutes(5)))
    func tenBlueGreenSwitchesUnderLoadFailNoRequestAndHoldTheirWeights() async throws {
      try await RunningCloud.with { try await $0.drive("switches.py") }
    }

    @Test(.timeLimit(.minutes(10)))
    func releasesLookAsTheDeveloperGuideSaysAtEachMoment() async throws {
      try await RunningCloud.with { try await $0.drive("traces.py", $0.state.path) }
    }

    @Test(.timeLimit(.minutes(5)))
    func aControllerOfOnesOwnMovesTrafficBetweenTaskSets() async throws {
      try await RunningCloud.with { try await $0.drive("tasksets.py") }
    }

    @Test(.timeLimit(.minutes(5)))
    func eachStrategyKeepsItsSharesAndFailsNoRequestButTheNewReleasesOwn() async throws {
      try await RunningCloud.with { try await $0.drive("shifts.py", $0.state.path) }
    }

    @Test(.timeLimit(.minutes(5)))
    func imagesAndProgramsThatMisbehaveAreToldApart() async throws {
      try await RunningCloud.with { try await $0.drive("faults.py", "\($0.command.processIdentifier)") }
    }

    /// With the command line of version 2 where there is one, and with the calls that it makes in any case.
    @Test(.timeLimit(.minutes(5)))
    func logsAreFollowedAsTheyAreWritten() async throws {
      try await RunningCloud.with { cloud in
        if let aws = Counterparts.aws2 {
          try await cloud.drive("tail.py", aws)
        } else {
          try await cloud.drive("tail.py")
        }
      }
    }

    @Test(.timeLimit(.minutes(5)))
    func loadRaisesTheDesiredCountAndAReleaseHoldsScaleInsBack() async throws {
      try await RunningCloud.with { try await $0.drive("scaling.py", Counterparts.palco.path, $0.state.path) }
    }

    @Test(.timeLimit(.minutes(5)))
    func whatWasAcceptedSurvivesAKillInEveryService() async throws {
      try await Self.kill("durable.py")
    }

    @Test(.timeLimit(.minutes(5)))
    func bucketsAndObjectsAreThoseOfS3AndSurviveAKill() async throws {
      try await Self.kill("buckets.py")
    }

    @Test(.timeLimit(.minutes(5)))
    func secretsAndParametersReachTheTaskAndNobodyElse() async throws {
      try await RunningCloud.with { try await $0.drive("vault.py", $0.state.path) }
    }

    @Test(.timeLimit(.minutes(5)))
    func aDaemonKilledInTheMiddleOfAReleaseFinishesItAfterTheRestart() async throws {
      try await Self.kill("crash.py")
    }

    /// Runs a driver that starts, kills and restarts a daemon of its own.
    private static func kill(_ script: String) async throws {
      let python = try #require(Counterparts.python, "scripts/setup test installs boto3")
      let state = FileManager.default.temporaryDirectory.appendingPathComponent("palco-crash-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: state) }
      let run = try await RunningCommand(
        python,
        [
          Counterparts.fixtures.appendingPathComponent(script).path, Counterparts.palco.path,
          Counterparts.fixtures.appendingPathComponent("service.py").path, state.path,
          "\(try RunningCloud.freePort())",
        ]
      ).result()
      #expect(run.status == 0, "\(run.transcript)")
    }
  }

  /// The local cloud driven by the unmodified AWS command line.
  @Suite(.enabled(if: Counterparts.allows(Counterparts.aws))) struct CommandLine {
    @Test(.timeLimit(.minutes(5)))
    func takesAServiceFromNothingToNothing() async throws {
      let aws = try #require(Counterparts.aws, "scripts/setup test installs it")
      let python = try #require(Counterparts.python ?? "/usr/bin/python3")
      try await RunningCloud.with { cloud in
        let fixtures = Counterparts.fixtures
        let run = try await RunningCommand(
          "/usr/bin/env",
          [
            "bash", fixtures.appendingPathComponent("cli.sh").path, cloud.endpoint,
            fixtures.appendingPathComponent("service.py").path, aws, python,
          ], in: FileManager.default.temporaryDirectory
        ).result()
        #expect(run.status == 0, "\(run.transcript)")
      }
    }
  }
}
