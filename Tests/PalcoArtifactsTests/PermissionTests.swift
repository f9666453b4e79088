import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoArtifacts

@Suite struct PermissionTests {
  @Test(arguments: ManifestMatrix.cases)
  func everyResourceTypeSaysWhatMakingItTakes(in item: ManifestMatrix.Case) throws {
    let module = try EnvironmentTerraform(item.blueprint).module()
    for address in module.resources.compactMap(\.address) where address.mode == .resource {
      #expect(TerraformActions.ofType[address.resourceType] != nil, "\(address)")
    }
    let needed = TerraformActions.needed(by: module)
    #expect(needed.contains("ec2:CreateVpc") && needed == needed.sorted() && Set(needed).count == needed.count)
  }

  @Test func aPipelineMayDoWhatAReleaseNeedsAndNothingElse() throws {
    let blueprint = try ManifestMatrix.blueprint("full", "production")
    let needed = ReleasePermission.all(for: blueprint, try #require(blueprint.aws))
    let module = try BootstrapTerraform([blueprint], hasStateInBucket: true).module()
    let text = module.rendered().first { $0.name == "pipeline.tf" }?.contents ?? ""
    for permission in needed {
      #expect(text.contains("\"\(permission.purpose)\""))
      for action in permission.actions { #expect(text.contains("\"\(action)\""), "\(action)") }
    }
    // A release reads the traffic of both colours, and answers pauses.
    let actions = Set(needed.flatMap(\.actions))
    #expect(actions.isSuperset(of: ["cloudwatch:GetMetricData", "ecs:ContinueServiceDeployment", "ecs:UpdateService"]))
    let written = Set(text.matches(of: /"([a-z0-9-]+:[A-Z][A-Za-z]+)"/).map { String($0.output.1) })
    #expect(written == actions.union(["sts:AssumeRoleWithWebIdentity", "iam:PassedToService"]))
  }

  @Test func resourcesHaveTheirARNs() throws {
    let cluster = ReleasePermission.Resource.regional(service: "ecs", path: "cluster/shop-stage")
    #expect(
      cluster.arn(partition: "aws-cn", region: "cn-north-1", account: "1")
        == "arn:aws-cn:ecs:cn-north-1:1:cluster/shop-stage")
    #expect(
      ReleasePermission.Resource.role("r").arn(partition: "aws", region: "x", account: "1") == "arn:aws:iam::1:role/r")
    #expect(ReleasePermission.Resource.any.arn(partition: "aws", region: "x", account: "1") == "*")
  }
}
