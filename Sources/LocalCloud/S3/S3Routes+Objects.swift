import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

// Objects.
extension S3Routes {
  /// Fields that are kept with an object and answered with it.
  private static let keptFields: Set = [
    "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
    "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-website-redirect-location",
  ]
  /// What would change the meaning of a request, were it left out.
  private static let unknownFields = [
    "x-amz-copy-source", "x-amz-tagging", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold",
    "x-amz-server-side-encryption-customer-algorithm", "x-amz-write-offset-bytes",
  ]
  /// AWS's bound on one request.
  private static let maximumSize = 5 << 30

  /// Refuses what an object cannot be in this cloud.
  func checkThatMayBe(_ key: String, in bucket: String, _ request: Request) async throws {
    _ = try await service.state.bucket(bucket)
    if key.utf8.count > 1024 { throw S3Failure("KeyTooLongError", "Your key is too long") }
    if let field = Self.unknownFields.first(where: { request.headers.value(named: $0) != nil }) {
      throw S3Failure.unknown("the header \(field)")
    }
    if let acl = request.headers.value(named: "x-amz-acl"), !["private", "bucket-owner-full-control"].contains(acl) {
      throw S3Failure("AccessControlListNotSupported", "The bucket does not allow ACLs")
    }
  }

  /// The bytes that a request brings, in a file that nothing names yet.
  func receive(_ request: Request) async throws -> ObjectWriter {
    try await ObjectUpload(request.headers, maximumSize: Self.maximumSize).receive(request.body, into: service.objects)
  }

  func putObject(_ key: String, in bucket: String, _ request: Request) async throws -> Response {
    try await checkThatMayBe(key, in: bucket, request)
    // A client that would be refused anyway need not send its bytes.
    let condition = WriteCondition(request.headers)
    try await condition.check(service.state, key, bucket)
    let writer = try await receive(request)
    do {
      let now = service.cloud.time.now()
      let version = ObjectVersion(
        bucket: bucket, key: key, id: "", number: 0, modifiedAt: now, file: writer.name, size: writer.size,
        etag: ObjectWriter.hexadecimal(writer.contentMD5), headers: Self.kept(request.headers),
        checksum: writer.checksumValue)
      let newID = service.newVersionID()
      let put = try await service.change { state in
        try condition.check(state, key, bucket)
        return try state.put(version, newID: newID)
      }
      let isVersioned = try await service.state.bucket(bucket).versioning != nil
      return Response(status: .ok, headers: fields(of: put, isVersioned: isVersioned, withChecksum: true, isPut: true))
    } catch {
      service.objects.remove([writer.name])
      throw error
    }
  }

  /// The fields of a request that are the object's.
  static func kept(_ fields: HTTPFields) -> [String: String] {
    var kept: [String: String] = [:]
    for field in fields
    where keptFields.contains(field.name.canonicalName) || field.name.canonicalName.hasPrefix("x-amz-meta-") {
      kept[field.name.canonicalName] = field.value
    }
    if let encoding = kept["content-encoding"] {
      // How it was sent is no part of the object.
      let rest = encoding.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { $0.lowercased() != "aws-chunked" }
      kept["content-encoding"] = rest.isEmpty ? nil : rest.joined(separator: ",")
    }
    kept["x-amz-server-side-encryption"] = kept["x-amz-server-side-encryption"] ?? "AES256"
    return kept
  }

  func fields(
    of version: ObjectVersion, isVersioned: Bool, withChecksum: Bool, isPut: Bool = false
  ) -> HTTPFields {
    var fields = HTTPFields()
    for (name, value) in version.headers where !isPut || name.hasPrefix("x-amz-server-side-encryption") {
      fields.set(name, value)
    }
    fields[.eTag] = "\"\(version.etag)\""
    if isVersioned { fields.set("x-amz-version-id", version.id) }
    if withChecksum, let checksum = version.checksum {
      fields.set(checksum.algorithm.field, checksum.text)
      fields.set("x-amz-checksum-type", checksum.type)
    }
    return fields
  }

