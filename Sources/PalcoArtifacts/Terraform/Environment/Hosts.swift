import PalcoBlueprint

extension EnvironmentTerraform {
  /// What every single EC2 instance has: Amazon Linux, IMDSv2 only, an encrypted disk.
  func hostBasics(
    type: String, subnet: TerraformAddress, group: AWSInfrastructure.SecurityGroupRole, profile: TerraformAddress,
    diskGiB: Int, architecture: AWSInfrastructure.Architecture = .arm
  ) -> [TerraformItem] {
    [
      set("ami", Self.hostImage(architecture).insecure_value),
      set("instance_type", .text(type)),
      set("subnet_id", subnet.id),
      set("vpc_security_group_ids", [Addresses.securityGroup(group).id]),
      set("iam_instance_profile", profile.name),
      set("ebs_optimized", true),
      Self.metadataOptions,
      block("root_block_device") {
        set("encrypted", true)
        set("volume_type", "gp3")
        set("volume_size", .integer(diskGiB))
      },
    ]
  }

  /// IMDSv2 only: a request that a program was talked into sends no token.
  static let metadataOptions = block("metadata_options", why: "IMDSv2 only.") {
    set("http_endpoint", "enabled")
    set("http_tokens", "required")
    set("http_put_response_hop_limit", 1)
  }

  /// The parameter that names the newest Amazon Linux image.
  static func hostImage(_ architecture: AWSInfrastructure.Architecture) -> TerraformAddress {
    .data("aws_ssm_parameter", "amazon_linux_\(architecture.rawValue)")
  }

  /// The architectures of the environment's single instances.
  private var hostArchitectures: [AWSInfrastructure.Architecture] {
    var found: Set<AWSInfrastructure.Architecture> = []
    if aws.network.nat == .instance { found.insert(.arm) }
    if case .ec2(let database) = aws.database { found.insert(database.architecture) }
    if case .bastion(let bastion) = aws.access { found.insert(bastion.architecture) }
    return AWSInfrastructure.Architecture.allCases.filter(found.contains)
  }

  /// Whether there are instances besides a database's that need a role.
  var hasPlainHosts: Bool {
    if case .bastion = aws.access { return true }
    return aws.network.nat == .instance
  }

  func access() -> TerraformFile {
    var blocks = hostArchitectures.map { architecture in
      resource(Self.hostImage(architecture)) {
        set("name", .text("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-\(architecture.rawValue)"))
      }
    }
    if case .bastion(let bastion) = aws.access {
      blocks.append(
        resource(
          Addresses.bastion,
          why:
            "People get in here by SSH, with their own key, from named addresses; and from here to the database only."
        ) {
          hostBasics(
            type: bastion.instanceType, subnet: Addresses.subnet(.public, 0), group: .bastion,
            profile: Addresses.hostProfile, diskGiB: 8, architecture: bastion.architecture)
          set("key_name", .text(bastion.keyName))
          tagged("bastion")
          ignoring(["ami"], why: "A newer image is no reason to cut sessions; replace the instance when it suits.")
        })
      blocks.append(
        resource(Addresses.bastionAddress) {
          set("domain", "vpc")
          set("instance", Addresses.bastion.id)
          tagged("bastion")
          depends(on: [Addresses.internetGateway])
        })
    }
    return TerraformFile(
      "access",
      comment:
        "How people get in. Without a bastion: by sessions of Systems Manager (`aws ecs execute-command`), which "
        + "need no open port and no key, and are logged.",
      blocks: blocks)
  }
}
