import Foundation

/// What other services of the cloud ask of CloudWatch Logs: somewhere to put a task's output.
protocol LogSink: Sendable {
  /// Makes the group when it is missing (`awslogs-create-group`).
  func ensureGroup(_ group: String) async throws
  /// Appends events to a stream, which is made when it is missing. The group must exist.
  func append(_ events: [LogLine], group: String, stream: String) async throws
  /// The instant of the youngest event of a stream; `nil` when there is none.
  func lastEvent(group: String, stream: String) async -> Date?
}

/// One line of output.
struct LogLine: Sendable, Equatable {
  var timestamp: Date
  var message: String
}
