import Foundation
import PalcoTestSupport

/// A Prometheus server whose counters are functions of time.
enum StubPrometheus {
  /// Second 0, in seconds since 1970.
  static let start = 1_700_000_000.0

  /// What a query answers: a counter at an instant after the start, by series.
  typealias Counter = @Sendable (_ query: String, _ second: Double) -> [(labels: String, value: Double)]

  /// The answer to a request at a second.
  static func answer(
    _ request: StubHTTPServer.Request, now: Double, _ counter: Counter
  ) -> StubHTTPServer.Answer {
    var form: [String: String] = [:]
    for pair in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
      form[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
    if request.target.hasSuffix("/query") {
      return .text(
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[\(start + now),\"\(start + now)\"]}}")
    }
    guard let from = form["start"].flatMap(Double.init), let to = form["end"].flatMap(Double.init),
      let step = form["step"].flatMap(Double.init), let query = form["query"]
    else { return .text(400, #"{"status":"error","errorType":"bad_data","error":"no range"}"#) }
    var rows: [String: [String]] = [:]
    for instant in stride(from: from, through: to, by: step) {
      for (labels, value) in counter(query, instant - start) {
        rows[labels, default: []].append("[\(instant),\"\(value)\"]")
      }
    }
    let result = rows.map { "{\"metric\":{\($0.key)},\"values\":[\($0.value.joined(separator: ","))]}" }
    return .text(
      200,
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[\(result.joined(separator: ","))]}}")
  }
}
