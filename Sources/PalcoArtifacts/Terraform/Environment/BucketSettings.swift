/// What every bucket has: no public access, no ACLs, encryption, TLS only.
enum BucketSettings {
  static func closed(_ bucket: TerraformAddress) -> [TerraformBlock] {
    [
      resource(TerraformAddress("aws_s3_bucket_public_access_block", bucket.label)) {
        set("bucket", bucket.id)
        set("block_public_acls", true)
        set("block_public_policy", true)
        set("ignore_public_acls", true)
        set("restrict_public_buckets", true)
      },
      resource(TerraformAddress("aws_s3_bucket_ownership_controls", bucket.label)) {
        set("bucket", bucket.id)
        block("rule") { set("object_ownership", "BucketOwnerEnforced") }
      },
    ]
  }

  static func encrypted(_ bucket: TerraformAddress, key: TerraformAddress?, why: String? = nil) -> TerraformBlock {
    resource(TerraformAddress("aws_s3_bucket_server_side_encryption_configuration", bucket.label), why: why) {
      set("bucket", bucket.id)
      block("rule") {
        if key != nil { set("bucket_key_enabled", true) }
        block("apply_server_side_encryption_by_default") {
          set("sse_algorithm", key == nil ? "AES256" : "aws:kms")
          if let key { set("kms_master_key_id", key.arn) }
        }
      }
    }
  }

  static func versioned(_ bucket: TerraformAddress) -> TerraformBlock {
    resource(TerraformAddress("aws_s3_bucket_versioning", bucket.label)) {
      set("bucket", bucket.id)
      block("versioning_configuration") { set("status", "Enabled") }
    }
  }

  static func onlyTLS(_ bucket: TerraformAddress) -> PolicyStatement {
    PolicyStatement(
      sid: "OnlyTLS", effect: "Deny", principals: ("*", []), actions: ["s3:*"],
      resources: [bucket.arn, "\(bucket.arn)/*"], conditions: [("Bool", "aws:SecureTransport", ["false"])])
  }
}
