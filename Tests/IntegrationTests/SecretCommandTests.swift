import Foundation
import PalcoTestSupport
import Testing

extension IntegrationTests {
  /// `palco secret set` as a user types it.
  @Suite struct SecretCommands {
    @Test(.timeLimit(.minutes(2)))
    func aSecretThatIsSetReachesTheNextRelease() async throws {
      try await Project.with { project in
        let manifest = project.folder.appendingPathComponent("palco.yml")
        try String(contentsOf: manifest, encoding: .utf8)
          .replacing("  port: 8080\n", with: "  port: 8080\n  secrets: { VERSION: /shop/version }\n")
          .write(to: manifest, atomically: true, encoding: .utf8)
        for value in ["hush-1", "hush-2"] {
          let set = try await RunningCommand(
            "/usr/bin/env",
            ["bash", "-c", "echo \(value) | '\(Counterparts.palco.path)' secret set /shop/version"], in: project.folder
          ).result()
          #expect(set.status == 0 && set.output.hasPrefix("/shop/version is set"), "\(set.transcript)")
          #expect(!set.transcript.contains("hush"))
        }
        try await project.palco("up", "stage", exits: 0)
        let deploy = try await project.palco("deploy", "stage", exits: 0)
        try await #expect(project.answer("stage") == "hush-2")
        let told = try await [
          project.palco("status"), project.palco("cloud", "status"), project.palco("releases", "stage"),
        ]
        for run in told + [deploy] { #expect(!run.transcript.contains("hush"), "\(run.transcript)") }
        let nothing = try await project.palco("secret", "set", "/shop/version")
        #expect(nothing.status == 64 && nothing.errors.contains("no value"), "\(nothing.transcript)")
      }
    }
  }
}
