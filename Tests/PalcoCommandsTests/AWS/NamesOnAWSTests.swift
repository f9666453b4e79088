import Foundation
import PalcoArtifacts
import PalcoBlueprint
import Testing

@testable import PalcoRelease

/// A release finds by name what Terraform has made: both must mean the same.
@Suite struct NamesOnAWSTests {
  private static let blueprints: [Blueprint] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("PalcoBlueprintTests/Fixtures/aws")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yml") }.sorted().flatMap { file -> [Blueprint] in
      guard let manifest = try? ManifestFile.load(path: folder.appendingPathComponent(file).path) else { return [] }
      return manifest.environments.compactMap { try? manifest.blueprint(for: $0) }.filter { $0.target == .aws }
    }
  }()

  @Test func thereAreManifests() { #expect(Self.blueprints.count >= 10) }

  @Test func terraformCallsThingsAsReleasesDo() throws {
    for blueprint in Self.blueprints {
      let module = try EnvironmentTerraform(blueprint).module()
      let names = blueprint.names
      func value(_ type: String, _ label: String, _ argument: String) -> TerraformValue? {
        let value = module.resources.first { $0.labels == [type, label] }?[argument]
        guard case .expression(let text) = value, text.hasPrefix("local.") else { return value }
        let locals = module.files.flatMap(\.blocks).filter { $0.type == "locals" }
        return locals.compactMap { $0[String(text.dropFirst("local.".count))] }.first
      }
      #expect(value("aws_ecs_cluster", "main", "name") == .text(names.cluster))
      #expect(value("aws_ecs_service", "main", "name") == .text(names.service))
      #expect(value("aws_ecs_task_definition", "main", "family") == .text(names.family))
      #expect(value("aws_lb", "main", "name") == .text(names.loadBalancer))
      #expect(value("aws_lb_target_group", "blue", "name") == .text(names.blueTargetGroup))
      #expect(value("aws_lb_target_group", "green", "name") == .text(names.greenTargetGroup))
      #expect(value("aws_cloudwatch_log_group", "service", "name") == .text(names.logGroup))
      #expect(value("aws_ecr_repository", "main", "name") == .text(names.repository))
      #expect(
        value("aws_lb_listener", "production", "port").map { "\($0)" }
          == blueprint.aws.map { "\(TerraformValue.integer($0.balancer.productionPort))" })
      let task = try #require(module.rendered().first { $0.name == "task.tf" }?.contents)
      #expect(task.contains(#"= "\#(names.container)""#))
      #expect(task.contains(#"= "\#(TaskDefinitionPlan.logStreamPrefix)""#))
    }
  }
}
