import AWSWire
import HTTPTypes

/// The operations of S3 that the local cloud answers, and how a request asks for one.
enum S3Operation: String, CaseIterable, Sendable {
  case listBuckets = "ListBuckets"
  case createBucket = "CreateBucket"
  case headBucket = "HeadBucket"
  case deleteBucket = "DeleteBucket"
  case getBucketLocation = "GetBucketLocation"
  case listObjectsV2 = "ListObjectsV2"
  case listObjectVersions = "ListObjectVersions"
  case deleteObjects = "DeleteObjects"
  case putObject = "PutObject"
  case getObject = "GetObject"
  case headObject = "HeadObject"
  case deleteObject = "DeleteObject"
  case createMultipartUpload = "CreateMultipartUpload"
  case uploadPart = "UploadPart"
  case completeMultipartUpload = "CompleteMultipartUpload"
  case abortMultipartUpload = "AbortMultipartUpload"
  case listParts = "ListParts"
  case listMultipartUploads = "ListMultipartUploads"
  case getBucketPolicy = "GetBucketPolicy"
  case putBucketPolicy = "PutBucketPolicy"
  case deleteBucketPolicy = "DeleteBucketPolicy"
  case getBucketPolicyStatus = "GetBucketPolicyStatus"

  /// What a request to something asks for; `nil` for what is answered by the bucket's settings or not at all.
  init?(_ method: HTTPRequest.Method, _ target: S3Target) {
    let subresource = target.subresource
    switch (target.bucket != nil, target.key != nil, method, subresource) {
    case (false, _, .get, nil): self = .listBuckets
    case (true, false, .put, nil): self = .createBucket
    case (true, false, .head, nil): self = .headBucket
    case (true, false, .delete, nil): self = .deleteBucket
    case (true, false, .get, "location"): self = .getBucketLocation
    case (true, false, .get, nil) where target.query["list-type"] == "2": self = .listObjectsV2
    case (true, false, .get, "versions"): self = .listObjectVersions
    case (true, false, .post, "delete"): self = .deleteObjects
    case (true, true, .put, nil): self = .putObject
    case (true, true, .get, nil): self = .getObject
    case (true, true, .head, nil): self = .headObject
    case (true, true, .delete, nil): self = .deleteObject
    case (true, true, .post, "uploads"): self = .createMultipartUpload
    case (true, true, .put, "uploadId"): self = .uploadPart
    case (true, true, .post, "uploadId"): self = .completeMultipartUpload
    case (true, true, .delete, "uploadId"): self = .abortMultipartUpload
    case (true, true, .get, "uploadId"): self = .listParts
    case (true, false, .get, "uploads"): self = .listMultipartUploads
    case (true, false, .get, "policy"): self = .getBucketPolicy
    case (true, false, .put, "policy"): self = .putBucketPolicy
    case (true, false, .delete, "policy"): self = .deleteBucketPolicy
    case (true, false, .get, "policyStatus"): self = .getBucketPolicyStatus
    default: return nil
    }
  }

  /// The names of everything that is answered, settings of buckets included, sorted.
  static var names: [String] {
    (allCases.map(\.rawValue) + BucketSetting.all.flatMap(\.operations)).sorted()
  }
}

extension S3Target {
  /// Every subresource that S3 has: what else is in a query is a parameter.
  private static let subresources: Set = [
    "abac", "accelerate", "acl", "analytics", "annotations", "attributes", "cors", "delete", "encryption",
    "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration",
    "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus",
    "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select", "session",
    "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
  ]

  /// The part of the bucket or of the object that a request is about.
  var subresource: String? { query.keys.first(where: Self.subresources.contains) }
}
