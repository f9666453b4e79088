import PalcoBlueprint

extension EnvironmentTerraform {
  // MARK: Logs

  func logs() -> TerraformFile {
    var blocks = [logGroup(Addresses.serviceLogs, names.logGroup)]
    if aws.cluster.sessions { blocks.append(logGroup(Addresses.sessionLogs, aws.names.sessionLogGroup)) }
    if aws.network.flowLogs { blocks.append(logGroup(Addresses.flowLogGroup, aws.names.flowLogGroup)) }
    if case .rds = aws.database {
      blocks += Self.databaseLogTypes.map { type in
        logGroup(
          TerraformAddress(Addresses.databaseLogs.resourceType, "database_\(type)"),
          "/aws/rds/instance/\(aws.names.database)/\(type)")
      }
    }
    return TerraformFile("logs", comment: "Log groups. None is kept for ever.", blocks: blocks)
  }

  private func logGroup(_ address: TerraformAddress, _ name: String) -> TerraformBlock {
    resource(address) {
      set("name", .text(name))
      set("retention_in_days", .integer(aws.logs.retentionDays))
      if hasKey { set("kms_key_id", Addresses.key.arn) }
      tagged("")
    }
  }

  // MARK: Alarms

  func alarms() -> TerraformFile {
    var blocks = [
      resource(Addresses.topic) {
        set("name", .text(aws.names.topic))
        if hasKey { set("kms_master_key_id", Addresses.key.id) }
        tagged("alarms")
      }
    ]
    if let email = aws.topic.email {
      blocks.append(
        resource(
          TerraformAddress("aws_sns_topic_subscription", "email"),
          why: "AWS sends a message to this address; alarms come once it is confirmed."
        ) {
          set("topic_arn", Addresses.topic.arn)
          set("protocol", "email")
          set("endpoint", .text(email))
        })
    }
    return TerraformFile(
      "alarms", comment: "What wakes somebody, and what takes a release back.", blocks: blocks + aws.alarms.map(alarm))
  }

  private func alarm(_ alarm: AWSInfrastructure.Alarm) -> TerraformBlock {
    resource(Addresses.alarm(alarm.role)) {
      set("alarm_name", .text(alarm.name))
      set("alarm_description", .text(alarm.description))
      set(
        "comparison_operator", alarm.comparison == .above ? "GreaterThanThreshold" : "LessThanThreshold")
      set("threshold", Self.number(alarm.threshold))
      set("evaluation_periods", .integer(alarm.evaluationPeriods))
      set("datapoints_to_alarm", .integer(alarm.datapointsToAlarm))
      set("treat_missing_data", alarm.missingIsBad ? "breaching" : "notBreaching")
      set("alarm_actions", [Addresses.topic.arn])
      set("ok_actions", [Addresses.topic.arn])
      metric(alarm)
      tagged(alarm.role.rawValue.hyphenated)
    }
  }

  private static func number(_ value: Double) -> TerraformValue {
    Int(exactly: value).map(TerraformValue.integer) ?? .decimal(value)
  }

