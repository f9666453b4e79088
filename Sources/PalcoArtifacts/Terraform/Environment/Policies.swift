/// One statement of an IAM policy.
struct PolicyStatement {
  var sid: String
  var effect = "Allow"
  /// Who is meant, in policies of resources: `Service` or `AWS` or `Federated` and the names.
  var principals: (kind: String, names: [TerraformValue])?
  var actions: [String]
  /// What may be touched; empty in trust policies, which have no resource.
  var resources: [TerraformValue] = []
  /// Operator, key and values.
  var conditions: [(operator: String, key: String, values: [TerraformValue])] = []

  var value: TerraformValue {
    var entries = [TerraformEntry("Sid", .text(sid)), TerraformEntry("Effect", .text(effect))]
    if let principals {
      if principals.kind == "*" {
        entries.append(TerraformEntry("Principal", "*"))
      } else {
        entries.append(
          TerraformEntry("Principal", .map([TerraformEntry(principals.kind, Self.oneOrMany(principals.names))])))
      }
    }
    entries.append(TerraformEntry("Action", Self.oneOrMany(actions.map(TerraformValue.text))))
    if !resources.isEmpty { entries.append(TerraformEntry("Resource", Self.oneOrMany(resources))) }
    if !conditions.isEmpty {
      var operators: [TerraformEntry] = []
      for condition in conditions {
        let entry = TerraformEntry(condition.key, Self.oneOrMany(condition.values))
        if let index = operators.firstIndex(where: { $0.key == condition.operator }),
          case .map(let before) = operators[index].value
        {
          operators[index].value = .map(before + [entry])
        } else {
          operators.append(TerraformEntry(condition.operator, .map([entry])))
        }
      }
      entries.append(TerraformEntry("Condition", .map(operators)))
    }
    return .map(entries)
  }

  /// IAM itself returns a list of one as the one, so that is how it is written: a plan then has nothing to say.
  private static func oneOrMany(_ values: [TerraformValue]) -> TerraformValue {
    values.count == 1 ? values[0] : .list(values)
  }
}

/// Policies and roles. A policy is an object in a local value, and goes through `jsonencode` where it is used.
enum Policies {
  static func local(_ name: String, _ statements: [PolicyStatement], why: String? = nil) -> TerraformBlock {
    PalcoArtifacts.local(
      name, ["Version": "2012-10-17", "Statement": .list(statements.map(\.value))], why: why)
  }

  /// Lets a service act as a role, for resources of this account only.
  static func trust(_ name: String, service: String) -> TerraformBlock {
    local(
      name,
      [
        PolicyStatement(
          sid: "Assume", principals: ("Service", [.text(service)]), actions: ["sts:AssumeRole"],
          conditions: [("StringEquals", "aws:SourceAccount", [.local("account_id")])])
      ])
  }

  /// EC2 sends no source account when it hands a role to an instance.
  static func instanceTrust(_ name: String) -> TerraformBlock {
    local(
      name,
      [PolicyStatement(sid: "Assume", principals: ("Service", ["ec2.amazonaws.com"]), actions: ["sts:AssumeRole"])])
  }

  static func role(
    _ address: TerraformAddress, name: String, description: String, trust: String, why: String? = nil
  ) -> TerraformBlock {
    resource(address, why: why) {
      set("name", .text(name))
      set("description", .text(description))
      set("assume_role_policy", .json(trust))
    }
  }

  static func inline(
    _ address: TerraformAddress, role: TerraformAddress, name: String, policy: String
  ) -> TerraformBlock {
    resource(address) {
      set("name", .text(name))
      set("role", role.id)
      set("policy", .json(policy))
    }
  }

  /// A managed policy of AWS.
  static func attachment(_ address: TerraformAddress, role: TerraformAddress, policy: String) -> TerraformBlock {
    resource(address) {
      set("role", role.name)
      set("policy_arn", "arn:\(.local("partition")):iam::aws:policy/\(policy)")
    }
  }

  /// An instance profile named after its role.
  static func profile(_ address: TerraformAddress, role: TerraformAddress) -> TerraformBlock {
    resource(address) {
      set("name", role.name)
      set("role", role.name)
    }
  }
}
