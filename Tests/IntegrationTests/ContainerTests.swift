import Foundation
import PalcoTestSupport
import Testing

extension IntegrationTests {
  /// Tasks as containers of a real engine.
  @Suite(.enabled("podman starts no container on this machine") { await ContainerCounterpart.isAllowed() })
  struct Containers {
    @Test(.timeLimit(.minutes(5)))
    func tasksRunAsContainersWithEverythingThatECSSaysOfThem() async throws {
      try await drive(engine: "podman")
    }

    /// Runs the driver of containers on a state folder of its own.
    private func drive(engine: String, environment: [String: String] = [:]) async throws {
      let podman = try await ContainerCounterpart.podman.value.get()
      let python = try #require(Counterparts.python, "scripts/setup test installs boto3")
      let state = FileManager.default.temporaryDirectory.appendingPathComponent("palco-\(engine)-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: state) }
      let run = try await RunningCommand(
        python,
        [
          Counterparts.fixtures.appendingPathComponent("podman.py").path, Counterparts.palco.path, podman.busybox,
          state.path, "\(try RunningCloud.freePort())", engine,
        ], environment: podman.environment.merging(environment) { $1 }
      ).result()
      #expect(run.status == 0, "\(run.transcript)")
    }

    @Test(.timeLimit(.minutes(3)))
    func aReleaseGoesFromContainersToContainersWithoutAFailedRequest() async throws {
      let podman = try await ContainerCounterpart.podman.value.get()
      let project = try Project(environment: podman.environment)
      try FileManager.default.copyItem(
        atPath: podman.busybox, toPath: project.folder.appendingPathComponent("busybox").path)
      try project.writeStatic(version: "v1")
      try await project.palco("cloud", "start", "--minute", "500ms", "--runtime", "podman", exits: 0)
      do {
        try await project.palco("up", "stage", exits: 0)
        try await project.palco("deploy", "stage", exits: 0)
        try await #expect(project.answer("stage") == "v1\n")

        let status = try #require(try await project.json("status", "stage") as? [[String: Any]])
        let url = try #require(status.first?["url"] as? String)
        let load = try RunningCommand(
          "/usr/bin/env",
          [
            "bash", "-c",
            "while [ ! -e done ]; do curl -sS -m 5 -o /dev/null -w '%{http_code}\\n' \(url)/; sleep 0.02; done",
          ], in: project.folder)
        try project.writeStatic(version: "v2")
        let deploy = try await project.palco("deploy", "stage", exits: 0)
        try await #expect(project.answer("stage") == "v2\n", "\(deploy.transcript)")
        try Data().write(to: project.folder.appendingPathComponent("done"))
        let answers = await load.result().output.split(separator: "\n")
        #expect(answers.count > 20 && answers.allSatisfy { $0 == "200" }, "\(Set(answers)) of \(answers.count)")

        try await project.palco("rollback", "stage", exits: 0)
        try await #expect(project.answer("stage") == "v1\n")
        let logs = try await project.palco("logs", "stage", exits: 0)
        #expect(logs.output.contains("listening, version v1"), "\(logs.transcript)")
      } catch {
        try await project.remove()
        throw error
      }
      let identity = try String(
        contentsOf: project.folder.appendingPathComponent(".palco/containers/identity"), encoding: .utf8)
      try await project.remove()
      let left = try await RunningCommand(
        "/usr/bin/env",
        ["podman", "ps", "--all", "--filter", "label=palco.cloud=\(identity)", "--format", "{{.Names}}"],
        environment: podman.environment
      ).result()
      #expect(left.status == 0 && left.output.isEmpty, "\(left.transcript)")
    }

    @Test func anEngineThatCannotBeUsedKeepsTheCloudFromStarting() async throws {
      let project = try Project(environment: ["PATH": "/nonexistent"])
      defer { try? FileManager.default.removeItem(at: project.folder) }
      let run = try await project.palco("cloud", "start", "--runtime", "podman", exits: 1)
      #expect(run.errors.contains("there is no podman in PATH"), "\(run.transcript)")
    }
  }
}
