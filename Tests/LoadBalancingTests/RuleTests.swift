import Foundation
import Testing

@testable import LoadBalancing

@Suite("Rules")
struct RuleTests {
  private func matches(_ condition: RuleCondition, _ path: String, _ fields: String...) async throws -> Bool {
    var result = false
    try await Fixture.run([:], rules: [.when(condition, say: "match"), .otherwise]) { fixture in
      let lines = fields.map { $0 + "\r\n" }.joined()
      let host = fields.contains { $0.hasPrefix("Host:") } ? "" : "Host: x\r\n"
      let answer = try await fixture.send("GET \(path) HTTP/1.1\r\n\(host)\(lines)\r\n")
      result = answer.text == "match"
    }
    return result
  }

  @Test("Hosts match without port and case, with wildcards")
  func host() async throws {
    let condition = RuleCondition.hostHeader(["*.Example.com", "a?c"])
    #expect(try await matches(condition, "/", "Host: shop.EXAMPLE.com:8080"))
    #expect(try await matches(condition, "/", "Host: abc"))
    #expect(try await !matches(condition, "/", "Host: example.com"))
    #expect(try await !matches(condition, "/", "Host: ac"))
  }

  @Test("Paths match with case and without the query")
  func path() async throws {
    let condition = RuleCondition.pathPattern(["/img/*.png", "/exact"])
    #expect(try await matches(condition, "/img/a/b.png?x=.jpg"))
    #expect(try await matches(condition, "/exact?q"))
    #expect(try await !matches(condition, "/IMG/a.png"))
    #expect(try await !matches(condition, "/exactly"))
  }

  @Test("Fields match by name and value without case")
  func header() async throws {
    let condition = RuleCondition.httpHeader(name: "X-Kind", values: ["beta*"])
    #expect(try await matches(condition, "/", "x-kind: stable", "x-kind: BETA-2"))
    #expect(try await !matches(condition, "/", "x-kind: alpha"))
    #expect(try await !matches(condition, "/"))
  }

  @Test("Methods match with case")
  func method() async throws {
    #expect(try await matches(.httpRequestMethod(["POST", "GET"]), "/"))
    #expect(try await !matches(.httpRequestMethod(["get"]), "/"))
  }

  @Test("Query parameters match by key and value, or by value alone")
  func query() async throws {
    #expect(try await matches(.queryString([(key: "version", value: "v?")]), "/?a=b&Version=V2"))
    #expect(try await !matches(.queryString([(key: "version", value: "v?")]), "/?a=v2&version=v10"))
    #expect(try await matches(.queryString([(key: nil, value: "*test*")]), "/?a=atestb"))
    #expect(try await !matches(.queryString([(key: nil, value: "*test*")]), "/test"))
  }

  @Test("Source addresses match by block")
  func source() async throws {
    #expect(try await matches(.sourceIP(["10.0.0.0/8", "127.0.0.0/8"]), "/"))
    #expect(try await !matches(.sourceIP(["127.0.0.2/32", "::1/128"]), "/"))
    let block = try #require(AddressBlock("10.1.128.0/17"))
    #expect(block.contains([10, 1, 200, 1]) && !block.contains([10, 1, 127, 255]) && !block.contains([10, 1, 200]))
  }

  @Test("The first rule whose conditions all hold decides")
  func order() async throws {
    let both = ListenerRule(
      id: "both", conditions: [.pathPattern(["/a"]), .httpHeader(name: "k", values: ["v"])],
      action: .fixedResponse(status: 418, contentType: "application/json", body: "{}"))
    try await Fixture.run([:], rules: [both, .when(.pathPattern(["/*"]), say: "path"), .otherwise]) { fixture in
      let answer = try await fixture.get("/a", "k: v")
      #expect(answer.status == 418 && answer["Content-Type"] == "application/json" && answer.text == "{}")
      #expect(answer["Server"] == "awselb/2.0" && answer["Date"]?.hasSuffix(" GMT") == true)
      #expect(try await fixture.get("/a").text == "path")
      #expect(await fixture.statistics.ruleAnswers == 2)
    }
  }