  func getObject(
    _ key: String, in bucket: String, _ query: [String: String], _ request: Request
  ) async throws -> Response {
    let (version, reader) = try await service.open(key, in: bucket, id: query["versionId"])
    let modified = version.modifiedAt.formatted(Self.dateStyle)
    try ReadCondition(request.headers).check(version)
    let isVersioned = try await service.state.bucket(bucket).versioning != nil
    var fields = fields(
      of: version, isVersioned: isVersioned,
      withChecksum: request.headers.value(named: "x-amz-checksum-mode")?.uppercased() == "ENABLED")
    fields[.lastModified] = modified
    fields[.acceptRanges] = "bytes"
    fields[.contentType] = fields[.contentType] ?? "binary/octet-stream"
    fields[.contentLength] = String(version.size)
    if query["partNumber"] != nil, let sizes = version.partSizes {
      fields.set("x-amz-mp-parts-count", String(sizes.count))
    }
    let range = try Self.range(of: version, query["partNumber"], request.headers[.range])
    if let part = range {
      fields[.contentLength] = String(part.count)
      fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound)/\(version.size)"
      // The checksum is the whole object's.
      for algorithm in ObjectChecksum.Algorithm.allCases {
        if let name = HTTPField.Name(algorithm.field) { fields[name] = nil }
      }
    }
    let status: HTTPResponse.Status = range == nil ? .ok : .partialContent
    if request.method == .head { return Response(status: status, headers: fields) }
    return Response(
      status: status, headers: fields, body: reader.body(range.map { Range($0) } ?? 0..<version.size))
  }

  /// The bytes that are asked for: those of a part, or of a range; `nil` for all.
  private static func range(
    of version: ObjectVersion, _ partNumber: String?, _ range: String?
  ) throws(S3Failure) -> ClosedRange<Int>? {
    if let partNumber {
      if range != nil {
        throw S3Failure("InvalidRequest", "Cannot specify both Range header and partNumber query parameter")
      }
      let number = try PartRecord.number(partNumber)
      let sizes = version.partSizes ?? [version.size]
      guard number <= sizes.count else {
        throw S3Failure(
          "InvalidPartNumber", "The requested partnumber is not satisfiable", 416,
          details: [("PartNumberRequested", partNumber), ("ActualPartCount", String(sizes.count))])
      }
      let start = sizes[..<(number - 1)].reduce(0, +)
      return sizes[number - 1] == 0 ? nil : start...(start + sizes[number - 1] - 1)
    }
    switch range.flatMap({ ByteRange($0, size: version.size) }) {
    case .unsatisfiable?:
      throw S3Failure(
        "InvalidRange", "The requested range is not satisfiable", 416,
        details: [("RangeRequested", range ?? ""), ("ActualObjectSize", String(version.size))])
    case .part(let part)?: return part
    case nil: return nil
    }
  }

  /// As `Last-Modified` has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static let dateStyle = HTTPDateStyle()

  func deleteObject(_ key: String, in bucket: String, id: String?, _ request: Request) async throws -> Response {
    let condition = request.headers[.ifMatch]
    let deleted = try await delete(key, in: bucket, id: id, ifMatch: condition)
    return Response(status: .noContent, headers: deletionFields(deleted, id: id))
  }

  private func deletionFields(_ deleted: ObjectVersion?, id: String?) -> HTTPFields {
    var fields = HTTPFields()
    if let deleted, deleted.isDeleteMarker { fields.set("x-amz-delete-marker", "true") }
    if let shown = id ?? deleted.flatMap({ $0.isDeleteMarker ? $0.id : nil }) { fields.set("x-amz-version-id", shown) }
    return fields
  }

  private func delete(_ key: String, in bucket: String, id: String?, ifMatch: String? = nil) async throws
    -> ObjectVersion?
  {
    let (newID, now) = (service.newVersionID(), service.cloud.time.now())
    return try await service.change { state in
      if let ifMatch {
        guard let current = state.current(ObjectKey(key), in: bucket) else { throw S3Failure.noKey(key) }
        guard WriteCondition.matches(ifMatch, current) else { throw S3Failure.precondition("If-Match") }
      }
      return try state.delete(key, in: bucket, id: id, newID: newID, at: now)
    }
  }

  func deleteObjects(_ bucket: String, _ request: Request) async throws -> Response {
    _ = try await service.state.bucket(bucket)
    let tree = try XMLTree(parsing: try await body(of: request))
    let wanted = tree.all("Object")
    guard tree.name == "Delete", (1...1000).contains(wanted.count) else { throw XMLTree.malformed }
    let isQuiet = tree["Quiet"]?.text == "true"
    var results: [XMLTree] = []
    for object in wanted {
      guard let key = object["Key"]?.text, !key.isEmpty else { throw XMLTree.malformed }
      let id = object["VersionId"]?.text
      let deleted = try await delete(key, in: bucket, id: id)
      if isQuiet { continue }
      var elements = [XMLTree("Key", key)]
      if let id { elements.append(XMLTree("VersionId", id)) }
      if let deleted, deleted.isDeleteMarker {
        elements += [XMLTree("DeleteMarker", "true"), XMLTree("DeleteMarkerVersionId", deleted.id)]
      }
      results.append(XMLTree("Deleted", elements))
    }
    return document(XMLTree("DeleteResult", results))
  }
}

/// The dates of HTTP (RFC 9110, section 5.6.7).
struct HTTPDateStyle: FormatStyle {
  private static let style = Date.VerbatimFormatStyle(
    format:
      "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
    locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))

  func format(_ value: Date) -> String { value.formatted(Self.style) }

  /// The instant of a text; `nil` for what is no such date.
  static func date(_ text: String) -> Date? { try? Date(text, strategy: style.parseStrategy) }
}
