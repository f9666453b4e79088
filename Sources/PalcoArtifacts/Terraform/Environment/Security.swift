import PalcoBlueprint

extension EnvironmentTerraform {
  func security() -> TerraformFile {
    var blocks: [TerraformBlock] = []
    for group in aws.securityGroups {
      blocks.append(
        resource(Addresses.securityGroup(group.role)) {
          set("name", .text("\(prefix)-\(group.role.rawValue.hyphenated)"))
          set("description", .text(group.description))
          set("vpc_id", Addresses.vpc.id)
          tagged(group.role.rawValue.hyphenated)
        })
    }
    for group in aws.securityGroups { blocks += group.rules.map { rule($0, of: group.role) } }
    return TerraformFile(
      "security",
      comment: "Who may speak with whom. Groups name each other instead of addresses; what is not named is not let "
        + "through. Rules are resources of their own, so that groups may name each other in circles.",
      blocks: blocks)
  }

  private func rule(
    _ rule: AWSInfrastructure.SecurityGroupRule, of role: AWSInfrastructure.SecurityGroupRole
  ) -> TerraformBlock {
    let type = "aws_vpc_security_group_\(rule.direction.rawValue)_rule"
    return resource(Self.ruleAddress(rule, of: role, type: type)) {
      set("security_group_id", Addresses.securityGroup(role).id)
      set("description", .text(rule.reason))
      set("ip_protocol", "tcp")
      set("from_port", .integer(rule.port))
      set("to_port", .integer(rule.port))
      switch rule.peer {
      case .internet: set("cidr_ipv4", "0.0.0.0/0")
      case .cidr(let block): set("cidr_ipv4", .text(block.description))
      case .securityGroup(let other): set("referenced_security_group_id", Addresses.securityGroup(other).id)
      case .s3PrefixList: set("prefix_list_id", Addresses.s3Endpoint.prefix_list_id)
      }
      tagged(role.rawValue.hyphenated)
    }
  }

  /// An address that says what the rule does, so that a plan can be read: `tasks_from_balancer_8080`.
  static func ruleAddress(
    _ rule: AWSInfrastructure.SecurityGroupRule, of role: AWSInfrastructure.SecurityGroupRole, type: String
  ) -> TerraformAddress {
    let peer =
      switch rule.peer {
      case .internet: "internet"
      case .cidr(let block): String(block.description.map { $0 == "." || $0 == "/" ? "_" : $0 })
      case .securityGroup(let other): other.rawValue.snakeCased
      case .s3PrefixList: "s3"
      }
    let word = rule.direction == .ingress ? "from" : "to"
    return TerraformAddress(type, "\(role.rawValue.snakeCased)_\(word)_\(peer)_\(rule.port)")
  }

  /// The environment's key, where logs and notifications are encrypted with one of its own.
  func key() -> TerraformFile {
    guard hasKey else { return TerraformFile("key", comment: "", blocks: []) }
    let root = PolicyStatement(
      sid: "AccountDecides",
      principals: ("AWS", ["arn:\(.local("partition")):iam::\(.local("account_id")):root"]), actions: ["kms:*"],
      resources: ["*"])
    let use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    let logs = PolicyStatement(
      sid: "LogGroups", principals: ("Service", ["logs.\(.local("region")).amazonaws.com"]), actions: use,
      resources: ["*"],
      conditions: [
        (
          "ArnLike", "kms:EncryptionContext:aws:logs:arn",
          ["arn:\(.local("partition")):logs:\(.local("region")):\(.local("account_id")):log-group:*"]
        )
      ])
    let alarms = PolicyStatement(
      sid: "Alarms", principals: ("Service", ["cloudwatch.amazonaws.com"]),
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"], resources: ["*"],
      conditions: [("StringEquals", "aws:SourceAccount", [.local("account_id")])])
    return TerraformFile(
      "key", comment: "The key that logs, sessions, notifications and a database on EC2 are encrypted with.",
      blocks: [
        Policies.local(
          "key_policy", [root, logs, alarms],
          why: "In a key's policy, `*` is the key itself. The account decides who else may use it; services only for "
            + "resources of the account."),
        resource(Addresses.key) {
          set("description", .text("Logs, sessions and notifications of \(prefix)"))
          set("enable_key_rotation", true)
          set("deletion_window_in_days", .integer(aws.isProtected ? 30 : 7))
          set("policy", .json("key_policy"))
          tagged("")
        },
        resource(TerraformAddress("aws_kms_alias", "main")) {
          set("name", .text(aws.names.keyAlias))
          set("target_key_id", Addresses.key.id)
        },
      ])
  }
}
