import Foundation
import PalcoReliability

/// The line protocol of a release simulator: one JSON object a line, a stream of intervals per simulated release, one
/// answer line per interval.
///
/// ```
/// {"type":"start","stream":"a","alpha":0.01,"interval_s":10,"metrics":["errors","latency"],
///  "slo":{"availability":0.999,"latency_ms":500},"warmup_s":30,"bucket_upper_ms":[10,25,…],
///  "history":{"interval_s":60,"n":[…],"err":[…],"slow":[…],"hist":[…]}}
/// {"type":"interval","k":1,"t_s":10,"weight":0.05,"blue":{"n":475,"err":1,"hist":[…]},"green":{…}}
///   → {"verdict":"continue","weight":0.1,"log_e":-0.19}
/// {"type":"end","stream":"a"}
/// ```
///
/// An interval at `t_s` 0 asks for the first weight.
struct JudgeProtocol {
  /// Whether a stream may end with `promote`; otherwise only a rollback ends one.
  var promotes: Bool
  private var judge: ReleaseJudge?
  private let decoder = JSONDecoder()

  init(promotes: Bool) { self.promotes = promotes }

  /// Takes a line, and returns the answer if the line wants one.
  ///
  /// - Throws: ``JudgeProtocolError`` when the line is no line of the protocol
  mutating func answer(to line: String) throws -> String? {
    switch try decoded(line) {
    case .start(let start):
      judge = try start.judge()
      return nil
    case .interval(let interval):
      guard var judge else { throw JudgeProtocolError(description: "an interval before any start") }
      if interval.elapsed > 0 { try judge.judge(interval.value()) }
      self.judge = judge
      return answer(judge.judgement)
    case .end:
      judge = nil
      return nil
    }
  }

  private func decoded(_ line: String) throws -> JudgeLine {
    do {
      return try decoder.decode(JudgeLine.self, from: Data(line.utf8))
    } catch let error as DecodingError {
      throw JudgeProtocolError(error)
    }
  }

  private func answer(_ judgement: Judgement) -> String {
    let verdict =
      switch judgement.verdict {
      case .rollback: "rollback"
      case .promote where promotes: "promote"
      // The protocol has no word for hold: the weight, which stays, says it.
      case .continue, .hold, .promote, .notEnoughEvidence: "continue"
      }
    // Where promote may not be said, green keeps what the pacing rule gives it.
    let next = promotes ? judgement.weight : judgement.pacing?.weight ?? judgement.weight
    let weight = (next * 1e4).rounded() / 1e4
    return #"{"verdict":"\#(verdict)","weight":\#(weight),"log_e":\#(judgement.logEvidence)}"#
  }
}

/// Why a line cannot be judged.
struct JudgeProtocolError: Error, CustomStringConvertible {
  var description: String
}

extension JudgeProtocolError {
  init(_ error: DecodingError) {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      let parent = path(context)
      description = "\(parent.isEmpty ? "" : parent + ".")\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      description = "\(path(context)) has the wrong type"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      description = "\(path(context)): \(context.debugDescription)"
    default:
      description = "no JSON object"
    }
  }
}
