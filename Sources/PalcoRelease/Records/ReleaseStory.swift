import Foundation

/// Why a release ended as it did: what is known from all sides, the first cause first.
public struct ReleaseStory: Codable, Sendable, Equatable {
  /// Who tells.
  public enum Source: String, Codable, Sendable {
    /// Palco's judgement.
    case evidence
    /// A task.
    case task
    /// The load balancer's health check.
    case health
    /// An event of the service.
    case event
    /// CloudWatch.
    case alarm
    /// The service deployment.
    case deployment
  }

  /// One thing that happened.
  public struct Line: Codable, Sendable, Equatable {
    /// When, as far as it is known.
    public var at: Date?
    /// Who tells.
    public var source: Source
    /// What.
    public var text: String

    /// Makes a line.
    public init(at: Date?, source: Source, text: String) {
      self.at = at
      self.source = source
      self.text = text
    }
  }

  /// The first cause, in a line; nil when nothing went wrong.
  public var cause: String?
  /// What happened, in order; what has no instant stands at the end.
  public var lines: [Line]

  /// Makes a story.
  public init(cause: String?, lines: [Line]) {
    self.cause = cause
    self.lines = lines.enumerated().sorted { one, other in
      let (first, second) = (one.element.at ?? .distantFuture, other.element.at ?? .distantFuture)
      return (first, one.offset) < (second, other.offset)
    }.map(\.element)
  }

  /// Joins what is known of a release.
  ///
  /// - Parameters:
  ///   - failure: what is known of its tasks, when it went wrong
  ///   - events: the service's events while it ran
  ///   - alarms: those that went off
  ///   - endedAt: when ECS was done with it
  init(
    decisions: [ReleaseDecision], failure: FailureReport?, events: [(at: Date?, message: String)], alarms: [String],
    reason: String?, endedAt: Date?
  ) {
    var lines = decisions.map { Line(at: $0.at, source: .evidence, text: "\($0.action.rawValue): \($0.reason)") }
    for task in failure?.tasks ?? [] {
      let parts = [task.reason, task.containerReason, task.exitCode.map { "exit code \($0)" }].compactMap { $0 }
      lines.append(
        Line(at: task.stoppedAt, source: .task, text: "\(task.id.prefix(8)): \(parts.joined(separator: "; "))"))
    }
    if let complaint = failure?.targetComplaint { lines.append(Line(at: nil, source: .health, text: complaint)) }
    lines += events.map { Line(at: $0.at, source: .event, text: FailureReport.withoutARNs($0.message)) }
    lines += alarms.map { Line(at: nil, source: .alarm, text: "\($0) is in ALARM") }
    if let reason { lines.append(Line(at: endedAt, source: .deployment, text: reason)) }
    let accusation = decisions.last { $0.action == .rollBack }?.reason
    self.init(cause: accusation ?? failure?.cause ?? reason, lines: lines)
  }
}