  @TerraformBody private func metric(_ alarm: AWSInfrastructure.Alarm) -> [TerraformItem] {
    let balancer: TerraformValue = ["LoadBalancer": Addresses.balancer.arn_suffix]
    let period = alarm.periodSeconds
    switch alarm.role {
    case .errorRatio, .deploymentErrors:
      query("requests", "RequestCount", "Sum", balancer, period)
      query("balancer", "HTTPCode_ELB_5XX_Count", "Sum", balancer, period)
      query("targets", "HTTPCode_Target_5XX_Count", "Sum", balancer, period)
      block("metric_query", why: "What the load balancer refuses for want of a task is not among the requests.") {
        set("id", "ratio")
        set("label", "Requests answered with 5xx in percent")
        set(
          "expression",
          "IF(FILL(requests, 0) + FILL(balancer, 0) > 0, 100 * (FILL(balancer, 0) + FILL(targets, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)"
        )
        set("return_data", true)
      }
    case .unhealthyHosts:
      for (id, group) in [("blue", Addresses.blue), ("green", Addresses.green)] {
        query(
          id, "UnHealthyHostCount", "Maximum",
          ["TargetGroup": group.arn_suffix, "LoadBalancer": Addresses.balancer.arn_suffix], period)
      }
      block("metric_query") {
        set("id", "most")
        set("label", "Unhealthy tasks")
        set("expression", "MAX([FILL(blue, 0), FILL(green, 0)])")
        set("return_data", true)
      }
    case .latency, .deploymentLatency:
      single("AWS/ApplicationELB", "TargetResponseTime", balancer, period, statistic: set("extended_statistic", "p95"))
    case .databaseCPU:
      if case .ec2 = aws.database {
        single("AWS/EC2", "CPUUtilization", databaseDimension, period, statistic: set("statistic", "Average"))
      } else {
        single("AWS/RDS", "CPUUtilization", databaseDimension, period, statistic: set("statistic", "Average"))
      }
    case .databaseStorage:
      single("AWS/RDS", "FreeStorageSpace", databaseDimension, period, statistic: set("statistic", "Minimum"))
    case .databaseConnections:
      single("AWS/RDS", "DatabaseConnections", databaseDimension, period, statistic: set("statistic", "Maximum"))
    case .databaseStatus:
      single("AWS/EC2", "StatusCheckFailed", databaseDimension, period, statistic: set("statistic", "Maximum"))
    }
  }

  private var databaseDimension: TerraformValue {
    if case .ec2 = aws.database { return ["InstanceId": Addresses.databaseHost.id] }
    return ["DBInstanceIdentifier": Addresses.database.identifier]
  }

  private func single(
    _ namespace: String, _ metric: String, _ dimensions: TerraformValue, _ period: Int, statistic: TerraformItem
  ) -> [TerraformItem] {
    [
      set("namespace", .text(namespace)), set("metric_name", .text(metric)), statistic, set("period", .integer(period)),
      set("dimensions", dimensions),
    ]
  }

  private func query(
    _ id: String, _ metric: String, _ statistic: String, _ dimensions: TerraformValue, _ period: Int
  ) -> TerraformItem {
    block("metric_query") {
      set("id", .text(id))
      block("metric") {
        set("namespace", "AWS/ApplicationELB")
        set("metric_name", .text(metric))
        set("stat", .text(statistic))
        set("period", .integer(period))
        set("dimensions", dimensions)
      }
    }
  }

  // MARK: Dashboard

