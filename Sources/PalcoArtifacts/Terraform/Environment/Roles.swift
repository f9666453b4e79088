import PalcoBlueprint

extension EnvironmentTerraform {
  func iam() -> TerraformFile {
    var blocks = executionRole() + taskRole() + infrastructureRole()
    if aws.network.flowLogs { blocks += flowLogsRole() }
    if case .ec2 = aws.capacity { blocks += instanceRole() }
    if hasPlainHosts { blocks += hostRole(Addresses.hostRole, Addresses.hostProfile, "host") }
    switch aws.database {
    case .none: break
    case .rds: blocks += monitoringRole()
    case .ec2: blocks += databaseHostRole() + snapshotsRole()
    }
    return TerraformFile(
      "iam", comment: "Who may do what: one role per actor. A `*` stands only where AWS lets nothing be named.",
      blocks: blocks)
  }

  private func logStreams(_ group: TerraformAddress) -> PolicyStatement {
    PolicyStatement(
      sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: ["\(group.arn):*"])
  }

  private func executionRole() -> [TerraformBlock] {
    let references = aws.task.secrets.map(\.source)
    var secrets: [TerraformValue] = []
    var parameters: [TerraformValue] = []
    for source in references {
      switch source {
      case .reference(let text):
        let arn = SecretARN(text)
        if arn.isParameter { parameters.append(arn.value) } else { secrets.append(arn.value) }
      case .database: if let secret = databaseSecret { secrets.append(secret) }
      }
    }
    var statements = [
      PolicyStatement(sid: "SignInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"]),
      PolicyStatement(
        sid: "PullImage",
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: [Addresses.repository.arn]),
      logStreams(Addresses.serviceLogs),
    ]
    if !secrets.isEmpty {
      statements.append(
        PolicyStatement(sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: secrets.unique))
    }
    if hasKey, case .ec2 = aws.database, secrets.contains(Addresses.databaseSecret.arn) {
      statements.append(keyThroughSecrets("DecryptDatabaseSecret", actions: ["kms:Decrypt"]))
    }
    if !parameters.isEmpty {
      statements.append(
        PolicyStatement(sid: "ReadParameters", actions: ["ssm:GetParameters"], resources: parameters.unique))
    }
    return [
      Policies.trust("tasks_trust", service: "ecs-tasks.amazonaws.com"),
      Policies.role(
        Addresses.executionRole, name: aws.names.executionRole,
        description: "ECS starts tasks of \(prefix) with it: image, secrets, logs", trust: "tasks_trust"),
      Policies.local("execution_policy", statements),
      Policies.inline(
        Addresses.executionPolicy, role: Addresses.executionRole, name: "execution", policy: "execution_policy"),
    ]
  }

  private func taskRole() -> [TerraformBlock] {
    var blocks = [
      Policies.role(
        Addresses.taskRole, name: aws.names.taskRole, description: "The program of \(prefix) acts with it",
        trust: "tasks_trust", why: "Add here what the program itself needs of AWS.")
    ]
    guard aws.cluster.sessions else { return blocks }
    var statements = [
      PolicyStatement(
        sid: "Sessions",
        actions: [
          "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ], resources: ["*"]),
      PolicyStatement(sid: "FindSessionLogs", actions: ["logs:DescribeLogGroups"], resources: ["*"]),
      PolicyStatement(
        sid: "WriteSessionLogs", actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: ["\(Addresses.sessionLogs.arn):*"]),
    ]
    if hasKey {
      statements.append(
        PolicyStatement(sid: "EncryptSessions", actions: ["kms:Decrypt"], resources: [Addresses.key.arn]))
    }
    blocks.append(Policies.local("task_policy", statements, why: "People may open sessions in tasks, and only that."))
    blocks.append(
      Policies.inline(
        TerraformAddress("aws_iam_role_policy", "task"), role: Addresses.taskRole, name: "sessions",
        policy: "task_policy"
      ))
    return blocks
  }

  private func infrastructureRole() -> [TerraformBlock] {
    [
      Policies.trust("infrastructure_trust", service: "ecs.amazonaws.com"),
      Policies.role(
        Addresses.infrastructureRole, name: aws.names.infrastructureRole,
        description: "ECS moves traffic of \(prefix) between target groups with it", trust: "infrastructure_trust"),
      Policies.attachment(
        Addresses.infrastructurePolicy, role: Addresses.infrastructureRole,
        policy: "AmazonECSInfrastructureRolePolicyForLoadBalancers"),
    ]
  }

  private func flowLogsRole() -> [TerraformBlock] {
    [
      Policies.trust("flow_logs_trust", service: "vpc-flow-logs.amazonaws.com"),
      Policies.role(
        Addresses.flowLogsRole, name: aws.names.flowLogsRole, description: "Writes the flow logs of \(prefix)",
        trust: "flow_logs_trust"),
      Policies.local(
        "flow_logs_policy",
        [
          PolicyStatement(
            sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: ["\(Addresses.flowLogGroup.arn):*"])
        ]),
      Policies.inline(
        TerraformAddress("aws_iam_role_policy", "flow_logs"), role: Addresses.flowLogsRole, name: "flow-logs",
        policy: "flow_logs_policy"),
    ]
  }

  private func instanceRole() -> [TerraformBlock] {
    let attached = { (name: String, policy: String) in
      Policies.attachment(
        TerraformAddress("aws_iam_role_policy_attachment", "instances_\(name)"), role: Addresses.instanceRole,
        policy: policy)
    }
    return [
      Policies.instanceTrust("instances_trust"),
      Policies.role(
        Addresses.instanceRole, name: aws.names.instanceRole, description: "Container instances of \(prefix)",
        trust: "instances_trust"),
      attached("ecs", "service-role/AmazonEC2ContainerServiceforEC2Role"),
      attached("sessions", "AmazonSSMManagedInstanceCore"),
      Policies.profile(Addresses.instanceProfile, role: Addresses.instanceRole),
    ]
  }

  private func hostRole(_ role: TerraformAddress, _ profile: TerraformAddress, _ suffix: String) -> [TerraformBlock] {
    [
      Policies.instanceTrust("\(role.label)_trust"),
      Policies.role(
        role, name: "\(prefix)-\(suffix)", description: "Instances of \(prefix): sessions and patches",
        trust: "\(role.label)_trust"),
      Policies.attachment(
        TerraformAddress("aws_iam_role_policy_attachment", "\(role.label)_sessions"), role: role,
        policy: "AmazonSSMManagedInstanceCore"),
      Policies.profile(profile, role: role),
    ]
  }

  private func databaseHostRole() -> [TerraformBlock] {
    var statements = [
      PolicyStatement(
        sid: "StorePassword", actions: ["secretsmanager:PutSecretValue"], resources: [Addresses.databaseSecret.arn])
    ]
    if hasKey {
      statements.append(keyThroughSecrets("EncryptPassword", actions: ["kms:Decrypt", "kms:GenerateDataKey"]))
    }
    return hostRole(Addresses.databaseHostRole, Addresses.databaseHostProfile, "database-host") + [
      Policies.local("database_host_policy", statements),
      Policies.inline(
        TerraformAddress("aws_iam_role_policy", "database_host"), role: Addresses.databaseHostRole, name: "secret",
        policy: "database_host_policy"),
    ]
  }

  /// The environment's key, used by Secrets Manager for the role and by nothing else.
  private func keyThroughSecrets(_ sid: String, actions: [String]) -> PolicyStatement {
    PolicyStatement(
      sid: sid, actions: actions, resources: [Addresses.key.arn],
      conditions: [("StringEquals", "kms:ViaService", ["secretsmanager.\(.local("region")).amazonaws.com"])])
  }

  private func monitoringRole() -> [TerraformBlock] {
    [
      Policies.trust("database_monitoring_trust", service: "monitoring.rds.amazonaws.com"),
      Policies.role(
        Addresses.databaseMonitoringRole, name: "\(prefix)-database-monitoring",
        description: "RDS writes measurements of \(prefix)'s database with it", trust: "database_monitoring_trust"),
      Policies.attachment(
        TerraformAddress("aws_iam_role_policy_attachment", "database_monitoring"),
        role: Addresses.databaseMonitoringRole,
        policy: "service-role/AmazonRDSEnhancedMonitoringRole"),
    ]
  }

  private func snapshotsRole() -> [TerraformBlock] {
    [
      Policies.trust("snapshots_trust", service: "dlm.amazonaws.com"),
      Policies.role(
        Addresses.snapshotsRole, name: "\(prefix)-snapshots", description: "Takes snapshots of \(prefix)'s database",
        trust: "snapshots_trust"),
      Policies.attachment(
        TerraformAddress("aws_iam_role_policy_attachment", "snapshots"), role: Addresses.snapshotsRole,
        policy: "service-role/AWSDataLifecycleManagerServiceRole"),
    ]
  }
}

extension [TerraformValue] {
  /// Without repetitions, in order.
  fileprivate var unique: [TerraformValue] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
