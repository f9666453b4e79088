import PalcoBlueprint

extension EnvironmentTerraform {
  private var isHTTPS: Bool { aws.balancer.protocols == .httpsWithRedirect }

  func balancer() -> TerraformFile {
    var blocks = [loadBalancer()]
    blocks += [
      targetGroup(Addresses.blue, names.blueTargetGroup), targetGroup(Addresses.green, names.greenTargetGroup),
    ]
    if isHTTPS { blocks.append(redirect()) }
    blocks += [
      listener(Addresses.productionListener, port: aws.balancer.productionPort),
      listener(Addresses.testListener, port: aws.balancer.testPort),
      rule(Addresses.productionRule, of: Addresses.productionListener, live: Addresses.blue, idle: Addresses.green),
      rule(Addresses.testRule, of: Addresses.testListener, live: Addresses.blue, idle: Addresses.green),
    ]
    if let days = aws.balancer.accessLogDays { blocks += accessLogs(days: days) }
    return TerraformFile(
      "balancer",
      comment: isHTTPS
        ? "The way of the traffic: HTTPS with a certificate; port 80 only redirects."
        : "The way of the traffic. There is no domain, so there is no certificate: THIS IS PLAIN HTTP, and everybody on "
          + "the way can read it. Set `domain` in palco.yml before anything private goes through it.",
      blocks: blocks)
  }

  private func loadBalancer() -> TerraformBlock {
    let logged = aws.balancer.accessLogDays != nil
    return resource(Addresses.balancer) {
      set("name", .text(names.loadBalancer))
      set("load_balancer_type", "application")
      set("internal", false)
      set("subnets", .list(zones.map { Addresses.subnet(.public, $0).id }))
      set("security_groups", [Addresses.securityGroup(.balancer).id])
      set("idle_timeout", .integer(aws.balancer.idleTimeoutSeconds))
      set("drop_invalid_header_fields", true)
      set("enable_deletion_protection", .boolean(aws.balancer.deletionProtection))
      if logged {
        block("access_logs") {
          set("bucket", Addresses.accessLogs.id)
          set("enabled", true)
        }
      }
      tagged("")
      if logged {
        depends(on: [Addresses.accessLogsPolicy], why: "The load balancer tries the bucket when it is made.")
      }
    }
  }

  private func targetGroup(_ address: TerraformAddress, _ name: String) -> TerraformBlock {
    let health = blueprint.service.healthCheck
    let comment =
      address == Addresses.blue
      ? "Two groups: a release starts its tasks in the one that has no traffic. Neither colour is \"live\": only the "
        + "production rule tells." : nil
    return resource(address, why: comment) {
      set("name", .text(name))
      set("vpc_id", Addresses.vpc.id)
      set("target_type", "ip")
      set("protocol", "HTTP")
      set("port", .integer(blueprint.service.port))
      set("deregistration_delay", .integer(blueprint.service.deregistrationDelaySeconds))
      block("health_check") {
        set("path", .text(health.path))
        set("interval", .integer(health.intervalSeconds))
        set("timeout", .integer(health.timeoutSeconds))
        set("healthy_threshold", .integer(health.healthyThreshold))
        set("unhealthy_threshold", .integer(health.unhealthyThreshold))
        set("matcher", .text(health.successCodes))
      }
      tagged(address.label)
    }
  }

  private func redirect() -> TerraformBlock {
    resource(TerraformAddress("aws_lb_listener", "redirect")) {
      set("load_balancer_arn", Addresses.balancer.arn)
      set("port", 80)
      set("protocol", "HTTP")
      block("default_action") {
        set("type", "redirect")
        block("redirect") {
          set("port", .text(String(aws.balancer.productionPort)))
          set("protocol", "HTTPS")
          set("status_code", "HTTP_301")
        }
      }
      tagged("redirect")
    }
  }

  private func listener(_ address: TerraformAddress, port: Int) -> TerraformBlock {
    let comment =
      address == Addresses.testListener
      ? "Where the new tasks of a release are tried before traffic moves; open inside the VPC only." : nil
    return resource(address, why: comment) {
      set("load_balancer_arn", Addresses.balancer.arn)
      set("port", .integer(port))
      set("protocol", isHTTPS ? "HTTPS" : "HTTP")
      if isHTTPS {
        set("ssl_policy", "ELBSecurityPolicy-TLS13-1-2-2021-06")
        set("certificate_arn", Addresses.validation.certificate_arn)
      }
      block(
        "default_action",
        why: "ECS moves traffic in a rule that has one forward action and nothing else, so what no rule "
          + "takes ends here."
      ) {
        set("type", "fixed-response")
        block("fixed_response") {
          set("content_type", "text/plain")
          set("message_body", "Not found")
          set("status_code", "404")
        }
      }
      tagged(address.label)
    }
  }

