import PalcoBlueprint

/// The root module that is applied once per account and region, before any environment: where state is kept, where
/// images are kept, and who may deploy from outside.
///
/// By hand it is applied with a local state, which then moves into the bucket that it made: without `backend` first, then
/// with it and `terraform init -migrate-state`. `palco bootstrap` makes an empty bucket itself, keeps the state in it from
/// the beginning, and lets the module adopt it.
public struct BootstrapTerraform: Sendable {
  let blueprints: [Blueprint]
  let project: String
  let region: String
  let registry: AWSInfrastructure.Registry
  let repository: String
  let tags: [AWSInfrastructure.Tag]
  let hasStateInBucket: Bool
  let foundIssuers: Set<String>

  /// A generator for the environments of one project that live on AWS.
  ///
  /// - Parameters:
  ///   - blueprints: the project's environments; those with another target are passed over
  ///   - hasStateInBucket: whether the state is in the bucket
  ///   - foundIssuers: issuers of pipelines' tokens that the account knows already, and not by this module: another
  ///     region's or another project's made them, and IAM has each only once (see ``issuers``)
  /// - Throws: ``ArtifactError`` with `noEnvironmentOnAWS`
  public init(
    _ blueprints: [Blueprint], hasStateInBucket: Bool, foundIssuers: Set<String> = []
  ) throws(ArtifactError) {
    self.blueprints = blueprints.filter { $0.aws != nil }
    guard let first = self.blueprints.first, let aws = first.aws else { throw .noEnvironmentOnAWS }
    project = first.project
    region = aws.region
    registry = aws.registry
    repository = first.names.repository
    self.hasStateInBucket = hasStateInBucket
    self.foundIssuers = foundIssuers
    // One module for all environments: it has none of their own tags.
    tags = aws.tags.all.compactMap { tag in
      switch tag.key {
      case "environment": AWSInfrastructure.Tag(key: tag.key, value: "bootstrap")
      case "palco_manifest": nil
      default: tag
      }
    }
  }

  /// The name of the bucket that states are kept in: one per project, account and region.
  public static func stateBucket(project: String, account: String, region: String) -> String {
    "palco-\(project)-\(account)-\(region)"
  }

  /// Where the bootstrap module's own state is in the bucket.
  public static func stateKey(project: String) -> String { "\(project)/bootstrap/terraform.tfstate" }

  enum Places {
    static let bucket = TerraformAddress("aws_s3_bucket", "state")
    static let key = TerraformAddress("aws_kms_key", "state")
    static let repository = TerraformAddress("aws_ecr_repository", "main")
  }

  /// The address of the bucket in the module.
  public static var bucketAddress: String { Places.bucket.description }

  /// A file that lets the module adopt a bucket that is there already.
  public static func adoption(of bucket: String) -> TerraformFile {
    TerraformFile(
      "adoption", comment: "The bucket came first, so that the state of its own making could be in it.",
      blocks: [
        TerraformBlock(
          "import", body: [set("to", .word(Places.bucket.description)), set("id", .text(bucket))])
      ])
  }

  /// The module, with the scanners' accepted exceptions beside what they are about.
  public func module() -> TerraformModule {
    let files = [versions(), provider(), state(), images(), pipeline(), outputs()]
    return ScannerExceptions.annotate(TerraformModule(files: files).moving(), for: nil)
  }

  private func versions() -> TerraformFile {
    TerraformFile(
      "versions",
      comment: "What \(project) needs before its first environment, once per account and region: made by `palco` from "
        + "palco.yml.",
      blocks: [
        TerraformVersions.head(
          backend: hasStateInBucket
            ? TerraformVersions.backend(key: Self.stateKey(project: project), region: region) : nil)
      ])
  }

  private func provider() -> TerraformFile {
    TerraformFile(
      "provider", comment: "Where everything is made, and the tags that everything has.",
      blocks: EnvironmentTerraform.provider(tags: tags, region: region))
  }

  // MARK: State

