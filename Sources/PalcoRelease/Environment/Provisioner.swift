import AWSWire
import PalcoBlueprint

/// Makes an environment as its blueprint says, and brings one that differs back to it.
///
/// Each step looks first and acts only on a difference, so a second run changes nothing, and a run that was cut short
/// is finished by the next. The service itself is made by the first deploy, because a service needs an image.
public struct Provisioner: Sendable {
  let access: CloudAccess
  let blueprint: Blueprint
  let reader: EnvironmentReader

  /// How many days log events are kept.
  static let logRetentionDays = 30
  /// The ports that are tried when the blueprint names none.
  static let portCandidates = Array(8080..<8180)

  /// A provisioner of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
    reader = EnvironmentReader(access, blueprint)
  }

  /// Where an environment is reached, and what was done to it.
  public struct Result: Sendable {
    /// The address for people.
    public var url: String
    /// Every resource, in the order of the steps.
    public var changes: [ResourceChange]
  }

  /// Makes the environment.
  ///
  /// - Parameter report: Told of each step when it is done.
  /// - Throws: `AWSError`, and ``ReleaseError`` with `portUnavailable` or `timedOut`.
  public func up(report: @Sendable (ResourceChange) -> Void) async throws -> Result {
    var changes: [ResourceChange] = []
    func done(_ change: ResourceChange) {
      changes.append(change)
      report(change)
    }
    done(try await repository())
    done(try await logGroup())
    done(try await cluster())
    let (loadBalancer, change) = try await loadBalancer()
    done(change)
    let (blue, blueChange) = try await targetGroup(blueprint.names.blueTargetGroup)
    done(blueChange)
    let (green, greenChange) = try await targetGroup(blueprint.names.greenTargetGroup)
    done(greenChange)
    let (listener, listenerChange) = try await listener(of: loadBalancer, blue: blue, green: green)
    done(listenerChange)
    if let change = try await testListener(of: loadBalancer, beside: listener) { done(change) }
    return Result(url: TrafficPath.url(loadBalancer, listener), changes: changes)
  }

  private var tags: [(key: String, value: String)] {
    [("palco:project", blueprint.project), ("palco:environment", blueprint.environment)]
  }

  var balancerTags: [ELBv2.Tag] { tags.map { ELBv2.Tag(key: $0.key, value: $0.value) } }

  private func repository() async throws -> ResourceChange {
    let name = blueprint.names.repository
    let found = try await access.aws.sendIfPresent(
      ECR.DescribeRepositoriesRequest(repositoryNames: [name]), absentCodes: ["RepositoryNotFoundException"])?
      .repositories?.first
    guard let found else {
      // Immutable: a tag that a release names can never come to mean another image. When the answer to a first try was
      // lost, the second one finds it there.
      _ = try await access.aws.send(
        ECR.CreateRepositoryRequest(
          repositoryName: name, tags: [ECR.Tag(key: "palco:project", value: blueprint.project)],
          imageTagMutability: "IMMUTABLE"), unless: ["RepositoryAlreadyExistsException"])
      return ResourceChange(.created, "repository", name)
    }
    guard found.imageTagMutability == "IMMUTABLE" else {
      _ = try await access.aws.send(
        ECR.PutImageTagMutabilityRequest(repositoryName: name, imageTagMutability: "IMMUTABLE"))
      return ResourceChange(.changed, "repository", name, detail: "its tags are immutable again")
    }
    return ResourceChange(.unchanged, "repository", name)
  }

  private func logGroup() async throws -> ResourceChange {
    let name = blueprint.names.logGroup
    let found = try await access.aws.send(Logs.DescribeLogGroupsRequest(logGroupNamePrefix: name)).logGroups?.first {
      $0.logGroupName == name
    }
    if found == nil {
      _ = try await access.aws.send(
        Logs.CreateLogGroupRequest(
          logGroupName: name, tags: Dictionary(tags.map { ($0.key, $0.value) }) { first, _ in first }),
        unless: ["ResourceAlreadyExistsException"])
    }
    let retentionDiffers = found?.retentionInDays != Self.logRetentionDays
    if retentionDiffers {
      _ = try await access.aws.send(
        Logs.PutRetentionPolicyRequest(logGroupName: name, retentionInDays: Self.logRetentionDays))
    }
    let kept = "events are kept \(Self.logRetentionDays) days"
    if found == nil { return ResourceChange(.created, "log group", name, detail: kept) }
    return ResourceChange(
      retentionDiffers ? .changed : .unchanged, "log group", name, detail: retentionDiffers ? kept : nil)
  }

  private func cluster() async throws -> ResourceChange {
    let name = blueprint.names.cluster
    guard try await reader.cluster() == nil else { return ResourceChange(.unchanged, "cluster", name) }
    _ = try await access.aws.send(
      ECS.CreateClusterRequest(clusterName: name, tags: tags.map { ECS.Tag(key: $0.key, value: $0.value) }))
    return ResourceChange(.created, "cluster", name)
  }
}
