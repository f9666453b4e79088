/// What it means to people when a resource is replaced or taken away.
enum Consequence {
  /// Resource types whose data goes with them.
  static let dataHolders: Set = [
    "aws_db_instance", "aws_rds_cluster", "aws_ebs_volume", "aws_efs_file_system", "aws_dynamodb_table",
    "aws_s3_bucket",
    "aws_ecr_repository", "aws_secretsmanager_secret", "aws_kms_key",
  ]

  /// Why a replacement hurts; `nil` when it is no more than a moment's work.
  static func ofReplacing(_ type: String) -> String? {
    switch type {
    case "aws_lb": "everybody loses the service until DNS names the new load balancer; its host name changes"
    case "aws_lb_target_group": "it has no tasks until the next release: requests that it gets fail meanwhile"
    case "aws_lb_listener": "connections to its port are refused for some seconds"
    case "aws_lb_listener_rule":
      "requests get the listener's default answer for a moment, and weights are those of the files"
    case "aws_ecs_service": "all tasks stop before new ones start: the service is down for minutes"
    case "aws_ecs_cluster": "the service and all its tasks go with it"
    case "aws_ecs_task_definition": "a new revision; the service goes on with its own until the next release"
    case "aws_vpc", "aws_subnet": "everything in it is made anew as well"
    case "aws_nat_gateway", "aws_eip": "the address that others see changes: tell those who allow it by address"
    case "aws_instance": "it is down until the new one has started; what its root disk holds is lost"
    case "aws_autoscaling_group", "aws_ecs_capacity_provider", "aws_launch_template":
      "instances are made anew, and tasks move"
    case "aws_security_group": "it is taken from all that use it first: connections may break"
    case "aws_acm_certificate": "HTTPS waits until the new certificate is validated"
    case "aws_cloudwatch_log_group": "the logs in it are lost"
    case "aws_iam_role": "who has assumed the old one loses its permissions"
    default: ofLosing(type)
    }
  }

  /// Why a deletion hurts.
  static func ofDeleting(_ type: String) -> String? {
    switch type {
    case "aws_lb", "aws_ecs_service", "aws_ecs_cluster", "aws_lb_listener": "the service is not reachable any more"
    case "aws_cloudwatch_log_group": "the logs in it are lost"
    default: ofLosing(type)
    }
  }

  private static func ofLosing(_ type: String) -> String? {
    switch type {
    case "aws_db_instance", "aws_rds_cluster": "the database is destroyed WITH ITS DATA"
    case "aws_ebs_volume", "aws_efs_file_system": "the volume is destroyed WITH ITS DATA"
    case "aws_dynamodb_table": "the table is destroyed WITH ITS DATA"
    case "aws_s3_bucket": "the bucket is destroyed WITH ITS OBJECTS"
    case "aws_ecr_repository": "all images are lost, also those to roll back to"
    case "aws_secretsmanager_secret": "the secret's value is lost, and tasks that need it do not start"
    case "aws_kms_key": "what it encrypted cannot be read any more"
    default: nil
    }
  }
}
