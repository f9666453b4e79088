import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Testing

@testable import PalcoCommands

@Suite struct DoctorTests {
  /// An account as it answers, with what a test makes otherwise.
  private struct Account: Sendable {
    var bucket = 200
    var quota = 1000.0
    var role = StubHTTPServer.Answer.text(
      200,
      "<GetRoleResponse><GetRoleResult><Role><Arn>arn:aws:iam::123456789012:role/x</Arn></Role></GetRoleResult></GetRoleResponse>"
    )
    var policy = "AmazonECSInfrastructureRolePolicyForLoadBalancers"
    /// Who calls.
    var caller = "arn:aws:iam::123456789012:user/me"
    /// Actions that IAM says are not allowed.
    var denied: Set<String> = []
    /// Whether IAM may be asked for that.
    var simulates = true
    /// How many networks, addresses and balancers there are, and vCPUs by the usage metric.
    var used = 0

    func answer(_ request: StubHTTPServer.Request) -> StubHTTPServer.Answer {
      let body = String(decoding: request.body, as: UTF8.self)
      if request.method == "HEAD" { return .text(bucket, "") }
      if request.method == "GET" { return .text(404, "") }
      if body.contains("Action=GetCallerIdentity") {
        return .text(
          200,
          """
          <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>
          <Arn>\(caller)</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>
          """)
      }
      if body.contains("Action=SimulatePrincipalPolicy") { return simulate(body) }
      if body.contains("Action=DescribeVpcs") || body.contains("Action=DescribeAddresses") {
        let item = "<item><vpcId>vpc-1</vpcId><publicIp>203.0.113.1</publicIp></item>"
        return .text(200, "<Response><set>\(String(repeating: item, count: used))</set></Response>")
      }
      if body.contains("Action=DescribeLoadBalancers") {
        let item =
          "<member><LoadBalancerArn>a</LoadBalancerArn><DNSName>d</DNSName><LoadBalancerName>n</LoadBalancerName>"
          + "<Type>application</Type></member>"
        return .text(
          200,
          "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers>"
            + String(repeating: item, count: used)
            + "</LoadBalancers></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>")
      }
      if request.header("X-Amz-Target")?.hasSuffix("GetMetricData") == true {
        return .text(200, #"{"MetricDataResults":[{"Id":"used","Values":[\#(used)]}]}"#)
      }
      if body.contains("Action=GetRole&") || body.hasPrefix("Action=GetRole") { return role }
      if body.contains("Action=ListAttachedRolePolicies") {
        return .text(
          200,
          """
          <ListAttachedRolePoliciesResponse><ListAttachedRolePoliciesResult><AttachedPolicies><member>
          <PolicyName>\(policy)</PolicyName></member></AttachedPolicies></ListAttachedRolePoliciesResult>
          </ListAttachedRolePoliciesResponse>
          """)
      }
      let metric =
        body.contains("fargate")
        ? #","UsageMetric":{"MetricNamespace":"AWS/Usage","MetricName":"ResourceCount","MetricDimensions":{"Service":"Fargate"}}"#
        : ""
      return .text(200, #"{"Quota":{"Value":\#(quota)\#(metric)}}"#)
    }

    private func simulate(_ body: String) -> StubHTTPServer.Answer {
      guard simulates else {
        return .text(
          403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not simulated</Message></Error></ErrorResponse>"
        )
      }
      let actions = body.matches(of: /ActionNames\.member\.\d+=([^&]+)/).map {
        String($0.output.1).removingPercentEncoding ?? ""
      }
      let results = actions.map { action in
        "<member><EvalActionName>\(action)</EvalActionName><EvalDecision>"
          + (denied.contains(action) ? "implicitDeny" : "allowed") + "</EvalDecision></member>"
      }
      return .text(
        200,
        "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>"
          + results.joined()
          + "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>")
    }
  }

  private static let manifest = """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080, cpu: 512, memory: 1 GiB, tasks: 3}
    scaling: {max: 12}
    tags: {owner: team-shop}
    environments:
      stage: {target: aws, region: eu-west-1, network: {nat: gateway-per-zone}}
    """

  private func blueprint(in folder: URL) throws -> (Blueprint, AWSInfrastructure) {
    try Data("FROM scratch\n".utf8).write(to: folder.appending(path: "Dockerfile"))
    let file = folder.appending(path: "palco.yml")
    try Data(Self.manifest.utf8).write(to: file)
    let blueprint = try ManifestFile.load(path: file.path).blueprint(for: "stage")
    return (blueprint, try #require(blueprint.aws))
  }

  private func findings(_ account: Account = Account(), environment extra: [String: String] = [:]) async throws
    -> [Finding]
  {
    try await withTemporaryDirectory { folder in
      let (blueprint, aws) = try blueprint(in: folder)
      let program = folder.appending(path: "terraform")
      try Data("#!/bin/sh\necho 'Terraform v1.15.5'\n".utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
      return try await StubHTTPServer.run({ account.answer($0) }) { server in
        let environment = [
          "PATH": folder.path, "AWS_ENDPOINT_URL": server.url.absoluteString, "AWS_ACCESS_KEY_ID": "AKID",
          "AWS_SECRET_ACCESS_KEY": "secret", "AWS_CONFIG_FILE": "/dev/null",
          "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
          "AWS_EC2_METADATA_DISABLED": "true",
        ].merging(extra) { $1 }
        return await Doctor(blueprint: blueprint, aws: aws, environment: environment).findings { _ in }
      }
    }
  }

  @Test func anAccountThatHasEverythingIsWell() async throws {
    let findings = try await findings()
    #expect(findings.map(\.verdict) == Array(repeating: .ok, count: findings.count), "\(findings)")
    #expect(
      findings.map(\.check) == [
        "terraform", "region", "credentials", "state", "permissions", "permissions", "infrastructure role", "quota",
        "quota", "quota", "quota", "quota",
      ])
  }

  @Test func aMissingBucketFailsAndStopsNoOtherCheck() async throws {
    let findings = try await findings(Account(bucket: 404))
    let state = try #require(findings.first { $0.check == "state" })
    #expect(state.verdict == .fail)
    #expect(state.fix == "palco bootstrap")
    #expect(findings.last?.check == "quota")
  }

  @Test func aQuotaThatIsTooSmallNamesTheCommandThatRaisesIt() async throws {
    let findings = try await findings(Account(quota: 6))
    let quota = try #require(findings.first { $0.message.hasPrefix("Fargate On-Demand") })
    // 12 tasks of half a CPU, twice during a release.
    #expect(
      quota.message == "Fargate On-Demand vCPUs: 6, 0 in use, and 'stage' needs 12 for 12 tasks, twice during a release"
    )
    #expect(quota.verdict == .fail)
    #expect(quota.fix?.contains("--quota-code L-3032A538 --desired-value 24") == true)
  }

  @Test func aRoleThatIsNotThereYetIsAWarning() async throws {
    let missing = StubHTTPServer.Answer.text(
      404, "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>")
    let role = try #require(try await findings(Account(role: missing)).first { $0.check == "infrastructure role" })
    #expect(
      role
        == Finding(
          "infrastructure role", .warn, "shop-stage-ecs-infrastructure is not there yet", fix: "palco up stage makes it"
        ))
  }

