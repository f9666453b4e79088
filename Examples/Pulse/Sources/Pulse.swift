import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

/// A site that asks its visitors how likely they are to recommend it, and shows the Net Promoter Score.
@main struct Pulse {
  static func main() async {
    do {
      let settings = try Settings(
        environment: ProcessInfo.processInfo.environment, version: Version.read())
      try await run(settings)
    } catch let problem as StartError {
      fail(problem.description, code: problem.exitCode)
    } catch {
      fail("cannot serve: \(error)", code: 1)
    }
  }

  /// Serves until SIGTERM or SIGINT, and then until the requests that have begun are answered.
  static func run(_ settings: Settings) async throws {
    let logger = Logger(label: "pulse")
    let store = try makeStore(settings, logger: logger)
    var application = try PulseApplication.make(settings: settings, store: store, logger: logger)
    application.beforeServerStarts { await settings.faults.delayStart() }
    var services: [any Service] = [application]
    if let delay = settings.faults.crashAfter { services.append(CrashService(delay: delay)) }
    let group = ServiceGroup(
      configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch {
      await store.close()
      throw error
    }
    await store.close()
    say("pulse \(settings.version): stopped", to: .standardOutput)
  }

  private static func makeStore(_ settings: Settings, logger: Logger) throws -> any AnswerStore {
    switch settings.database {
    case .sqlite(let path): try SQLiteStore(path: path)
    case .postgres(let url): try PostgresStore(url: url, logger: logger)
    }
  }

  private static func fail(_ words: String, code: Int32) -> Never {
    say("pulse: \(words)", to: .standardError)
    exit(code)
  }
}

/// Writes a line at once: a buffered one would show up in a log late, or after a crash never.
func say(_ line: String, to stream: FileHandle) { stream.write(Data("\(line)\n".utf8)) }
