import AWSWire
import LoadBalancing
import Testing

@testable import LocalCloud

/// What ECS does with the service.
@Suite struct LoadBalancerControlTests {
  @Test func targetsRegisterAndLeave() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try await cloud.targetGroup()
      for _ in 1...2 { try await cloud.service.register(host: "127.0.0.1", port: 9000, in: group) }
      #expect(await cloud.dataPath.targets[group] == [TargetAddress(host: "127.0.0.1", port: 9000)])
      for _ in 1...2 { try await cloud.service.deregister(host: "127.0.0.1", port: 9000, from: group) }
      #expect(await cloud.dataPath.targets[group] == [])
      #expect(await cloud.dataPath.calls.filter { $0.contains("egister") } == ["register [9000]", "deregister [9000]"])
      await #expect(throws: AWSError("TargetGroupNotFound", "Target group 'x' not found")) {
        try await cloud.service.register(host: "127.0.0.1", port: 1, in: "x")
      }
    }
  }

  @Test func healthIsTheDataPathsOnceTheGroupIsInUse() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try await cloud.targetGroup()
      let target = TargetAddress(host: "127.0.0.1", port: 9000)
      let sick = TargetHealthView(
        state: "unhealthy", reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]")
      func health() async -> TargetHealthView {
        await cloud.service.health(host: target.host, port: target.port, in: group)
      }
      #expect(await health().state == nil)
      #expect(await cloud.service.health(host: "a", port: 1, in: "x").state == nil)
      try await cloud.service.register(host: target.host, port: target.port, in: group)
      await cloud.dataPath.setHealth(sick, of: target, in: group)
      #expect(await health().reason == "Target.NotInUse")
      #expect(await cloud.service.targetGroupExists(group))
      #expect(await !cloud.service.targetGroupHasLoadBalancer(group))
      _ = try await cloud.listener(of: try await cloud.loadBalancer().loadBalancerArn, to: [(group, 0)])
      #expect(await cloud.service.targetGroupHasLoadBalancer(group))
      #expect(await health() == sick)
      try await cloud.service.deregister(host: target.host, port: target.port, from: group)
      #expect(await health().state == nil)
      let draining = TargetHealthView(state: "draining", reason: "Target.DeregistrationInProgress")
      await cloud.dataPath.setHealth(draining, of: target, in: group)
      #expect(await health() == draining)
      // DescribeTargetHealth lists what drains, too.
      let read = try await cloud.send(ELBv2.DescribeTargetHealthRequest(targetGroupArn: group)).targetHealthDescriptions
      #expect(read.map { $0.targetHealth?.state } == ["draining"])
      #expect(read.map(\.target) == [.init(id: "127.0.0.1", port: 9000)])
    }
  }

  @Test func describesWhatIsAskedFor() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try await cloud.targetGroup()
      try await cloud.send(
        ELBv2.RegisterTargetsRequest(
          targetGroupArn: group, targets: [.init(id: "10.0.0.1"), .init(id: "10.0.0.1", port: 81)]))
      let read = try await cloud.send(
        ELBv2.DescribeTargetHealthRequest(
          targetGroupArn: group, targets: [.init(id: "10.0.0.9"), .init(id: "10.0.0.1")])
      ).targetHealthDescriptions
      #expect(read.map { $0.targetHealth?.reason } == ["Target.NotRegistered", "Target.NotInUse"])
      #expect(read.map(\.healthCheckPort) == ["80", "80"])
      // Without a port, every port of the address leaves.
      try await cloud.send(ELBv2.DeregisterTargetsRequest(targetGroupArn: group, targets: [.init(id: "10.0.0.1")]))
      #expect(
        try await cloud.send(ELBv2.DescribeTargetHealthRequest(targetGroupArn: group)).targetHealthDescriptions == [])
      let gone = ELBv2.DeregisterTargetsRequest(targetGroupArn: group, targets: [.init(id: "10.0.0.1")])
      #expect(try await cloud.refusal(of: gone)?.code == "InvalidTarget")
      let name = ELBv2.RegisterTargetsRequest(targetGroupArn: group, targets: [.init(id: "host.example")])
      #expect(try await cloud.refusal(of: name)?.code == "ValidationError")
    }
  }

  @Test func instancesCannotBeRegistered() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try cloud.unwrap(
        try await cloud.send(
          ELBv2.CreateTargetGroupRequest(name: "i", protocol: "HTTP", port: 80, vpcId: "vpc-1")
        ).targetGroups.first)
      #expect(group.targetType == "instance")
      let request = ELBv2.RegisterTargetsRequest(targetGroupArn: group.targetGroupArn, targets: [.init(id: "i-1")])
      #expect(try await cloud.refusal(of: request)?.code == "InvalidTarget")
    }
  }

  @Test func weightsAreOnRecordBeforeTheDataPathFollowsAndKeepStickiness() async throws {
    try await ELBv2Fixture.run { cloud in
      let (blue, green) = (try await cloud.targetGroup("blue"), try await cloud.targetGroup("green"))
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let listener = try await cloud.listener(of: balancer, to: [(blue, 1)]).listenerArn
      let rule = try await cloud.defaultRule(of: listener)
      var action = ELBv2.Action.forward([(blue, 1), (green, 0)])
      action.forwardConfig?.targetGroupStickinessConfig = .init(enabled: true, durationSeconds: 60)
      try await cloud.send(ELBv2.ModifyRuleRequest(ruleArn: rule.ruleArn, actions: [action]))
      #expect(
        await cloud.service.rule(rule.ruleArn)
          == RuleView(
            arn: rule.ruleArn, listenerARN: listener, isDefault: true,
            weights: [.init(targetGroupARN: blue, weight: 1), .init(targetGroupARN: green, weight: 0)]))

      let records = cloud.store.records("elbv2.rule", of: RuleRecord.self)
      await cloud.dataPath.beforeRules {
        let written = try? await records.all().first?.value.action.weights.map(\.weight)
        #expect(written == [0, 999])
      }
      try await cloud.service.setWeights([(blue, 0), (green, 999)], ofRule: rule.ruleArn)
      let expected: [RuleAction] = [
        .forward(
          [.init(targetGroupID: blue, weight: 0), .init(targetGroupID: green, weight: 999)], stickiness: .seconds(60))
      ]
      #expect(await cloud.dataPath.listeners.values.first?.rules.map(\.action) == expected)

      await #expect(throws: AWSError.self) { try await cloud.service.setWeights([(blue, 1000)], ofRule: rule.ruleArn) }
      await #expect(throws: AWSError("RuleNotFound", "Rule 'x' not found")) {
        try await cloud.service.setWeights([(blue, 1)], ofRule: "x")
      }
      #expect(await cloud.service.rule("x") == nil)
    }
  }
}