  @Test func aRoleThatMayNotMoveTrafficFails() async throws {
    let role = try #require(try await findings(Account(policy: "Other")).first { $0.check == "infrastructure role" })
    #expect(role.verdict == .fail)
  }

  @Test func whatMayNotBeLookedAtIsAWarning() async throws {
    let denied = StubHTTPServer.Answer.text(
      403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
    let role = try #require(try await findings(Account(role: denied)).first { $0.check == "infrastructure role" })
    #expect(role.verdict == .warn)
    #expect(role.fix?.contains("iam:GetRole") == true)
  }

  @Test func anotherRegionOfTheShellIsAWarning() async throws {
    let region = try #require(
      try await findings(environment: ["AWS_REGION": "us-east-1"]).first { $0.check == "region" })
    #expect(region.verdict == .warn)
  }

  @Test func withoutCredentialsNothingElseIsAsked() async throws {
    let findings = try await findings(environment: ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""])
    #expect(findings.map(\.check) == ["terraform", "region", "credentials"])
    #expect(findings.last?.verdict == .fail)
    #expect(findings.last?.fix?.contains("aws sso login") == true)
  }

  @Test func aMissingToolFails() async throws {
    let tool = try #require(try await findings(environment: ["PATH": "/nowhere"]).first)
    #expect(tool.verdict == .fail)
    #expect(tool.message.contains("neither terraform nor tofu"))
  }

