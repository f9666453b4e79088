import ArgumentParser
import Foundation
import LocalCloud
import Logging
import ServiceLifecycle

/// `palco cloud run`: the daemon in the foreground.
struct CloudRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the local cloud in the foreground.",
    discussion: """
      Prints one line when it is ready, and logs to standard error. Ctrl-C stops its tasks and ends it.

        palco cloud run --minute 1s
        palco cloud run --port 4700 --state /tmp/cloud --allow-host-commands
      """)

  @OptionGroup var arguments: DaemonArguments

  func run() async throws {
    var logger = Logger(label: "palco", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = arguments.verbose ? .debug : .notice
    let options = arguments.options
    let daemon = ForegroundDaemon(
      daemon: LocalCloudDaemon(options: options, logger: logger), state: options.stateDirectory.path,
      verifiesSignatures: options.verifiesSignatures)
    var quiet = logger
    quiet.logLevel = .warning
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
    do {
      try await group.run()
    } catch let error as DaemonError {
      throw CommandError(.failure, error.description)
    } catch let error as StoreError {
      throw CommandError(.failure, error.description)
    }
  }
}

/// The daemon as a service of the process, which ends with it.
private struct ForegroundDaemon: Service {
  let daemon: LocalCloudDaemon
  let state: String
  let verifiesSignatures: Bool

  func run() async throws {
    try await daemon.run { information in
      Console.out("palco cloud ready at \(information.endpoint) (state \(state))")
      if verifiesSignatures { Console.note("its clients need AWS_SHARED_CREDENTIALS_FILE=\(state)/credentials") }
    }
  }
}