  private func state() -> TerraformFile {
    let bucket = Places.bucket
    return TerraformFile(
      "state",
      comment:
        "Where Terraform keeps what it knows. It is versioned, encrypted, private and reached by TLS only; a lock is "
        + "an object beside the state.",
      blocks: [
        Policies.local(
          "state_key_policy",
          [
            PolicyStatement(
              sid: "AccountDecides",
              principals: ("AWS", ["arn:\(.local("partition")):iam::\(.local("account_id")):root"]), actions: ["kms:*"],
              resources: ["*"])
          ], why: "In a key's policy, `*` is the key itself. IAM decides who in the account may use it."),
        resource(Places.key) {
          set("description", .text("Terraform state of \(project)"))
          set("enable_key_rotation", true)
          set("deletion_window_in_days", 30)
          set("policy", .json("state_key_policy"))
          set("tags", ["Name": .text("\(project)-state")])
        },
        resource(TerraformAddress("aws_kms_alias", "state")) {
          set("name", .text("alias/palco-\(project)-state"))
          set("target_key_id", Places.key.id)
        },
        resource(bucket) {
          set("bucket", "palco-\(project)-\(.local("account_id"))-\(.local("region"))")
          set("tags", ["Name": .text("\(project)-state")])
          block("lifecycle", why: "Without its state, Terraform knows nothing of what it made.") {
            set("prevent_destroy", true)
          }
        },
        BucketSettings.versioned(bucket),
        BucketSettings.encrypted(bucket, key: Places.key),
      ] + BucketSettings.closed(bucket) + [
        Policies.local("state_policy", [BucketSettings.onlyTLS(bucket)]),
        resource(TerraformAddress("aws_s3_bucket_policy", "state")) {
          set("bucket", bucket.id)
          set("policy", .json("state_policy"))
          depends(on: [TerraformAddress("aws_s3_bucket_public_access_block", "state")])
        },
        resource(
          TerraformAddress("aws_s3_bucket_lifecycle_configuration", "state"),
          why: "Each lock leaves a version and a delete marker behind; old states are kept for three months."
        ) {
          set("bucket", bucket.id)
          block("rule") {
            set("id", "old-versions")
            set("status", "Enabled")
            block("filter") {}
            block("noncurrent_version_expiration") { set("noncurrent_days", 90) }
            block("expiration") { set("expired_object_delete_marker", true) }
            block("abort_incomplete_multipart_upload") { set("days_after_initiation", 7) }
          }
          depends(on: [TerraformAddress("aws_s3_bucket_versioning", "state")])
        },
      ])
  }

  // MARK: Images

  private func images() -> TerraformFile {
    let rules: [TerraformValue] = [
      [
        "rulePriority": 1, "description": "Images without a tag",
        "selection": [
          "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days",
          "countNumber": .integer(registry.untaggedDays),
        ], "action": ["type": "expire"],
      ],
      [
        "rulePriority": 2, "description": "The oldest images",
        "selection": [
          "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": .integer(registry.keptImages),
        ], "action": ["type": "expire"],
      ],
    ]
    return TerraformFile(
      "registry",
      comment: "The image repository. It is here and not in an environment, because a release moves one digest from "
        + "environment to environment.",
      blocks: [
        resource(Places.repository) {
          set("name", .text(repository))
          set("image_tag_mutability", registry.immutableTags ? "IMMUTABLE" : "MUTABLE")
          block("image_scanning_configuration") { set("scan_on_push", .boolean(registry.scanOnPush)) }
          block("encryption_configuration") { set("encryption_type", registry.encryptedWithOwnKey ? "KMS" : "AES256") }
          set("tags", ["Name": .text(repository)])
          block("lifecycle", why: "The running tasks' images are here.") { set("prevent_destroy", true) }
        },
        local("images_lifecycle", ["rules": .list(rules)]),
        resource(TerraformAddress("aws_ecr_lifecycle_policy", "main")) {
          set("repository", Places.repository.name)
          set("policy", .json("images_lifecycle"))
        },
      ])
  }

  // MARK: Outputs

  private func outputs() -> TerraformFile {
    var values: [(String, TerraformValue, String)] = [
      ("state_bucket", Places.bucket.id, "Where states are kept."),
      ("repository_url", Places.repository.repository_url, "Where images are pushed to."),
    ]
    for deploy in deployRoles {
      values.append(
        (
          "deploy_role_\(deploy.environment)", deploy.address.arn,
          "The role of the pipeline that deploys \(deploy.environment)."
        ))
    }
    return TerraformFile(
      "outputs", comment: "What `palco` and pipelines need to know.",
      blocks: values.map { name, value, description in
        TerraformBlock("output", [name], body: [set("description", .text(description)), set("value", value)])
      })
  }
}
