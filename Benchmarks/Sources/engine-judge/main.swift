import Foundation
import PalcoReliability

// Judges simulated releases in an optimised build. By default it speaks the lines of `palco judge`, with the same code;
// with --bulk it reads whole cells of releases as numbers, for grids that are too large for a line per interval.

/// A cell: the length of a text, the text (this value as JSON), and then the cell's numbers. All numbers are little-endian
/// 32-bit integers, in arrays of all releases, one after the other: the history's requests and its errors, blue's requests
/// and errors per interval, and green's; with latency also the history's slow requests, the history's histogram (one for
/// all), and blue's and green's histograms per interval.
///
/// Answered by one number per release: the interval after which it is rolled back, from 1, or 0.
struct Cell: Decodable {
  var releases: Int
  var intervals: Int
  var history: Int
  var level: Double
  var interval: Double
  var weight: Double
  var target: Double
  var warmUp: Double
  var method: ReleaseWatch.Method
  /// Latency buckets' bounds and the objective, in milliseconds; none when only errors are watched.
  var buckets: [Double]?
  var objective: Double?

  func stops() throws -> [Int32] {
    var watch = ReleaseWatch(level: level, interval: interval, target: target, unproven: .proceedFromHold)
    watch.warmUp = warmUp
    watch.method = method
    if let buckets, let objective {
      watch.latency = try .init(under: objective, buckets: LatencyBuckets(upperBounds: buckets))
    }
    let (past, now) = (releases * history, releases * intervals)
    let (pastTotal, pastBad) = (try Numbers.read(past), try Numbers.read(past))
    let (blueTotal, blueBad) = (try Numbers.read(now), try Numbers.read(now))
    let (greenTotal, greenBad) = (try Numbers.read(now), try Numbers.read(now))
    let count = (buckets?.count ?? -1) + 1
    let slow = try Numbers.read(count > 0 ? past : 0)
    let histogram = try Numbers.read(count)[0..<count]
    let (blueLatency, greenLatency) = (try Numbers.read(now * count), try Numbers.read(now * count))
    return try (0..<releases).map { release in
      let before = (release * history)..<((release + 1) * history)
      var judge = try ReleaseJudge(
        watch,
        history: ReleaseHistory(
          errors: before.map { events(pastBad[$0], pastTotal[$0]) },
          slow: count > 0 ? before.map { events(slow[$0], pastTotal[$0]) } : [], latency: Array(histogram)))
      for index in 0..<intervals {
        let at = release * intervals + index
        let buckets = (at * count)..<((at + 1) * count)
        let judgement = try judge.judge(
          ReleaseInterval(
            elapsed: Double(index + 1) * interval, weight: weight,
            blue: RevisionCounts(errors: events(blueBad[at], blueTotal[at]), latency: Array(blueLatency[buckets])),
            green: RevisionCounts(errors: events(greenBad[at], greenTotal[at]), latency: Array(greenLatency[buckets]))))
        if judgement.verdict == .rollback { return Int32(index + 1) }
      }
      return 0
    }
  }

  private func events(_ bad: Int, _ total: Int) -> EventCounts {
    guard let counts = EventCounts(bad: bad, total: total) else { fatalError("\(bad) of \(total) cannot be") }
    return counts
  }
}

enum Numbers {
  struct Ended: Error {}

  static func bytes(_ count: Int) throws -> Data {
    guard count > 0 else { return Data() }
    guard let data = try FileHandle.standardInput.read(upToCount: count), data.count == count else { throw Ended() }
    return data
  }

  static func read(_ count: Int) throws -> [Int] {
    try bytes(4 * count).withUnsafeBytes { bytes in
      (0..<count).map { Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self))) }
    }
  }
}

if CommandLine.arguments.contains("--bulk") {
  while let size = try FileHandle.standardInput.read(upToCount: 4), size.count == 4 {
    let count = size.withUnsafeBytes { Int(Int32(littleEndian: $0.loadUnaligned(as: Int32.self))) }
    let stops = try JSONDecoder().decode(Cell.self, from: Numbers.bytes(count)).stops().map(\.littleEndian)
    FileHandle.standardOutput.write(stops.withUnsafeBytes { Data($0) })
  }
} else {
  var lines = JudgeProtocol(promotes: CommandLine.arguments.contains("--paced"))
  while let line = readLine() {
    guard let answer = try lines.answer(to: line) else { continue }
    FileHandle.standardOutput.write(Data((answer + "\n").utf8))
  }
}