  @Test func whatIsInUseCountsUntilTheEnvironmentIsThere() async throws {
    let missing = StubHTTPServer.Answer.text(
      404, "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>")
    var account = Account(quota: 5, role: missing)
    account.used = 5
    let before = try await findings(account).filter { $0.check == "quota" }
    let networks = try #require(before.first { $0.message.hasPrefix("VPCs") })
    #expect(networks.verdict == .fail)
    #expect(networks.message == "VPCs per region: 5, 5 in use, and 'stage' needs 1 for its network")
    #expect(networks.fix?.contains("--quota-code L-F678F1CE --desired-value 7") == true)
    #expect(before.first { $0.message.hasPrefix("application load balancers: 5, 5 in use") }?.verdict == .fail)
    #expect(before.first { $0.message.hasPrefix("elastic IP addresses: 5, 5 in use") }?.verdict == .fail)
    // What is there is among what is in use.
    account.role = Account().role
    let after = try await findings(account).filter { $0.check == "quota" && !$0.message.hasPrefix("Fargate") }
    #expect(after.allSatisfy { $0.verdict == .ok }, "\(after)")
  }

  @Test func whatAReleaseMayNotDoFailsAndIsNamed() async throws {
    var account = Account()
    account.denied = ["ecs:UpdateService", "iam:PassRole", "ec2:CreateVpc"]
    let permissions = try await findings(account).filter { $0.check == "permissions" }
    #expect(permissions.map(\.verdict) == [.fail, .warn])
    #expect(permissions[0].message == "may not release: ecs:UpdateService, iam:PassRole are not allowed")
    #expect(permissions[0].fix?.hasPrefix("allow it to arn:aws:iam::123456789012:user/me;") == true)
    #expect(permissions[1].message.hasPrefix("may not make the environment: ec2:CreateVpc, "))
  }

  @Test func aSessionIsLookedUpAsItsRole() async throws {
    var account = Account()
    account.caller = "arn:aws:sts::123456789012:assumed-role/x/me@example.org"
    account.denied = ["ecs:UpdateService"]
    let permissions = try #require(try await findings(account).first { $0.check == "permissions" })
    #expect(permissions.fix?.hasPrefix("allow it to arn:aws:iam::123456789012:role/x;") == true)
  }

  @Test func permissionsThatNobodyTellsAreUnknown() async throws {
    var account = Account()
    account.simulates = false
    let denied = try await findings(account).filter { $0.check == "permissions" }
    #expect(denied.map(\.verdict) == [.warn])
    #expect(denied[0].message.contains("not simulated"))
    #expect(denied[0].fix?.contains("iam:SimulatePrincipalPolicy") == true)
    account = Account()
    account.caller = "arn:aws:iam::123456789012:root"
    let root = try await findings(account).filter { $0.check == "permissions" }
    #expect(root.map(\.verdict) == [.warn])
    #expect(root[0].message.contains("arn:aws:iam::123456789012:root"))
  }

  @Test func natNeedsAnAddressForEachGateway() async throws {
    try await withTemporaryDirectory { folder in
      let (blueprint, aws) = try blueprint(in: folder)
      let needed = Quota.needed(by: blueprint, aws)
      #expect(needed.first { $0.code == "L-0263D0A3" }?.needed == aws.network.zones)
    }
  }
}
