import AWSWire
import Testing

@testable import LocalCloud

@Suite struct ListenerTests {
  @Test func opensExactlyThePortOnTheAddressOfTheLoadBalancer() async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer()
      let group = try await cloud.targetGroup()
      let listener = try await cloud.listener(of: balancer.loadBalancerArn, port: 8080, to: [(group, 1)])
      let id = try cloud.unwrap(balancer.loadBalancerArn.split(separator: "/").last)
      #expect(listener.listenerArn.contains(":listener/app/web/\(id)/"))
      let open = try cloud.unwrap(await cloud.dataPath.listeners.values.first)
      #expect(open.host == balancer.dnsName && open.port == 8080)
      #expect(open.rules.map(\.action) == [.forward([.init(targetGroupID: group, weight: 1)], stickiness: nil)])
      // A lone target group is answered in both of its forms.
      #expect(listener.defaultActions?.first?.targetGroupArn == group)
      #expect(listener.defaultActions?.first?.forwardConfig?.targetGroups == [.init(targetGroupArn: group, weight: 1)])
    }
  }

  @Test func aPortThatIsTakenIsAnErrorAndLeavesNothing() async throws {
    try await ELBv2Fixture.run { cloud in
      await cloud.dataPath.take(port: 8080)
      let balancer = try await cloud.loadBalancer()
      let request = ELBv2.CreateListenerRequest(
        loadBalancerArn: balancer.loadBalancerArn, protocol: "HTTP", port: 8080, defaultActions: [.notFound])
      let error = try await cloud.refusal(of: request)
      #expect(error?.code == "InvalidConfigurationRequest")
      #expect(error?.message.contains("\(balancer.dnsName):8080 cannot be listened on: the address is in use") == true)
      #expect(await cloud.service.state.listeners.isEmpty)
      #expect(await cloud.service.state.rules.isEmpty)
    }
  }

  @Test func whatCannotBeWrittenIsNotOpenEither() async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer()
      try cloud.store.database.close()
      let request = ELBv2.CreateListenerRequest(
        loadBalancerArn: balancer.loadBalancerArn, protocol: "HTTP", port: 8080, defaultActions: [.notFound])
      await #expect(throws: (any Error).self) { try await cloud.send(request) }
      #expect(await cloud.dataPath.listeners.isEmpty)
      #expect(await cloud.service.state.listeners.isEmpty)
    }
  }

  @Test func onePortOnceOnALoadBalancerAndAgainOnAnother() async throws {
    try await ELBv2Fixture.run { cloud in
      let first = try await cloud.loadBalancer("a").loadBalancerArn
      let second = try await cloud.loadBalancer("b").loadBalancerArn
      let group = try await cloud.targetGroup()
      let made = try await cloud.listener(of: first, to: [(group, 1)])
      #expect(try await cloud.listener(of: first, to: [(group, 1)]).listenerArn == made.listenerArn)
      func create(_ arn: String, _ action: ELBv2.Action) -> ELBv2.CreateListenerRequest {
        .init(loadBalancerArn: arn, protocol: "HTTP", port: 8080, defaultActions: [action])
      }
      #expect(try await cloud.refusal(of: create(first, .notFound))?.code == "DuplicateListener")
      #expect(try await cloud.refusal(of: create(second, .notFound)) == nil)
      // One target group serves one load balancer.
      let shared = ELBv2.CreateListenerRequest(
        loadBalancerArn: second, protocol: "HTTP", port: 81, defaultActions: [.forward([(group, 1)])])
      #expect(try await cloud.refusal(of: shared)?.code == "TargetGroupAssociationLimit")
    }
  }

  @Test func anotherPortIsHadBeforeTheOldOneIsGivenUp() async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let listener = try await cloud.listener(of: balancer, to: [(try await cloud.targetGroup(), 1)])
      await cloud.dataPath.take(port: 9000)
      let taken = ELBv2.ModifyListenerRequest(listenerArn: listener.listenerArn, port: 9000)
      #expect(try await cloud.refusal(of: taken)?.code == "InvalidConfigurationRequest")
      #expect(await cloud.dataPath.listeners.values.map(\.port) == [8080])
      await cloud.dataPath.forgetCalls()
      try await cloud.send(ELBv2.ModifyListenerRequest(listenerArn: listener.listenerArn, port: 9001))
      #expect(await cloud.dataPath.calls == ["open 9001", "close 8080"])
    }
  }

  @Test func theDefaultActionIsTheDefaultRule() async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let (blue, green) = (try await cloud.targetGroup("blue"), try await cloud.targetGroup("green"))
      let listener = try await cloud.listener(of: balancer, to: [(blue, 1), (green, 0)]).listenerArn
      let rule = try await cloud.defaultRule(of: listener)
      #expect(rule.isDefault && rule.priority == "default" && rule.conditions.isEmpty)
      try await cloud.send(
        ELBv2.ModifyRuleRequest(ruleArn: rule.ruleArn, actions: [.forward([(blue, 0), (green, 5)])]))
      let read = try await cloud.send(ELBv2.DescribeListenersRequest(loadBalancerArn: balancer)).listeners.first
      #expect(read?.defaultActions?.first?.forwardConfig?.targetGroups?.map(\.weight) == [0, 5])
      try await cloud.send(ELBv2.ModifyListenerRequest(listenerArn: listener, defaultActions: [.notFound]))
      #expect(try await cloud.defaultRule(of: listener).actions.first?.type == "fixed-response")
      #expect(
        await cloud.dataPath.listeners.values.first?.rules.map(\.action) == [
          .fixedResponse(status: 404, contentType: "text/plain", body: "")
        ])
    }
  }

  @Test func refusesWhatItDoesNotDo() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      func create(_ wire: String?, _ port: Int?) -> ELBv2.CreateListenerRequest {
        .init(loadBalancerArn: arn, protocol: wire, port: port, defaultActions: [.notFound])
      }
      #expect(try await cloud.refusal(of: create("HTTPS", 443))?.code == "UnsupportedProtocol")
      #expect(try await cloud.refusal(of: create("TCP", 443))?.code == "ValidationError")
      #expect(try await cloud.refusal(of: create(nil, 443))?.message == "A listener protocol must be specified")
      #expect(try await cloud.refusal(of: create("HTTP", nil))?.message == "A listener port must be specified")
      #expect(try await cloud.refusal(of: create("HTTP", 0))?.code == "ValidationError")
      let unknown = ELBv2.CreateListenerRequest(
        loadBalancerArn: "x", protocol: "HTTP", port: 1, defaultActions: [.notFound])
      #expect(try await cloud.refusal(of: unknown)?.code == "LoadBalancerNotFound")
      #expect(try await cloud.refusal(of: ELBv2.DescribeListenersRequest())?.code == "ValidationError")
      #expect(try await cloud.refusal(of: ELBv2.DeleteListenerRequest(listenerArn: "x"))?.code == "ListenerNotFound")
    }
  }

  @Test func listenerAttributesAreAnswered() async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let arn = try await cloud.listener(of: balancer, to: [(try await cloud.targetGroup(), 1)]).listenerArn
      let attributes = try await cloud.send(ELBv2.DescribeListenerAttributesRequest(listenerArn: arn)).attributes
      #expect(attributes.first == .init(key: "routing.http.response.server.enabled", value: "true"))
      let change = ELBv2.ModifyListenerAttributesRequest(
        listenerArn: arn, attributes: [.init(key: "routing.http.response.server.enabled", value: "false")])
      #expect(try await cloud.refusal(of: change)?.code == "InvalidConfigurationRequest")
    }
  }
}
