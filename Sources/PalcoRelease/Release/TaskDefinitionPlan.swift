import AWSWire
import Foundation
import OCIImages
import PalcoBlueprint

/// The task definition of one image in one environment, and the tags by which any machine knows it again.
struct TaskDefinitionPlan: Sendable {
  /// The names of the tags.
  enum Tag {
    static let version = "palco:version"
    static let digest = "palco:digest"
    static let definition = "palco:definition"
    static let actor = "palco:by"
  }

  /// What is registered.
  let request: ECS.RegisterTaskDefinitionRequest
  /// A hash of all that the task definition says: equal hashes run the same.
  let hash: String

  init(image: PublishedImage, blueprint: Blueprint, access: CloudAccess) throws {
    let service = blueprint.service
    let names = blueprint.names
    let container = ECS.ContainerDefinition(
      name: names.container, image: image.reference,
      portMappings: [ECS.PortMapping(containerPort: service.port, protocol: "tcp")], essential: true,
      environment: service.environment.map { ECS.KeyValuePair(name: $0.name, value: $0.value) },
      secrets: service.secrets.isEmpty
        ? nil : service.secrets.map { ECS.Secret(name: $0.name, valueFrom: $0.valueFrom) },
      stopTimeout: service.stopTimeoutSeconds,
      logConfiguration: ECS.LogConfiguration(
        logDriver: "awslogs",
        options: [
          "awslogs-group": names.logGroup, "awslogs-region": access.aws.configuration.region,
          "awslogs-stream-prefix": Self.logStreamPrefix,
        ]))
    var request = ECS.RegisterTaskDefinitionRequest(
      family: names.family, containerDefinitions: [container], executionRoleArn: access.placement.executionRoleARN,
      networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: String(service.cpu),
      memory: String(service.memory))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    hash = PublishedImage.short(Digest.sha256(try encoder.encode(request)))
    request.tags = [
      ("palco:project", blueprint.project), ("palco:environment", blueprint.environment),
      (Tag.version, image.version), (Tag.digest, image.digest), (Tag.definition, hash), (Tag.actor, access.actor),
    ].map { ECS.Tag(key: $0.0, value: $0.1) }
    self.request = request
  }

  /// Streams are called `palco/CONTAINER/TASK`.
  static let logStreamPrefix = "palco"
}

/// A task definition as a release's record sees it.
struct RegisteredDefinition: Sendable {
  let arn: String
  let image: PublishedImage?
  let hash: String?
  let actor: String?

  init(_ answer: ECS.DescribeTaskDefinitionResponse, container: String) {
    arn = answer.taskDefinition?.taskDefinitionArn ?? ""
    let tags = Dictionary((answer.tags ?? []).map { ($0.key ?? "", $0.value ?? "") }) { first, _ in first }
    hash = tags[TaskDefinitionPlan.Tag.definition]
    actor = tags[TaskDefinitionPlan.Tag.actor]
    let containers = answer.taskDefinition?.containerDefinitions ?? []
    let text = (containers.first { $0.name == container } ?? containers.first)?.image
    if let text, let at = text.range(of: "@sha256:") {
      let digest = "sha256:" + text[at.upperBound...]
      image = PublishedImage(
        repositoryURI: String(text[..<at.lowerBound]), digest: digest,
        version: tags[TaskDefinitionPlan.Tag.version] ?? PublishedImage.short(digest))
    } else {
      image = nil
    }
  }
}
