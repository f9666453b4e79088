import PalcoBlueprint

/// The versions that generated modules ask for.
public enum TerraformVersions {
  /// Terraform's least version: the S3 backend's own lock is stable there.
  public static let terraform = ">= 1.11.0"

  /// The AWS provider's versions: ECS-native deployments came with 6.4, canary and linear with 6.21.
  ///
  /// - Parameter release: The strategy that it must know; nil where there is no service.
  public static func provider(for release: ReleaseStrategy? = nil) -> String {
    switch release {
    case .canary, .linear, .paced: ">= 6.21, < 7.0"
    case .rolling, .blueGreen, nil: ">= 6.4, < 7.0"
    }
  }

  /// The `terraform` block's head.
  static func head(backend: TerraformItem?, for release: ReleaseStrategy? = nil) -> TerraformBlock {
    var body: [TerraformItem] = [
      set("required_version", .text(terraform)),
      block("required_providers") {
        set("aws", ["source": "hashicorp/aws", "version": .text(provider(for: release))])
      },
    ]
    if let backend { body.append(backend) }
    return TerraformBlock("terraform", body: body)
  }

  /// The S3 backend. Which bucket it is depends on the account, so `-backend-config=bucket=…` says it.
  static func backend(key: String, region: String) -> TerraformItem {
    .block(
      TerraformBlock(
        "backend", ["s3"],
        comment:
          "One state per environment. The bucket is given by -backend-config=bucket=NAME; a lock is a file beside "
          + "the state, so two applies at once cannot happen.",
        body: [
          set("key", .text(key)), set("region", .text(region)), set("encrypt", true), set("use_lockfile", true),
        ]))
  }
}

extension EnvironmentTerraform {
  /// Where the environment's state is in the state bucket.
  public static func stateKey(project: String, environment: String) -> String {
    "\(project)/\(environment)/terraform.tfstate"
  }

  func versions() -> TerraformFile {
    let key = Self.stateKey(project: blueprint.project, environment: blueprint.environment)
    return TerraformFile(
      "versions", comment: "\(blueprint.project) in \(blueprint.environment): made by `palco` from palco.yml.",
      blocks: [
        TerraformVersions.head(backend: TerraformVersions.backend(key: key, region: aws.region), for: blueprint.release)
      ])
  }

  func provider() -> TerraformFile {
    TerraformFile(
      "provider", comment: "Where everything is made, and the tags that everything has.",
      blocks: Self.provider(tags: aws.tags.all, region: aws.region) + [
        resource(Addresses.zones, why: "Local zones have to be opted into, and lack services.") {
          set("state", "available")
          block("filter") {
            set("name", "opt-in-status")
            set("values", ["opt-in-not-required"])
          }
        }
      ])
  }

  /// The provider and what is known of the account.
  static func provider(tags: [AWSInfrastructure.Tag], region: String) -> [TerraformBlock] {
    [
      TerraformBlock(
        "provider", ["aws"],
        body: [
          set("region", .local("region")),
          set(
            "allowed_account_ids", .expression("var.account_id == null ? null : [var.account_id]"),
            why: "A cheap guard against the wrong account: `palco` always passes the account it means."),
          block("default_tags") { set("tags", .local("tags")) },
        ]),
      TerraformBlock(
        "locals",
        body: [
          set("region", .text(region)),
          set("account_id", Addresses.caller.account_id),
          set("partition", Addresses.partition.partition),
          set("tags", .map(tags.map { TerraformEntry($0.key, .text($0.value)) })),
        ]),
      TerraformBlock(
        "variable", ["account_id"],
        body: [
          set("description", "The account that is meant; null for whichever the credentials name."),
          set("type", .word("string")), set("default", .null),
        ]),
      resource(Addresses.caller) {},
      resource(Addresses.partition) {},
    ]
  }

  func variables() -> TerraformFile {
    TerraformFile(
      "variables", comment: "What palco.yml does not decide.",
      blocks: [
        TerraformBlock(
          "variable", ["image"],
          body: [
            set(
              "description",
              "The image of the first task definition, by digest. Null: nothing runs until the first release."),
            set("type", .word("string")), set("default", .null),
          ])
      ])
  }
}
