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
    /// On a definition that stands on one of somebody else: which.
    static let base = "palco:base"
  }

  /// Streams are called `palco/CONTAINER/TASK`.
  static let logStreamPrefix = "palco"

  /// What is registered.
  let request: ECS.RegisterTaskDefinitionRequest
  /// A hash of all that the task definition says: equal hashes run the same.
  let hash: String
  private let version: String

  /// Plans a task definition.
  ///
  /// - Parameter newest: The family's newest revision. When others have a say in it (its roles, logs, volumes, secrets,
  ///   sizes), the new one is made of it.
  /// - Throws: ``ReleaseError`` with `environmentMissing` when there is nothing to stand on and it is not Palco's to
  ///   make, or it has no container of Palco's.
  init(image: PublishedImage, blueprint: Blueprint, access: CloudAccess, newest: RegisteredDefinition?) throws {
    let names = blueprint.names
    var tags = [
      ("palco:project", blueprint.project), ("palco:environment", blueprint.environment),
      (Tag.version, image.version), (Tag.digest, image.digest), (Tag.actor, access.actor),
    ]
    var request: ECS.RegisterTaskDefinitionRequest
    var foreignTags: [ECS.Tag] = []
    if let newest, newest.isShared || access.ownership == .terraform {
      request = try Self.request(on: newest, image: image, blueprint: blueprint)
      tags.append((Tag.base, newest.base ?? newest.name))
      foreignTags = newest.tags
    } else {
      guard let placement = access.placement else {
        throw ReleaseError(
          .environmentMissing,
          "there is no task definition '\(names.family)' to release on; run `palco up \(blueprint.environment)` first")
      }
      request = Self.request(image: image, blueprint: blueprint, region: access.aws.configuration.region, placement)
    }
    hash = try Self.hash(of: request)
    tags.append((Tag.definition, hash))
    let own = Set(tags.map(\.0))
    // ECS keeps `aws:` for itself.
    request.tags =
      foreignTags.filter { !own.contains($0.key ?? "") && $0.key?.hasPrefix("aws:") != true }
      + tags.map { ECS.Tag(key: $0.0, value: $0.1) }
    self.request = request
    version = image.version
  }

  /// Whether a definition is this one.
  func isSame(as definition: RegisteredDefinition) -> Bool {
    definition.hash == hash && definition.image?.version == version
  }

  /// A definition that Palco makes as a whole.
  private static func request(
    image: PublishedImage, blueprint: Blueprint, region: String, _ placement: CloudAccess.Placement
  ) -> ECS.RegisterTaskDefinitionRequest {
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
          "awslogs-group": names.logGroup, "awslogs-region": region, "awslogs-stream-prefix": logStreamPrefix,
        ]))
    return ECS.RegisterTaskDefinitionRequest(
      family: names.family, containerDefinitions: [container], executionRoleArn: placement.executionRoleARN,
      networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: String(service.cpu),
      memory: String(service.memory))
  }

  /// A definition made of another one: the image and the environment are new, everything else stays.
  private static func request(
    on base: RegisteredDefinition, image: PublishedImage, blueprint: Blueprint
  ) throws -> ECS.RegisterTaskDefinitionRequest {
    let old = base.definition
    var containers = old.containerDefinitions ?? []
    guard let index = containers.firstIndex(where: { $0.name == blueprint.names.container }) else {
      throw ReleaseError(
        .environmentMissing,
        "the task definition \(base.name) has no container '\(blueprint.names.container)' to release into; "
          + "run `palco up \(blueprint.environment)`")
    }
    containers[index].image = image.reference
    containers[index].environment = environment(of: blueprint, over: containers[index].environment ?? [])
    return ECS.RegisterTaskDefinitionRequest(
      family: blueprint.names.family, containerDefinitions: containers, taskRoleArn: old.taskRoleArn,
      executionRoleArn: old.executionRoleArn, networkMode: old.networkMode, volumes: old.volumes,
      placementConstraints: old.placementConstraints, requiresCompatibilities: old.requiresCompatibilities,
      cpu: old.cpu, memory: old.memory, pidMode: old.pidMode, ipcMode: old.ipcMode,
      proxyConfiguration: old.proxyConfiguration, inferenceAccelerators: old.inferenceAccelerators,
      ephemeralStorage: old.ephemeralStorage, runtimePlatform: old.runtimePlatform,
      enableFaultInjection: old.enableFaultInjection)
  }

  /// The blueprint's variables. A value that only Terraform knows is the one that it has set.
  private static func environment(of blueprint: Blueprint, over old: [ECS.KeyValuePair]) -> [ECS.KeyValuePair] {
    guard let variables = blueprint.aws?.task.environment else {
      return blueprint.service.environment.map { ECS.KeyValuePair(name: $0.name, value: $0.value) }
    }
    return variables.compactMap { variable in
      switch variable.value {
      case .literal(let text): ECS.KeyValuePair(name: variable.name, value: text)
      case .databaseHost: old.first { $0.name == variable.name }
      }
    }
  }

  /// The order of variables and secrets means nothing, and ECS need not keep it.
  private static func hash(of request: ECS.RegisterTaskDefinitionRequest) throws -> String {
    var request = request
    for index in request.containerDefinitions.indices {
      request.containerDefinitions[index].environment?.sort { ($0.name ?? "") < ($1.name ?? "") }
      request.containerDefinitions[index].secrets?.sort { $0.name < $1.name }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return PublishedImage.short(Digest.sha256(try encoder.encode(request)))
  }
}
