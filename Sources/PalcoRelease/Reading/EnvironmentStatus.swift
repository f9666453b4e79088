import AWSWire
import Foundation
import PalcoBlueprint

/// What serves in one environment, at one moment.
public struct EnvironmentStatus: Sendable, Equatable, Encodable {
  /// One target group.
  public struct Colour: Sendable, Equatable, Encodable {
    /// `blue` or `green`.
    public var name: String
    /// Its weight in the production rule.
    public var weight: Int
    /// Targets that pass their health checks.
    public var healthy: Int
    /// All targets but those that drain.
    public var registered: Int
  }

  /// The environment.
  public var environment: String
  /// `absent`, `no release yet`, `steady`, `releasing`, `degraded` or `deleting`.
  public var state: String
  /// Where people reach it.
  public var url: String?
  /// Where new tasks answer before production traffic moves, where people reach that.
  public var testURL: String?
  /// The strategy's name on the wire, as in `BLUE_GREEN`.
  public var strategy: String?
  /// What people call the image that the service asks for.
  public var version: String?
  /// Its digest.
  public var digest: String?
  /// Tasks asked for.
  public var desiredTasks: Int?
  /// Tasks that run.
  public var runningTasks: Int?
  /// The target groups.
  public var colours: [Colour]
  /// The release under way and its stage.
  public var release: String?
  /// Whether the release waits for somebody.
  public var isWaiting = false
  /// What went wrong last, in ECS's words.
  public var lastEvent: String?
}

/// Reads the status of environments.
public struct StatusReader: Sendable {
  private let access: CloudAccess
  private let blueprint: Blueprint
  private let reader: EnvironmentReader
  private let finder: DeploymentFinder

  /// A reader of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
    reader = EnvironmentReader(access, blueprint)
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// The status now.
  public func status() async throws -> EnvironmentStatus {
    var status = EnvironmentStatus(environment: blueprint.environment, state: "absent", colours: [])
    let path: TrafficPath
    do {
      path = try await reader.traffic()
    } catch let error as ReleaseError where error.code == .environmentMissing {
      return status
    }
    status.url = path.url
    // On AWS it is open inside the VPC only.
    if blueprint.service.testListenerPort != nil, blueprint.aws == nil { status.testURL = path.testURL }
    for (name, group) in [("blue", path.blue), ("green", path.green)] {
      let targets = ReleaseProgress.Targets(
        try await access.aws.send(ELBv2.DescribeTargetHealthRequest(targetGroupArn: group.targetGroupArn))
          .targetHealthDescriptions)
      status.colours.append(
        .init(
          name: name, weight: path.weights[group.targetGroupArn] ?? 0, healthy: targets.healthy,
          registered: targets.registered))
    }
    guard let service = try await reader.service() else {
      status.state = "no release yet"
      return status
    }
    status.strategy = service.deploymentConfiguration?.strategy ?? "ROLLING"
    status.desiredTasks = service.desiredCount
    status.runningTasks = service.runningCount
    if let arn = service.taskDefinition {
      let image = try await finder.definition(arn).image
      status.version = image?.version
      status.digest = image?.digest
    }
    if service.status == "DRAINING" {
      status.state = "deleting"
    } else if let brief = try await finder.briefs(DeploymentSnapshot.Status.underWay).first,
      let arn = brief.serviceDeploymentArn
    {
      let deployment = try await finder.describe(arn)
      status.state = "releasing"
      status.isWaiting = try !DeploymentSnapshot(deployment).waiting.isEmpty
      status.release = [deployment.lifecycleStage ?? deployment.status, "for \(age(of: deployment))"].compactMap { $0 }
        .joined(separator: " ")
    } else {
      let live = status.colours.max { $0.weight < $1.weight }
      let isWhole = (service.runningCount ?? 0) >= (service.desiredCount ?? 0) && live?.healthy == live?.registered
      status.state = isWhole && (live?.healthy ?? 0) > 0 ? "steady" : "degraded"
      if status.state == "degraded" { status.lastEvent = service.events?.first?.message }
    }
    return status
  }

  private func age(of deployment: ECS.ServiceDeployment) -> String {
    let begin = deployment.startedAt ?? deployment.createdAt ?? access.time.now()
    return Duration.seconds(access.time.now().timeIntervalSince(begin)).text
  }
}
