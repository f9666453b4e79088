import Foundation
import Hummingbird
import Logging
import NIOCore
import PalcoCore
import ServiceLifecycle
import TaskRuntimes

/// The local cloud as one long-lived service: all services of AWS that Palco needs, behind one port.
public struct LocalCloudDaemon: Sendable {
  private let options: DaemonOptions
  private let logger: Logger

  /// Makes a daemon; nothing is touched before it runs.
  public init(options: DaemonOptions, logger: Logger) {
    self.options = options
    self.logger = logger
  }

  /// Serves until the surrounding service group shuts down, or the task is cancelled.
  ///
  /// - Parameter onReady: Called once the front door answers; others find the daemon from then on.
  /// - Throws: ``DaemonError`` and ``StoreError`` when the daemon cannot run.
  public func run(onReady: @escaping @Sendable (DaemonInformation) async -> Void) async throws {
    let state = options.stateDirectory
    let lock = try DaemonLock(stateDirectory: state)
    defer { withExtendedLifetime(lock) {} }
    DaemonInformation.remove(stateDirectory: state)
    defer { DaemonInformation.remove(stateDirectory: state) }

    let reservation = try PortReservation(options.port, isFixed: options.portIsFixed)
    let context = CloudContext(
      accountID: options.accountID, region: options.region, port: reservation.port, stateDirectory: state,
      minute: options.minute, allowsHostCommands: options.allowsHostCommands, logger: logger)
    let runtime = try await runtime(for: context)
    let composition = try await Composition(
      context: context, runtime: runtime, signatures: try signatures(of: context),
      allowsReset: options.allowsReset)
    let (listening, hasListened) = AsyncStream.makeStream(of: Void.self)
    let application = Application(
      router: composition.router,
      server: .http1(configuration: .init(additionalChannelHandlers: [ExpectContinue.Installer()])),
      configuration: .init(address: .hostname("127.0.0.1", port: context.port)),
      onServerRunning: { _ in hasListened.finish() }, logger: quiet(logger))
    let announcement = Announcement(
      listening: listening, information: information(of: context, runtime), stateDirectory: state, onReady: onReady)
    // Services shut down in the reverse order of this list, one after the other.
    let services: [any Service] = composition.services + [FrontDoorService(application), announcement]
    let group = ServiceGroup(
      configuration: .init(
        services: services.map {
          .init(
            service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        }, logger: quiet(logger)))
    reservation.release()
    do {
      try await group.run()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw DaemonError.portTaken(context.port)
    }
  }

  private func signatures(of context: CloudContext) throws -> SignatureCheck {
    guard options.verifiesSignatures else { return .reading }
    let credentials = try CloudCredentials(stateDirectory: context.stateDirectory, ids: context.ids)
    return .verifying { $0 == CloudCredentials.accessKey ? credentials.secretKey : nil }
  }

  /// - Throws: ``DaemonError/runtimeUnusable(_:)``.
  private func runtime(for context: CloudContext) async throws -> any TaskRuntime {
    func containers(_ engine: ContainerRuntime.Engine) async throws -> any TaskRuntime {
      try await ContainerRuntime(
        engine: engine, directory: context.stateDirectory.appendingPathComponent("containers"),
        registry: "127.0.0.1:\(context.port)", logger: context.logger, time: context.time)
    }
    do {
      switch options.runtime {
      case .process:
        return try ProcessRuntime(
          directory: context.stateDirectory.appendingPathComponent("processes"), logger: context.logger,
          time: context.time)
      case .podman: return try await containers(.podman)
      case .docker: return try await containers(.docker)
      }
    } catch let error as TaskRuntimeError {
      throw DaemonError.runtimeUnusable(error.description)
    }
  }

  private func information(of context: CloudContext, _ runtime: any TaskRuntime) -> DaemonInformation {
    DaemonInformation(
      processIdentifier: getpid(), port: context.port, accountID: context.accountID, region: context.region,
      startedAt: context.time.now(), minuteSeconds: context.minute / .seconds(1),
      runtime: runtime.summary)
  }

  /// The libraries' own news is of interest when it is a warning.
  private func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }
}

/// Tells the world that the daemon is there, once the front door answers.
private struct Announcement: Service {
  let listening: AsyncStream<Void>
  let information: DaemonInformation
  let stateDirectory: URL
  let onReady: @Sendable (DaemonInformation) async -> Void

  func run() async throws {
    for await _ in listening.cancelOnGracefulShutdown() {}
    guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
    try information.write(stateDirectory: stateDirectory)
    await onReady(information)
    try? await gracefulShutdown()
  }
}

/// The front door's server, which gives requests in flight a while when it stops.
private struct FrontDoorService<Server: Service>: Service {
  static var grace: Duration { .seconds(5) }

  let server: Server

  init(_ server: Server) { self.server = server }

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask {
        try await gracefulShutdown()
        // A client that holds its request open must not hold up the end.
        try await Task.sleep(for: Self.grace)
      }
      try await group.next()
      group.cancelAll()
    }
  }
}
