import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

// Buckets, their settings and their policies.
extension S3Routes {
  func listBuckets(_ query: [String: String]) async throws -> Response {
    let prefix = query["prefix"] ?? ""
    let buckets = await service.state.buckets.values.values
      .filter { $0.name.hasPrefix(prefix) }.sorted { $0.name < $1.name }
    let region = service.cloud.region
    return document(
      XMLTree(
        "ListAllMyBucketsResult",
        [
          service.owner,
          XMLTree(
            "Buckets",
            buckets.map {
              XMLTree(
                "Bucket",
                [
                  XMLTree("Name", $0.name), XMLTree("CreationDate", S3.timestamp($0.createdAt)),
                  XMLTree("BucketRegion", region),
                ])
            }),
        ]))
  }

  func createBucket(_ name: String, _ request: Request) async throws -> Response {
    guard Self.isBucketName(name) else {
      throw S3Failure("InvalidBucketName", "The specified bucket is not valid.", details: [("BucketName", name)])
    }
    if request.headers.value(named: "x-amz-bucket-object-lock-enabled")?.lowercased() == "true" {
      throw S3Failure.unknown("object lock")
    }
    if let acl = request.headers.value(named: "x-amz-acl"), acl != "private" {
      throw S3Failure(
        "InvalidBucketAclWithObjectOwnership",
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
    }
    let body = try await body(of: request)
    let region = service.cloud.region
    let constraint = body.isEmpty ? nil : try XMLTree(parsing: body)["LocationConstraint"]?.text
    guard constraint.map({ $0 == region && region != "us-east-1" }) ?? (region == "us-east-1") else {
      throw S3Failure(
        "IllegalLocationConstraintException",
        "The \(constraint ?? "unspecified") location constraint is incompatible for the region specific endpoint this "
          + "request was sent to.")
    }
    let now = service.cloud.time.now()
    try await service.change { state in
      if state.buckets[name] != nil {
        // The oldest region alone says that it did what was done before.
        if region == "us-east-1" { return }
        throw S3Failure.isOwn(name)
      }
      state.buckets[name] = BucketRecord(name: name, createdAt: now, settings: BucketSetting.ofNewBuckets)
    }
    return Response(status: .ok, headers: [.location: "/\(name)"])
  }

  func deleteBucket(_ name: String) async throws -> Response {
    try await service.change { state in
      _ = try state.bucket(name)
      guard state.isEmpty(name) else { throw S3Failure.notEmpty(name) }
      for upload in state.uploads(to: name) { state.end(upload.id) }
      state.buckets[name] = nil
    }
    return Response(status: .noContent)
  }

  /// Gets, puts or deletes a setting of a bucket.
  func setting(_ request: Request, _ target: S3Target) async throws -> Response {
    let what = "\(request.method) of \(target.subresource ?? (target.key == nil ? "a bucket" : "an object"))"
    guard let bucket = target.bucket, target.key == nil,
      let setting = BucketSetting.all.first(where: { $0.subresource == target.subresource })
    else { throw S3Failure.unknown(what) }
    switch request.method {
    case .get:
      let record = try await service.state.bucket(bucket)
      if let document = record.settings[setting.subresource] { return self.document(document) }
      switch setting.absent {
      case .document(let tree): return document(setting.subresource == "acl" ? accessControl : tree)
      case .error(let code, let message): throw S3Failure(code, message, 404, details: [("BucketName", bucket)])
      }
    case .put where setting.put != nil:
      let tree = try XMLTree(parsing: try await body(of: request))
      try setting.check(tree)
      try await service.change { state in
        var record = try state.bucket(bucket)
        record.settings[setting.subresource] = tree
        if setting.subresource == "versioning" { record.versioning = tree["Status"]?.text }
        state.buckets[bucket] = record
      }
      return Response(status: setting.subresource == "tagging" ? .noContent : .ok)
    case .delete where setting.delete != nil:
      try await service.change { state in
        var record = try state.bucket(bucket)
        record.settings[setting.subresource] = nil
        state.buckets[bucket] = record
      }
      return Response(status: .noContent)
    default: throw S3Failure.unknown(what)
    }
  }

  /// The owner may do everything, and nobody else anything.
  private var accessControl: XMLTree {
    var grantee = XMLTree("Grantee", service.owner.children)
    grantee.attributes = ["xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": "CanonicalUser"]
    return XMLTree(
      "AccessControlPolicy",
      [
        service.owner,
        XMLTree(
          "AccessControlList",
          [
            XMLTree(
              "Grant",
              [grantee, XMLTree("Permission", "FULL_CONTROL")])
          ]),
      ])
  }

  func policy(_ operation: S3Operation, of bucket: String, _ request: Request) async throws -> Response {
    let record = try await service.state.bucket(bucket)
    if operation == .putBucketPolicy || operation == .deleteBucketPolicy {
      let text = operation == .deleteBucketPolicy ? nil : try Self.policy(try await body(of: request))
      try await service.change { state in
        var record = try state.bucket(bucket)
        record.policy = text
        state.buckets[bucket] = record
      }
      return Response(status: .noContent)
    }
    guard let policy = record.policy else {
      throw S3Failure(
        "NoSuchBucketPolicy", "The bucket policy does not exist", 404, details: [("BucketName", bucket)])
    }
    if operation == .getBucketPolicyStatus {
      return document(XMLTree("PolicyStatus", [XMLTree("IsPublic", Self.isPublic(policy) ? "true" : "false")]))
    }
    return Response(
      status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(string: policy)))
  }

  private static func policy(_ body: Data) throws(S3Failure) -> String {
    guard case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: body),
      members["Statement"] != nil
    else {
      throw S3Failure("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")
    }
    return String(decoding: body, as: UTF8.self)
  }

  /// Whether a statement lets everybody in without a condition.
  private static func isPublic(_ policy: String) -> Bool {
    guard case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(policy.utf8)),
      let statements = members["Statement"]
    else { return false }
    let list = if case .array(let all) = statements { all } else { [statements] }
    return list.contains { statement in
      guard case .object(let members) = statement, members["Effect"] == .string("Allow"), members["Condition"] == nil
      else { return false }
      return switch members["Principal"] {
      case .string("*"): true
      case .object(let who): who["AWS"] == .string("*") || who["AWS"] == .array([.string("*")])
      default: false
      }
    }
  }

  /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  static func isBucketName(_ name: String) -> Bool {
    name.range(of: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", options: .regularExpression) != nil && !name.contains("..")
      && !name.hasPrefix("xn--") && name.range(of: "^[0-9]+(\\.[0-9]+){3}$", options: .regularExpression) == nil
  }
}
