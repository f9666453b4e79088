import Foundation

/// Which services the reconciler has to look at, and when: those of which something changed, and those whose time has
/// come. All others cost it nothing.
struct ReconcilerAgenda: Sendable {
  private var touched: Set<String> = []
  private var instants: [String: Date] = [:]
  private var lastTaken = Date.distantPast

  /// Services to look at now.
  mutating func touch(_ services: some Sequence<String>) {
    touched.formUnion(services)
  }

  /// Looks at a service at an instant even if nothing happens; with `nil` only if something does.
  mutating func look(at service: String, on instant: Date?) {
    instants[service] = instant
  }

  /// Takes the services whose turn it is.
  mutating func take(at now: Date) -> [String] {
    // When the clock has been set back, no instant means what it meant.
    let isSetBack = now < lastTaken
    lastTaken = now
    for (service, instant) in instants where isSetBack || instant <= now { touched.insert(service) }
    defer { touched = [] }
    for service in touched { instants[service] = nil }
    return touched.sorted()
  }

  /// When the next one's turn is; `nil` when nothing is due before something happens.
  var next: Date? { touched.isEmpty ? instants.values.min() : lastTaken }
}
