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
