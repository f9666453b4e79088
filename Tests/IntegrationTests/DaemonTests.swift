import Foundation
import PalcoTestSupport
import Testing

extension IntegrationTests {
  /// The daemon as a program: what it costs, whom it refuses, how it fails.
  @Suite struct Daemon {
    private func temporaryFolder() -> URL {
      FileManager.default.temporaryDirectory.appendingPathComponent("palco-daemon-\(UUID().uuidString)")
    }

    private func curl(_ arguments: String...) async throws -> String {
      try await RunningCommand(
        "/usr/bin/env", ["curl", "-sS", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}"] + arguments
      )
      .result().output
    }

    /// The goal is 30 ms on a quiet machine (`Benchmarks/start-up` measures it). Tests load this one, so it is the
    /// processor's time that counts here, with as much again for a busy machine.
    @Test func theVersionCostsLittleTime() async throws {
      let python = try #require(Counterparts.python ?? "/usr/bin/python3")
      let program = """
        import os, sys
        def cost():
            child = os.posix_spawn(sys.argv[1], [sys.argv[1], "--version"], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
            _, status, usage = os.wait4(child, 0)
            assert status == 0
            return usage.ru_utime + usage.ru_stime
        print(int(1000 * min(cost() for _ in range(10))))
        """
      let run = try await RunningCommand(python, ["-c", program, Counterparts.palco.path]).result()
      let milliseconds = try #require(
        Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(run.transcript)")
      #expect(milliseconds < 60)
    }

    /// What counts is the memory that the daemon holds for itself: the pages of its program are files', which the
    /// system shares and takes back, and in a debug build there are many of them.
    @Test func anIdleDaemonHoldsLessThanSixteenMebibytesOfItsOwn() async throws {
      try await RunningCloud.with { cloud in
        let status = try String(contentsOfFile: "/proc/\(cloud.command.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
        let kibibytes = try #require(Int(line.filter(\.isNumber)))
        #expect(kibibytes < 16 * 1024, "\(kibibytes / 1024) MiB")
      }
    }

    @Test func aSecondDaemonOnTheSameStateIsRefused() async throws {
      try await RunningCloud.with { cloud in
        let second = try await RunningCommand(
          Counterparts.palco.path,
          ["cloud", "run", "--port", "\(RunningCloud.freePort())", "--state", cloud.state.path]
        ).result()
        #expect(second.status == 1 && second.errors.contains("already runs"), "\(second.transcript)")
      }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
      try await RunningCloud.with { cloud in
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let port = try #require(cloud.endpoint.split(separator: ":").last)
        let second = try await RunningCommand(
          Counterparts.palco.path, ["cloud", "run", "--port", "\(port)", "--state", folder.path]
        ).result()
        #expect(second.status == 1 && second.errors.contains("127.0.0.1:\(port) is taken"), "\(second.transcript)")
      }
    }

    @Test func aStateFolderThatCannotBeUsedIsAClearError() async throws {
      let port = try RunningCloud.freePort()
      // A file where the folder should be: not even root can write below it.
      let file = temporaryFolder()
      try Data().write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let unwritable = try await RunningCommand(
        Counterparts.palco.path,
        ["cloud", "run", "--port", "\(port)", "--state", file.appendingPathComponent("x").path]
      ).result()
      #expect(unwritable.status == 1 && unwritable.errors.contains("cannot be written"), "\(unwritable.transcript)")

      let folder = temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let cloud = try await RunningCloud.start(state: folder)
      await cloud.stop()
      let python = try #require(Counterparts.python ?? "/usr/bin/python3")
      _ = try await RunningCommand(
        python,
        [
          "-c",
          "import sqlite3,sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version = 999'); c.commit()",
          folder.appendingPathComponent("cloud.sqlite").path,
        ]
      ).result()
      let newer = try await RunningCommand(
        Counterparts.palco.path, ["cloud", "run", "--port", "\(port)", "--state", folder.path]
      ).result()
      #expect(newer.status == 1 && newer.errors.contains("update palco"), "\(newer.transcript)")
    }

    @Test func rebindingAndCrossSiteRequestsAreRefused() async throws {
      try await RunningCloud.with { cloud in
        try await #expect(curl(cloud.endpoint + "/") == "200")
        try await #expect(curl("-H", "Host: evil.example", cloud.endpoint + "/") == "403")
        try await #expect(curl("-H", "Origin: https://evil.example", cloud.endpoint + "/") == "403")
        try await #expect(
          curl("-H", "Origin: https://evil.example", "-X", "POST", cloud.endpoint + "/v2/x/blobs/uploads/")
            == "403")
      }
    }

    @Test func hostProgramsNeedThePermissionOfTheOneWhoStartedIt() async throws {
      guard Counterparts.allows(Counterparts.python) else { return }
      let python = try #require(Counterparts.python, "scripts/setup test installs boto3")
      try await RunningCloud.with(arguments: ["--minute", "500ms"]) { cloud in
        let driver = """
          import sys; sys.path.insert(0, sys.argv[2]); from harness import *
          ecs = clients(sys.argv[1])[0]
          ecs.create_cluster(clusterName="c")
          d = ecs.register_task_definition(family="f", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{"name": "x", "image": "process:/bin/true"}])["taskDefinition"]["taskDefinitionArn"]
          t = ecs.run_task(cluster="c", taskDefinition=d, networkConfiguration=NETWORK)["tasks"][0]["taskArn"]
          look = lambda: [t for t in ecs.describe_tasks(cluster="c", tasks=[t])["tasks"] if t["lastStatus"] == "STOPPED"]
          print(until("stopped", look)[0]["stoppedReason"])
          """
        let run = try await RunningCommand(python, ["-c", driver, cloud.endpoint, Counterparts.fixtures.path]).result()
        #expect(run.status == 0 && run.output.contains("--allow-host-commands"), "\(run.transcript)")
      }
    }
  }
}
