import AWSClient
import AsyncHTTPClient
import Foundation
import LocalCloud
import Logging
import OCIImages
import PalcoBlueprint
import PalcoTestSupport

@testable import PalcoCommands
@testable import PalcoRelease

/// A real local cloud in this process, with the sample service as the workload.
struct LocalCloudFixture: Sendable {
  let access: CloudAccess
  /// Where its image comes from.
  let program: URL
  /// What is the test's own.
  let folder: URL

  /// The sample service beside the test program; `nil` when it was not built.
  static var program: URL? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates = [folder, URL(fileURLWithPath: ".build/debug")].map { $0.appendingPathComponent("pulse") }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs a body against a cloud whose minutes last half a second.
  static func run(_ body: @escaping @Sendable (LocalCloudFixture) async throws -> Void) async throws {
    guard let program else { throw CommandError(.failure, "the sample service was not built") }
    try await withTemporaryDirectory { directory in
      let state = directory.appendingPathComponent("state")
      var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
      logger.logLevel = .critical
      let daemon = LocalCloudDaemon(
        options: DaemonOptions(stateDirectory: state, port: 0, minute: .milliseconds(500)), logger: logger)
      let (ready, isReady) = AsyncStream.makeStream(of: DaemonInformation.self)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          defer { isReady.finish() }
          try await daemon.run { isReady.yield($0) }
        }
        for await information in ready {
          let access = try Project.access(to: information, stateDirectory: state)
          try await body(LocalCloudFixture(access: access, program: program, folder: directory))
          break
        }
        group.cancelAll()
      }
    }
  }

  func blueprint(_ environment: String, _ release: ReleaseStrategy = .blueGreen(bakeMinutes: 1)) -> Blueprint {
    Blueprint(
      project: "pulse", environment: environment, target: .local,
      image: .files(
        [FileRecipe(source: program.path, path: "/app/pulse")], command: ["/app/pulse"], workingDirectory: nil),
      service: ServiceBlueprint(
        port: 8080, tasks: 2,
        healthCheck: HealthCheck(path: "/healthz", intervalSeconds: 5, timeoutSeconds: 2), stopTimeoutSeconds: 5),
      release: release)
  }

  /// Builds and pushes a version.
  func publish(
    _ version: String, to blueprint: Blueprint, environment: [(String, String)] = []
  ) async throws -> PublishedImage {
    try await Publisher(access: access, blueprint: blueprint).publish(
      label: version,
      additions: ImageAdditions(
        files: [ImageFile(path: "/app/VERSION", content: .data(Data(version.utf8)))], environment: environment)
    ) { _ in }
  }

  /// The keeper of records of an environment; what the registry does not take is in a folder of the test's own.
  func records(of blueprint: Blueprint) -> RecordKeeper {
    RecordKeeper(access: access, blueprint: blueprint, folder: folder.appendingPathComponent("records"))
  }

  func promotion(from blueprint: Blueprint) -> Promotion {
    Promotion(access: access, from: blueprint, records: records(of: blueprint))
  }

  /// Releases an image and waits for the end.
  func release(_ image: PublishedImage, to blueprint: Blueprint) async throws -> ReleaseReport {
    let start = try await Deployer(access: access, blueprint: blueprint).start(image)
    guard case .started(let release) = start else { throw CommandError(.failure, "not started: \(start)") }
    return try await watch(release, in: blueprint)
  }

  func watch(
    _ release: RunningRelease, in blueprint: Blueprint, interruptions: Interruptions = Interruptions(),
    progress: @Sendable (ReleaseProgress) -> Void = { _ in }
  ) async throws -> ReleaseReport {
    let end = try await ReleaseWatcher(access: access, blueprint: blueprint).run(
      release, interruptions: interruptions, progress: progress)
    guard case .ended(let report) = end else { throw CommandError(.failure, "left: \(end)") }
    return report
  }
}