  func dashboard() -> TerraformFile {
    let balancer: [TerraformValue] = ["LoadBalancer", Addresses.balancer.arn_suffix]
    let service: [TerraformValue] = ["ClusterName", Addresses.cluster.name, "ServiceName", Addresses.service.name]
    func row(_ namespace: String, _ metric: String, _ dimensions: [TerraformValue]) -> TerraformValue {
      .list([.text(namespace), .text(metric)] + dimensions)
    }
    var widgets: [(String, String, [TerraformValue])] = [
      ("Requests", "Sum", [row("AWS/ApplicationELB", "RequestCount", balancer)]),
      (
        "Errors", "Sum",
        ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "HTTPCode_Target_4XX_Count"].map {
          row("AWS/ApplicationELB", $0, balancer)
        }
      ),
      ("Latency (p95)", "p95", [row("AWS/ApplicationELB", "TargetResponseTime", balancer)]),
      (
        "Healthy tasks by target group", "Minimum",
        [Addresses.blue, Addresses.green].map {
          row("AWS/ApplicationELB", "HealthyHostCount", ["TargetGroup", $0.arn_suffix] + balancer)
        }
      ),
      (
        "CPU and memory of tasks", "Average",
        ["CPUUtilization", "MemoryUtilization"].map { row("AWS/ECS", $0, service) }
      ),
    ]
    switch aws.database {
    case .none: break
    case .rds:
      widgets.append(
        (
          "Database", "Average",
          ["CPUUtilization", "DatabaseConnections"].map {
            row("AWS/RDS", $0, ["DBInstanceIdentifier", Addresses.database.identifier])
          }
        ))
    case .ec2:
      widgets.append(
        ("Database", "Average", [row("AWS/EC2", "CPUUtilization", ["InstanceId", Addresses.databaseHost.id])]))
    }
    let values = widgets.enumerated().map { index, widget -> TerraformValue in
      [
        "type": "metric", "x": .integer(index % 2 * 12), "y": .integer(index / 2 * 6), "width": 12, "height": 6,
        "properties": [
          "title": .text(widget.0), "region": .local("region"), "stat": .text(widget.1), "period": 60,
          "metrics": .list(widget.2),
        ],
      ]
    }
    return TerraformFile(
      "dashboard", comment: "One page that tells how the service is.",
      blocks: [
        local("dashboard", ["widgets": .list(values)]),
        resource(TerraformAddress("aws_cloudwatch_dashboard", "main")) {
          set("dashboard_name", .text(aws.names.dashboard))
          set("dashboard_body", .json("dashboard"))
        },
      ])
  }

  // MARK: Outputs

  func outputs() -> TerraformFile {
    let scheme = aws.balancer.protocols == .httpsWithRedirect ? "https" : "http"
    let host = aws.domain.map { TerraformValue.text($0.name) } ?? Addresses.balancer.dns_name
    var values: [(String, TerraformValue, String)] = [
      ("url", "\(scheme)://\(host)", "Where people reach the service."),
      ("cluster", Addresses.cluster.name, "The ECS cluster."),
      ("service", Addresses.service.name, "The ECS service."),
      ("task_family", Addresses.taskDefinition.family, "The family of the task definitions."),
      ("repository_url", Addresses.repository.repository_url, "Where images are pushed to."),
      ("vpc_id", Addresses.vpc.id, "The VPC."),
      ("task_subnets", .list(zones.map { Addresses.subnet(.private, $0).id }), "The subnets of tasks."),
      ("task_security_groups", [Addresses.securityGroup(.tasks).id], "The security groups of tasks."),
      ("execution_role_arn", Addresses.executionRole.arn, "The role with which ECS starts tasks."),
      ("task_role_arn", Addresses.taskRole.arn, "The role of the program."),
      ("infrastructure_role_arn", Addresses.infrastructureRole.arn, "The role with which ECS moves traffic."),
      ("load_balancer_arn", Addresses.balancer.arn, "The load balancer."),
      ("load_balancer_dns_name", Addresses.balancer.dns_name, "The load balancer's own name."),
      ("production_rule_arn", Addresses.productionRule.arn, "The rule that production traffic goes by."),
      ("test_rule_arn", Addresses.testRule.arn, "The rule that test traffic goes by."),
      ("target_group_arns", [Addresses.blue.arn, Addresses.green.arn], "The target groups, blue and green."),
      ("log_group", Addresses.serviceLogs.name, "The service's log group."),
      ("alarm_topic_arn", Addresses.topic.arn, "Who hears of alarms."),
    ]
    if let databaseHost, let databaseSecret {
      values.append(("database_host", databaseHost, "Where the database answers."))
      values.append(("database_secret_arn", databaseSecret, "The secret with the database's user and password."))
    }
    if case .bastion = aws.access {
      values.append(("bastion_address", Addresses.bastionAddress.public_ip, "Where SSH gets in."))
    }
    return TerraformFile(
      "outputs", comment: "What `palco` and other modules need to know. No output is a secret.",
      blocks: values.map { name, value, description in
        TerraformBlock("output", [name], body: [set("description", .text(description)), set("value", value)])
      })
  }
}
