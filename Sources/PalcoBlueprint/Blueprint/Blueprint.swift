import PalcoReliability

/// Everything that one environment of a project consists of, as values: no I/O, nothing left to decide.
public struct Blueprint: Codable, Sendable, Equatable {
  /// The project's name, `name` in the manifest.
  public var project: String
  /// The environment's name, as in `stage`.
  public var environment: String
  /// Where the environment lives.
  public var target: TargetKind
  /// The AWS region, or nil for the one that the caller's configuration names.
  public var region: String?
  /// What the image is made of.
  public var image: ImageRecipe
  /// What runs.
  public var service: ServiceBlueprint
  /// How one image takes over from another.
  public var release: ReleaseStrategy
  /// What the environment promises its users; releases are judged by it.
  public var objectives: ServiceObjectives
  /// Where releases are judged from; nil for CloudWatch.
  public var prometheus: PrometheusQueries?
  /// Where a release waits for somebody, or nil when it never does.
  public var pauses: ReleasePauses?
  /// What the environment's resources are called.
  public var names: ResourceNames
  /// What it consists of on AWS; nil when it lives elsewhere.
  public var aws: AWSInfrastructure?

  /// Makes a blueprint; `names` follow from the project and the environment unless they are given.
  public init(
    project: String, environment: String, target: TargetKind, region: String? = nil, image: ImageRecipe,
    service: ServiceBlueprint, release: ReleaseStrategy, objectives: ServiceObjectives = ServiceObjectives(),
    prometheus: PrometheusQueries? = nil,
    pauses: ReleasePauses? = nil, names: ResourceNames? = nil, aws: AWSInfrastructure? = nil
  ) {
    self.project = project
    self.environment = environment
    self.target = target
    self.region = region
    self.image = image
    self.service = service
    self.release = release
    self.objectives = objectives
    self.prometheus = prometheus
    self.pauses = pauses
    self.names = names ?? ResourceNames(project: project, environment: environment)
    self.aws = aws
  }
}

/// Where an environment lives.
public enum TargetKind: String, Codable, Sendable, CaseIterable {
  /// The local cloud on this machine.
  case local
  /// An account of AWS.
  case aws
}
