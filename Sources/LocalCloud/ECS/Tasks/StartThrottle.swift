import Foundation

/// The service scheduler's back-off: tasks of a revision that keep failing are started ever more rarely.
///
/// On AWS only tasks count that never reach RUNNING. Here a program that ends right after its start counts too: a start
/// takes milliseconds, and a crash loop would take a processor.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
struct StartThrottle: Codable, Sendable, Equatable {
  /// The first wait, in seconds of AWS's time; each further one is twice as long.
  static let firstWait = 10.0
  /// The longest wait, in seconds of AWS's time.
  static let longestWait = 27 * 60.0

  private(set) var failures = 0
  /// The instant before which no task is started.
  private(set) var notBefore: Date?

  /// A task failed.
  ///
  /// - Parameter second: How long one second of AWS's time lasts here.
  mutating func failed(at now: Date, second: TimeInterval) {
    failures += 1
    let wait = min(Self.longestWait, Self.firstWait * pow(2, Double(failures - 1)))
    notBefore = max(notBefore ?? .distantPast, now.addingTimeInterval(wait * second))
  }

  /// A task got healthy.
  mutating func succeeded() {
    self = StartThrottle()
  }

  /// Whether a task may be started.
  func allowsStart(at now: Date) -> Bool {
    notBefore.map { $0 <= now } ?? true
  }
}
