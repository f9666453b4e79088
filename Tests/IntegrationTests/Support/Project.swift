import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A folder with a `palco.yml` and the little Python service, and a local cloud of its own.
struct Project {
  let folder: URL
  /// Variables of its commands, besides those of the tests.
  let environment: [String: String]
  private static let python = "python3"

  /// Makes the folder.
  init(bake: String = "0m", tasks: Int = 2, environment: [String: String] = [:]) throws {
    self.environment = environment
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-project-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Counterparts.fixtures.appendingPathComponent("service.py"), to: folder.appendingPathComponent("service.py"))
    try write(version: "v1", bake: bake, tasks: tasks)
  }

  /// Writes the manifest of a version.
  func write(version: String, bake: String = "0m", tasks: Int = 2, environment: [String: String] = [:]) throws {
    let lines = environment.sorted { $0.key < $1.key }.map { "    \($0.key): \"\($0.value)\"\n" }.joined()
    let more = lines.isEmpty ? "" : "  environment:\n" + lines
    try """
    name: shop
    image:
      files:
        /app/service.py: service.py
        /app/version.txt: version.txt
      command: [\(Self.python), /app/service.py]
    service:
      port: 8080
      tasks: \(tasks)
      health: { path: /healthz, interval: 5s }
    \(more)release:
      strategy: blue_green
      bake: \(bake)
    environments:
      stage: { target: local }
      production: { target: local }

    """.write(to: folder.appendingPathComponent("palco.yml"), atomically: true, encoding: .utf8)
    // Another version is another image, as it would be in a team's life.
    try "\(version)\n".write(
      to: folder.appendingPathComponent("version.txt"), atomically: true, encoding: .utf8)
  }

  /// Writes the manifest of a version whose image needs nothing of its machine: a static busybox serves files.
  func writeStatic(version: String) throws {
    try """
    name: shop
    image:
      files:
        /bin/busybox: busybox
        /www/index.html: version.txt
        /www/healthz: version.txt
      command:
        - /bin/busybox
        - sh
        - -c
        - |
          trap 'exit 0' TERM
          echo "listening, version $(/bin/busybox cat /www/index.html)"
          /bin/busybox httpd -f -p 8080 -h /www &
          wait
    service:
      port: 8080
      tasks: 2
      health: { path: /healthz, interval: 5s }
    release: { strategy: blue_green, bake: 0m }
    environments:
      stage: { target: local }

    """.write(to: folder.appendingPathComponent("palco.yml"), atomically: true, encoding: .utf8)
    try "\(version)\n".write(
      to: folder.appendingPathComponent("version.txt"), atomically: true, encoding: .utf8)
  }

  /// Starts a command in the folder.
  func start(_ arguments: String...) throws -> RunningCommand { try start(arguments) }

  private func start(_ arguments: [String]) throws -> RunningCommand {
    try RunningCommand(
      Counterparts.palco.path, arguments, in: folder, environment: environment.merging(["NO_COLOR": "1"]) { $1 })
  }

  /// Runs a command in the folder to its end.
  func palco(_ arguments: String...) async throws -> CommandRun { try await start(arguments).result() }

  /// Runs a command that must end with an exit code.
  @discardableResult
  func palco(
    _ arguments: String..., exits status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> CommandRun {
    let run = try await start(arguments).result()
    #expect(run.status == status, "palco \(arguments): \(run.transcript)", sourceLocation: sourceLocation)
    return run
  }

  /// What a command with `--json` printed.
  func json(_ arguments: String...) async throws -> Any {
    let run = try await start(arguments + ["--json"]).result()
    return try JSONSerialization.jsonObject(with: Data(run.output.utf8))
  }

  /// What the service answers in an environment.
  func answer(_ environment: String, path: String = "/") async throws -> String {
    let status = try #require(try await json("status", environment) as? [[String: Any]])
    let url = try #require(status.first?["url"] as? String, "\(status)")
    return try await RunningCommand("/usr/bin/env", ["curl", "-sS", "-m", "5", url + path]).result().output
  }

  /// Removes the cloud and the folder.
  func remove() async throws {
    try await palco("cloud", "stop", exits: 0)
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs a test in a project, and removes it whatever happens.
  static func with(bake: String = "0m", minute: String = "500ms", _ body: (Project) async throws -> Void) async throws {
    let project = try Project(bake: bake)
    try await project.palco("cloud", "start", "--minute", minute, exits: 0)
    do {
      try await body(project)
    } catch {
      try await project.remove()
      throw error
    }
    try await project.remove()
  }
}
