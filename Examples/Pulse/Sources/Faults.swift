import Foundation
import Hummingbird
import ServiceLifecycle

/// What is made to go wrong, so that a rehearsal has honest bad releases.
struct Faults: Sendable, Equatable {
  /// `/healthz` answers 503.
  var failsHealth = false
  /// The share of page requests that are answered with 500.
  var errorRate = 0.0
  /// How much longer page requests take.
  var latency: Duration?
  /// The share of page requests that take longer.
  var latencyRate = 1.0
  /// When the process ends by itself, counted from its start.
  var crashAfter: Duration?
  /// How long the server takes before it listens.
  var startDelay: Duration?

  /// Waits before the server listens; a request to stop ends the wait.
  func delayStart() async {
    guard let startDelay else { return }
    try? await cancelWhenGracefulShutdown { try await Task.sleep(for: startDelay) }
  }
}

/// Slows and fails requests of visitors. `/healthz` and `/metrics` are for machines, and stay honest.
struct FaultMiddleware<Context: RequestContext>: RouterMiddleware {
  let faults: Faults
  /// A number in `0..<1`.
  let draw: @Sendable () -> Double

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if ["/healthz", "/metrics"].contains(request.uri.path) { return try await next(request, context) }
    if let latency = faults.latency, faults.latencyRate == 1 || draw() < faults.latencyRate {
      try await Task.sleep(for: latency)
    }
    if faults.errorRate > 0, draw() < faults.errorRate {
      throw HTTPError(.internalServerError, message: "this error was asked for by PULSE_ERROR_RATE")
    }
    return try await next(request, context)
  }
}

/// Ends the process the hard way.
struct CrashService: Service {
  let delay: Duration

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
    } catch {
      // The request to stop came first.
      return
    }
    say("pulse: crashed, as PULSE_CRASH_AFTER asked for", to: .standardError)
    exit(1)
  }
}
