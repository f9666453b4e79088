import Foundation
import Logging
import TaskRuntimes

/// A container's output on its way into a log stream.
struct LogOutput: OutputSink {
  let logs: any LogSink
  let group: String
  let stream: String
  let logger: Logger

  func write(_ lines: [OutputLine]) async {
    do {
      try await logs.append(
        lines.map { LogLine(timestamp: $0.timestamp, message: $0.text) }, group: group, stream: stream)
    } catch {
      // A group that was deleted meanwhile must not stop the program.
      logger.debug("output is lost", metadata: ["group": "\(group)", "stream": "\(stream)", "error": "\(error)"])
    }
  }
}

extension LogOutput {
  /// The instant of the last line that the stream has.
  func lastLine() async -> Date? { await logs.lastEvent(group: group, stream: stream) }
}

/// The output of a container without a log configuration.
struct DroppedOutput: OutputSink {
  func write(_ lines: [OutputLine]) async {}
}
