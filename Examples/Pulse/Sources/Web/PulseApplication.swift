import Foundation
import Hummingbird
import Logging
import NIOCore

/// Puts the parts together.
enum PulseApplication {
  /// - Parameters:
  ///   - draw: A number in `0..<1`, for the share of errors.
  ///   - now: The date of an answer.
  static func make(
    settings: Settings, store: any AnswerStore, logger: Logger, metrics: Metrics = Metrics(),
    draw: @escaping @Sendable () -> Double = { .random(in: 0..<1) }, now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Application<RouterResponder<BasicRequestContext>> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: ReportMiddleware(version: settings.version, metrics: metrics))
    router.add(middleware: FaultMiddleware(faults: settings.faults, draw: draw))
    let routes = Routes(
      store: store, pages: try Pages(version: settings.version), metrics: metrics,
      failsHealth: settings.faults.failsHealth, now: now)
    routes.add(to: router)
    return Application(
      router: router,
      configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "pulse"),
      onServerRunning: { channel in
        say(
          "pulse \(settings.version): listening on \(settings.host):\(channel.localAddress?.port ?? settings.port)",
          to: .standardOutput)
      },
      logger: logger)
  }
}
