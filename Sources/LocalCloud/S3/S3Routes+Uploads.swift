import AWSWire
import Foundation
import HTTPTypes
import Hummingbird

// Objects that come in parts.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
extension S3Routes {
  func createUpload(_ key: String, in bucket: String, _ request: Request) async throws -> Response {
    try await checkThatMayBe(key, in: bucket, request)
    let checksum = try MultipartChecksum(request.headers)
    let upload = UploadRecord(
      id: service.cloud.ids.urlSafe(128), bucket: bucket, key: key, number: 0, createdAt: service.cloud.time.now(),
      headers: Self.kept(request.headers), checksum: checksum)
    try await service.change { state in
      _ = try state.bucket(bucket)
      state.begin(upload)
    }
    var response = document(
      XMLTree(
        "InitiateMultipartUploadResult",
        [XMLTree("Bucket", bucket), XMLTree("Key", key), XMLTree("UploadId", upload.id)]))
    response.headers.setEncryption(of: upload)
    if let checksum {
      response.headers.set("x-amz-checksum-algorithm", checksum.algorithm.rawValue.uppercased())
      response.headers.set("x-amz-checksum-type", checksum.type)
    }
    return response
  }

  func uploadPart(
    of key: String, in bucket: String, _ query: [String: String], _ request: Request
  ) async throws -> Response {
    let number = try PartRecord.number(query["partNumber"] ?? "")
    let id = query["uploadId"] ?? ""
    // A client that would be refused anyway need not send its bytes.
    let upload = try await service.state.upload(id, of: key, in: bucket)
    try await checkThatMayBe(key, in: bucket, request)
    let writer = try await receive(request)
    do {
      let part = PartRecord(
        upload: id, number: number, file: writer.name, size: writer.size, md5: writer.contentMD5,
        checksum: writer.checksumValue, modifiedAt: service.cloud.time.now())
      try upload.checksum?.check(part)
      try await service.change { state in
        _ = try state.upload(id, of: key, in: bucket)
        state.put(part)
      }
      var fields: HTTPFields = [.eTag: "\"\(part.etag)\""]
      fields.setEncryption(of: upload)
      if let checksum = part.checksum { fields.set(checksum.algorithm.field, checksum.text) }
      return Response(status: .ok, headers: fields)
    } catch {
      service.objects.remove([writer.name])
      throw error
    }
  }

  func abortUpload(_ id: String, of key: String, in bucket: String) async throws -> Response {
    try await service.change { state in
      _ = try state.upload(id, of: key, in: bucket)
      state.end(id)
    }
    return Response(status: .noContent)
  }

  func listParts(of key: String, in bucket: String, _ query: [String: String]) async throws -> Response {
    let state = await service.state
    let upload = try state.upload(query["uploadId"] ?? "", of: key, in: bucket)
    let size = try ListRequest.size(query, "max-parts")
    let marker = query["part-number-marker"] ?? "0"
    guard let after = Int(marker), after >= 0 else {
      throw S3Failure.argument(
        "part-number-marker", marker, "Provided part-number-marker not an integer or within integer range")
    }
    let rest = state.parts(of: upload.id).filter { $0.number > after }
    let page = rest.prefix(size)
    var elements = [
      XMLTree("Bucket", bucket), XMLTree("Key", key), XMLTree("UploadId", upload.id),
      XMLTree("Initiator", service.owner.children), service.owner, XMLTree("StorageClass", "STANDARD"),
      XMLTree("PartNumberMarker", String(after)), XMLTree("NextPartNumberMarker", String(page.last?.number ?? 0)),
      XMLTree("MaxParts", String(size)), XMLTree("IsTruncated", rest.count > page.count ? "true" : "false"),
    ]
    elements += upload.checksumElements
    elements += page.map { part in
      XMLTree(
        "Part",
        [
          XMLTree("PartNumber", String(part.number)), XMLTree("LastModified", S3.timestamp(part.modifiedAt)),
          XMLTree("ETag", "\"\(part.etag)\""), XMLTree("Size", String(part.size)),
        ] + (part.checksum.map { [XMLTree($0.algorithm.element, $0.text)] } ?? []))
    }
    return document(XMLTree("ListPartsResult", elements))
  }

