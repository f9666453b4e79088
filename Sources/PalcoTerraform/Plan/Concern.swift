/// What a resource is there for: how people group what changes.
public enum Concern: String, Sendable, Codable, CaseIterable {
  case network, security, balancer, dns, registry, service, database, access, secrets, storage, observability, other

  /// The concern of a resource type of the AWS provider: the longest beginning that is known decides.
  public init(type: String) {
    let match = Self.prefixes.filter { type.hasPrefix($0.0) }.max { $0.0.count < $1.0.count }
    self = match?.1 ?? .other
  }

  private static let prefixes: [(String, Concern)] = [
    ("aws_vpc", .network), ("aws_subnet", .network), ("aws_route", .network), ("aws_internet_gateway", .network),
    ("aws_nat_gateway", .network), ("aws_eip", .network), ("aws_network_", .network), ("aws_flow_log", .network),
    ("aws_default_", .network), ("aws_db_subnet_group", .network),
    ("aws_security_group", .security), ("aws_vpc_security_group_", .security),
    ("aws_default_security_group", .security),
    ("aws_lb", .balancer), ("aws_wafv2_", .balancer),
    ("aws_route53_", .dns), ("aws_acm_", .dns),
    ("aws_ecr_", .registry),
    ("aws_ecs_", .service), ("aws_appautoscaling_", .service), ("aws_autoscaling_", .service),
    ("aws_launch_template", .service),
    ("aws_db_", .database), ("aws_rds_", .database), ("aws_ebs_", .database), ("aws_volume_attachment", .database),
    ("aws_dlm_", .database), ("aws_backup_", .database),
    ("aws_iam_", .access), ("aws_key_pair", .access), ("aws_instance", .access), ("aws_ssm_", .access),
    ("aws_secretsmanager_", .secrets), ("aws_kms_", .secrets),
    ("aws_s3_", .storage),
    ("aws_cloudwatch_", .observability), ("aws_sns_", .observability),
  ]
}
