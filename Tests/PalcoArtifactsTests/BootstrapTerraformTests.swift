import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoArtifacts

@Suite struct BootstrapTerraformTests {
  static func module(inBucket: Bool = false) throws -> TerraformModule {
    let blueprints = try ["stage", "production"].map { try ManifestMatrix.blueprint("full", $0) }
    return try BootstrapTerraform(blueprints, hasStateInBucket: inBucket).module()
  }

  @Test func theStateBucketIsVersionedEncryptedPrivateAndReachedByTLSOnly() throws {
    let module = try Self.module()
    let types = Set(module.resources.compactMap { $0.address?.description })
    for type in [
      "aws_s3_bucket", "aws_s3_bucket_versioning", "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_public_access_block", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy",
      "aws_s3_bucket_lifecycle_configuration",
    ] {
      #expect(types.contains("\(type).state"))
    }
    let text = module.rendered().map(\.contents).joined()
    #expect(text.contains("\"aws:SecureTransport\" = \"false\""))
    #expect(module[TerraformAddress("aws_s3_bucket", "state")]?.blocks("lifecycle").first?["prevent_destroy"] == true)
  }

  @Test func deployRolesArePinnedToRepositoryAndEnvironment() throws {
    let text = try Self.module().rendered().first { $0.name == "pipeline.tf" }?.contents ?? ""
    #expect(text.contains("\"token.actions.githubusercontent.com:sub\" = \"repo:example/shop:environment:stage\""))
    #expect(text.contains("\"token.actions.githubusercontent.com:sub\" = \"repo:example/shop:environment:production\""))
    #expect(text.contains("= \"sc://example/shop/aws-stage\""))
    #expect(!text.contains("StringLike"))
  }

  @Test func theStateMovesIntoTheBucketLater() throws {
    #expect(!(try Self.module().rendered()[0].contents.contains("backend \"s3\"")))
    let moved = try Self.module(inBucket: true).rendered()[0].contents
    #expect(moved.contains("use_lockfile = true"))
    #expect(moved.contains("\"shop/bootstrap/terraform.tfstate\""))
  }

  @Test func anIssuerThatTheAccountHasIsFoundAndNotMadeAgain() throws {
    let blueprints = try ["stage", "production"].map { try ManifestMatrix.blueprint("full", $0) }
    let names = try BootstrapTerraform(blueprints, hasStateInBucket: true).issuers.map(\.name)
    #expect(
      names == [
        "token.actions.githubusercontent.com", "vstoken.dev.azure.com/01234567-89ab-cdef-0123-456789abcdef",
      ])
    let module = try BootstrapTerraform(
      blueprints, hasStateInBucket: true, foundIssuers: ["token.actions.githubusercontent.com"]
    ).module()
    let addresses = module.resources.compactMap { $0.address?.description }.filter { $0.contains("openid") }
    #expect(
      addresses == ["data.aws_iam_openid_connect_provider.github", "aws_iam_openid_connect_provider.azure"])
    let text = module.rendered().first { $0.name == "pipeline.tf" }?.contents ?? ""
    #expect(text.contains("= data.aws_iam_openid_connect_provider.github.arn"))
    #expect(!text.contains("= aws_iam_openid_connect_provider.github.arn"))
  }

  @Test func theBucketIsAdoptedByItsAddress() {
    let text = TerraformModule(files: [BootstrapTerraform.adoption(of: "palco-shop-1-eu-west-1")]).rendered()[0]
      .contents
    #expect(BootstrapTerraform.bucketAddress == "aws_s3_bucket.state")
    #expect(text.contains("to = aws_s3_bucket.state\n"))
    #expect(text.contains("id = \"palco-shop-1-eu-west-1\"\n"))
  }

  @Test func theBucketsNameFitsS3() {
    let longest = BootstrapTerraform.stateBucket(
      project: String(repeating: "p", count: 20), account: "123456789012", region: "ap-southeast-1")
    #expect(longest.count <= 63)
  }
}
