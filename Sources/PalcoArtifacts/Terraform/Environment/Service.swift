import PalcoBlueprint

extension EnvironmentTerraform {
  /// Folders that the agent of sessions writes to; with a read-only root they need volumes.
  private static let sessionPaths = ["/var/lib/amazon", "/var/log/amazon"]

  private var writablePaths: [String] {
    guard aws.task.readOnlyRoot else { return [] }
    return aws.task.writablePaths
      + (aws.cluster.sessions ? Self.sessionPaths.filter { !aws.task.writablePaths.contains($0) } : [])
  }

  private static func volumeName(_ path: String) -> String {
    String(path.drop { $0 == "/" }.map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  // MARK: Task definition

  func task() -> TerraformFile {
    let isFargate = if case .fargate = aws.capacity { true } else { false }
    return TerraformFile(
      "task",
      comment:
        "What runs. This is the first revision; releases register the next ones, with the image that they bring.",
      blocks: [
        TerraformBlock(
          "locals",
          body: [
            set(
              "image",
              .expression("var.image == null ? \"${\(Addresses.repository).repository_url}:unreleased\" : var.image")),
            set("container_definitions", .list([container()])),
          ]),
        resource(Addresses.taskDefinition) {
          set("family", .text(names.family))
          set("requires_compatibilities", [isFargate ? "FARGATE" : "EC2"])
          set("network_mode", "awsvpc")
          set("cpu", .text(String(aws.task.cpu)))
          set("memory", .text(String(aws.task.memory)))
          set("execution_role_arn", Addresses.executionRole.arn)
          set("task_role_arn", Addresses.taskRole.arn)
          set("container_definitions", .json("container_definitions"))
          set("skip_destroy", true, why: "A rollback needs the revisions before this one.")
          block("runtime_platform") {
            set("operating_system_family", "LINUX")
            set("cpu_architecture", aws.task.architecture == .arm ? "ARM64" : "X86_64")
          }
          for path in writablePaths {
            block("volume") { set("name", .text(Self.volumeName(path))) }
          }
          tagged("")
        },
      ])
  }

  private func container() -> TerraformValue {
    var entries: [TerraformEntry] = [
      TerraformEntry("name", .text(names.container)),
      TerraformEntry("image", .local("image")),
      TerraformEntry("essential", true),
      TerraformEntry("readonlyRootFilesystem", .boolean(aws.task.readOnlyRoot)),
      TerraformEntry("privileged", false),
      TerraformEntry("stopTimeout", .integer(blueprint.service.stopTimeoutSeconds)),
      TerraformEntry(
        "portMappings",
        .list([
          .map([
            TerraformEntry("containerPort", .integer(blueprint.service.port)),
            TerraformEntry("hostPort", .integer(blueprint.service.port)), TerraformEntry("protocol", "tcp"),
          ])
        ])),
    ]
    entries.append(TerraformEntry("environment", .list(aws.task.environment.map(variable))))
    if !aws.task.secrets.isEmpty {
      entries.append(TerraformEntry("secrets", .list(aws.task.secrets.map(secret))))
    }
    if !writablePaths.isEmpty {
      entries.append(
        TerraformEntry(
          "mountPoints",
          .list(
            writablePaths.map { path in
              ["sourceVolume": .text(Self.volumeName(path)), "containerPath": .text(path), "readOnly": false]
            })))
    }
    entries.append(TerraformEntry("linuxParameters", ["initProcessEnabled": true]))
    entries.append(
      TerraformEntry(
        "logConfiguration",
        [
          "logDriver": "awslogs",
          "options": [
            "awslogs-group": Addresses.serviceLogs.name, "awslogs-region": .local("region"),
            "awslogs-stream-prefix": "palco",
          ],
        ]))
    return .map(entries)
  }

  private func variable(_ variable: AWSInfrastructure.TaskVariable) -> TerraformValue {
    let value: TerraformValue =
      switch variable.value {
      case .literal(let text): .text(text)
      case .databaseHost: databaseHost ?? ""
      }
    return ["name": .text(variable.name), "value": value]
  }

  private func secret(_ secret: AWSInfrastructure.TaskSecret) -> TerraformValue {
    let source: TerraformValue =
      switch secret.source {
      case .reference(let reference):
        reference.hasPrefix("/") ? SecretARN(reference).value : .text(reference)
      case .database(let field): databaseSecret.map { "\($0):\(field)::" } ?? ""
      }
    return ["name": .text(secret.name), "valueFrom": source]
  }

  // MARK: Service

  func service() -> TerraformFile {
    TerraformFile(
      "service",
      comment: "The service. ECS itself moves traffic and rolls back; the circuit breaker is always on.",
      blocks: [
        resource(Addresses.service) {
          set("name", .text(names.service))
          set("cluster", Addresses.cluster.id)
          set("task_definition", Addresses.taskDefinition.arn)
          set(
            "desired_count", .expression("var.image == null ? 0 : \(blueprint.service.tasks)"),
            why: "Without an image nothing runs until the first release, which sets this number.")
          set("enable_execute_command", .boolean(aws.cluster.sessions))
          set("enable_ecs_managed_tags", true)
          set("propagate_tags", "SERVICE")
          set("health_check_grace_period_seconds", .integer(blueprint.service.healthCheckGraceSeconds))
          rollingPercentages()
          placement()
          block("deployment_controller") { set("type", "ECS") }
          block("deployment_circuit_breaker") {
            set("enable", true)
            set("rollback", true)
          }
          if !aws.release.alarms.isEmpty {
            block("alarms", why: "An alarm while a release is under way takes it back.") {
              set("alarm_names", .list(aws.release.alarms.map { Addresses.alarm($0).alarm_name }))
              set("enable", true)
              set("rollback", true)
            }
          }
          deploymentConfiguration()
          block("network_configuration") {
            set("subnets", .list(zones.map { Addresses.subnet(.private, $0).id }))
            set("security_groups", [Addresses.securityGroup(.tasks).id])
            set("assign_public_ip", false)
          }
          loadBalancerBlock()
          tagged("")
          if let ignored = MutatedByECS.attributes(of: Addresses.service, blueprint) { ignored }
          depends(
            on: [
              Addresses.productionRule, Addresses.testRule, Addresses.infrastructurePolicy, Addresses.executionPolicy,
              Addresses.clusterProviders,
            ],
            why: "What ECS needs to start tasks and to move traffic, and what has to outlive the service.")
        }
      ])
  }

  @TerraformBody private func rollingPercentages() -> [TerraformItem] {
    switch blueprint.release {
    case .rolling(let minimum, let maximum):
      set("deployment_minimum_healthy_percent", .integer(minimum))
      set("deployment_maximum_percent", .integer(maximum))
    default:
      set("deployment_minimum_healthy_percent", 100)
      set("deployment_maximum_percent", 200)
    }
  }

  @TerraformBody private func placement() -> [TerraformItem] {
    switch aws.capacity {
    case .fargate(_, let spotPercent):
      // Always a strategy: the provider replaces a service that changes between a launch type and a strategy.
      if spotPercent < 100 {
        block("capacity_provider_strategy") {
          set("capacity_provider", "FARGATE")
          set("base", .integer(spotPercent > 0 ? 1 : 0))
          set("weight", .integer(100 - spotPercent))
        }
      }
      if spotPercent > 0 {
        block("capacity_provider_strategy", why: "AWS may take these tasks away with two minutes' notice.") {
          set("capacity_provider", "FARGATE_SPOT")
          set("base", 0)
          set("weight", .integer(spotPercent))
        }
      }
    case .ec2:
      block("capacity_provider_strategy") {
        set("capacity_provider", Addresses.capacityProvider.name)
        set("base", 0)
        set("weight", 100)
      }
      block("ordered_placement_strategy") {
        set("type", "spread")
        set("field", "attribute:ecs.availability-zone")
      }
      block("ordered_placement_strategy") {
        set("type", "binpack")
        set("field", "memory")
      }
    }
  }

  private func deploymentConfiguration() -> TerraformItem {
    block("deployment_configuration") {
      switch blueprint.release {
      case .rolling: set("strategy", "ROLLING")
      case .blueGreen(let bakeMinutes):
        set("strategy", "BLUE_GREEN")
        set("bake_time_in_minutes", .text(String(bakeMinutes)))
      case .canary(let percent, let percentBakeMinutes, let bakeMinutes):
        set("strategy", "CANARY")
        set("bake_time_in_minutes", .text(String(bakeMinutes)))
        block("canary_configuration") {
          set("canary_percent", .decimal(percent))
          set("canary_bake_time_in_minutes", .text(String(percentBakeMinutes)))
        }
      case .linear(let stepPercent, let stepBakeMinutes, let bakeMinutes):
        linear(stepPercent, stepBakeMinutes, bakeMinutes)
      case .paced(let stepPercent, let bakeMinutes):
        // The pauses before its steps come with each release: the provider cannot express them.
        linear(stepPercent, 0, bakeMinutes)
      }
    }
  }

  @TerraformBody
  private func linear(_ stepPercent: Double, _ stepBakeMinutes: Int, _ bakeMinutes: Int) -> [TerraformItem] {
    set("strategy", "LINEAR")
    set("bake_time_in_minutes", .text(String(bakeMinutes)))
    block("linear_configuration") {
      set("step_percent", .decimal(stepPercent))
      set("step_bake_time_in_minutes", .text(String(stepBakeMinutes)))
    }
  }

  private func loadBalancerBlock() -> TerraformItem {
    block("load_balancer") {
      set("target_group_arn", Addresses.blue.arn)
      set("container_name", .text(names.container))
      set("container_port", .integer(blueprint.service.port))
      if blueprint.release.movesTraffic {
        block("advanced_configuration") {
          set("alternate_target_group_arn", Addresses.green.arn)
          set("production_listener_rule", Addresses.productionRule.arn)
          set("test_listener_rule", Addresses.testRule.arn)
          set("role_arn", Addresses.infrastructureRole.arn)
        }
      }
    }
  }
}
