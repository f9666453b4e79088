import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct LoadBalancerTests {
  @Test func isProvisioningFirstAndThenActive() async throws {
    try await ELBv2Fixture.run { cloud in
      let made = try await cloud.loadBalancer()
      let id = try cloud.unwrap(made.loadBalancerArn.split(separator: "/").last)
      #expect(made.loadBalancerArn == "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/\(id)")
      #expect(id.count == 16 && id.allSatisfy(\.isHexDigit))
      #expect(made.state?.code == "provisioning")
      var read = try cloud.unwrap(
        try await cloud.send(ELBv2.DescribeLoadBalancersRequest(names: ["web"])).loadBalancers.first)
      #expect(read.state?.code == "active")
      read.state = made.state
      #expect(read == made)
      #expect(read.createdTime == Date(timeIntervalSince1970: 1_700_000_000))
      #expect(read.canonicalHostedZoneId == "Z32O12XQLNTSW2")
      #expect(read.availabilityZones?.map(\.zoneName) == ["eu-west-1a", "eu-west-1b"])
    }
  }

  #if os(Linux)
    @Test func eachHasALoopbackAddressOfItsOwn() async throws {
      try await ELBv2Fixture.run { cloud in
        var names: Set<String> = []
        for number in 0..<20 { names.insert(try await cloud.loadBalancer("lb\(number)").dnsName) }
        #expect(names.count == 20)
        for name in names {
          let parts = name.split(separator: ".").compactMap { Int($0) }
          #expect(parts.count == 4 && parts[0] == 127 && parts[1] == 18 && (1...254).contains(parts[3]))
        }
      }
    }
  #endif

  @Test func askingForTheSameAgainSucceedsAndForAnotherOfTheNameDoesNot() async throws {
    try await ELBv2Fixture.run { cloud in
      let first = try await cloud.loadBalancer()
      #expect(try await cloud.loadBalancer().loadBalancerArn == first.loadBalancerArn)
      let other = ELBv2.CreateLoadBalancerRequest(name: "web", subnets: ["subnet-1", "subnet-2"], scheme: "internal")
      #expect(try await cloud.refusal(of: other)?.code == "DuplicateLoadBalancerName")
    }
  }

  @Test(arguments: [
    (
      ELBv2.CreateLoadBalancerRequest(name: String(repeating: "n", count: 33), subnets: ["subnet-1", "subnet-2"]),
      "ValidationError", "32"
    ),
    (ELBv2.CreateLoadBalancerRequest(name: "a_b", subnets: ["subnet-1", "subnet-2"]), "ValidationError", "a_b"),
    (ELBv2.CreateLoadBalancerRequest(name: "", subnets: ["subnet-1", "subnet-2"]), "ValidationError", "name"),
    (
      ELBv2.CreateLoadBalancerRequest(name: "-a", subnets: ["subnet-1", "subnet-2"]), "ValidationError", "begin or end"
    ),
    (
      ELBv2.CreateLoadBalancerRequest(name: "internal-a", subnets: ["subnet-1", "subnet-2"]), "ValidationError",
      "internal-"
    ),
    (ELBv2.CreateLoadBalancerRequest(name: "a"), "ValidationError", "subnet-1 and subnet-2"),
    (ELBv2.CreateLoadBalancerRequest(name: "a", subnets: ["subnet-1"]), "ValidationError", "two subnets"),
    (ELBv2.CreateLoadBalancerRequest(name: "a", subnets: ["x", "y"]), "ValidationError", "subnet-"),
    (
      ELBv2.CreateLoadBalancerRequest(name: "a", subnets: ["subnet-1", "subnet-2"], securityGroups: ["web"]),
      "InvalidSecurityGroup", "sg-"
    ),
    (
      ELBv2.CreateLoadBalancerRequest(name: "a", subnets: ["subnet-1", "subnet-2"], type: "x"), "ValidationError",
      "enum"
    ),
    (
      ELBv2.CreateLoadBalancerRequest(name: "a", subnets: ["subnet-1", "subnet-2"], ipAddressType: "ipv5"),
      "ValidationError", "dualstack"
    ),
    (
      ELBv2.CreateLoadBalancerRequest(
        name: "a", subnets: ["subnet-1", "subnet-2"], tags: [.init(key: "k"), .init(key: "k")]), "DuplicateTagKeys", "k"
    ),
  ])
  func refuses(_ request: ELBv2.CreateLoadBalancerRequest, code: String, part: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let error = try await cloud.refusal(of: request)
      #expect(error?.code == code)
      #expect(error?.message.contains(part) == true)
      #expect(try await cloud.send(ELBv2.DescribeLoadBalancersRequest()).loadBalancers == [])
    }
  }

  @Test func deletingTakesListenersAndRulesAndIsIdempotent() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      let group = try await cloud.targetGroup()
      let listener = try await cloud.listener(of: arn, to: [(group, 1)])
      for _ in 1...2 { try await cloud.send(ELBv2.DeleteLoadBalancerRequest(loadBalancerArn: arn)) }
      #expect(await cloud.dataPath.listeners.isEmpty)
      let read = ELBv2.DescribeListenersRequest(listenerArns: [listener.listenerArn])
      #expect(try await cloud.refusal(of: read)?.code == "ListenerNotFound")
      try await cloud.send(ELBv2.DeleteTargetGroupRequest(targetGroupArn: group))
      #expect(await cloud.service.state == ELBv2State())
    }
  }

  @Test func deletionProtectionProtects() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      try await cloud.send(
        ELBv2.ModifyLoadBalancerAttributesRequest(
          loadBalancerArn: arn, attributes: [.init(key: "deletion_protection.enabled", value: "true")]))
      let error = try await cloud.refusal(of: ELBv2.DeleteLoadBalancerRequest(loadBalancerArn: arn))
      #expect(error?.code == "OperationNotPermitted")
    }
  }

  @Test func theIdleTimeoutReachesTheDataPath() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      _ = try await cloud.listener(of: arn, to: [(try await cloud.targetGroup(), 1)])
      #expect(await cloud.dataPath.listeners.values.first?.idleTimeout == .seconds(60))
      try await cloud.send(
        ELBv2.ModifyLoadBalancerAttributesRequest(
          loadBalancerArn: arn, attributes: [.init(key: "idle_timeout.timeout_seconds", value: "7")]))
      #expect(await cloud.dataPath.listeners.values.first?.idleTimeout == .seconds(7))
    }
  }

  @Test(arguments: [
    ("idle_timeout.timeout_seconds", "4001", "ValidationError"),
    ("idle_timeout.timeout_seconds", "x", "ValidationError"),
    ("deletion_protection.enabled", "yes", "ValidationError"), ("bogus", "1", "ValidationError"),
    ("routing.http.xff_header_processing.mode", "remove", "InvalidConfigurationRequest"),
  ])
  func refusesAttributes(key: String, value: String, code: String) async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      let request = ELBv2.ModifyLoadBalancerAttributesRequest(
        loadBalancerArn: arn, attributes: [.init(key: key, value: value)])
      #expect(try await cloud.refusal(of: request)?.code == code)
    }
  }

  @Test func pagesMissNothingWhenSomethingIsDeletedInBetween() async throws {
    try await ELBv2Fixture.run { cloud in
      for number in 1...5 { _ = try await cloud.loadBalancer("lb\(number)") }
      let first = try await cloud.send(ELBv2.DescribeLoadBalancersRequest(pageSize: 2))
      #expect(first.loadBalancers.map(\.loadBalancerName) == ["lb1", "lb2"])
      for balancer in first.loadBalancers {
        try await cloud.send(ELBv2.DeleteLoadBalancerRequest(loadBalancerArn: balancer.loadBalancerArn))
      }
      let second = try await cloud.send(ELBv2.DescribeLoadBalancersRequest(marker: first.nextMarker, pageSize: 3))
      #expect(second.loadBalancers.map(\.loadBalancerName) == ["lb3", "lb4", "lb5"])
      #expect(second.nextMarker == nil)
      #expect(try await cloud.refusal(of: ELBv2.DescribeLoadBalancersRequest(marker: "x"))?.code == "ValidationError")
      #expect(try await cloud.refusal(of: ELBv2.DescribeLoadBalancersRequest(pageSize: 0))?.code == "ValidationError")
    }
  }

  @Test func unknownOnesAreNamed() async throws {
    try await ELBv2Fixture.run { cloud in
      let named = try await cloud.refusal(of: ELBv2.DescribeLoadBalancersRequest(names: ["x"]))
      #expect(named == AWSError("LoadBalancerNotFound", "Load balancers '[x]' not found"))
      let byARN = try await cloud.refusal(of: ELBv2.DescribeLoadBalancersRequest(loadBalancerArns: ["x"]))
      #expect(byARN == AWSError("LoadBalancerNotFound", "One or more load balancers not found"))
    }
  }

  @Test func tagsComeAndGo() async throws {
    try await ELBv2Fixture.run { cloud in
      let arn = try await cloud.loadBalancer().loadBalancerArn
      let group = try await cloud.targetGroup()
      try await cloud.send(
        ELBv2.AddTagsRequest(
          resourceArns: [arn, group], tags: [.init(key: "a", value: "1"), .init(key: "b", value: "2")]))
      try await cloud.send(ELBv2.RemoveTagsRequest(resourceArns: [arn], tagKeys: ["a"]))
      let tags = try await cloud.send(ELBv2.DescribeTagsRequest(resourceArns: [arn, group])).tagDescriptions
      #expect(tags.map { $0.tags?.map(\.key) } == [["b"], ["a", "b"]])
      let many = (0..<50).map { ELBv2.Tag(key: "k\($0)", value: "") }
      let error = try await cloud.refusal(of: ELBv2.AddTagsRequest(resourceArns: [arn], tags: many))
      #expect(error?.code == "TooManyTags")
      #expect(try await cloud.refusal(of: ELBv2.DescribeTagsRequest(resourceArns: ["x"]))?.code == "ValidationError")
    }
  }
}
