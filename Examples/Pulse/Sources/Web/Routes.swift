import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// What Pulse answers.
struct Routes: Sendable {
  let store: any AnswerStore
  let pages: Pages
  let metrics: Metrics
  let failsHealth: Bool
  let now: @Sendable () -> Date

  /// 2,000 characters of any script, form-encoded.
  private static let bodyLimit = 64 * 1024

  func add(to router: Router<BasicRequestContext>) {
    router.get("/") { _, _ in Self.page(pages.surveyForm()) }
    router.get("/thanks") { _, _ in Self.page(pages.thanksPage()) }
    router.post("/answers") { request, _ in try await answer(request) }
    router.get("/nps") { request, _ in try await netPromoterScore(request) }
    router.get("/healthz") { _, context in await health(context.logger) }
    router.get("/metrics") { _, _ in
      Self.response(.ok, contentType: Metrics.contentType, metrics.text())
    }
  }

  // MARK: Answers

  private struct Form: Decodable {
    var score: String?
    var comment: String?
  }

  private func answer(_ request: Request) async throws -> Response {
    let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
    guard type?.lowercased() == "application/x-www-form-urlencoded" else {
      throw HTTPError(.unsupportedMediaType, message: "expected application/x-www-form-urlencoded")
    }
    let body = try await request.body.collect(upTo: Self.bodyLimit)
    guard let form = try? URLEncodedFormDecoder().decode(Form.self, from: String(buffer: body)) else {
      return refuse("The form could not be read.", nil)
    }
    do {
      let answer = try Answer(score: form.score, comment: form.comment, date: now())
      try await store.add(answer)
      metrics.count(Category(score: answer.score))
      return Response(status: .seeOther, headers: [.location: "/thanks"])
    } catch let invalid as Answer.Invalid {
      return refuse(invalid.message, form)
    }
  }

  private func refuse(_ problem: String, _ form: Form?) -> Response {
    Self.page(pages.surveyForm(problem: problem, score: form?.score, comment: form?.comment), status: .badRequest)
  }

  // MARK: Score

  /// `score` is null without an answer.
  private struct Summary: Encodable {
    var tally: Tally

    enum CodingKeys: CodingKey { case score, promoters, passives, detractors, count }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(tally.netPromoterScore, forKey: .score)
      try container.encode(tally.promoters, forKey: .promoters)
      try container.encode(tally.passives, forKey: .passives)
      try container.encode(tally.detractors, forKey: .detractors)
      try container.encode(tally.count, forKey: .count)
    }
  }

  private func netPromoterScore(_ request: Request) async throws -> Response {
    let wantsJSON: Bool
    switch request.uri.queryParameters["format"] {
    case "json": wantsJSON = true
    case "html": wantsJSON = false
    case .some: throw HTTPError(.badRequest, message: "format is json or html")
    case nil:
      let accept = request.headers[.accept] ?? ""
      wantsJSON = accept.contains("application/json") && !accept.contains("text/html")
    }
    let tally = try await store.tally()
    guard wantsJSON else { return Self.page(pages.npsPage(tally)) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(Summary(tally: tally)), as: UTF8.self)
    return Self.response(.ok, contentType: "application/json", json + "\n")
  }

  // MARK: Health

  private func health(_ logger: Logger) async -> Response {
    let text = "text/plain; charset=utf-8"
    if failsHealth {
      return Self.response(.serviceUnavailable, contentType: text, "unhealthy: PULSE_FAIL_HEALTH is set\n")
    }
    do {
      try await store.check()
      return Self.response(.ok, contentType: text, "ok\n")
    } catch {
      logger.error("the store is not available: \(error)")
      return Self.response(.serviceUnavailable, contentType: text, "unhealthy: the database cannot be reached\n")
    }
  }

  // MARK: Responses

  private static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
    var response = response(status, contentType: "text/html; charset=utf-8", html)
    response.headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    return response
  }

  private static func response(_ status: HTTPResponse.Status, contentType: String, _ text: String) -> Response {
    Response(
      status: status,
      headers: [.contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
