import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoArtifacts

@Suite struct ScannerExceptionTests {
  @Test func everyExceptionHasAReasonAndIsNeededSomewhere() throws {
    var used: Set<String> = []
    for (_, blueprints) in ManifestMatrix.manifests {
      for var blueprint in blueprints {
        for hasKey in [true, false] {
          blueprint.aws?.logs.encryptedWithOwnKey = hasKey
          let module = try EnvironmentTerraform(blueprint).module()
          used.formUnion(ScannerExceptions.exceptions(in: module, for: blueprint.aws).map { "\($0.rule) \($0.reason)" })
        }
      }
      let bootstrap = try BootstrapTerraform(blueprints, hasStateInBucket: false).module()
      used.formUnion(ScannerExceptions.exceptions(in: bootstrap, for: nil).map { "\($0.rule) \($0.reason)" })
    }
    for entry in ScannerExceptions.all {
      #expect(entry.reason.count > 20)
      // checkov ends a reason at a colon of its own kind only; a line break would end the comment.
      #expect(!entry.reason.contains("\n"))
      let isUsed = used.contains("\(entry.rule) \(entry.reason)")
      #expect(isUsed, "\(entry.rule) on \(entry.type) is accepted nowhere")
    }
  }

  @Test func aProtectedEnvironmentIsExcusedFromNothingThatItHas() throws {
    let blueprint = try ManifestMatrix.blueprint("full", "production")
    let module = try EnvironmentTerraform(blueprint).module()
    let rules = Set(ScannerExceptions.exceptions(in: module, for: blueprint.aws).map(\.rule))
    #expect(rules.isDisjoint(with: ["CKV_AWS_150", "CKV_AWS_293", "CKV_AWS_157", "AWS-0054", "AWS-0095"]))
  }

  @Test func theReasonStandsBesideTheResource() throws {
    let text = try ManifestMatrix.module("full", "production").rendered().first { $0.name == "balancer.tf" }?.contents
    #expect(text?.contains("# trivy:ignore:AWS-0053\nresource \"aws_lb\" \"main\" {\n") == true)
    #expect(text?.contains("  # checkov:skip=CKV2_AWS_28:") == true)
  }

  @Test func theInventoryOfTheDocumentationIsTrue() throws {
    let shown = [
      ("full", "production"), ("fargate-none-rds", "production"), ("ec2-instance-ec2-bastion", "stage"),
      ("short", "stage"),
    ]
    let titles = [
      "RDS, gateways in 3 zones", "no NAT, endpoints", "thrifty: instances, bastion", "shortest manifest",
    ]
    var exceptions: [ScannerException] = []
    var environments: [(title: String, module: TerraformModule)] = []
    for (title, item) in zip(titles, shown) {
      let blueprint = try ManifestMatrix.blueprint(item.0, item.1)
      let module = try EnvironmentTerraform(blueprint).module()
      environments.append((title, module))
      exceptions += ScannerExceptions.exceptions(in: module, for: blueprint.aws)
    }
    let bootstrap = try BootstrapTerraformTests.module()
    exceptions += ScannerExceptions.exceptions(in: bootstrap, for: nil)
    let page = ResourceInventory.markdown(environments: environments, bootstrap: bootstrap, exceptions: exceptions)
    let file = ManifestMatrix.root.appendingPathComponent("docs/aws-resources.md")
    if ProcessInfo.processInfo.environment["PALCO_UPDATE_DOCS"] == "1" { try Data(page.utf8).write(to: file) }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written == page, "run this test with PALCO_UPDATE_DOCS=1 to write docs/aws-resources.md anew")
  }
}
