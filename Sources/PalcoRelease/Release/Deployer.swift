import AWSClient
import AWSWire
import Foundation
import PalcoBlueprint

/// Starts releases of one environment.
public struct Deployer: Sendable {
  let access: CloudAccess
  let blueprint: Blueprint
  let reader: EnvironmentReader
  let finder: DeploymentFinder

  /// A deployer of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
    reader = EnvironmentReader(access, blueprint)
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// What came of asking for a release.
  public enum Start: Sendable {
    /// ECS has begun.
    case started(RunningRelease)
    /// This image serves already, just so. `settings` names what was changed without a release.
    case nothingToDo(PublishedImage, settings: [String])
    /// Another release is under way.
    case refused(reason: String)
  }

  /// Starts a release of an image.
  ///
  /// - Parameters:
  ///   - image: What is to serve.
  ///   - force: Start a release even when this image serves already, just so.
  ///   - supersede: Start it even when another release is under way, which ECS then stops.
  /// - Throws: `AWSError`, and ``ReleaseError`` with `environmentMissing`.
  public func start(_ image: PublishedImage, force: Bool = false, supersede: Bool = false) async throws -> Start {
    let path = try await reader.traffic()
    guard try await reader.cluster() != nil else {
      throw ReleaseError(
        .environmentMissing,
        "the environment '\(blueprint.environment)' was not made yet; run `palco up \(blueprint.environment)` first")
    }
    let newest = try await finder.newestDefinition()
    let plan = try TaskDefinitionPlan(image: image, blueprint: blueprint, access: access, newest: newest)
    let settings = ServicePlan(blueprint: blueprint, access: access)
    guard let service = try await reader.service(), service.status == "ACTIVE" else {
      guard let settings else {
        throw ReleaseError(
          .environmentMissing,
          "there is no service '\(blueprint.names.service)' in '\(blueprint.environment)'; "
            + "run `palco up \(blueprint.environment)` first")
      }
      return .started(try await create(image, plan, settings, after: newest, path))
    }
    if !supersede, let busy = try await underWay() { return .refused(reason: busy) }
    let current = try await finder.definition(try service.taskDefinition.required("taskDefinition"))
    let isSteady = service.deployments?.count == 1 && service.deployments?.first?.rolloutState == "COMPLETED"
    let isSameStrategy =
      settings == nil || (service.deploymentConfiguration?.strategy ?? "ROLLING") == settings?.strategy
    if !force, isSteady, isSameStrategy, current.hash == plan.hash {
      let differences = settings?.differences(from: service) ?? []
      if let settings, !differences.isEmpty {
        _ = try await access.aws.send(
          ECS.UpdateServiceRequest(
            service: blueprint.names.service, cluster: blueprint.names.cluster, desiredCount: blueprint.service.tasks,
            deploymentConfiguration: settings.deploymentConfiguration,
            healthCheckGracePeriodSeconds: blueprint.service.healthCheckGraceSeconds))
      }
      return .nothingToDo(current.image ?? image, settings: differences)
    }
    // A version label may be new where the task definition is not; the record tells the label, so it is registered anew.
    let definition = plan.isSame(as: current) ? current.arn : try await register(plan, after: newest)
    return .started(try await update(service, image, definition: definition, path))
  }

  /// Starts a release of a task definition that served before.
  func start(
    again definition: RegisteredDefinition, image: PublishedImage
  ) async throws -> Start {
    if let busy = try await underWay() { return .refused(reason: busy) }
    let service = try (try await reader.service()).required("service")
    return .started(try await update(service, image, definition: definition.arn, try await reader.traffic()))
  }

  /// Which other release is under way, in a line; `nil` when none is.
  func underWay() async throws -> String? {
    guard let brief = try await finder.briefs(DeploymentSnapshot.Status.underWay).first else { return nil }
    var text = "a release is under way in '\(blueprint.environment)'"
    if let arn = brief.targetServiceRevisionArn, let definition = try await finder.definition(ofRevision: arn) {
      if let version = definition.image?.version { text += ": \(version)" }
      if let actor = definition.actor { text += " by \(actor)" }
    }
    if let begin = brief.startedAt ?? brief.createdAt {
      text += ", for \(Duration.seconds(access.time.now().timeIntervalSince(begin)).text)"
    }
    return text
  }

  /// Registers a task definition, once.
  ///
  /// - Parameter newest: The family's newest revision before.
  func register(_ plan: TaskDefinitionPlan, after newest: RegisteredDefinition?) async throws -> String {
    // A release that broke off before ECS had begun has registered it already.
    if let newest, plan.isSame(as: newest) { return newest.arn }
    do {
      return try await send(plan)
    } catch AWSClientError.unknownOutcome {
      // No answer came, and it may have been done: a second revision of the same would stand in the record for nothing.
      if let found = try await finder.newestDefinition(), found.arn != newest?.arn, plan.isSame(as: found) {
        return found.arn
      }
      return try await send(plan)
    }
  }

