import Foundation
import PalcoCore

/// Carries what a program writes to its sink, and reads no further while the sink is busy: then the pipe fills, and the
/// program waits in its own write.
struct OutputPump: Sendable {
  let pipes: [OutputPipe]
  let poller: Poller
  let time: TimeSource
  let sink: any OutputSink
  /// Says that nothing can write any more, so that an empty pipe is a finished one.
  let isFinished: @Sendable () -> Bool

  /// Returns when everything that the program wrote is in the sink.
  func run() async {
    var streams = pipes.map { (pipe: $0, splitter: LineSplitter()) }
    while !streams.isEmpty {
      // Asked before the read: what was written before the end is then seen by it.
      let isLast = isFinished()
      var lines: [OutputLine] = []
      var hasRead = false
      for index in streams.indices.reversed() {
        let stream = streams[index].pipe.stream
        let timestamp = time.now()
        let take = { lines.append(OutputLine(timestamp: timestamp, stream: stream, text: $0)) }
        let reading = streams[index].pipe.read(into: &streams[index].splitter, line: take)
        if case .some = reading { hasRead = true }
        if reading == .end || (reading == .nothingYet && isLast) {
          streams[index].splitter.finish(line: take)
          streams.remove(at: index)
        }
      }
      if !lines.isEmpty { await sink.write(lines) }
      if !hasRead, !streams.isEmpty, !isLast { await poller.wait(for: streams.map(\.pipe.readEnd)) }
    }
  }
}
