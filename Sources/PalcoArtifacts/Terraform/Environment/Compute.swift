import PalcoBlueprint

extension EnvironmentTerraform {
  // MARK: Cluster

  func cluster() -> TerraformFile {
    TerraformFile(
      "cluster", comment: "The ECS cluster, and the repository of its images.",
      blocks: [
        resource(
          Addresses.repository,
          why:
            "The repository is the project's, made by the bootstrap module: a release moves one digest from environment "
            + "to environment, so no environment may own it."
        ) { set("name", .text(names.repository)) },
        local("cluster_name", .text(names.cluster)),
        resource(Addresses.cluster) {
          set("name", .local("cluster_name"))
          block("setting") {
            set("name", "containerInsights")
            set("value", aws.cluster.containerInsights ? "enabled" : "disabled")
          }
          if aws.cluster.sessions {
            block("configuration") {
              block("execute_command_configuration", why: "What people type in sessions is kept.") {
                if hasKey { set("kms_key_id", Addresses.key.arn) }
                set("logging", "OVERRIDE")
                block("log_configuration") {
                  set("cloud_watch_log_group_name", Addresses.sessionLogs.name)
                  set("cloud_watch_encryption_enabled", .boolean(hasKey))
                }
              }
            }
          }
          tagged("")
        },
        resource(Addresses.clusterProviders) {
          set("cluster_name", Addresses.cluster.name)
          switch aws.capacity {
          case .fargate: set("capacity_providers", ["FARGATE", "FARGATE_SPOT"])
          case .ec2: set("capacity_providers", [Addresses.capacityProvider.name])
          }
        },
      ])
  }

  // MARK: Instances

  func capacity() -> TerraformFile {
    guard case .ec2(let instances) = aws.capacity else { return TerraformFile("capacity", comment: "", blocks: []) }
    return TerraformFile(
      "capacity",
      comment: "The instances that tasks run on. ECS adds and drains them; a new image or type is rolled through by an "
        + "instance refresh.",
      blocks: [
        resource(.data("aws_ssm_parameter", "ecs_image")) {
          let folder = instances.architecture == .arm ? "amazon-linux-2023/arm64" : "amazon-linux-2023"
          set("name", .text("/aws/service/ecs/optimized-ami/\(folder)/recommended/image_id"))
        },
        local(
          "instances_user_data",
          .document([
            .literal("#!/bin/bash\ncat >> /etc/ecs/ecs.config <<'CONFIG'\nECS_CLUSTER="),
            .value(.local("cluster_name")),
            .literal("\nECS_AWSVPC_BLOCK_IMDS=true\nECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance\nCONFIG\n"),
          ]),
          why:
            "The cluster's name and not its attribute: the cluster knows the capacity provider, which knows the group, "
            + "which knows this."),
        launchTemplate(instances), scalingGroup(instances), capacityProvider(instances),
      ])
  }

  private func launchTemplate(_ instances: AWSInfrastructure.ContainerInstances) -> TerraformBlock {
    resource(Addresses.launchTemplate) {
      set("name", .text("\(prefix)-instances"))
      set("image_id", TerraformAddress.data("aws_ssm_parameter", "ecs_image").insecure_value)
      set("instance_type", .text(instances.type))
      set("vpc_security_group_ids", [Addresses.securityGroup(.containerInstances).id])
      set("user_data", .call("base64encode", [.local("instances_user_data")]))
      set("update_default_version", true)
      set("ebs_optimized", "true")
      block("iam_instance_profile") { set("arn", Addresses.instanceProfile.arn) }
      Self.metadataOptions
      block("monitoring") { set("enabled", true) }
      block("block_device_mappings") {
        set("device_name", "/dev/xvda")
        block("ebs") {
          set("encrypted", "true")
          set("volume_type", "gp3")
          set("volume_size", .integer(instances.diskGiB))
          set("delete_on_termination", "true")
        }
      }
      for kind in ["instance", "volume"] {
        block("tag_specifications") {
          set("resource_type", .text(kind))
          set("tags", .call("merge", [.local("tags"), ["Name": .text("\(prefix)-instance")]]))
        }
      }
      tagged("instances")
    }
  }

