import AWSWire
import LoadBalancing
import Testing

@testable import LocalCloud

@Suite struct TargetGroupTests {
  private static func request(_ change: (inout ELBv2.CreateTargetGroupRequest) -> Void)
    -> ELBv2.CreateTargetGroupRequest
  {
    var request = ELBv2.CreateTargetGroupRequest(
      name: "blue", protocol: "HTTP", port: 80, vpcId: "vpc-1", targetType: "ip")
    change(&request)
    return request
  }

  @Test func hasTheDefaultsOfAWS() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.targetGroup()
      #expect(
        try await cloud.send(ELBv2.DescribeTargetGroupsRequest(names: ["blue"])).targetGroups == [
          ELBv2.TargetGroup(
            targetGroupArn: arn, targetGroupName: "blue", protocol: "HTTP", port: 80, vpcId: "vpc-1",
            healthCheckProtocol: "HTTP", healthCheckPort: "traffic-port", healthCheckEnabled: true,
            healthCheckPath: "/",
            healthCheckIntervalSeconds: 30, healthCheckTimeoutSeconds: 5, healthyThresholdCount: 5,
            unhealthyThresholdCount: 2, matcher: .init(httpCode: "200"), loadBalancerArns: [], targetType: "ip",
            protocolVersion: "HTTP1", ipAddressType: "ipv4")
        ])
      let attributes = try await cloud.send(ELBv2.DescribeTargetGroupAttributesRequest(targetGroupArn: arn)).attributes
      #expect(attributes.count == 14)
      #expect(attributes.contains(.init(key: "deregistration_delay.timeout_seconds", value: "300")))
    }
  }

  @Test(arguments: [
    (request { $0.protocol = nil }, "ValidationError"), (request { $0.port = nil }, "ValidationError"),
    (request { $0.vpcId = nil }, "ValidationError"), (request { $0.port = 65536 }, "ValidationError"),
    (request { $0.protocol = "QUIC" }, "InvalidConfigurationRequest"),
    (request { $0.vpcId = "net-1" }, "ValidationError"),
    (request { $0.targetType = "alb" }, "InvalidConfigurationRequest"),
    (request { $0.ipAddressType = "ipv6" }, "InvalidConfigurationRequest"),
    (request { $0.protocol = "FTP" }, "ValidationError"),
    (request { $0.targetType = "lambda" }, "ValidationError"),
    (request { $0.protocolVersion = "GRPC" }, "InvalidConfigurationRequest"),
    (request { $0.healthCheckProtocol = "HTTPS" }, "InvalidConfigurationRequest"),
    (request { $0.healthCheckEnabled = false }, "ValidationError"),
    (request { $0.healthCheckIntervalSeconds = 4 }, "ValidationError"),
    (request { $0.healthCheckIntervalSeconds = 301 }, "ValidationError"),
    (request { $0.healthCheckTimeoutSeconds = 30 }, "ValidationError"),
    (request { $0.healthCheckTimeoutSeconds = 1 }, "ValidationError"),
    (request { $0.healthyThresholdCount = 1 }, "ValidationError"),
    (request { $0.unhealthyThresholdCount = 11 }, "ValidationError"),
    (request { $0.healthCheckPath = "healthz" }, "ValidationError"),
    (request { $0.healthCheckPath = "/a b" }, "ValidationError"),
    (request { $0.healthCheckPath = "/a\r\nX: 1" }, "ValidationError"),
    (request { $0.healthCheckPort = "0" }, "ValidationError"),
    (request { $0.matcher = .init(httpCode: "200-") }, "ValidationError"),
    (request { $0.matcher = .init(httpCode: "200,") }, "ValidationError"),
    (request { $0.matcher = .init(httpCode: "299-200") }, "ValidationError"),
    (request { $0.matcher = .init(httpCode: "199") }, "ValidationError"),
    (request { $0.matcher = .init(httpCode: "500") }, "ValidationError"),
    (request { $0.matcher = .init(grpcCode: "0") }, "ValidationError"),
    (request { $0.name = "b-" }, "ValidationError"),
    (request { $0.name = "b--b" }, "ValidationError"),
  ])
  func refuses(_ request: ELBv2.CreateTargetGroupRequest, code: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let error = try await cloud.refusal(of: request)
      #expect(error?.code == code)
      #expect(await cloud.dataPath.targetGroups.isEmpty)
    }
  }

  @Test func waitingIsScaledAndAnswersAreNot() async throws {
    try await ELBv2Fixture.run(minute: .seconds(6)) { cloud in
      let request = Self.request {
        $0.healthCheckPath = "/healthz"
        $0.healthCheckPort = "9"
        $0.healthCheckTimeoutSeconds = 20
        $0.matcher = .init(httpCode: "200,202-204")
      }
      let arn = try cloud.unwrap(try await cloud.send(request).targetGroups.first).targetGroupArn
      #expect(
        await cloud.dataPath.targetGroups[arn]
          == TargetGroupConfiguration(
            id: arn,
            healthCheck: HealthCheckConfiguration(
              path: "/healthz", port: 9, interval: .seconds(3), timeout: .seconds(3), healthyThreshold: 5,
              unhealthyThreshold: 2, successCodes: [200...200, 202...204]),
            deregistrationDelay: .seconds(30), stickiness: nil))
      try await cloud.send(
        ELBv2.ModifyTargetGroupAttributesRequest(
          targetGroupArn: arn,
          attributes: [
            .init(key: "deregistration_delay.timeout_seconds", value: "10"),
            .init(key: "stickiness.enabled", value: "true"),
            .init(key: "stickiness.lb_cookie.duration_seconds", value: "60"),
          ]))
      let changed = await cloud.dataPath.targetGroups[arn]
      #expect(changed?.deregistrationDelay == .seconds(1))
      #expect(changed?.stickiness == .seconds(60))
    }
  }

  @Test func aVeryShortMinuteNeitherSpinsNorCutsAnswersOff() async throws {
    try await ELBv2Fixture.run(minute: .milliseconds(10)) { cloud in
      let arn = try await cloud.targetGroup()
      let check = await cloud.dataPath.targetGroups[arn]?.healthCheck
      #expect(check?.interval == .milliseconds(100))
      #expect(check?.timeout == .seconds(2))
    }
  }

  @Test(arguments: [
    ("deregistration_delay.timeout_seconds", "3601", "ValidationError"),
    ("stickiness.enabled", "maybe", "ValidationError"),
    ("stickiness.type", "app_cookie", "InvalidConfigurationRequest"),
    ("slow_start.duration_seconds", "30", "InvalidConfigurationRequest"),
    ("load_balancing.algorithm.type", "least_outstanding_requests", "InvalidConfigurationRequest"),
    ("target_group_health.dns_failover.minimum_healthy_targets.percentage", "101", "ValidationError"),
    ("proxy_protocol_v2.enabled", "true", "ValidationError"),
  ])
  func refusesAttributes(key: String, value: String, code: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let request = ELBv2.ModifyTargetGroupAttributesRequest(
        targetGroupArn: try await cloud.targetGroup(), attributes: [.init(key: key, value: value)])
      #expect(try await cloud.refusal(of: request)?.code == code)
    }
  }

  @Test func emptyTextsOfTerraformMeanTheDefault() async throws {
    try await ELBv2Fixture.run { cloud in
      let request = Self.request {
        $0.protocolVersion = ""
        $0.matcher = .init(httpCode: "")
      }
      let group = try await cloud.send(request).targetGroups.first
      #expect(group?.protocolVersion == "HTTP1")
      #expect(group?.matcher?.httpCode == "200")
    }
  }

  @Test func oneInUseIsNotDeleted() async throws {
    try await ELBv2Fixture.run { cloud in
      let group = try await cloud.targetGroup()
      let balancer = try await cloud.loadBalancer().loadBalancerArn
      let listener = try await cloud.listener(of: balancer, to: [(group, 0)])
      let found = try await cloud.send(ELBv2.DescribeTargetGroupsRequest(loadBalancerArn: balancer)).targetGroups
      #expect(found.map(\.loadBalancerArns) == [[balancer]])
      let delete = ELBv2.DeleteTargetGroupRequest(targetGroupArn: group)
      #expect(try await cloud.refusal(of: delete)?.code == "ResourceInUse")
      try await cloud.send(ELBv2.DeleteListenerRequest(listenerArn: listener.listenerArn))
      try await cloud.send(delete)
      #expect(await cloud.dataPath.targetGroups.isEmpty)
    }
  }

  @Test func aSecondOfTheNameIsADuplicateUnlessItIsTheSame() async throws {
    try await ELBv2Fixture.run { cloud in
      let first = try await cloud.targetGroup()
      #expect(try await cloud.targetGroup() == first)
      let other = Self.request { $0.port = 81 }
      #expect(try await cloud.refusal(of: other)?.code == "DuplicateTargetGroupName")
    }
  }

  @Test func changesOfTheHealthCheckReachTheDataPath() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.targetGroup()
      try await cloud.send(
        ELBv2.ModifyTargetGroupRequest(targetGroupArn: arn, healthCheckPath: "/up", unhealthyThresholdCount: 3))
      let check = await cloud.dataPath.targetGroups[arn]?.healthCheck
      #expect(check?.path == "/up" && check?.unhealthyThreshold == 3 && check?.healthyThreshold == 5)
      let unknown = ELBv2.ModifyTargetGroupRequest(targetGroupArn: "x", healthCheckPath: "/")
      #expect(try await cloud.refusal(of: unknown) == AWSError("TargetGroupNotFound", "Target group 'x' not found"))
    }
  }
}