  func listUploads(_ bucket: String, _ query: [String: String]) async throws -> Response {
    let state = await service.state
    _ = try state.bucket(bucket)
    let request = try ListRequest(query, bound: "max-uploads")
    let marker = query["key-marker"].flatMap { $0.isEmpty ? nil : $0 }
    let idMarker = query["upload-id-marker"].flatMap { $0.isEmpty ? nil : $0 }
    let page = ListPage(
      state.uploads(to: bucket, prefix: request.prefix), request, after: marker.map { ($0, idMarker) },
      groupAfter: true)
    var elements = [
      XMLTree("Bucket", bucket), XMLTree("MaxUploads", String(request.size)),
      XMLTree("KeyMarker", request.shown(marker ?? "")), XMLTree("UploadIdMarker", idMarker ?? ""),
      XMLTree("IsTruncated", page.next == nil ? "false" : "true"),
    ]
    elements += request.selection
    if let next = page.next {
      elements.append(XMLTree("NextKeyMarker", request.shown(next.key)))
      if let id = next.id { elements.append(XMLTree("NextUploadIdMarker", id)) }
    }
    elements += page.items.map { upload in
      XMLTree(
        "Upload",
        [
          XMLTree("Key", request.shown(upload.key)), XMLTree("UploadId", upload.id),
          XMLTree("Initiator", service.owner.children), service.owner, XMLTree("StorageClass", "STANDARD"),
          XMLTree("Initiated", S3.timestamp(upload.createdAt)),
        ] + upload.checksumElements)
    }
    elements += page.prefixes(request)
    return document(XMLTree("ListMultipartUploadsResult", elements))
  }
}

extension UploadRecord {
  fileprivate var checksumElements: [XMLTree] {
    guard let checksum else { return [] }
    return [
      XMLTree("ChecksumAlgorithm", checksum.algorithm.rawValue.uppercased()), XMLTree("ChecksumType", checksum.type),
    ]
  }
}

extension HTTPFields {
  /// Says how an object will be encrypted.
  fileprivate mutating func setEncryption(of upload: UploadRecord) {
    for (name, value) in upload.headers where name.hasPrefix("x-amz-server-side-encryption") { set(name, value) }
  }
}

extension MultipartChecksum {
  /// Reads what a client says when it begins; `nil` when it says nothing.
  ///
  /// - Throws: ``S3Failure`` for what there is not.
  fileprivate init?(_ headers: HTTPFields) throws(S3Failure) {
    guard let name = headers.value(named: "x-amz-checksum-algorithm") else { return nil }
    guard let algorithm = ObjectChecksum.Algorithm(rawValue: name.lowercased()) else {
      throw S3Failure(
        "InvalidRequest",
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
          + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
    }
    // What AWS takes where nothing is said.
    let type = headers.value(named: "x-amz-checksum-type") ?? (algorithm == .crc64nvme ? "FULL_OBJECT" : "COMPOSITE")
    switch type {
    case "FULL_OBJECT" where algorithm.isCyclic: self.init(algorithm: algorithm, isOfWholeObject: true)
    case "COMPOSITE" where algorithm != .crc64nvme: self.init(algorithm: algorithm, isOfWholeObject: false)
    default:
      throw S3Failure(
        "InvalidRequest", "The \(type) checksum type cannot be used with the \(algorithm.rawValue) checksum algorithm.")
    }
  }

  /// Refuses a part that is summed in another way.
  fileprivate func check(_ part: PartRecord) throws(S3Failure) {
    if part.checksum == nil, isOfWholeObject { return }
    guard part.checksum?.algorithm != algorithm else { return }
    throw S3Failure(
      "InvalidRequest",
      "Checksum Type mismatch occurred, expected checksum Type: \(algorithm.rawValue), actual checksum Type: "
        + (part.checksum?.algorithm.rawValue ?? "null"))
  }
}