  private func scalingGroup(_ instances: AWSInfrastructure.ContainerInstances) -> TerraformBlock {
    resource(Addresses.instances) {
      set("name", .text("\(prefix)-instances"))
      set("vpc_zone_identifier", .list(zones.map { Addresses.subnet(.private, $0).id }))
      set("min_size", .integer(instances.minimum))
      set("max_size", .integer(instances.maximum))
      set("health_check_type", "EC2")
      set("health_check_grace_period", 120)
      set("wait_for_capacity_timeout", "0")
      set("protect_from_scale_in", true, why: "ECS ends an instance only when it has no task left.")
      if !aws.isProtected {
        set("force_delete", true, why: "Protected instances would keep the group from being destroyed.")
      }
      block("launch_template") {
        set("id", Addresses.launchTemplate.id)
        set("version", Addresses.launchTemplate.latest_version)
      }
      block("instance_refresh") {
        set("strategy", "Rolling")
        block("preferences") {
          set("min_healthy_percentage", 100)
          set("scale_in_protected_instances", "Refresh")
        }
      }
      block("tag") {
        set("key", "Name")
        set("value", .text("\(prefix)-instance"))
        set("propagate_at_launch", false)
      }
      block("tag", why: "ECS puts this tag on a group that a capacity provider manages.") {
        set("key", "AmazonECSManaged")
        set("value", "true")
        set("propagate_at_launch", true)
      }
      for tag in aws.tags.all {
        block("tag") {
          set("key", .text(tag.key))
          set("value", .text(tag.value))
          set("propagate_at_launch", false)
        }
      }
      if let ignored = MutatedByECS.attributes(of: Addresses.instances, blueprint) { ignored }
    }
  }

  private func capacityProvider(_ instances: AWSInfrastructure.ContainerInstances) -> TerraformBlock {
    resource(Addresses.capacityProvider) {
      set("name", .text(aws.names.capacityProvider))
      block("auto_scaling_group_provider") {
        set("auto_scaling_group_arn", Addresses.instances.arn)
        set("managed_termination_protection", "ENABLED")
        set("managed_draining", "ENABLED")
        block("managed_scaling") {
          set("status", "ENABLED")
          set("target_capacity", .integer(instances.targetCapacityPercent))
        }
      }
      tagged("")
    }
  }

  // MARK: Scaling of the service

  func scaling() -> TerraformFile {
    guard aws.scaling.isActive else { return TerraformFile("scaling", comment: "", blocks: []) }
    var blocks = [
      resource(Addresses.scalingTarget) {
        set("service_namespace", "ecs")
        set("scalable_dimension", "ecs:service:DesiredCount")
        set("resource_id", "service/\(Addresses.cluster.name)/\(Addresses.service.name)")
        set(
          "min_capacity", 0,
          why: "The least there may be now is started at once, and before the first release there is no image to start."
        )
        set("max_capacity", .integer(aws.scaling.maximum))
        if let ignored = MutatedByECS.attributes(of: Addresses.scalingTarget, blueprint) {
          ignored
        }
      }
    ]
    if let percent = aws.scaling.cpuPercent {
      blocks.append(predefined("cpu", metric: "ECSServiceAverageCPUUtilization", target: percent))
    }
    if let percent = aws.scaling.memoryPercent {
      blocks.append(predefined("memory", metric: "ECSServiceAverageMemoryUtilization", target: percent))
    }
    if let requests = aws.scaling.requestsPerTarget { blocks.append(requestScaling(requests)) }
    return TerraformFile("scaling", comment: "How many tasks run, by load.", blocks: blocks)
  }

  private func policy(
    _ name: String, why: String? = nil, @TerraformBody _ configuration: () -> [TerraformItem]
  ) -> TerraformBlock {
    let body = configuration()
    return resource(TerraformAddress("aws_appautoscaling_policy", name), why: why) {
      set("name", .text("\(prefix)-\(name)"))
      set("policy_type", "TargetTrackingScaling")
      set("service_namespace", Addresses.scalingTarget.service_namespace)
      set("scalable_dimension", Addresses.scalingTarget.scalable_dimension)
      set("resource_id", Addresses.scalingTarget.resource_id)
      block("target_tracking_scaling_policy_configuration") {
        body
        set("scale_out_cooldown", 60)
        set("scale_in_cooldown", 300)
      }
    }
  }

  private func predefined(_ name: String, metric: String, target: Int) -> TerraformBlock {
    policy(name) {
      set("target_value", .integer(target))
      block("predefined_metric_specification") { set("predefined_metric_type", .text(metric)) }
    }
  }

  /// AWS's own request metric names one target group, which has no traffic after every second release.
  private func requestScaling(_ requests: Int) -> TerraformBlock {
    policy("requests", why: "Requests per task and minute, in whichever target group has the traffic.") {
      set("target_value", .integer(requests))
      block("customized_metric_specification") {
        for (id, group) in [("blue", Addresses.blue), ("green", Addresses.green)] {
          block("metrics") {
            set("id", .text(id))
            set("return_data", false)
            block("metric_stat") {
              set("stat", "Sum")
              block("metric") {
                set("namespace", "AWS/ApplicationELB")
                set("metric_name", "RequestCountPerTarget")
                block("dimensions") {
                  set("name", "TargetGroup")
                  set("value", group.arn_suffix)
                }
                block("dimensions") {
                  set("name", "LoadBalancer")
                  set("value", Addresses.balancer.arn_suffix)
                }
              }
            }
          }
        }
        block("metrics") {
          set("id", "live")
          set("expression", "MAX([FILL(blue, 0), FILL(green, 0)])")
          set("return_data", true)
        }
      }
    }
  }
}
