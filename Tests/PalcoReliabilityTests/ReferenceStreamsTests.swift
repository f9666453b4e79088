import Foundation
import Testing

@testable import PalcoReliability

/// Whole simulated releases, and what the reference implementation said after each of their intervals
/// (Fixtures/make-reference-streams.py wrote them down).
@Suite struct ReferenceStreamsTests {
  struct Recording: Decodable {
    var alpha, interval, target, warmUp, objective: Double
    var buckets: [Double]
    var streams: [Stream]
    var bounds: [[Double]]

    static func load() throws -> Recording {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/reference-streams.json")
      return try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
    }

    func watch(_ stream: Stream) throws -> ReleaseWatch {
      var watch = ReleaseWatch(
        level: alpha, interval: interval, target: target, warmUp: warmUp, unproven: .proceedFromHold, method: .reference
      )
      if stream.history.hist != nil {
        watch.latency = try .init(under: objective, buckets: LatencyBuckets(upperBounds: buckets))
      }
      return watch
    }
  }

  struct Stream: Decodable {
    struct History: Decodable {
      var n, err: [Int]
      var slow, hist: [Int]?
    }

    /// The end in seconds, green's weight, blue's requests and errors, green's; latency of blue and of green.
    struct Interval: Decodable {
      var value: ReleaseInterval

      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        let (elapsed, weight) = (try values.decode(Double.self), try values.decode(Double.self))
        let counts = try (0..<4).map { _ in try values.decode(Int.self) }
        let latency = values.isAtEnd ? [[], []] : try (0..<2).map { _ in try values.decode([Int].self) }
        value = ReleaseInterval(
          elapsed: elapsed, weight: weight,
          blue: RevisionCounts(errors: events(counts[1], counts[0]), latency: latency[0]),
          green: RevisionCounts(errors: events(counts[3], counts[2]), latency: latency[1]))
      }
    }

    /// The logarithm of the evidence, the next weight, whether it rolls back.
    struct Answer: Decodable {
      var logEvidence, weight: Double
      var isRollback: Bool

      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        logEvidence = try values.decode(Double.self)
        weight = try values.decode(Double.self)
        isRollback = try values.decode(Bool.self)
      }
    }

    var name: String
    var history: History
    var intervals: [Interval]
    var answers: [Answer]

    var releaseHistory: ReleaseHistory {
      ReleaseHistory(
        errors: zip(history.err, history.n).map { events($0, $1) },
        slow: zip(history.slow ?? [], history.n).map { events($0, $1) }, latency: history.hist ?? [])
    }
  }

  @Test func everyAnswerIsThatOfTheReference() throws {
    let recording = try Recording.load()
    #expect(recording.streams.count == 9)
    for stream in recording.streams {
      var judge = try ReleaseJudge(recording.watch(stream), history: stream.releaseHistory)
      for (interval, answer) in zip(stream.intervals, stream.answers) {
        let judgement = try judge.judge(interval.value)
        let comment: Comment = "\(stream.name) at \(interval.value.elapsed) s"
        #expect(abs(judgement.logEvidence - answer.logEvidence) < 1e-6, comment)
        #expect((judgement.verdict == .rollback) == answer.isRollback, comment)
        if !answer.isRollback { #expect(abs(judgement.weight - answer.weight) < 1e-6, comment) }
      }
    }
  }

  /// A release may outlive the process that judges it.
  @Test func aJudgeThatWasWrittenDownGoesOnAsIfNothingHappened() throws {
    let recording = try Recording.load()
    for stream in recording.streams {
      var judge = try ReleaseJudge(recording.watch(stream), history: stream.releaseHistory)
      var other = judge
      for interval in stream.intervals {
        try judge.judge(interval.value)
        other = try JSONDecoder().decode(ReleaseJudge.self, from: JSONEncoder().encode(other))
        try other.judge(interval.value)
      }
      #expect(judge == other, "\(stream.name)")
    }
  }
}
