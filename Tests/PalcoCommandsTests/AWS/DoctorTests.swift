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

    func answer(_ request: StubHTTPServer.Request) -> StubHTTPServer.Answer {
      let body = String(decoding: request.body, as: UTF8.self)
      if request.method == "HEAD" { return .text(bucket, "") }
      if request.method == "GET" { return .text(404, "") }
      if body.contains("Action=GetCallerIdentity") {
        return .text(
          200,
          """
          <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>
          <Arn>arn:aws:iam::123456789012:user/me</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>
          """)
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
      return .text(200, #"{"Quota":{"Value":\#(quota)}}"#)
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
        "terraform", "region", "credentials", "state", "infrastructure role", "quota", "quota", "quota",
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
    #expect(quota.message == "Fargate On-Demand vCPUs: 6, and 'stage' needs 12 for 12 tasks, twice during a release")
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

  @Test func natNeedsAnAddressForEachGateway() async throws {
    try await withTemporaryDirectory { folder in
      let (blueprint, aws) = try blueprint(in: folder)
      let needed = Quota.needed(by: blueprint, aws)
      #expect(needed.first { $0.code == "L-0263D0A3" }?.needed == aws.network.zones)
    }
  }
}
