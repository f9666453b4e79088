/// Everything that an environment consists of on AWS besides its image: values with references between them, nothing
/// left to decide, no account number and no provider's syntax in it. Terraform is generated from this.
public struct AWSInfrastructure: Codable, Sendable, Equatable {
  /// The region, one that is known.
  public var region: String
  /// Whether the environment must not be deleted by accident: true for production. What follows from it (deletion
  /// protection, final snapshots, zones for everything) is spelled out in the parts.
  public var isProtected: Bool
  /// What the resources are called, beyond the blueprint's own names.
  public var names: AWSNames
  /// The VPC.
  public var network: Network
  /// Who may speak with whom, in the order of `SecurityGroupRole`; only the groups that something uses.
  public var securityGroups: [SecurityGroup]
  /// The name in DNS, or nil for the load balancer's own name and plain HTTP.
  public var domain: Domain?
  /// The Application Load Balancer.
  public var balancer: Balancer
  /// The image repository. It is the project's, not the environment's: a release moves a digest between environments.
  public var registry: Registry
  /// The ECS cluster.
  public var cluster: Cluster
  /// What the task definition says beyond the blueprint's service.
  public var task: TaskSettings
  /// Where tasks run.
  public var capacity: Capacity
  /// How many tasks run, by load.
  public var scaling: ServiceScaling
  /// What watches and stops a deployment, beside the blueprint's strategy.
  public var release: ReleaseGuards
  /// The database.
  public var database: Database
  /// How people get in.
  public var access: Access
  /// Log groups.
  public var logs: Logs
  /// The alarms, in a fixed order.
  public var alarms: [Alarm]
  /// Who hears of alarms.
  public var topic: Topic
  /// Which pipelines may deploy.
  public var pipeline: Pipeline
  /// The tags of every resource.
  public var tags: Tags
}

/// What the resources of one environment are called, beyond `ResourceNames`. All are shorter than their services allow:
/// project and environment have at most 20 characters each.
public struct AWSNames: Codable, Sendable, Equatable {
  /// The start of every name and `Name` tag, `shop-stage`.
  public var prefix: String
  /// The role with which ECS starts tasks, `shop-stage-execution`.
  public var executionRole: String
  /// The role that the program has, `shop-stage-task`.
  public var taskRole: String
  /// The role with which ECS moves traffic, `shop-stage-ecs-infrastructure`.
  public var infrastructureRole: String
  /// The role with which flow logs are written, `shop-stage-flow-logs`.
  public var flowLogsRole: String
  /// The role and instance profile of container instances, `shop-stage-instance`.
  public var instanceRole: String
  /// The role of the pipeline that deploys this environment, `shop-stage-deploy`.
  public var deployRole: String
  /// The database's identifier, `shop-stage`.
  public var database: String
  /// The secret of a database on EC2, `/palco/shop/stage/database`.
  public var databaseSecret: String
  /// The capacity provider of container instances, `shop-stage`.
  public var capacityProvider: String
  /// The key's alias, `alias/palco-shop-stage`.
  public var keyAlias: String
  /// The topic of alarms, `shop-stage-alarms`.
  public var topic: String
  /// The dashboard, `shop-stage`.
  public var dashboard: String
  /// The log group of flow logs, `/palco/shop/stage/flow-logs`.
  public var flowLogGroup: String
  /// The log group of sessions in tasks, `/palco/shop/stage/sessions`.
  public var sessionLogGroup: String

  /// Derives the names.
  public init(project: String, environment: String) {
    let both = "\(project)-\(environment)"
    let path = "/palco/\(project)/\(environment)"
    prefix = both
    executionRole = both + "-execution"
    taskRole = both + "-task"
    infrastructureRole = both + "-ecs-infrastructure"
    flowLogsRole = both + "-flow-logs"
    instanceRole = both + "-instance"
    deployRole = both + "-deploy"
    database = both
    databaseSecret = path + "/database"
    capacityProvider = both
    keyAlias = "alias/palco-" + both
    topic = both + "-alarms"
    dashboard = both
    flowLogGroup = path + "/flow-logs"
    sessionLogGroup = path + "/sessions"
  }
}
