import AWSWire
import PalcoBlueprint

/// A task definition as a release's record sees it.
struct RegisteredDefinition: Sendable {
  let definition: ECS.TaskDefinition
  let tags: [ECS.Tag]
  let image: PublishedImage?

  init(_ answer: ECS.DescribeTaskDefinitionResponse, container: String) {
    definition = answer.taskDefinition ?? ECS.TaskDefinition()
    tags = answer.tags ?? []
    let containers = definition.containerDefinitions ?? []
    let text = (containers.first { $0.name == container } ?? containers.first)?.image
    if let text, let at = text.range(of: "@sha256:") {
      let digest = "sha256:" + text[at.upperBound...]
      let version = tags.first { $0.key == TaskDefinitionPlan.Tag.version }?.value
      image = PublishedImage(
        repositoryURI: String(text[..<at.lowerBound]), digest: digest,
        version: version ?? PublishedImage.short(digest))
    } else {
      image = nil
    }
  }

  var arn: String { definition.taskDefinitionArn ?? "" }
  /// `family:revision`.
  var name: String { String(arn.split(separator: "/").last ?? "") }
  /// The hash of what it says; `nil` for one that somebody else registered.
  var hash: String? { tag(TaskDefinitionPlan.Tag.definition) }
  var actor: String? { tag(TaskDefinitionPlan.Tag.actor) }
  /// The definition of somebody else that it stands on.
  var base: String? { tag(TaskDefinitionPlan.Tag.base) }
  /// Whether others than Palco have a say in it.
  var isShared: Bool { hash == nil || base != nil }

  private func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }
}
