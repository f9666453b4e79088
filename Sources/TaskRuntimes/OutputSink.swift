import Foundation

/// Where the lines of a program's output go.
public protocol OutputSink: Sendable {
  /// Takes lines in order. The runtime reads no further while this is suspended: that is the back-pressure.
  func write(_ lines: [OutputLine]) async
}

/// One line that a program wrote.
public struct OutputLine: Sendable, Equatable {
  /// Which of the program's streams.
  public enum Stream: Sendable, Equatable { case standardOutput, standardError }
  /// When the line was read.
  public var timestamp: Date
  /// Which stream it came from.
  public var stream: Stream
  /// The text without its line end; a line longer than 256 KiB (the limit of a CloudWatch Logs event) is split.
  public var text: String

  /// Makes a line.
  public init(timestamp: Date, stream: Stream, text: String) {
    self.timestamp = timestamp
    self.stream = stream
    self.text = text
  }
}