  private func send(_ plan: TaskDefinitionPlan) async throws -> String {
    try (try await access.aws.send(plan.request).taskDefinition?.taskDefinitionArn).required("taskDefinitionArn")
  }

  private func create(
    _ image: PublishedImage, _ plan: TaskDefinitionPlan, _ settings: ServicePlan, after newest: RegisteredDefinition?,
    _ path: TrafficPath
  ) async throws -> RunningRelease {
    let definition = try await register(plan, after: newest)
    let service = try await access.aws.send(
      ECS.CreateServiceRequest(
        serviceName: blueprint.names.service, cluster: blueprint.names.cluster, taskDefinition: definition,
        loadBalancers: settings.loadBalancers(path), desiredCount: blueprint.service.tasks, launchType: "FARGATE",
        deploymentConfiguration: settings.deploymentConfiguration,
        networkConfiguration: settings.networkConfiguration,
        healthCheckGracePeriodSeconds: blueprint.service.healthCheckGraceSeconds,
        tags: [
          ECS.Tag(key: "palco:project", value: blueprint.project),
          ECS.Tag(key: "palco:environment", value: blueprint.environment),
        ])
    ).service.required("service")
    return try await running(service, image, definition, path)
  }

  private func update(
    _ service: ECS.Service, _ image: PublishedImage, definition: String, _ path: TrafficPath
  ) async throws -> RunningRelease {
    let request = updateRequest(service, definition: definition, path)
    let updated: ECS.Service
    do {
      updated = try await access.aws.send(request).service.required("service")
    } catch AWSClientError.unknownOutcome {
      // No answer came, and it may have been done: a second deployment of the same would take over from the first.
      let found = try (try await reader.service()).required("service")
      let isDone = Self.primary(of: found) != Self.primary(of: service)
      updated = isDone ? found : try await access.aws.send(request).service.required("service")
    }
    try await keepLeastTasks()
    return try await running(updated, image, definition, path)
  }

  /// What ECS calls the deployment that it is at.
  private static func primary(of service: ECS.Service) -> String? {
    service.deployments?.first { $0.status == "PRIMARY" }?.id
  }

  /// The change of a service that starts a release: with all settings where they are Palco's, else with the task
  /// definition and the pauses alone, which Terraform's provider cannot express.
  func updateRequest(_ service: ECS.Service, definition: String, _ path: TrafficPath) -> ECS.UpdateServiceRequest {
    var request = ECS.UpdateServiceRequest(
      service: blueprint.names.service, cluster: blueprint.names.cluster, taskDefinition: definition)
    guard let settings = ServicePlan(blueprint: blueprint, access: access) else {
      // The same task definition starts a deployment only when it is forced.
      if service.taskDefinition == definition { request.forceNewDeployment = true }
      // Terraform makes a service that waits for its first release without tasks.
      if service.desiredCount == 0 { request.desiredCount = blueprint.service.tasks }
      if let current = service.deploymentConfiguration, !current.pauses(as: blueprint.pauses) {
        request.deploymentConfiguration = current.pausing(as: blueprint.pauses)
      }
      return request
    }
    request.desiredCount = blueprint.service.tasks
    request.deploymentConfiguration = settings.deploymentConfiguration
    request.networkConfiguration = settings.networkConfiguration
    request.forceNewDeployment = true
    request.healthCheckGracePeriodSeconds = blueprint.service.healthCheckGraceSeconds
    request.loadBalancers = settings.loadBalancers(path)
    return request
  }

  private func running(
    _ service: ECS.Service, _ image: PublishedImage, _ definition: String, _ path: TrafficPath
  ) async throws -> RunningRelease {
    let brief = try await finder.deployment(startedBy: service)
    // What the service really does, whoever has set it.
    let strategy = service.deploymentConfiguration?.strategy ?? "ROLLING"
    return RunningRelease(
      deploymentARN: try brief.serviceDeploymentArn.required("serviceDeploymentArn"),
      revisionARN: try brief.targetServiceRevisionArn.required("targetServiceRevisionArn"),
      taskDefinitionARN: definition, image: image, strategy: strategy,
      trafficSteps: service.deploymentConfiguration?.trafficSteps ?? [],
      startedAt: brief.createdAt ?? access.time.now(), liveGroupARN: path.live.targetGroupArn,
      targetGroupARN: strategy == "ROLLING" ? path.live.targetGroupArn : path.idle.targetGroupArn)
  }
}
