import AWSWire

/// A setting of a bucket that is one document: given, kept and answered, and for the most part not acted upon.
struct BucketSetting: Sendable {
  /// What is answered while nobody has set it.
  enum Absent: Sendable {
    case document(XMLTree)
    case error(_ code: String, _ message: String)
  }

  /// The subresource, such as `encryption`.
  var subresource: String
  /// The element of its document.
  var root: String
  /// The operation that reads it.
  var get: String
  /// The operation that sets it; what has none is answered as every new bucket has it.
  var put: String?
  /// The operation that takes it away.
  var delete: String?
  var absent: Absent

  /// The names of its operations.
  var operations: [String] { [get, put, delete].compactMap { $0 } }

  /// All settings.
  static let all: [BucketSetting] = [
    BucketSetting(
      subresource: "versioning", root: "VersioningConfiguration", get: "GetBucketVersioning",
      put: "PutBucketVersioning", absent: .document(XMLTree("VersioningConfiguration", []))),
    BucketSetting(
      subresource: "encryption", root: "ServerSideEncryptionConfiguration", get: "GetBucketEncryption",
      put: "PutBucketEncryption", delete: "DeleteBucketEncryption", absent: .document(defaultEncryption)),
    BucketSetting(
      subresource: "publicAccessBlock", root: "PublicAccessBlockConfiguration", get: "GetPublicAccessBlock",
      put: "PutPublicAccessBlock", delete: "DeletePublicAccessBlock",
      absent: .error(
        "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")),
    BucketSetting(
      subresource: "ownershipControls", root: "OwnershipControls", get: "GetBucketOwnershipControls",
      put: "PutBucketOwnershipControls", delete: "DeleteBucketOwnershipControls",
      absent: .error("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")),
    BucketSetting(
      subresource: "tagging", root: "Tagging", get: "GetBucketTagging", put: "PutBucketTagging",
      delete: "DeleteBucketTagging", absent: .error("NoSuchTagSet", "The TagSet does not exist")),
    BucketSetting(
      subresource: "lifecycle", root: "LifecycleConfiguration", get: "GetBucketLifecycleConfiguration",
      put: "PutBucketLifecycleConfiguration", delete: "DeleteBucketLifecycle",
      absent: .error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")),
    BucketSetting(
      subresource: "acl", root: "AccessControlPolicy", get: "GetBucketAcl",
      absent: .document(XMLTree("AccessControlPolicy", []))),
    BucketSetting(
      subresource: "cors", root: "CORSConfiguration", get: "GetBucketCors",
      absent: .error("NoSuchCORSConfiguration", "The CORS configuration does not exist")),
    BucketSetting(
      subresource: "website", root: "WebsiteConfiguration", get: "GetBucketWebsite",
      absent: .error("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")),
    BucketSetting(
      subresource: "replication", root: "ReplicationConfiguration", get: "GetBucketReplication",
      absent: .error("ReplicationConfigurationNotFoundError", "The replication configuration was not found")),
    BucketSetting(
      subresource: "logging", root: "BucketLoggingStatus", get: "GetBucketLogging",
      absent: .document(XMLTree("BucketLoggingStatus", []))),
    BucketSetting(
      subresource: "accelerate", root: "AccelerateConfiguration", get: "GetBucketAccelerateConfiguration",
      absent: .document(XMLTree("AccelerateConfiguration", []))),
    BucketSetting(
      subresource: "requestPayment", root: "RequestPaymentConfiguration", get: "GetBucketRequestPayment",
      absent: .document(XMLTree("RequestPaymentConfiguration", [XMLTree("Payer", "BucketOwner")]))),
  ]

  private static let defaultEncryption = XMLTree(
    "ServerSideEncryptionConfiguration",
    [
      XMLTree(
        "Rule",
        [
          XMLTree("ApplyServerSideEncryptionByDefault", [XMLTree("SSEAlgorithm", "AES256")]),
          XMLTree("BucketKeyEnabled", "false"),
        ])
    ])

  /// What every new bucket has: nobody but the account gets in, and everything belongs to it.
  ///
  /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
  static let ofNewBuckets: [String: XMLTree] = [
    "publicAccessBlock": XMLTree(
      "PublicAccessBlockConfiguration",
      ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map { XMLTree($0, "true") }
    ),
    "ownershipControls": XMLTree(
      "OwnershipControls", [XMLTree("Rule", [XMLTree("ObjectOwnership", "BucketOwnerEnforced")])]),
  ]

  /// Takes a document that a client sent for this setting.
  ///
  /// - Throws: `MalformedXML` for one of another kind.
  func check(_ document: XMLTree) throws(AWSError) {
    guard document.name == root else { throw XMLTree.malformed }
    switch subresource {
    case "versioning":
      guard ["Enabled", "Suspended"].contains(document["Status"]?.text) else { throw XMLTree.malformed }
    case "tagging":
      let tags = document["TagSet"]?.all("Tag") ?? []
      let keys = tags.compactMap { $0["Key"]?.text }
      guard keys.count == tags.count, tags.allSatisfy({ $0["Value"] != nil }) else { throw XMLTree.malformed }
      guard Set(keys).count == keys.count else {
        throw AWSError("InvalidTag", "Cannot provide multiple Tags with the same key")
      }
    default: break
    }
  }
}
