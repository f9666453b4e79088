import AsyncHTTPClient
import Foundation

/// Asks a Prometheus server, by its HTTP API.
///
/// https://prometheus.io/docs/prometheus/latest/querying/api/
struct PrometheusClient: Sendable {
  /// Where it is, as in `http://127.0.0.1:9090`, without a slash at its end.
  let url: String
  let http: HTTPClient

  /// A longer answer is refused. A day of a hundred series by the minute is a tenth of it.
  private static let mostBytes = 32 << 20

  /// One series of a range.
  struct Series: Sendable, Equatable {
    /// What tells it from others.
    var labels: [String: String]
    /// Its values by instant, in seconds since 1970. Values that are no number are left out.
    var values: [Double: Double]
  }

  /// The server's clock.
  ///
  /// - Throws: ``ReleaseError`` when it does not answer.
  func now() async throws -> Date {
    let answer: Answer<Sample> = try await ask("query", ["query": "time()"])
    return Date(timeIntervalSince1970: answer.result.instant)
  }

  /// The series of a query at the instants from `start` to `end`, both included; at most 11 000 of them.
  ///
  /// - Throws: ``ReleaseError`` when it does not answer, or not with series.
  func range(_ query: String, from start: Date, to end: Date, step: Double) async throws -> [Series] {
    let answer: Answer<[Row]> = try await ask(
      "query_range",
      [
        "query": query, "start": Self.number(start.timeIntervalSince1970),
        "end": Self.number(end.timeIntervalSince1970), "step": Self.number(step),
      ])
    return answer.result.map { row in
      let values = row.values.filter(\.value.isFinite).map { ($0.instant, $0.value) }
      return Series(labels: row.metric, values: Dictionary(values) { _, last in last })
    }
  }

  private func ask<Result: Decodable & Sendable>(_ path: String, _ form: [String: String]) async throws -> Answer<
    Result
  > {
    var request = HTTPClientRequest(url: "\(url)/api/v1/\(path)")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.body = .bytes(Array(form.map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&").utf8))
    let (status, body): (UInt, Data)
    do {
      let response = try await http.execute(request, timeout: .seconds(20))
      var data = Data()
      for try await part in response.body {
        data.append(contentsOf: part.readableBytesView)
        guard data.count <= Self.mostBytes else { throw unanswered("more than \(Self.mostBytes) bytes of answer") }
      }
      (status, body) = (response.status.code, data)
    } catch let error where !(error is CancellationError || error is ReleaseError) {
      throw unanswered("\(error)")
    }
    if let answer = try? JSONDecoder().decode(Answer<Result>.self, from: body) { return answer }
    let refusal = try? JSONDecoder().decode(Refusal.self, from: body)
    throw unanswered(refusal.map { "\($0.errorType): \($0.error)" } ?? "HTTP \(status)")
  }

  private func unanswered(_ reason: String) -> ReleaseError {
    ReleaseError(.unexpectedAnswer, "Prometheus at \(url) did not answer: \(reason)")
  }

  private static func number(_ value: Double) -> String { String(format: "%.3f", value) }

  /// As forms are encoded: everything but RFC 3986's unreserved characters.
  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

extension PrometheusClient {
  /// A successful answer; another kind of result than the one that was asked for is no answer.
  private struct Answer<Result: Decodable & Sendable>: Decodable, Sendable {
    var result: Result

    private enum Keys: CodingKey { case data, result }

    init(from decoder: any Decoder) throws {
      result = try decoder.container(keyedBy: Keys.self).nestedContainer(keyedBy: Keys.self, forKey: .data)
        .decode(Result.self, forKey: .result)
    }
  }

  private struct Refusal: Decodable {
    var errorType: String
    var error: String
  }

  private struct Row: Decodable, Sendable {
    var metric: [String: String]
    var values: [Sample]
  }

  /// `[1700000000.5, "3"]`
  private struct Sample: Decodable, Sendable {
    var instant: Double
    var value: Double

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      instant = try pair.decode(Double.self)
      value = Double(try pair.decode(String.self)) ?? .nan
    }
  }
}
