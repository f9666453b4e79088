import AWSWire
import Crypto
import Foundation
import HTTPTypes
import Hummingbird

// The end of an object's upload in parts.
extension S3Routes {
  /// Ten thousand parts with their checksums fit into it.
  private static let maximumDocument = 4 << 20

  func completeUpload(_ id: String, of key: String, in bucket: String, _ request: Request) async throws -> Response {
    let condition = WriteCondition(request.headers)
    let state = await service.state
    let upload = try state.upload(id, of: key, in: bucket)
    try condition.check(state, key, bucket)
    let wanted = try PartList(try await body(of: request, upTo: Self.maximumDocument))
    let parts = try wanted.chosen(from: state.parts(of: id), of: upload)
    let size = parts.reduce(0) { $0 + $1.size }
    if let text = request.headers.value(named: "x-amz-mp-object-size"), Int(text) != size {
      throw S3Failure(
        "InvalidRequest", "The provided 'x-amz-mp-object-size' header does not match what was computed.")
    }
    let writer = try await join(parts, of: upload)
    do {
      let checksum = Self.checksum(of: parts, upload, joined: writer)
      try Self.check(checksum, request.headers)
      let version = ObjectVersion(
        bucket: bucket, key: key, id: "", number: 0, modifiedAt: service.cloud.time.now(), file: writer.name,
        size: writer.size, etag: Self.etag(of: parts), headers: upload.headers, checksum: checksum,
        partSizes: parts.map(\.size))
      let newID = service.newVersionID()
      let put = try await service.change { state in
        _ = try state.upload(id, of: key, in: bucket)
        // A part that was replaced meanwhile is not what was joined.
        _ = try wanted.chosen(from: state.parts(of: id), of: upload)
        try condition.check(state, key, bucket)
        state.end(id)
        return try state.put(version, newID: newID)
      }
      return try await answer(put, request)
    } catch {
      service.objects.remove([writer.name])
      throw error
    }
  }

  /// The parts as one file.
  private func join(_ parts: [PartRecord], of upload: UploadRecord) async throws -> ObjectWriter {
    let checksum = upload.checksum.flatMap { $0.isOfWholeObject ? $0.algorithm : nil }
    do {
      return try await service.objects.join(parts.map(\.file), checksum)
    } catch let error as POSIXError where error.code == .ENOENT {
      // Somebody else completed or aborted it meanwhile, or put a part again.
      let current = await service.state
      _ = try current.upload(upload.id, of: upload.key, in: upload.bucket)
      throw PartList.invalidPart(upload.id, nil, nil)
    }
  }

  private func answer(_ put: ObjectVersion, _ request: Request) async throws -> Response {
    let isVersioned = try await service.state.bucket(put.bucket).versioning != nil
    let path = S3.urlEncoded("\(put.bucket)/\(put.key)")
    var elements = [
      XMLTree("Location", "http://\(request.head.authority ?? "")/\(path)"), XMLTree("Bucket", put.bucket),
      XMLTree("Key", put.key), XMLTree("ETag", "\"\(put.etag)\""),
    ]
    if let checksum = put.checksum {
      elements += [XMLTree(checksum.algorithm.element, checksum.text), XMLTree("ChecksumType", checksum.type)]
    }
    var response = document(XMLTree("CompleteMultipartUploadResult", elements))
    for field in fields(of: put, isVersioned: isVersioned, withChecksum: false, isPut: true) where field.name != .eTag {
      response.headers[field.name] = field.value
    }
    return response
  }

  /// The MD5 of the parts' MD5s, and how many there are.
  private static func etag(of parts: [PartRecord]) -> String {
    var digest = Insecure.MD5()
    for part in parts { digest.update(data: part.md5) }
    return "\(ObjectWriter.hexadecimal(digest.finalize()))-\(parts.count)"
  }

