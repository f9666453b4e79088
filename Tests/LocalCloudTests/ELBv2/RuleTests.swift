import AWSWire
import LoadBalancing
import Testing

@testable import LocalCloud

@Suite struct RuleTests {
  /// A listener with two target groups, the first of which is its default.
  private func withListener(
    _ body: (ELBv2Fixture, _ listener: String, _ blue: String, _ green: String) async throws -> Void
  ) async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let (blue, green) = (try await cloud.targetGroup("blue"), try await cloud.targetGroup("green"))
      let listener = try await cloud.listener(of: balancer, to: [(blue, 1)]).listenerArn
      try await body(cloud, listener, blue, green)
    }
  }

  private static let path = ELBv2.RuleCondition(field: "path-pattern", values: ["/a/*"])

  @Test func everyConditionReachesTheDataPath() async throws {
    try await withListener { cloud, listener, _, green in
      let conditions: [ELBv2.RuleCondition] = [
        .init(field: "host-header", hostHeaderConfig: .init(values: ["*.test", "b.test"])),
        Self.path,
        .init(field: "query-string", queryStringConfig: .init(values: [.init(key: "v", value: "1")])),
        .init(field: "source-ip", sourceIpConfig: .init(values: ["10.0.0.0/8"])),
      ]
      let more: [ELBv2.RuleCondition] = [
        .init(field: "http-header", httpHeaderConfig: .init(httpHeaderName: "X-A", values: ["1"])),
        .init(field: "http-request-method", httpRequestMethodConfig: .init(values: ["GET"])),
      ]
      for (priority, conditions) in [(1, conditions), (2, more)] {
        try await cloud.send(
          ELBv2.CreateRuleRequest(
            listenerArn: listener, conditions: conditions, priority: priority, actions: [.forward([(green, 1)])]))
      }
      let rules = await cloud.dataPath.listeners.values.first?.rules ?? []
      #expect(
        rules.map(\.conditions) == [
          [
            .hostHeader(["*.test", "b.test"]), .pathPattern(["/a/*"]), .queryString([(key: "v", value: "1")]),
            .sourceIP(["10.0.0.0/8"]),
          ],
          [.httpHeader(name: "X-A", values: ["1"]), .httpRequestMethod(["GET"])], [],
        ])
      let read = try await cloud.send(ELBv2.DescribeRulesRequest(listenerArn: listener)).rules
      #expect(read.map(\.priority) == ["1", "2", "default"])
      #expect(read[0].conditions[1].values == ["/a/*"])
      #expect(read[0].conditions[1].pathPatternConfig?.values == ["/a/*"])
    }
  }

  @Test(arguments: [
    [], [ELBv2.RuleCondition(field: "nope", values: ["a"])], [.init(field: "path-pattern")],
    [.init(field: "path-pattern", values: ["/a", "/b"])], [.init(field: "path-pattern", values: [""])],
    [.init(field: "path-pattern", values: ["/" + String(repeating: "a", count: 128)])],
    [.init(field: "path-pattern", values: ["/a b"])], [path, path],
    [.init(field: "path-pattern", pathPatternConfig: .init(values: ["/1", "/2", "/3", "/4", "/5", "/6"]))],
    [.init(field: "path-pattern", values: ["/******"])],
    [.init(field: "path-pattern", regexValues: ["^/a"])],
    [.init(field: "host-header", values: ["a_b"])], [.init(field: "http-header", values: ["a"])],
    [.init(field: "http-header", httpHeaderConfig: .init(httpHeaderName: "Host", values: ["a"]))],
    [.init(field: "http-header", httpHeaderConfig: .init(httpHeaderName: "a:b", values: ["a"]))],
    [.init(field: "http-header", httpHeaderConfig: .init(httpHeaderName: "a", values: []))],
    [.init(field: "http-request-method", httpRequestMethodConfig: .init(values: ["get"]))],
    [.init(field: "query-string", queryStringConfig: .init(values: [.init(key: "a")]))],
    [.init(field: "query-string", queryStringConfig: .init(values: []))],
    [.init(field: "source-ip", sourceIpConfig: .init(values: ["10.0.0.0/33"]))],
    [.init(field: "source-ip", sourceIpConfig: .init(values: ["10.0.0.1"]))], [.init(field: "source-ip")],
  ])
  func refusesConditions(_ conditions: [ELBv2.RuleCondition]) throws {
    #expect(throws: AWSError.self) { try ConditionRules.completed(conditions) }
  }

  @Test(arguments: [
    [], [ELBv2.Action(type: "nope")], [.init(type: "authenticate-oidc")], [.notFound, .notFound],
    [.init(type: "forward")],
    [.forward([])], [.forward((1...6).map { ("g\($0)", 1) })], [.forward([("g1", 1000)])], [.forward([("g1", -1)])],
    [.forward([("g1", 1), ("g1", 1)])], [.forward([("unknown", 1)])],
    [.init(type: "forward", targetGroupArn: "g1", forwardConfig: .init(targetGroups: [.init(targetGroupArn: "g2")]))],
    [
      .init(
        type: "forward",
        forwardConfig: .init(
          targetGroups: [.init(targetGroupArn: "g1")], targetGroupStickinessConfig: .init(enabled: true)))
    ],
    [.init(type: "redirect")], [.init(type: "redirect", redirectConfig: .init(statusCode: "HTTP_303"))],
    [.init(type: "redirect", redirectConfig: .init(statusCode: "HTTP_301"))],
    [.init(type: "redirect", redirectConfig: .init(port: "0", statusCode: "HTTP_301"))],
    [.init(type: "redirect", redirectConfig: .init(path: "a", statusCode: "HTTP_301"))],
    [.init(type: "redirect", redirectConfig: .init(protocol: "FTP", statusCode: "HTTP_301"))],
    [.init(type: "redirect", redirectConfig: .init(host: "a", query: "?q", statusCode: "HTTP_301"))],
    [.init(type: "fixed-response")], [.init(type: "fixed-response", fixedResponseConfig: .init(statusCode: "301"))],
    [.init(type: "fixed-response", fixedResponseConfig: .init(statusCode: "+40"))],
    [.init(type: "fixed-response", fixedResponseConfig: .init(statusCode: "200", contentType: "image/png"))],
    [
      .init(
        type: "fixed-response",
        fixedResponseConfig: .init(messageBody: String(repeating: "a", count: 1025), statusCode: "200"))
    ],
  ])
  func refusesActions(_ actions: [ELBv2.Action]) throws {
    #expect(throws: AWSError.self) { try ActionRules.completed(actions) { $0.hasPrefix("g") } }
  }

  @Test func redirectsAreCompleted() throws {
    let action = try ActionRules.completed([
      .init(type: "redirect", redirectConfig: .init(protocol: "HTTPS", port: "443", statusCode: "HTTP_301"))
    ]) { _ in false }
    #expect(
      action.redirectConfig
        == .init(
          protocol: "HTTPS", port: "443", host: "#{host}", path: "/#{path}", query: "#{query}", statusCode: "HTTP_301"))
  }

  @Test func aPriorityIsTakenOnceEvenByManyAtOnce() async throws {
    try await withListener { cloud, listener, _, green in
      let request = ELBv2.CreateRuleRequest(
        listenerArn: listener, conditions: [Self.path], priority: 7, actions: [.forward([(green, 1)])])
      let codes = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<20 { group.addTask { try await cloud.refusal(of: request)?.code } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.filter { $0 == nil }.count == 1)
      #expect(codes.compactMap { $0 } == Array(repeating: "PriorityInUse", count: 19))
    }
  }

  @Test func prioritiesChangeTogether() async throws {
    try await withListener { cloud, listener, _, green in
      var arns: [String] = []
      for priority in 1...3 {
        let made = try await cloud.send(
          ELBv2.CreateRuleRequest(
            listenerArn: listener, conditions: [Self.path], priority: priority, actions: [.forward([(green, 1)])]))
        arns.append(try cloud.unwrap(made.rules.first).ruleArn)
      }
      func set(_ pairs: [(Int, Int)]) -> ELBv2.SetRulePrioritiesRequest {
        .init(rulePriorities: pairs.map { .init(ruleArn: arns[$0.0], priority: $0.1) })
      }
      #expect(try await cloud.refusal(of: set([(0, 2)]))?.code == "PriorityInUse")
      #expect(try await cloud.refusal(of: set([(0, 9), (1, 9)]))?.code == "ValidationError")
      try await cloud.send(set([(0, 2), (1, 1)]))
      let rules = try await cloud.send(ELBv2.DescribeRulesRequest(listenerArn: listener)).rules
      #expect(rules.dropLast().map(\.ruleArn) == [arns[1], arns[0], arns[2]])
      #expect(await cloud.dataPath.listeners.values.first?.rules.map(\.id) == rules.map(\.ruleArn))
      let fallback = try cloud.unwrap(rules.last).ruleArn
      let request = ELBv2.SetRulePrioritiesRequest(rulePriorities: [.init(ruleArn: fallback, priority: 50)])
      #expect(try await cloud.refusal(of: request)?.code == "OperationNotPermitted")
    }
  }

  @Test func theDefaultRuleStays() async throws {
    try await withListener { cloud, listener, _, _ in
      let arn = try await cloud.defaultRule(of: listener).ruleArn
      #expect(try await cloud.refusal(of: ELBv2.DeleteRuleRequest(ruleArn: arn))?.code == "OperationNotPermitted")
      let change = ELBv2.ModifyRuleRequest(ruleArn: arn, conditions: [Self.path])
      #expect(try await cloud.refusal(of: change)?.code == "OperationNotPermitted")
      #expect(try await cloud.refusal(of: ELBv2.ModifyRuleRequest(ruleArn: arn))?.code == "ValidationError")
    }
  }

  @Test func rulesAreReadInPages() async throws {
    try await withListener { cloud, listener, _, green in
      for priority in [30, 10, 20] {
        try await cloud.send(
          ELBv2.CreateRuleRequest(
            listenerArn: listener, conditions: [Self.path], priority: priority, actions: [.forward([(green, 1)])]))
      }
      var (read, marker): ([String], String?) = ([], nil)
      repeat {
        let page = try await cloud.send(
          ELBv2.DescribeRulesRequest(listenerArn: listener, marker: marker, pageSize: 3))
        read += page.rules.map(\.priority)
        marker = page.nextMarker
      } while marker != nil
      #expect(read == ["10", "20", "30", "default"])
      let both = ELBv2.DescribeRulesRequest(listenerArn: listener, ruleArns: ["x"])
      #expect(try await cloud.refusal(of: both)?.code == "ValidationError")
      #expect(try await cloud.refusal(of: ELBv2.DescribeRulesRequest())?.code == "ValidationError")
      #expect(try await cloud.refusal(of: ELBv2.DescribeRulesRequest(ruleArns: ["x"]))?.code == "RuleNotFound")
    }
  }
}
