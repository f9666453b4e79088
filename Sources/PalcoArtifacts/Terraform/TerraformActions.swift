/// What whoever runs `palco up` must be allowed to: what Terraform does to make a module's resources and to take them away.
///
/// Reading is left out: who may make a thing and not see it is not who `palco doctor` is for.
public enum TerraformActions {
  /// The actions that a module needs, as in `ec2:CreateVpc`, sorted.
  public static func needed(by module: TerraformModule) -> [String] {
    let types = Set(module.resources.compactMap(\.address).filter { $0.mode == .resource }.map(\.resourceType))
    return Set(types.flatMap { ofType[$0] ?? [] }).sorted()
  }

  /// By resource type
  /// (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
  static let ofType: [String: [String]] = [
    "aws_acm_certificate": ["acm:RequestCertificate", "acm:DeleteCertificate"],
    "aws_acm_certificate_validation": ["acm:DescribeCertificate"],
    "aws_appautoscaling_policy": [
      "application-autoscaling:PutScalingPolicy", "application-autoscaling:DeleteScalingPolicy",
    ],
    "aws_appautoscaling_target": [
      "application-autoscaling:RegisterScalableTarget", "application-autoscaling:DeregisterScalableTarget",
    ],
    "aws_autoscaling_group": ["autoscaling:CreateAutoScalingGroup", "autoscaling:DeleteAutoScalingGroup"],
    "aws_cloudwatch_dashboard": ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
    "aws_cloudwatch_log_group": ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup"],
    "aws_cloudwatch_metric_alarm": ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"],
    "aws_db_instance": ["rds:CreateDBInstance", "rds:ModifyDBInstance", "rds:DeleteDBInstance"],
    "aws_db_parameter_group": [
      "rds:CreateDBParameterGroup", "rds:ModifyDBParameterGroup", "rds:DeleteDBParameterGroup",
    ],
    "aws_db_subnet_group": ["rds:CreateDBSubnetGroup", "rds:DeleteDBSubnetGroup"],
    "aws_default_security_group": ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress"],
    "aws_dlm_lifecycle_policy": ["dlm:CreateLifecyclePolicy", "dlm:DeleteLifecyclePolicy"],
    "aws_ebs_volume": ["ec2:CreateVolume", "ec2:DeleteVolume"],
    "aws_ecr_lifecycle_policy": ["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"],
    "aws_ecr_repository": ["ecr:CreateRepository", "ecr:DeleteRepository"],
    "aws_ecs_capacity_provider": ["ecs:CreateCapacityProvider", "ecs:DeleteCapacityProvider"],
    "aws_ecs_cluster": ["ecs:CreateCluster", "ecs:DeleteCluster"],
    "aws_ecs_cluster_capacity_providers": ["ecs:PutClusterCapacityProviders"],
    "aws_ecs_service": ["ecs:CreateService", "ecs:UpdateService", "ecs:DeleteService"],
    "aws_ecs_task_definition": ["ecs:RegisterTaskDefinition"],
    "aws_eip": ["ec2:AllocateAddress", "ec2:ReleaseAddress"],
    "aws_flow_log": ["ec2:CreateFlowLogs", "ec2:DeleteFlowLogs"],
    "aws_iam_instance_profile": [
      "iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile",
    ],
    "aws_iam_openid_connect_provider": ["iam:CreateOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider"],
    "aws_iam_role": ["iam:CreateRole", "iam:DeleteRole", "iam:PassRole"],
    "aws_iam_role_policy": ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
    "aws_iam_role_policy_attachment": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    "aws_instance": ["ec2:RunInstances", "ec2:TerminateInstances"],
    "aws_internet_gateway": ["ec2:CreateInternetGateway", "ec2:AttachInternetGateway", "ec2:DeleteInternetGateway"],
    "aws_kms_alias": ["kms:CreateAlias", "kms:DeleteAlias"],
    "aws_kms_key": ["kms:CreateKey", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion"],
    "aws_launch_template": ["ec2:CreateLaunchTemplate", "ec2:DeleteLaunchTemplate"],
    "aws_lb": [
      "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:DeleteLoadBalancer",
    ],
    "aws_lb_listener": ["elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener"],
    "aws_lb_listener_rule": ["elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteRule"],
    "aws_lb_target_group": ["elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:DeleteTargetGroup"],
    "aws_nat_gateway": ["ec2:CreateNatGateway", "ec2:DeleteNatGateway"],
    "aws_route": ["ec2:CreateRoute", "ec2:DeleteRoute"],
    "aws_route53_record": ["route53:ChangeResourceRecordSets"],
    "aws_route_table": ["ec2:CreateRouteTable", "ec2:DeleteRouteTable"],
    "aws_route_table_association": ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable"],
    "aws_s3_bucket": ["s3:CreateBucket", "s3:DeleteBucket"],
    "aws_s3_bucket_lifecycle_configuration": ["s3:PutLifecycleConfiguration"],
    "aws_s3_bucket_ownership_controls": ["s3:PutBucketOwnershipControls"],
    "aws_s3_bucket_policy": ["s3:PutBucketPolicy"],
    "aws_s3_bucket_public_access_block": ["s3:PutBucketPublicAccessBlock"],
    "aws_s3_bucket_server_side_encryption_configuration": ["s3:PutEncryptionConfiguration"],
    "aws_s3_bucket_versioning": ["s3:PutBucketVersioning"],
    "aws_secretsmanager_secret": ["secretsmanager:CreateSecret", "secretsmanager:DeleteSecret"],
    "aws_security_group": ["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup"],
    "aws_sns_topic": ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:DeleteTopic"],
    "aws_sns_topic_subscription": ["sns:Subscribe", "sns:Unsubscribe"],
    "aws_subnet": ["ec2:CreateSubnet", "ec2:DeleteSubnet"],
    "aws_volume_attachment": ["ec2:AttachVolume", "ec2:DetachVolume"],
    "aws_vpc": ["ec2:CreateVpc", "ec2:ModifyVpcAttribute", "ec2:DeleteVpc"],
    "aws_vpc_endpoint": ["ec2:CreateVpcEndpoint", "ec2:DeleteVpcEndpoints"],
    "aws_vpc_security_group_egress_rule": ["ec2:AuthorizeSecurityGroupEgress", "ec2:RevokeSecurityGroupEgress"],
    "aws_vpc_security_group_ingress_rule": ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
  ]
}
