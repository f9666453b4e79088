import AWSClient
import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@Suite struct PagesAndWaitTests {
  private func arns(_ handler: @escaping @Sendable (String) -> String) async throws -> [String] {
    try await withStub({ request in .text(200, handler(String(decoding: request.body, as: UTF8.self))) }) {
      server, http in
      let client = AWSClient(configuration: .stub(server.url), http: http, logger: .quiet)
      var arns: [String] = []
      for try await page in client.pages(ECS.ListTasksRequest(cluster: "c")) { arns += page.taskArns ?? [] }
      return arns
    }
  }

  @Test func everyPageIsRead() async throws {
    let found = try await arns { body in
      if body.contains(#""nextToken":"2""#) { return #"{"taskArns":["c"]}"# }
      if body.contains(#""nextToken":"1""#) { return #"{"taskArns":[],"nextToken":"2"}"# }
      return #"{"taskArns":["a","b"],"nextToken":"1"}"#
    }
    #expect(found == ["a", "b", "c"])
  }

  @Test func aListThatNeverEndsIsAnError() async throws {
    await #expect(throws: AWSClientError.repeatedPage(operation: "ListTasks")) {
      try await arns { _ in #"{"taskArns":["a"],"nextToken":"1"}"# }
    }
  }

  @Test func elasticLoadBalancingPagesByMarker() async throws {
    let names = try await withStub({ request in
      let isSecond = String(decoding: request.body, as: UTF8.self).contains("Marker=m")
      let next = isSecond ? "" : "<NextMarker>m</NextMarker>"
      return .text(
        200,
        "<R><DescribeLoadBalancersResult><LoadBalancers><member><DNSName>d</DNSName><LoadBalancerName>n</LoadBalancerName><LoadBalancerArn>"
          + "\(isSecond ? "b" : "a")</LoadBalancerArn></member></LoadBalancers>\(next)</DescribeLoadBalancersResult></R>"
      )
    }) { server, http in
      let client = AWSClient(configuration: .stub(server.url), http: http, logger: .quiet)
      var names: [String] = []
      for try await page in client.pages(ELBv2.DescribeLoadBalancersRequest()) {
        names += page.loadBalancers.map(\.loadBalancerArn)
      }
      return names
    }
    #expect(names == ["a", "b"])
  }

  @Test func waitingEndsWithWhatIsFound() async throws {
    let clock = TestClock(skipping: true)
    var looks = 0
    let found = try await wait(every: .seconds(15), upTo: .seconds(600), time: clock.timeSource) {
      looks += 1
      return looks == 3 ? "there" : nil
    }
    #expect(found == "there" && clock.sleeps == [.seconds(15), .seconds(15)])
  }

  @Test func waitingGivesUpInTimeButLooksOnce() async throws {
    let clock = TestClock(skipping: true)
    var looks = 0
    let look: () -> String? = {
      looks += 1
      return nil
    }
    #expect(try await wait(every: .seconds(10), upTo: .seconds(25), time: clock.timeSource, until: look) == nil)
    #expect(looks == 4)
    looks = 0
    #expect(try await wait(every: .seconds(10), upTo: .zero, time: clock.timeSource, until: look) == nil)
    #expect(looks == 1)
  }
}