  private func rule(
    _ address: TerraformAddress, of listener: TerraformAddress, live: TerraformAddress, idle: TerraformAddress
  ) -> TerraformBlock {
    resource(address) {
      set("listener_arn", listener.arn)
      set("priority", 1)
      block("condition") {
        block("path_pattern") { set("values", ["/*"]) }
      }
      block("action") {
        set("type", "forward")
        block("forward") {
          block("target_group") {
            set("arn", live.arn)
            set("weight", 100)
          }
          block("target_group") {
            set("arn", idle.arn)
            set("weight", 0)
          }
        }
      }
      tagged(address.label)
      if let ignored = MutatedByECS.attributes(of: address, blueprint) { ignored }
    }
  }

  // MARK: Access logs

  private func accessLogs(days: Int) -> [TerraformBlock] {
    let bucket = Addresses.accessLogs
    return [
      resource(bucket) {
        set("bucket", "\(names.loadBalancer)-logs-\(.local("account_id"))")
        set("force_destroy", .boolean(!aws.isProtected))
        tagged("access-logs")
      }
    ] + BucketSettings.closed(bucket) + [
      BucketSettings.encrypted(
        bucket, key: nil, why: "The load balancer writes only with S3's own keys (SSE-S3)."),
      resource(TerraformAddress("aws_s3_bucket_lifecycle_configuration", bucket.label)) {
        set("bucket", bucket.id)
        block("rule") {
          set("id", "expire")
          set("status", "Enabled")
          block("filter") {}
          block("expiration") { set("days", .integer(days)) }
          block("noncurrent_version_expiration") { set("noncurrent_days", 1) }
          block("abort_incomplete_multipart_upload") { set("days_after_initiation", 1) }
        }
      },
      BucketSettings.versioned(bucket),
      Policies.local(
        "access_logs_policy",
        [
          BucketSettings.onlyTLS(bucket),
          PolicyStatement(
            sid: "LoadBalancerWrites", principals: ("Service", ["logdelivery.elasticloadbalancing.amazonaws.com"]),
            actions: ["s3:PutObject"], resources: ["\(bucket.arn)/AWSLogs/\(.local("account_id"))/*"],
            conditions: [("StringEquals", "aws:SourceAccount", [.local("account_id")])]),
        ]),
      resource(Addresses.accessLogsPolicy) {
        set("bucket", bucket.id)
        set("policy", .json("access_logs_policy"))
        depends(on: [TerraformAddress("aws_s3_bucket_public_access_block", bucket.label)])
      },
    ]
  }

  // MARK: DNS

  func dns() -> TerraformFile {
    guard let domain = aws.domain else { return TerraformFile("dns", comment: "", blocks: []) }
    let option = "tolist(\(Addresses.certificate).domain_validation_options)[0]"
    return TerraformFile(
      "dns", comment: "The name, its certificate, and the record that proves to ACM whose name it is.",
      blocks: [
        resource(Addresses.hostedZone) {
          set("name", .text(domain.zone))
          set("private_zone", false)
        },
        resource(Addresses.certificate) {
          set("domain_name", .text(domain.name))
          set("validation_method", "DNS")
          set("key_algorithm", "EC_prime256v1")
          tagged("")
          block("lifecycle") { set("create_before_destroy", true) }
        },
        resource(Addresses.validationRecord) {
          set("zone_id", Addresses.hostedZone.zone_id)
          set("name", .expression("\(option).resource_record_name"))
          set("type", .expression("\(option).resource_record_type"))
          set("records", [.expression("\(option).resource_record_value")])
          set("ttl", 300)
          set("allow_overwrite", true, why: "Two environments with the same name would prove it by the same record.")
        },
        resource(Addresses.validation) {
          set("certificate_arn", Addresses.certificate.arn)
          set("validation_record_fqdns", [Addresses.validationRecord.fqdn])
        },
        resource(TerraformAddress("aws_route53_record", "main")) {
          set("zone_id", Addresses.hostedZone.zone_id)
          set("name", .text(domain.name))
          set("type", "A")
          block("alias") {
            set("name", Addresses.balancer.dns_name)
            set("zone_id", Addresses.balancer.zone_id)
            set("evaluate_target_health", true)
          }
        },
      ])
  }
}
