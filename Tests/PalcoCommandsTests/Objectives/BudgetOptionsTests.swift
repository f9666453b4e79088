import ArgumentParser
import AWSClient
import Foundation
import Logging
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

@Suite struct BudgetOptionsTests {
  /// Checks an environment whose load balancer has had a thousand requests each hour, of which some failed.
  private func check(
    _ arguments: [String] = [], declared: Bool = true, errors: Int = 0, status: Int = 200
  ) async throws -> (override: String?, notes: [String], requests: Int) {
    let objectives = ServiceObjectives(isDeclared: declared)
    let blueprint = Blueprint(
      project: "shop", environment: "stage", target: .local,
      image: .dockerfile(context: "/", file: "/Dockerfile", arguments: [:]),
      service: ServiceBlueprint(port: 8080, healthCheck: HealthCheck(path: "/")), release: .blueGreen(bakeMinutes: 1),
      objectives: objectives)
    return try await StubHTTPServer.run { request in
      guard request.header("X-Amz-Target")?.hasSuffix(".GetMetricData") == true else {
        return .text(200, Self.balancer)
      }
      guard status == 200 else { return .text(status, "{\"__type\":\"AccessDenied\",\"message\":\"not allowed\"}") }
      let now = Date.now.timeIntervalSince1970 - 30
      return .text(
        200,
        """
        {"MetricDataResults":[{"Id":"requests","StatusCode":"Complete","Timestamps":[\(now)],"Values":[1000000]},
        {"Id":"errors","StatusCode":"Complete","Timestamps":[\(now)],"Values":[\(errors)]}]}
        """)
    } while: { server in
      let options = try BudgetOptions.parse(arguments)
      let logger = Logger(label: "test")
      let access = CloudAccess(
        aws: AWSClient(
          configuration: AWSConfiguration(
            region: "eu-west-1", endpoint: server.url,
            credentials: StaticCredentials(AWSCredentials(accessKey: "a", secretKey: "b"))), http: .shared,
          logger: logger),
        registry: { RegistryClient(endpoint: $0, authorization: $1, http: .shared, logger: logger) },
        ownership: .terraform, pollInterval: .milliseconds(10), actor: "ada@host", logger: logger)
      var notes: [String] = []
      let override = try await options.check(blueprint, access: access) { notes.append($0) }
      return (override, notes, server.requests.count)
    }
  }

  private static let balancer = """
    <DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
    <DescribeLoadBalancersResult><LoadBalancers><member>
    <LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/shop-stage/3</LoadBalancerArn>
    <LoadBalancerName>shop-stage</LoadBalancerName><DNSName>127.0.0.1</DNSName></member></LoadBalancers>
    </DescribeLoadBalancersResult></DescribeLoadBalancersResponse>
    """

  @Test func whatIsLeftLetsAReleaseStart() async throws {
    let found = try await check(errors: 100)
    #expect(found.override == nil && found.notes.isEmpty)
  }

  @Test func aSpentBudgetRefusesWithACodeOfItsOwn() async throws {
    let error = await #expect(throws: CommandError.self) { try await check(errors: 2000) }
    #expect(error?.status == .budgetSpent)
    #expect(error?.message.contains("the error budget of availability is spent") == true)
    #expect(error?.message.contains("palco slo stage") == true && error?.message.contains("--override-budget") == true)
  }

  @Test func aReasonSetsTheRefusalAside() async throws {
    let found = try await check(["--override-budget", "fixes the outage"], errors: 2000)
    #expect(found.override == "the error budget of availability is spent; overridden: fixes the outage")
    #expect(found.notes.count == 1 && found.notes.first?.contains("fixes the outage") == true)
    // Where nothing stands in the way, nothing is recorded.
    #expect(try await check(["--override-budget", "just in case"], errors: 0).override == nil)
  }

  @Test func withoutPromisesNobodyIsAsked() async throws {
    let found = try await check(declared: false, errors: 500_000)
    #expect(found.override == nil && found.requests == 0)
  }

  @Test func whatIsNotKnownIsNotLeftOver() async throws {
    let error = await #expect(throws: CommandError.self) { try await check(status: 403) }
    #expect(error?.status == .refused)
    #expect(error?.message.contains("cannot be read") == true && error?.message.contains("not allowed") == true)
    #expect(try await check(["--override-budget", "CloudWatch is down"], status: 403).override != nil)
  }

  @Test func anEmptyReasonIsNone() {
    #expect(throws: (any Error).self) { try BudgetOptions.parse(["--override-budget", " "]) }
  }
}
