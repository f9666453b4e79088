import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Pulse

@Suite struct RoutesTests {
  @Test func asksTheQuestionOnAPageForPhones() async throws {
    try await withPulse { client async throws in
      let response = try await client.get("/")
      #expect(response.status == .ok)
      #expect(response.headers[.contentType] == "text/html; charset=utf-8")
      let html = response.text
      #expect(html.contains(#"<meta name="viewport" content="width=device-width"#))
      for score in 0...10 { #expect(html.contains(#"name="score" value="\#(score)" required"#)) }
      #expect(html.contains(#"<label class="block" for="comment">"#))
      #expect(html.contains("version v1") && html.contains(Version.colour(of: "v1")))
      #expect(!html.contains("<script") && !html.contains("{{"))
      #expect(!html.contains(" checked"))
    }
  }

  @Test func keepsAnAnswerAndSaysThanks() async throws {
    let store = MemoryStore()
    try await withPulse(store: store) { client async throws in
      let response = try await client.send("score=9&comment=Bom+%26+r%C3%A1pido")
      #expect(response.status == .seeOther)
      #expect(response.headers[.location] == "/thanks")
      #expect(try await client.get("/thanks").text.contains("Thank you!"))
    }
    let answer = try #require(await store.answers.first)
    #expect(answer.score == 9)
    #expect(answer.comment == "Bom & rápido")
    #expect(answer.date == Date(timeIntervalSince1970: 1_700_000_000))
  }

  @Test(arguments: [
    "", "score=", "comment=x", "score=11&comment=x", "score=abc", "score=9&score=10", "%%%", "score=%ff",
  ])
  func refusesAnInvalidAnswer(form: String) async throws {
    let store = MemoryStore()
    try await withPulse(store: store) { client async throws in
      let response = try await client.send(form)
      #expect(response.status == .badRequest)
      #expect(response.text.contains(#"role="alert""#))
    }
    #expect(await store.answers.isEmpty)
  }

  @Test func givesTheVisitorsWordsBackEscaped() async throws {
    try await withPulse { client async throws in
      let attack = "</textarea><script>alert('1')</script>"
      let encoded = try #require(attack.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      let response = try await client.send("score=99&comment=\(encoded)")
      #expect(response.status == .badRequest)
      #expect(!response.text.contains("<script"))
      #expect(response.text.contains("&lt;/textarea&gt;&lt;script&gt;"))
      #expect(response.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
      // What was right is kept.
      let long = String(repeating: "x", count: 2001)
      #expect(try await client.send("score=8&comment=\(long)").text.contains(#"value="8" required checked"#))
    }
  }

  @Test func escapesTheVersion() async throws {
    try await withPulse(["PULSE_VERSION": "<b>é\"\n"]) { client async throws in
      let response = try await client.get("/")
      #expect(response.text.contains("version &lt;b&gt;"))
      #expect(!response.text.contains("<b>"))
      #expect(response.headers[try #require(HTTPField.Name("X-Pulse-Version"))] == "<b>?\"?")
    }
  }

  @Test func refusesOtherTypesAndTooMuch() async throws {
    try await withPulse { client async throws in
      #expect(try await client.send("{\"score\":9}", type: "application/json").status == .unsupportedMediaType)
      let huge = "score=9&comment=" + String(repeating: "x", count: 70_000)
      #expect(try await client.send(huge).status == .contentTooLarge)
      #expect(
        try await client.send("score=9", type: "application/x-www-form-urlencoded; charset=utf-8").status == .seeOther)
    }
  }

  @Test func showsTheScoreAsAPageAndAsJSON() async throws {
    try await withPulse { client async throws in
      #expect(
        try await client.get("/nps?format=json").text
          == #"{"count":0,"detractors":0,"passives":0,"promoters":0,"score":null}"# + "\n")
      for score in [10, 9, 9, 8, 3] { #expect(try await client.send("score=\(score)").status == .seeOther) }
      let json = #"{"count":5,"detractors":1,"passives":1,"promoters":3,"score":40}"# + "\n"
      let asked = try await client.get("/nps?format=json")
      #expect(asked.text == json)
      #expect(asked.headers[.contentType] == "application/json")
      #expect(try await client.get("/nps", headers: [.accept: "application/json"]).text == json)
      let page = try await client.get("/nps", headers: [.accept: "text/html,application/json;q=0.9"]).text
      #expect(page.contains(#"<p class="score">+40</p>"#))
      #expect(page.contains("<p>5 answers</p>"))
      #expect(page.contains("<td>3</td><td>60 %</td>"))
      #expect(try await client.get("/nps?format=xml").status == .badRequest)
    }
  }

  @Test func answersHeadAndUnknownPaths() async throws {
    try await withPulse { client async throws in
      let head = try await client.execute(uri: "/", method: .head) { $0 }
      #expect(head.status == .ok)
      #expect(head.body.readableBytes == 0)
      let none = try await client.get("/none")
      #expect(none.status == .notFound)
      #expect(none.headers[try #require(HTTPField.Name("X-Pulse-Version"))] == "v1")
    }
  }

  @Test func tellsItsHealth() async throws {
    try await withPulse { client async throws in #expect(try await client.get("/healthz").status == .ok) }
    try await withPulse(store: MemoryStore(isOutOfOrder: true)) { client async throws in
      #expect(try await client.get("/healthz").status == .serviceUnavailable)
      let failed = try await client.send("score=9")
      #expect(failed.status == .internalServerError)
      #expect(!failed.text.contains("OutOfOrder"))
    }
  }

  // MARK: Faults

  @Test func failsItsHealthWhenAsked() async throws {
    try await withPulse(["PULSE_FAIL_HEALTH": "1"]) { client async throws in
      #expect(try await client.get("/healthz").status == .serviceUnavailable)
      #expect(try await client.get("/").status == .ok)
    }
  }

  @Test func failsTheAskedShareOfPageRequests() async throws {
    try await withPulse(["PULSE_ERROR_RATE": "0.5"], draw: { 0.49 }) { client async throws in
      #expect(try await client.get("/").status == .internalServerError)
      #expect(try await client.get("/healthz").status == .ok)
      #expect(try await client.get("/metrics").text.contains(#"route="/",code="500"} 1"#))
    }
    try await withPulse(["PULSE_ERROR_RATE": "0.5"], draw: { 0.5 }) { client async throws in
      #expect(try await client.get("/").status == .ok)
    }
  }

  @Test func slowsPageRequestsWhenAsked() async throws {
    try await withPulse(["PULSE_LATENCY": "200ms"]) { client async throws in
      let duration = try await ContinuousClock().measure { _ = try await client.get("/thanks") }
      #expect(duration >= .milliseconds(200))
    }
  }
}