  private static func checksum(
    of parts: [PartRecord], _ upload: UploadRecord, joined: ObjectWriter
  ) -> ObjectChecksum.Value? {
    guard let wanted = upload.checksum, !wanted.isOfWholeObject else { return joined.checksumValue }
    var sum = ObjectChecksum(wanted.algorithm)
    for part in parts {
      let bytes = part.checksum.flatMap { Data(base64Encoded: $0.text) } ?? Data()
      bytes.withUnsafeBytes { sum.update($0) }
    }
    return .init(algorithm: wanted.algorithm, text: "\(sum.value.text)-\(parts.count)")
  }

  /// Compares the object's checksum with the one that the client expects.
  private static func check(_ checksum: ObjectChecksum.Value?, _ headers: HTTPFields) throws(S3Failure) {
    guard let checksum, let sent = headers.value(named: checksum.algorithm.field) else { return }
    guard sent == checksum.text || checksum.text.hasPrefix("\(sent)-") else {
      let name = checksum.algorithm.rawValue.uppercased()
      throw S3Failure("BadDigest", "The \(name) you specified did not match the calculated checksum.")
    }
  }
}

/// The parts that a client wants an object to be made of.
struct PartList: Sendable {
  private struct Entry: Sendable {
    var number: Int
    var etag: String
    /// By the element that carries them.
    var checksums: [String: String]

    func fits(_ part: PartRecord) -> Bool {
      part.etag == etag
        && checksums.allSatisfy { $0.key == part.checksum?.algorithm.element && $0.value == part.checksum?.text }
    }
  }

  private let entries: [Entry]

  /// Reads a document.
  ///
  /// - Throws: ``AWSError`` with `MalformedXML`; ``S3Failure`` for numbers that are none.
  init(_ bytes: Data) throws {
    let tree = try XMLTree(parsing: bytes)
    let parts = tree.all("Part")
    guard tree.name == "CompleteMultipartUpload", !parts.isEmpty else { throw XMLTree.malformed }
    entries = try parts.map { part in
      guard let number = part["PartNumber"]?.text, let etag = part["ETag"]?.text else { throw XMLTree.malformed }
      return Entry(
        number: try PartRecord.number(number),
        etag: etag.trimmingCharacters(in: CharacterSet(charactersIn: "\" \n")).lowercased(),
        checksums: part.children.filter { $0.name.hasPrefix("Checksum") }.reduce(into: [:]) { $0[$1.name] = $1.text })
    }
  }

  /// The parts that are meant, among those that there are.
  ///
  /// - Throws: ``S3Failure`` as AWS refuses lists.
  func chosen(from parts: [PartRecord], of upload: UploadRecord) throws(S3Failure) -> [PartRecord] {
    let known = Dictionary(uniqueKeysWithValues: parts.map { ($0.number, $0) })
    var chosen: [PartRecord] = []
    for entry in entries {
      guard entry.number > chosen.last?.number ?? 0 else {
        throw S3Failure(
          "InvalidPartOrder",
          "The list of parts was not in ascending order. Parts must be ordered by part number.",
          details: [("UploadId", upload.id)])
      }
      guard let part = known[entry.number], entry.fits(part) else {
        throw Self.invalidPart(upload.id, entry.number, entry.etag)
      }
      if let wanted = upload.checksum, !wanted.isOfWholeObject, entry.checksums[wanted.algorithm.element] == nil {
        throw S3Failure(
          "InvalidRequest",
          "The upload was created using a \(wanted.algorithm.rawValue) checksum. The complete request must include the "
            + "checksum for each part. It was missing for part \(entry.number) in the request.")
      }
      chosen.append(part)
    }
    for part in chosen.dropLast() where part.size < PartRecord.minimumSize {
      throw S3Failure(
        "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
        details: [
          ("ProposedSize", String(part.size)), ("MinSizeAllowed", String(PartRecord.minimumSize)),
          ("PartNumber", String(part.number)), ("ETag", part.etag),
        ])
    }
    return chosen
  }

  static func invalidPart(_ upload: String, _ number: Int?, _ etag: String?) -> S3Failure {
    S3Failure(
      "InvalidPart",
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified "
        + "entity tag may not match the part's entity tag.",
      details: [("UploadId", upload)] + (number.map { [("PartNumber", String($0))] } ?? [])
        + (etag.map { [("ETag", $0)] } ?? []))
  }
}
