import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Testing

@testable import PalcoCommands

/// What this room asks of AWS, against a server that answers as AWS does.
@Suite struct AskingAWSTests {
  func withSession<Result: Sendable>(
    _ answer: @escaping @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer,
    body: (AWSSession, StubHTTPServer) async throws -> Result
  ) async throws -> Result {
    try await StubHTTPServer.run(answer) { server in
      let configuration = AWSConfiguration(
        region: "eu-west-1", endpoint: server.url,
        credentials: StaticCredentials(AWSCredentials(accessKey: "AKID", secretKey: "secret")))
      let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .aws)
      let session = AWSSession(
        configuration: configuration, http: http,
        client: AWSClient(configuration: configuration, http: http, logger: AWSSession.logger), account: "123456789012",
        caller: "arn:aws:iam::123456789012:user/me")
      do {
        let result = try await body(session, server)
        try await http.shutdown()
        return result
      } catch {
        try? await http.shutdown()
        throw error
      }
    }
  }

  @Test(arguments: [(404, StateBucket.Condition.absent), (403, .forbidden), (200, .isPrivate)])
  func theStatusOfABucketIsItsCondition(status: Int, condition: StateBucket.Condition) async throws {
    try await withSession { request in
      request.method == "HEAD" ? .text(status, "") : .text(404, "<Error/>")
    } body: {
      session, server in
      let found = try await StateBucket(name: "b", session: session).condition()
      #expect(found == condition)
      let head = try #require(server.requests.first)
      #expect(head.target == "/b")
      #expect(head.header("Authorization")?.contains("/eu-west-1/s3/aws4_request") == true)
      #expect(head.header("X-Amz-Content-Sha256")?.count == 64)
    }
  }

  @Test func aPublicPolicyIsSeen() async throws {
    try await withSession { request in
      request.target.hasSuffix("?policyStatus=")
        ? .text(200, "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>")
        : .text(request.method == "HEAD" ? 200 : 404, "")
    } body: { session, _ in
      let bucket = StateBucket(name: "b", session: session)
      let condition = try await bucket.condition()
      #expect(condition == .isPublic("its policy lets anybody in"))
      let error = await #expect(throws: CommandError.self) { try await bucket.refuseUnlessUsable() }
      #expect(error?.status == .refused)
    }
  }

  @Test func aBucketOfAnotherRegionIsRefused() async throws {
    try await withSession { _ in
      .text(301, "")
    } body: { session, _ in
      let error = await #expect(throws: CommandError.self) {
        try await StateBucket(name: "b", session: session).condition()
      }
      #expect(error?.message.contains("another region than eu-west-1") == true)
    }
  }

  @Test func aMissingBucketSaysHowToMakeIt() async throws {
    try await withSession { _ in
      .text(404, "")
    } body: { session, _ in
      let error = await #expect(throws: CommandError.self) {
        try await StateBucket(name: "b", session: session).refuseUnlessUsable()
      }
      #expect(error?.message.contains("palco bootstrap") == true)
    }
  }

  @Test func nothingIsDoneWhileADeploymentIsUnderWay() async throws {
    let names = ResourceNames(project: "shop", environment: "stage")
    let arn = "arn:aws:ecs:eu-west-1:123456789012:service-deployment/shop-stage/shop/1"
    try await withSession { _ in
      .text(200, #"{"serviceDeployments":[{"serviceDeploymentArn":"\#(arn)","status":"IN_PROGRESS"}]}"#)
    } body: { session, server in
      let error = await #expect(throws: CommandError.self) {
        try await DeploymentGuard.refuse("stage", names: names, client: session.client)
      }
      #expect(error?.status == .refused)
      #expect(error?.message.contains(arn) == true)
      let body = String(decoding: try #require(server.requests.first).body, as: UTF8.self)
      for status in DeploymentGuard.underWay { #expect(body.contains(status)) }
    }
  }

  @Test(arguments: [
    (200, #"{"serviceDeployments":[]}"#), (400, #"{"__type":"ClusterNotFoundException","message":"no"}"#),
    (400, #"{"__type":"ServiceNotFoundException","message":"no"}"#),
  ])
  func withoutADeploymentNothingIsInTheWay(status: Int, text: String) async throws {
    let names = ResourceNames(project: "shop", environment: "stage")
    try await withSession { _ in
      .text(status, text)
    } body: { session, _ in
      try await DeploymentGuard.refuse("stage", names: names, client: session.client)
    }
  }

  @Test func rolesAndQuotasAreRead() async throws {
    try await withSession { request in
      let body = String(decoding: request.body, as: UTF8.self)
      if body.contains("Action=GetRole") {
        return .text(
          200,
          """
          <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
          <Arn>arn:aws:iam::123456789012:role/x</Arn></Role></GetRoleResult></GetRoleResponse>
          """)
      }
      if body.contains("Action=ListAttachedRolePolicies") {
        return .text(
          200,
          """
          <ListAttachedRolePoliciesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
          <ListAttachedRolePoliciesResult><AttachedPolicies><member><PolicyName>P</PolicyName></member></AttachedPolicies>
          </ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>
          """)
      }
      return .text(200, #"{"Quota":{"QuotaCode":"L-3032A538","Value":6.0}}"#)
    } body: { session, server in
      let role = try await session.iam.send(IAM.GetRoleRequest(roleName: "x")).role
      #expect(role?.arn == "arn:aws:iam::123456789012:role/x")
      let policies = try await session.iam.send(IAM.ListAttachedRolePoliciesRequest(roleName: "x"))
      #expect(policies.attachedPolicies?.map(\.policyName) == ["P"])
      let quota = try await session.client.send(
        ServiceQuotas.GetServiceQuotaRequest(serviceCode: "fargate", quotaCode: "L-3032A538"))
      #expect(quota.quota?.value == 6)
      #expect(server.requests.last?.header("X-Amz-Target") == "ServiceQuotasV20190624.GetServiceQuota")
      #expect(server.requests.first?.header("Authorization")?.contains("/us-east-1/iam/") == true)
      #expect(String(decoding: server.requests[0].body, as: UTF8.self).contains("RoleName=x"))
    }
  }

  @Test func iamIsAskedWhereItsPartitionHasIt() throws {
    func host(_ region: String) throws -> String {
      let configuration = AWSConfiguration(
        region: region, credentials: StaticCredentials(AWSCredentials(accessKey: "a", secretKey: "b")))
      let session = AWSSession(
        configuration: configuration, http: .shared,
        client: AWSClient(configuration: configuration, http: .shared, logger: AWSSession.logger), account: "",
        caller: "")
      return try session.iam.configuration.endpoint(of: IAM.service).absoluteString
    }
    #expect(try host("eu-west-1") == "https://iam.amazonaws.com")
    #expect(try host("cn-northwest-1") == "https://iam.cn-north-1.amazonaws.com.cn")
    #expect(try host("us-gov-east-1") == "https://iam.us-gov.amazonaws.com")
  }
}
