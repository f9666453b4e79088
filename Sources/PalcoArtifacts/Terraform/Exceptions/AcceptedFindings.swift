extension ScannerExceptions {
  /// The findings that are accepted. A reason says why the resource is right, or what in palco.yml changes it.
  ///
  /// Trivy's are those of weight HIGH and CRITICAL; checkov knows no weights without its service, so all of its are here.
  static let all: [Entry] = network + balancer + buckets + hosts + database + observation + images

  private static let network: [Entry] = [
    Entry(
      .trivy, "AWS-0104", "aws_vpc_security_group_egress_rule", "tasks_to_internet_*",
      "network.egress lets tasks reach servers outside. Name the servers there, or set nat: none and none is reached."),
    Entry(
      .trivy, "AWS-0104", "aws_vpc_security_group_egress_rule", "container_instances_to_internet_*",
      "The agent reaches the public endpoints of ECS by HTTPS. With nat: none it uses endpoints in the VPC."),
    Entry(
      .trivy, "AWS-0104", "aws_vpc_security_group_egress_rule", "database_to_internet_*",
      "The instance installs PostgreSQL and stores its password by HTTPS. RDS needs no way out at all."),
    Entry(
      .trivy, "AWS-0104", "aws_vpc_security_group_egress_rule", "nat_instance_to_internet_*",
      "A NAT instance passes on what others send; they are restricted, each by its own group."),
    Entry(
      .checkov, "CKV_AWS_394", "aws_availability_zones", "available", mode: .data,
      "Zones have other letters in each account. The list is sorted, and only its first two or three are used."),
    Entry(
      .checkov, "CKV2_AWS_11", "aws_vpc", "main", when: .withoutFlowLogs, "Flow logs are off by network.flow_logs."),
  ]

  private static let balancer: [Entry] = [
    Entry(.trivy, "AWS-0053", "aws_lb", "main", "The load balancer is open to the internet by purpose as the way in."),
    Entry(
      .checkov, "CKV_AWS_260", "aws_vpc_security_group_ingress_rule", "balancer_from_internet_80",
      "Port 80 is open by purpose as it redirects to HTTPS, or is all there is without a domain."),
    Entry(
      .checkov, "CKV2_AWS_28", "aws_lb", "main",
      "A web application firewall costs more than a small service. Attach one to load_balancer_arn where it is worth it."
    ),
    Entry(
      .checkov, "CKV_AWS_150", "aws_lb", "main", when: .unprotected,
      "This environment may be deleted. A protected one has deletion protection."),
    Entry(
      .checkov, "CKV_AWS_91", "aws_lb", "main", when: .withoutAccessLogs, "Access logs are off by logs.requests."),
    Entry(
      .checkov, "CKV_AWS_378", "aws_lb_target_group",
      "TLS ends at the load balancer. Only its security group reaches the tasks inside the VPC."),
    Entry(
      .trivy, "AWS-0054", "aws_lb_listener", when: .withoutDomain,
      "There is no certificate without a domain. Set domain in palco.yml before anything private passes."),
    Entry(
      .checkov, "CKV_AWS_2", "aws_lb_listener", when: .withoutDomain,
      "There is no certificate without a domain. Set domain in palco.yml before anything private passes."),
    Entry(
      .checkov, "CKV_AWS_103", "aws_lb_listener", when: .withoutDomain,
      "There is no certificate without a domain. Set domain in palco.yml before anything private passes."),
    Entry(
      .checkov, "CKV2_AWS_20", "aws_lb", "main", when: .withoutDomain,
      "There is no HTTPS to redirect to without a domain. Set domain in palco.yml."),
  ]

  private static let buckets: [Entry] = [
    Entry(
      .trivy, "AWS-0132", "aws_s3_bucket_server_side_encryption_configuration", "access_logs",
      "The load balancer writes its logs only with S3's own keys."),
    Entry(
      .checkov, "CKV_AWS_145", "aws_s3_bucket", "access_logs",
      "The load balancer writes its logs only with S3's own keys."),
    Entry(.checkov, "CKV_AWS_18", "aws_s3_bucket", "access_logs", "It is the log bucket itself."),
    Entry(
      .checkov, "CKV_AWS_18", "aws_s3_bucket", "state",
      "CloudTrail records who reads state. A log bucket for one small bucket would need one of its own."),
    Entry(.checkov, "CKV2_AWS_62", "aws_s3_bucket", "Nothing waits for new objects in this bucket."),
    Entry(.checkov, "CKV_AWS_144", "aws_s3_bucket", "access_logs", "Request logs are not worth a second region."),
    Entry(
      .checkov, "CKV_AWS_144", "aws_s3_bucket", "state",
      "State describes one region. Versions protect it against mistakes, and resources can be imported again."),
  ]

  private static let hosts: [Entry] = [
    Entry(
      .checkov, "CKV_AWS_126", "aws_instance",
      "Five-minute metrics are enough for one instance. Its status check alarms or it holds no state.")
  ]

  private static let database: [Entry] = [
    Entry(
      .checkov, "CKV_AWS_157", "aws_db_instance", "main", when: .singleZoneDatabase,
      "One zone is enough here. Set database.multi_az for a second."),
    Entry(
      .checkov, "CKV_AWS_293", "aws_db_instance", "main", when: .unprotectedDatabase,
      "This environment may be deleted. A protected one has deletion protection."),
    Entry(
      .checkov, "CKV2_AWS_57", "aws_secretsmanager_secret", "database",
      "Nothing rotates the password of a database on an instance. RDS rotates its own."),
    Entry(
      .checkov, "CKV_AWS_46", "aws_instance", "database",
      "The script holds no secret. It makes the password on the instance and puts it into Secrets Manager."),
    Entry(
      .checkov, "CKV_AWS_149", "aws_secretsmanager_secret", "database", when: .withoutKey,
      "The key of the service encrypts it. Set logs.encrypted for an environment key."),
    Entry(
      .checkov, "CKV_AWS_189", "aws_ebs_volume", "database", when: .withoutKey,
      "The key of the service encrypts it. Set logs.encrypted for an environment key."),
    Entry(
      .checkov, "CKV_AWS_353", "aws_db_instance", "main", when: .withoutKey,
      "Performance Insights comes with the environment key. Set logs.encrypted."),
  ]

  private static let observation: [Entry] = [
    Entry(
      .checkov, "CKV_AWS_338", "aws_cloudwatch_log_group", when: .shortRetention,
      "Logs are kept as long as logs.retention says."),
    Entry(
      .checkov, "CKV_AWS_158", "aws_cloudwatch_log_group", when: .withoutKey,
      "CloudWatch encrypts them with its own key. Set logs.encrypted for an environment key."),
    Entry(
      .trivy, "AWS-0095", "aws_sns_topic", "alarms", when: .withoutKey,
      "Notifications hold no secret. Set logs.encrypted for an environment key."),
    Entry(
      .checkov, "CKV_AWS_26", "aws_sns_topic", "alarms", when: .withoutKey,
      "Notifications hold no secret. Set logs.encrypted for an environment key."),
    Entry(
      .checkov, "CKV_AWS_224", "aws_ecs_cluster", "main", when: .withoutKey,
      "Sessions are encrypted by TLS. Set logs.encrypted for an environment key."),
  ]

  private static let images: [Entry] = [
    Entry(
      .checkov, "CKV_AWS_355", "aws_iam_role_policy", "deploy_*",
      "AWS lets nothing be named for these actions, and ListTasks is held to the cluster by a condition.")
  ]
}