  @Test("Stars do not make matching slow")
  func wildcardCost() {
    let pattern = Wildcard(String(repeating: "*a", count: 40) + "b", isCaseSensitive: true)
    let text = Array(String(repeating: "a", count: 2000).utf8)
    #expect(text.withUnsafeBytes { !pattern.matches($0) })
  }

  @Test(
    "A redirect fills in the request's parts",
    arguments: [
      (RedirectAction(status: 301, scheme: "HTTPS", port: "443"), "https://shop.example:443/a/b?c=d"),
      (
        RedirectAction(status: 302, host: "new.#{host}", path: "/v2/#{path}", query: "#{query}&p=#{port}"),
        "http://new.shop.example:PORT/v2/a/b?c=d&p=PORT"
      ),
      (RedirectAction(status: 302, path: "/flat", query: ""), "http://shop.example:PORT/flat"),
    ])
  func redirect(action: RedirectAction, location: String) async throws {
    try await Fixture.run([:], rules: [ListenerRule(id: "r", action: .redirect(action))]) { fixture in
      let answer = try await fixture.send("GET /a/b?c=d HTTP/1.1\r\nHost: shop.example:80\r\n\r\n")
      #expect(answer.status == action.status)
      #expect(answer["Location"] == location.replacingOccurrences(of: "PORT", with: "\(fixture.port)"))
    }
  }
}

@Suite("Stickiness")
struct StickinessTests {
  @Test("AWSALBTG keeps a client in its group; a group that has lost its weight lets go")
  func group() async throws {
    let (blue, green) = (try await Backend { _ in .text("blue") }, try await Backend { _ in .text("green") })
    let ports = ["blue": [blue.port], "green": [green.port]]
    let rule = ListenerRule.weighted([("blue", 50), ("green", 50)], stickiness: .seconds(600))
    try await Fixture.run(ports, rules: [rule]) { fixture in
      let first = try await fixture.get()
      let cookies = first.values("Set-Cookie")
      #expect(cookies.count == 2)
      #expect(cookies[0].hasPrefix("AWSALBTG=") && cookies[0].contains("Path=/"))
      #expect(cookies[1].hasPrefix("AWSALBTGCORS=") && cookies[1].hasSuffix("SameSite=None; Secure"))
      let cookie = String(cookies[0].prefix { $0 != ";" })
      for _ in 0..<20 { #expect(try await fixture.get("/", "Cookie: a=b; \(cookie)").text == first.text) }
      let other = first.text == "blue" ? "green" : "blue"
      await fixture.balancer.setRules(
        [.weighted([(first.text, 0), (other, 1)], stickiness: .seconds(600))], ofListener: "main")
      #expect(try await fixture.get("/", "Cookie: \(cookie)").text == other)
    }
    await blue.stop()
    await green.stop()
  }

  @Test("AWSALB keeps a client on its target; one that has left, expired or never was is replaced")
  func target() async throws {
    let backends = [try await Backend { _ in .text("0") }, try await Backend { _ in .text("1") }]
    try await Fixture.run(to: backends.map(\.port)) { fixture in
      for backend in backends { try await eventually { await fixture.health(backend.port)?.state == .healthy } }
      await fixture.balancer.setTargetGroup(
        TargetGroupConfiguration(id: "web", healthCheck: Fixture.health, stickiness: .seconds(60)))
      let first = try await fixture.get()
      let cookie = String(try #require(first.values("Set-Cookie").first).prefix { $0 != ";" })
      #expect(cookie.hasPrefix("AWSALB="))
      for _ in 0..<10 { #expect(try await fixture.get("/", "Cookie: \(cookie)").text == first.text) }
      for bad in ["AWSALB=zzz", "AWSALB=", "AWSALB=1-1", "AWSALB=\(cookie)"] {
        #expect(try await fixture.get("/", "Cookie: \(bad)").status == 200)
      }
      let gone = backends[first.text == "0" ? 0 : 1].port
      await fixture.balancer.deregister([TargetAddress(host: "127.0.0.1", port: gone)], from: "web")
      #expect(try await fixture.get("/", "Cookie: \(cookie)").text != first.text)
    }
    for backend in backends { await backend.stop() }
  }
}
