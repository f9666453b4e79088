import AWSWire
import Testing

@testable import LocalCloud

/// Target groups and load balancers that nothing here serves.
@Suite struct TargetGroupKindTests {
  private func group(_ name: String, _ wire: String, in cloud: ELBv2Fixture) async throws -> ELBv2.TargetGroup {
    try cloud.unwrap(
      try await cloud.send(
        ELBv2.CreateTargetGroupRequest(
          name: name, protocol: wire, port: 80, vpcId: "vpc-1", targetType: wire == "GENEVE" ? "instance" : "ip")
      ).targetGroups.first)
  }

  @Test(arguments: ["HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE"])
  func groupsOfOtherProtocolsAreKeptAndNothingForwardsToThem(wire: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try await group("g", wire, in: cloud)
      #expect(group.protocol == wire && group.healthCheckTimeoutSeconds == (wire == "HTTPS" ? 5 : 10))
      #expect(await cloud.dataPath.targetGroups.isEmpty)
      let balancer = try await cloud.loadBalancer()
      let listener = ELBv2.CreateListenerRequest(
        loadBalancerArn: balancer.loadBalancerArn, protocol: "HTTP", port: 80,
        defaultActions: [.forward([(group.targetGroupArn, 1)])])
      let error = try await cloud.refusal(of: listener)
      #expect(error?.code == "InvalidConfigurationRequest" && error?.message.contains("over HTTP only") == true)
    }
  }

  @Test(arguments: [
    ("HTTP", "source_ip", "Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol"),
    ("TCP", "lb_cookie", "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol"),
    ("TLS", "source_ip", "You cannot enable stickiness on target groups with the TLS protocol"),
    ("UDP", "source_ip_dest_ip", "'Stickiness type' must be one of [app_cookie, lb_cookie, source_ip]"),
    ("GENEVE", "source_ip", "'source_ip' must be one of [source_ip_dest_ip_proto, source_ip_dest_ip]"),
    ("TCP", "source_ip", nil), ("GENEVE", "source_ip_dest_ip", nil), ("HTTP", "lb_cookie", nil),
    ("HTTPS", "app_cookie", nil),
  ])
  func stickinessDependsOnTheProtocol(wire: String, type: String, message: String?) async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await group("g", wire, in: cloud).targetGroupArn
      let error = try await cloud.refusal(
        of: ELBv2.ModifyTargetGroupAttributesRequest(
          targetGroupArn: arn,
          attributes: [.init(key: "stickiness.enabled", value: "true"), .init(key: "stickiness.type", value: type)]))
      #expect(error?.message == message)
    }
  }

  @Test func functionsHaveNeitherPortNorProtocol() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try cloud.unwrap(
        try await cloud.send(ELBv2.CreateTargetGroupRequest(name: "f", targetType: "lambda")).targetGroups.first)
      #expect(
        group.targetType == "lambda" && group.protocol == nil && group.port == nil && group.healthCheckPort == nil)
      let error = try await cloud.refusal(
        of: ELBv2.RegisterTargetsRequest(targetGroupArn: group.targetGroupArn, targets: [.init(id: "arn:aws:lambda:x")])
      )
      #expect(error?.code == "InvalidTarget")
    }
  }

  @Test(arguments: ["network", "gateway"])
  func loadBalancersOfOtherTypesAreKeptWithoutListeners(type: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let balancer = try cloud.unwrap(
        try await cloud.send(ELBv2.CreateLoadBalancerRequest(name: "n", subnets: ["subnet-1"], type: type))
          .loadBalancers.first)
      let arn = balancer.loadBalancerArn
      #expect(balancer.type == type && arn.contains(type == "network" ? "loadbalancer/net/" : "loadbalancer/gwy/"))
      let attributes = try await cloud.send(ELBv2.DescribeLoadBalancerAttributesRequest(loadBalancerArn: arn))
        .attributes
      #expect(attributes.contains(.init(key: "load_balancing.cross_zone.enabled", value: "false")))
      func refusal(_ wire: String?, _ port: Int?) async throws -> AWSError? {
        try await cloud.refusal(
          of: ELBv2.CreateListenerRequest(
            loadBalancerArn: arn, protocol: wire, port: port,
            defaultActions: [.init(type: "fixed-response", fixedResponseConfig: .init(statusCode: "200"))]))
      }
      if type == "network" {
        #expect(try await refusal("HTTP", 80)?.message.contains("must be one of 'UDP, TCP, TLS, TCP_UDP'") == true)
        #expect(try await refusal("TCP", 80)?.code == "InvalidConfigurationRequest")
      } else {
        #expect(try await refusal(nil, 80)?.message == "A port cannot be specified for gateway listeners")
        #expect(try await refusal(nil, nil)?.code == "InvalidConfigurationRequest")
      }
    }
  }

  @Test func whatClientsAskOfTheAccountIsAnswered() async throws {
    try await ELBv2Fixture.run { cloud in
      let limits = try await cloud.send(ELBv2.DescribeAccountLimitsRequest()).limits ?? []
      #expect(limits.contains(.init(name: "condition-values-per-alb-rule", max: "5")))
      let balancer = try await cloud.loadBalancer()
      let listener = try await cloud.listener(
        of: balancer.loadBalancerArn, to: [(try await cloud.targetGroup(), 1)])
      let request = ELBv2.DescribeListenerCertificatesRequest(listenerArn: listener.listenerArn)
      #expect(try await cloud.send(request).certificates == [])
      #expect(
        try await cloud.refusal(of: ELBv2.DescribeListenerCertificatesRequest(listenerArn: "x"))?.code
          == "ListenerNotFound")
    }
  }
}
