import Foundation
import PalcoTestSupport
import Testing

extension IntegrationTests {
  /// The commands of a release as a user types them, against a local cloud of their own.
  @Suite struct ReleaseCommands {
    @Test(.timeLimit(.minutes(3)))
    func aDigestGoesFromStageToProductionAndBack() async throws {
      try await Project.with { project in
        try await project.palco("up", "stage", exits: 0)
        let again = try await project.palco("up", "stage", exits: 0)
        #expect(!again.errors.lowercased().contains("created"), "\(again.transcript)")
        try await project.palco("deploy", "stage", exits: 0)
        try await #expect(project.answer("stage") == "v1")

        try await project.palco("up", "production", exits: 0)
        try await project.palco("promote", "stage", "production", exits: 0)
        try await #expect(project.answer("production") == "v1")
        try await #expect(digest(project, "stage") == digest(project, "production"))

        try project.write(version: "v2")
        try await project.palco("deploy", "stage", exits: 0)
        try await project.palco("promote", "stage", "production", exits: 0)
        try await #expect(project.answer("production") == "v2")

        try await project.palco("rollback", "production", exits: 0)
        try await #expect(project.answer("production") == "v1")
        let releases = try #require(try await project.json("releases", "production") as? [[String: Any]])
        #expect(releases.count == 3, "\(releases)")
        let logs = try await project.palco("logs", "production", exits: 0)
        #expect(logs.output.contains("listening, version v1"), "\(logs.transcript)")

        try await project.palco("down", "stage", "--yes", exits: 0)
        try await project.palco("down", "production", "--yes", exits: 0)
        try await project.palco("down", "production", "--yes", exits: 0)
      }
    }

    private func digest(_ project: Project, _ environment: String) async throws -> String {
      let status = try #require(try await project.json("status", environment) as? [[String: Any]])
      return try #require(status.first?["digest"] as? String)
    }

    @Test(.timeLimit(.minutes(3)))
    func aReleaseThatNeverGetsHealthyIsRolledBackAndTheOneBeforeServes() async throws {
      try await Project.with { project in
        try await project.palco("up", "stage", exits: 0)
        try await project.palco("deploy", "stage", exits: 0)
        try project.write(version: "v2", environment: ["SICK": "1"])
        let run = try await project.palco("deploy", "stage", exits: 10)
        #expect(run.errors.contains("rolled back"), "\(run.transcript)")
        try await #expect(project.answer("stage") == "v1")

        try project.write(version: "v3", environment: ["MODE": "exit"])
        let crash = try await project.palco("deploy", "stage", exits: 10)
        #expect(crash.errors.contains("exit code 3"), "\(crash.transcript)")
        #expect(
          crash.errors.contains("configuration is missing"), "its last words belong to the reason: \(crash.transcript)")
        try await #expect(project.answer("stage") == "v1")
      }
    }

    @Test(.timeLimit(.minutes(3)))
    func controlCStopsTheReleaseUnderTrafficAndSaysSo() async throws {
      try await Project.with { project in
        try await project.palco("up", "stage", exits: 0)
        try await project.palco("deploy", "stage", exits: 0)
        try project.write(version: "v2", bake: "60m")
        let deploy = try project.start("deploy", "stage")
        #expect(
          await eventually(within: .seconds(60)) {
            deploy.errors.contains("BAKE_TIME") || deploy.errors.contains("bake")
          })
        // Who watches sees what each colour gets, from the load balancer's own metrics.
        #expect(
          await eventually(within: .seconds(20)) {
            _ = try? await project.answer("stage")
            return deploy.errors.contains(" requests, 0 failed")
          }, "\(deploy.errors)")
        deploy.send(SIGINT)
        let run = await deploy.result()
        #expect(run.status == 11, "\(run.transcript)")
        try await #expect(project.answer("stage") == "v1")
      }
    }

    @Test(.timeLimit(.minutes(3)))
    func ofTwoDeploysAtOnceTheSecondIsRefusedAndTheFirstIsReleased() async throws {
      try await Project.with { project in
        try await project.palco("up", "stage", exits: 0)
        try await project.palco("deploy", "stage", exits: 0)
        try project.write(version: "v2", bake: "6m")
        let first = try project.start("deploy", "stage")
        #expect(
          await eventually(within: .seconds(60)) {
            first.errors.contains("SCALE_UP") || first.errors.contains("scale up")
          })
        let second = try await project.palco("deploy", "stage", "--force", exits: 13)
        #expect(second.errors.contains("under way"), "\(second.transcript)")
        let run = await first.result()
        #expect(run.status == 0, "\(run.transcript)")
        try await #expect(project.answer("stage") == "v2")
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func upAndTheFirstDeployOfTwoTasksTakeLessThanTenSeconds() async throws {
      try await Project.with(minute: "60s") { project in
        let began = ContinuousClock.now
        try await project.palco("up", "stage", exits: 0)
        try await project.palco("deploy", "stage", exits: 0)
        let took = began.duration(to: .now)
        #expect(took < .seconds(10), "took \(took)")
      }
    }

    @Test func whatCannotBeDoneIsRefusedWithItsReason() async throws {
      let project = try Project()
      defer { try? FileManager.default.removeItem(at: project.folder) }
      let unknown = try await project.palco("deploy", "prod")
      #expect(unknown.status != 0 && unknown.errors.contains("production"), "\(unknown.transcript)")
      let cloudless = try await project.palco("status")
      #expect(cloudless.status == 13 && cloudless.errors.contains("palco cloud start"), "\(cloudless.transcript)")
      try "name: shop\nservice:\n  prot: 80\n".write(
        to: project.folder.appendingPathComponent("palco.yml"), atomically: true, encoding: .utf8)
      let broken = try await project.palco("check", exits: 2)
      #expect((broken.errors + broken.output).contains("palco.yml:3:3"), "\(broken.transcript)")
    }
  }
}
