import AWSWire
import Foundation
import LoadBalancing
import Testing

@testable import LocalCloud

@Suite struct ELBv2RestartTests {
  @Test func everythingComesBackWhereItWas() async throws {
    try await ELBv2Fixture.run { first in
      let (blue, green) = (try await first.targetGroup("blue"), try await first.targetGroup("green"))
      let balancer = try await first.loadBalancer()
      let listener = try await first.listener(of: balancer.loadBalancerArn, to: [(blue, 3), (green, 1)]).listenerArn
      try await first.send(
        ELBv2.CreateRuleRequest(
          listenerArn: listener, conditions: [.init(field: "path-pattern", values: ["/x"])], priority: 1,
          actions: [.notFound]))
      try await first.service.register(host: "127.0.0.1", port: 9000, in: blue)
      try await first.service.register(host: "127.0.0.1", port: 9001, in: green)
      try await first.service.deregister(host: "127.0.0.1", port: 9001, from: green)

      let second = try await ELBv2Fixture(restarting: first.directory)
      #expect(await second.service.state == first.service.state)
      #expect(await second.dataPath.listeners == first.dataPath.listeners)
      #expect(await second.dataPath.targetGroups == first.dataPath.targetGroups)
      #expect(await second.dataPath.targets == [blue: [TargetAddress(host: "127.0.0.1", port: 9000)]])
      // Groups and targets first: a listener that is open must not find them missing.
      #expect(await second.dataPath.calls.last == "open 8080")
      // What is made next comes after what was there.
      _ = try await second.loadBalancer("another")
      let names = try await second.send(ELBv2.DescribeLoadBalancersRequest()).loadBalancers.map(\.loadBalancerName)
      #expect(names == ["web", "another"])
    }
  }

  @Test func aPortThatWasTakenMeanwhileIsShownAndTheRestWorks() async throws {
    try await ELBv2Fixture.run { first in
      let group = try await first.targetGroup()
      let balancer = try await first.loadBalancer()
      let listener = try await first.listener(of: balancer.loadBalancerArn, port: 8080, to: [(group, 1)]).listenerArn
      _ = try await first.listener(of: balancer.loadBalancerArn, port: 8081, to: [(group, 1)])

      let second = try await ELBv2Fixture(restarting: first.directory) { await $0.take(port: 8080) }
      #expect(await second.dataPath.listeners.values.map(\.port) == [8081])
      func state() async throws -> ELBv2.LoadBalancerState? {
        try await second.send(ELBv2.DescribeLoadBalancersRequest()).loadBalancers.first?.state
      }
      #expect(try await state()?.code == "failed")
      #expect(try await state()?.reason?.contains("\(balancer.dnsName):8080") == true)

      // The listener can still be changed, and gets well on a port that can be had.
      await second.dataPath.forgetCalls()
      try await second.send(ELBv2.ModifyListenerRequest(listenerArn: listener, defaultActions: [.notFound]))
      #expect(await second.dataPath.calls == [])
      try await second.send(ELBv2.ModifyListenerRequest(listenerArn: listener, port: 8082))
      #expect(await second.dataPath.calls == ["open 8082"])
      #expect(try await state() == .init(code: "active"))
    }
  }
}
