import PalcoBlueprint

/// What whoever releases to an environment must be allowed to: a pipeline's role gets exactly this, and `palco doctor` asks
/// whether a person has it.
public struct ReleasePermission: Sendable, Equatable {
  /// What the actions are for, without blanks: the statement's name in the policy.
  public var purpose: String
  /// The actions, as in `ecs:UpdateService`.
  public var actions: [String]
  /// What they are done to.
  public var resources: [Resource]
  /// What the request must say besides.
  public var conditions: [Condition] = []

  /// A resource of the environment's account and region.
  public enum Resource: Sendable, Equatable {
    /// AWS lets none be named.
    case any
    /// A resource of a regional service: `ecs`, `cluster/shop-stage`. It may hold `*`.
    case regional(service: String, path: String)
    /// A role, by its name.
    case role(String)
  }

  /// A key that must have a value.
  public struct Condition: Sendable, Equatable {
    /// How they are compared: `StringEquals`, `ArnEquals`.
    public var test: String
    /// The key, as in `iam:PassedToService`.
    public var key: String
    /// The value: a text, or a resource's ARN.
    public var value: Value

    /// What a key is compared with.
    public enum Value: Sendable, Equatable {
      case text(String)
      case arn(Resource)
    }
  }

  /// Everything that a release to an environment needs.
  public static func all(for blueprint: Blueprint, _ aws: AWSInfrastructure) -> [ReleasePermission] {
    let names = blueprint.names
    let service = "\(names.cluster)/\(names.service)"
    func ecs(_ path: String) -> Resource { .regional(service: "ecs", path: path) }
    func handing(_ purpose: String, _ roles: [String], to principal: String) -> ReleasePermission {
      ReleasePermission(
        purpose: purpose, actions: ["iam:PassRole"], resources: roles.map { .role($0) },
        conditions: [Condition(test: "StringEquals", key: "iam:PassedToService", value: .text(principal))])
    }
    return [
      ReleasePermission(
        purpose: "NothingToName",
        actions: [
          "cloudwatch:GetMetricData", "ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition",
          "ecs:ListTaskDefinitions", "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules",
          "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
        ], resources: [.any]),
      ReleasePermission(
        purpose: "PushAndPullImages",
        actions: [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
          "ecr:DescribeRepositories", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage",
          "ecr:UploadLayerPart",
        ], resources: [.regional(service: "ecr", path: "repository/\(names.repository)")]),
      ReleasePermission(
        purpose: "RegisterTaskDefinitions", actions: ["ecs:RegisterTaskDefinition", "ecs:TagResource"],
        resources: [ecs("task-definition/\(names.family):*")]),
      ReleasePermission(
        purpose: "Release",
        actions: [
          "ecs:ContinueServiceDeployment", "ecs:DescribeClusters", "ecs:DescribeServiceDeployments",
          "ecs:DescribeServiceRevisions", "ecs:DescribeServices", "ecs:DescribeTasks", "ecs:ListServiceDeployments",
          "ecs:StopServiceDeployment", "ecs:UpdateService",
        ],
        resources: [
          ecs("cluster/\(names.cluster)"), ecs("service/\(service)"), ecs("service-deployment/\(service)/*"),
          ecs("service-revision/\(service)/*"), ecs("task/\(names.cluster)/*"),
        ]),
      ReleasePermission(
        purpose: "FindTasks", actions: ["ecs:ListTasks"], resources: [.any],
        conditions: [Condition(test: "ArnEquals", key: "ecs:cluster", value: .arn(ecs("cluster/\(names.cluster)")))]),
      ReleasePermission(
        purpose: "FindScaling", actions: ["application-autoscaling:DescribeScalableTargets"], resources: [.any]),
      ReleasePermission(
        purpose: "KeepLeastTasks", actions: ["application-autoscaling:RegisterScalableTarget"],
        resources: [.regional(service: "application-autoscaling", path: "scalable-target/*")],
        conditions: [
          Condition(
            test: "StringEquals", key: "application-autoscaling:service-namespace", value: .text("ecs"))
        ]),
      ReleasePermission(
        purpose: "ReadAlarms", actions: ["cloudwatch:DescribeAlarms"],
        resources: [.regional(service: "cloudwatch", path: "alarm:*")]),
      ReleasePermission(
        purpose: "ReadLogs", actions: ["logs:FilterLogEvents", "logs:GetLogEvents"],
        resources: [.regional(service: "logs", path: "log-group:\(names.logGroup):*")]),
      handing("HandRolesToTasks", [aws.names.executionRole, aws.names.taskRole], to: "ecs-tasks.amazonaws.com"),
      handing("HandRoleToService", [aws.names.infrastructureRole], to: "ecs.amazonaws.com"),
    ]
  }
}

extension ReleasePermission.Resource {
  /// Its ARN in an account.
  public func arn(partition: String, region: String, account: String) -> String {
    switch self {
    case .any: "*"
    case .regional(let service, let path): "arn:\(partition):\(service):\(region):\(account):\(path)"
    case .role(let name): "arn:\(partition):iam::\(account):role/\(name)"
    }
  }

  /// Its ARN in Terraform.
  var value: TerraformValue {
    switch self {
    case .any: "*"
    case .regional(let service, let path):
      "arn:\(.local("partition")):\(service):\(.local("region")):\(.local("account_id")):\(path)"
    case .role(let name): "arn:\(.local("partition")):iam::\(.local("account_id")):role/\(name)"
    }
  }
}

extension PolicyStatement {
  /// The statement that allows it.
  ///
  /// - Parameter repository: The repository's ARN, which the module itself makes.
  init(_ permission: ReleasePermission, repository: TerraformValue) {
    self.init(
      sid: permission.purpose, actions: permission.actions,
      resources: permission.resources.map { resource in
        if case .regional("ecr", _) = resource { repository } else { resource.value }
      },
      conditions: permission.conditions.map { condition in
        switch condition.value {
        case .text(let text): (operator: condition.test, key: condition.key, values: [.text(text)])
        case .arn(let resource): (operator: condition.test, key: condition.key, values: [resource.value])
        }
      })
  }
}
