import PalcoBlueprint

/// Where an environment's resources are in its root module. What is referred to from two places has its address here.
enum Addresses {
  static let caller = TerraformAddress.data("aws_caller_identity", "current")
  static let partition = TerraformAddress.data("aws_partition", "current")
  static let zones = TerraformAddress.data("aws_availability_zones", "available")

  static let vpc = TerraformAddress("aws_vpc", "main")
  static let internetGateway = TerraformAddress("aws_internet_gateway", "main")
  static let natInstance = TerraformAddress("aws_instance", "nat")
  static let s3Endpoint = TerraformAddress("aws_vpc_endpoint", "s3")
  static let publicRoutes = TerraformAddress("aws_route_table", "public")
  static let dataRoutes = TerraformAddress("aws_route_table", "data")
  static let flowLogsRole = TerraformAddress("aws_iam_role", "flow_logs")
  static let flowLogGroup = TerraformAddress("aws_cloudwatch_log_group", "flow_logs")

  static let key = TerraformAddress("aws_kms_key", "main")

  static let balancer = TerraformAddress("aws_lb", "main")
  static let blue = TerraformAddress("aws_lb_target_group", "blue")
  static let green = TerraformAddress("aws_lb_target_group", "green")
  static let productionListener = TerraformAddress("aws_lb_listener", "production")
  static let testListener = TerraformAddress("aws_lb_listener", "test")
  static let productionRule = TerraformAddress("aws_lb_listener_rule", "production")
  static let testRule = TerraformAddress("aws_lb_listener_rule", "test")
  static let accessLogs = TerraformAddress("aws_s3_bucket", "access_logs")
  static let accessLogsPolicy = TerraformAddress("aws_s3_bucket_policy", "access_logs")
  static let certificate = TerraformAddress("aws_acm_certificate", "main")
  static let validation = TerraformAddress("aws_acm_certificate_validation", "main")
  static let validationRecord = TerraformAddress("aws_route53_record", "validation")
  static let hostedZone = TerraformAddress.data("aws_route53_zone", "main")

  static let repository = TerraformAddress.data("aws_ecr_repository", "main")
  static let cluster = TerraformAddress("aws_ecs_cluster", "main")
  static let clusterProviders = TerraformAddress("aws_ecs_cluster_capacity_providers", "main")
  static let capacityProvider = TerraformAddress("aws_ecs_capacity_provider", "main")
  static let instances = TerraformAddress("aws_autoscaling_group", "instances")
  static let launchTemplate = TerraformAddress("aws_launch_template", "instances")
  static let instanceProfile = TerraformAddress("aws_iam_instance_profile", "instances")
  static let instanceRole = TerraformAddress("aws_iam_role", "instances")
  static let taskDefinition = TerraformAddress("aws_ecs_task_definition", "main")
  static let service = TerraformAddress("aws_ecs_service", "main")
  static let scalingTarget = TerraformAddress("aws_appautoscaling_target", "service")

  static let executionRole = TerraformAddress("aws_iam_role", "execution")
  static let executionPolicy = TerraformAddress("aws_iam_role_policy", "execution")
  static let taskRole = TerraformAddress("aws_iam_role", "task")
  static let infrastructureRole = TerraformAddress("aws_iam_role", "infrastructure")
  static let infrastructurePolicy = TerraformAddress("aws_iam_role_policy_attachment", "infrastructure")
  static let hostRole = TerraformAddress("aws_iam_role", "host")
  static let hostProfile = TerraformAddress("aws_iam_instance_profile", "host")

  static let database = TerraformAddress("aws_db_instance", "main")
  static let databaseHost = TerraformAddress("aws_instance", "database")
  static let databaseVolume = TerraformAddress("aws_ebs_volume", "database")
  static let databaseSecret = TerraformAddress("aws_secretsmanager_secret", "database")
  static let databaseHostRole = TerraformAddress("aws_iam_role", "database_host")
  static let databaseHostProfile = TerraformAddress("aws_iam_instance_profile", "database_host")
  static let databaseMonitoringRole = TerraformAddress("aws_iam_role", "database_monitoring")
  static let snapshotsRole = TerraformAddress("aws_iam_role", "snapshots")

  static let bastion = TerraformAddress("aws_instance", "bastion")
  static let bastionAddress = TerraformAddress("aws_eip", "bastion")

  static let serviceLogs = TerraformAddress("aws_cloudwatch_log_group", "service")
  static let sessionLogs = TerraformAddress("aws_cloudwatch_log_group", "sessions")
  static let databaseLogs = TerraformAddress("aws_cloudwatch_log_group", "database")
  static let topic = TerraformAddress("aws_sns_topic", "alarms")

  static func subnet(_ tier: AWSInfrastructure.SubnetTier, _ zone: Int) -> TerraformAddress {
    TerraformAddress("aws_subnet", "\(tier.rawValue)_\(EnvironmentTerraform.letter(zone))")
  }

  static func privateRoutes(_ zone: Int) -> TerraformAddress {
    TerraformAddress("aws_route_table", "private_\(EnvironmentTerraform.letter(zone))")
  }

  static func natGateway(_ zone: Int) -> TerraformAddress {
    TerraformAddress("aws_nat_gateway", EnvironmentTerraform.letter(zone))
  }

  static func securityGroup(_ role: AWSInfrastructure.SecurityGroupRole) -> TerraformAddress {
    TerraformAddress("aws_security_group", role.rawValue.snakeCased)
  }

  static func alarm(_ role: AWSInfrastructure.AlarmRole) -> TerraformAddress {
    TerraformAddress("aws_cloudwatch_metric_alarm", role.rawValue.snakeCased)
  }
}

extension String {
  /// `databaseCPU` as `database_cpu`.
  var snakeCased: String {
    var result = ""
    var wasLower = false
    for character in self {
      if character.isUppercase, wasLower { result += "_" }
      result += character.lowercased()
      wasLower = character.isLowercase || character.isNumber
    }
    return result
  }

  /// `databaseCPU` as `database-cpu`.
  var hyphenated: String { String(snakeCased.map { $0 == "_" ? "-" : $0 }) }
}
