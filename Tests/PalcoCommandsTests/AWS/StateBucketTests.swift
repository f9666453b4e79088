import AWSClient
import AsyncHTTPClient
import Foundation
import PalcoTerraform
import Testing

@testable import PalcoCommands

@Suite struct StateBucketTests {
  private static let nothing = StateBucket.Answer(status: 404, body: "<Error><Code>None</Code></Error>")
  private static let privateList = StateBucket.Answer(
    status: 200, body: "<AccessControlPolicy><Grant><Grantee><ID>me</ID></Grantee></Grant></AccessControlPolicy>")

  private static func block(_ values: [Bool]) -> StateBucket.Answer {
    let names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    let elements = zip(names, values).map { "<\($0)>\($1)</\($0)>" }.joined()
    return StateBucket.Answer(
      status: 200, body: "<PublicAccessBlockConfiguration>\(elements)</PublicAccessBlockConfiguration>")
  }

  private static func group(_ name: String) -> StateBucket.Answer {
    StateBucket.Answer(status: 200, body: "<URI>http://acs.amazonaws.com/groups/global/\(name)</URI>")
  }

  private static let openPolicy = StateBucket.Answer(
    status: 200, body: "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>")

  @Test func aBucketWithoutAnySettingIsPrivate() {
    #expect(
      StateBucket.condition(accessBlock: Self.nothing, policyStatus: Self.nothing, acl: Self.privateList) == .isPrivate)
  }

  @Test(arguments: ["AllUsers", "AuthenticatedUsers"])
  func aListThatLetsAnybodyInIsPublic(name: String) {
    let condition = StateBucket.condition(
      accessBlock: Self.block([false, false, true, true]), policyStatus: Self.nothing, acl: Self.group(name))
    #expect(condition == .isPublic("its access control list lets anybody in"))
  }

  @Test func aPolicyThatLetsAnybodyInIsPublic() {
    let condition = StateBucket.condition(
      accessBlock: Self.nothing, policyStatus: Self.openPolicy, acl: Self.privateList)
    #expect(condition == .isPublic("its policy lets anybody in"))
  }

  @Test func whatIsBlockedOpensNothing() {
    #expect(
      StateBucket.condition(
        accessBlock: Self.block([true, true, true, true]), policyStatus: Self.openPolicy, acl: Self.group("AllUsers"))
        == .isPrivate)
  }

  @Test func oneSwitchThatIsOffBlocksNothing() {
    #expect(
      StateBucket.condition(
        accessBlock: Self.block([true, true, true, false]), policyStatus: Self.openPolicy, acl: Self.privateList)
        != .isPrivate)
  }
}

@Suite struct BootstrapStartTests {
  private let bucket = StateBucket(
    name: "palco-shop-123456789012-eu-west-1",
    session: AWSSession(
      configuration: AWSConfiguration(
        region: "eu-west-1", credentials: StaticCredentials(AWSCredentials(accessKey: "a", secretKey: "b"))),
      http: .shared,
      client: AWSClient(
        configuration: AWSConfiguration(
          region: "eu-west-1", credentials: StaticCredentials(AWSCredentials(accessKey: "a", secretKey: "b"))),
        http: .shared, logger: AWSSession.logger),
      account: "123456789012", caller: "arn:aws:iam::123456789012:user/me"))

  private func start(
    _ condition: StateBucket.Condition, isInBucket: Bool = false, hasFile: Bool = false
  ) throws -> Bootstrap.Start {
    try Bootstrap.start(condition, bucket: bucket, isInBucket: isInBucket, hasFile: hasFile)
  }

  @Test func aNewAccountStartsWithAFile() throws { #expect(try start(.absent) == .file) }

  @Test func whatIsInTheBucketStaysThere() throws {
    #expect(try start(.isPrivate, isInBucket: true, hasFile: true) == .bucket)
  }

  @Test func whatWasCutShortIsFinishedFromItsFile() throws { #expect(try start(.isPrivate, hasFile: true) == .file) }

  @Test func aPublicBucketIsRefusedWithTheCommandThatClosesIt() throws {
    let error = #expect(throws: CommandError.self) {
      try start(.isPublic("its policy lets anybody in"), isInBucket: true)
    }
    #expect(error?.status == .refused)
    #expect(error?.message.contains("put-public-access-block --bucket palco-shop-123456789012-eu-west-1") == true)
  }

  @Test func aBucketOfSomebodyElseIsRefused() throws {
    let error = #expect(throws: CommandError.self) { try start(.forbidden) }
    #expect(error?.message.contains("belongs to another account") == true)
  }

  @Test func aBucketWithoutAStateIsRefused() throws {
    let error = #expect(throws: CommandError.self) { try start(.isPrivate) }
    #expect(error?.message.contains("holds no state of its own making") == true)
  }

  @Test func cloudsOfOnesOwnAreReachedByPath() {
    #expect(bucket.backend(environment: [:]).map(\.name) == ["bucket"])
    #expect(
      bucket.backend(environment: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]).map(\.name) == [
        "bucket", "use_path_style",
      ])
  }
}
