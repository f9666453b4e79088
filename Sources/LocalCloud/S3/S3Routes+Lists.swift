import AWSWire
import Foundation
import HTTPTypes
import Hummingbird

// Lists of objects.
extension S3Routes {
  func listObjects(_ bucket: String, _ query: [String: String]) async throws -> Response {
    let state = await service.state
    _ = try state.bucket(bucket)
    let request = try ListRequest(query)
    var after = query["start-after"].flatMap { $0.isEmpty ? nil : $0 }
    if let token = query["continuation-token"] {
      guard let bytes = Data(base64Encoded: token), let text = String(data: bytes, encoding: .utf8) else {
        throw S3Failure.argument("continuation-token", token, "The continuation token provided is incorrect")
      }
      after = text
    }
    let page = ListPage(
      state.keys(of: bucket, prefix: request.prefix).compactMap { state.current($0, in: bucket) }, request,
      after: after.map { ($0, nil) }, groupAfter: query["continuation-token"] != nil)
    var elements = request.head(bucket)
    elements += [XMLTree("KeyCount", String(page.count)), XMLTree("IsTruncated", page.next == nil ? "false" : "true")]
    if let token = query["continuation-token"] { elements.append(XMLTree("ContinuationToken", token)) }
    if let after = query["start-after"] { elements.append(XMLTree("StartAfter", request.shown(after))) }
    if let next = page.next {
      elements.append(XMLTree("NextContinuationToken", Data(next.key.utf8).base64EncodedString()))
    }
    elements += page.items.map { version in
      XMLTree(
        "Contents",
        facts(of: version, request) + (query["fetch-owner"] == "true" ? [service.owner] : []))
    }
    elements += page.prefixes(request)
    return document(XMLTree("ListBucketResult", elements))
  }

  func listVersions(_ bucket: String, _ query: [String: String]) async throws -> Response {
    let state = await service.state
    _ = try state.bucket(bucket)
    let request = try ListRequest(query)
    let marker = query["key-marker"].flatMap { $0.isEmpty ? nil : $0 }
    let versionMarker = query["version-id-marker"].flatMap { $0.isEmpty ? nil : $0 }
    let keys = state.keys(of: bucket, prefix: request.prefix)
    let page = ListPage(
      keys.flatMap { state.versions(of: $0, in: bucket) }, request, after: marker.map { ($0, versionMarker) },
      groupAfter: true)
    let newest = Set(keys.compactMap { state.versions(of: $0, in: bucket).first?.number })
    var elements = request.head(bucket)
    elements += [
      XMLTree("IsTruncated", page.next == nil ? "false" : "true"), XMLTree("KeyMarker", request.shown(marker ?? "")),
      XMLTree("VersionIdMarker", versionMarker ?? ""),
    ]
    if let next = page.next {
      elements.append(XMLTree("NextKeyMarker", request.shown(next.key)))
      if let id = next.id { elements.append(XMLTree("NextVersionIdMarker", id)) }
    }
    elements += page.items.map { version in
      let facts = version.isDeleteMarker ? Array(facts(of: version, request).prefix(2)) : facts(of: version, request)
      return XMLTree(
        version.isDeleteMarker ? "DeleteMarker" : "Version",
        facts + [
          XMLTree("VersionId", version.id), XMLTree("IsLatest", newest.contains(version.number) ? "true" : "false"),
          service.owner,
        ])
    }
    elements += page.prefixes(request)
    return document(XMLTree("ListVersionsResult", elements))
  }

  private func facts(of version: ObjectVersion, _ request: ListRequest) -> [XMLTree] {
    var facts = [
      XMLTree("Key", request.shown(version.key)), XMLTree("LastModified", S3.timestamp(version.modifiedAt)),
      XMLTree("ETag", "\"\(version.etag)\""), XMLTree("Size", String(version.size)),
      XMLTree("StorageClass", "STANDARD"),
    ]
    if let checksum = version.checksum {
      facts.append(XMLTree("ChecksumAlgorithm", checksum.algorithm.rawValue.uppercased()))
      facts.append(XMLTree("ChecksumType", checksum.type))
    }
    return facts
  }
}

/// What all kinds of lists are asked for.
struct ListRequest: Sendable {
  let prefix: String
  let delimiter: String?
  let size: Int
  private let isEncoded: Bool

  /// - Parameter bound: The name of what says how long a page may be.
  /// - Throws: ``S3Failure`` for what is no number, and for an encoding that there is not.
  init(_ query: [String: String], bound: String = "max-keys") throws(S3Failure) {
    prefix = query["prefix"] ?? ""
    delimiter = query["delimiter"].flatMap { $0.isEmpty ? nil : $0 }
    size = try Self.size(query, bound)
    guard ["", "url"].contains(query["encoding-type"] ?? "") else {
      throw .argument("encoding-type", query["encoding-type"] ?? "", "Invalid Encoding Method specified in Request")
    }
    isEncoded = query["encoding-type"] == "url"
  }

  /// How many things a page may have, by default and at most a thousand.
  static func size(_ query: [String: String], _ bound: String) throws(S3Failure) -> Int {
    let wanted = query[bound] ?? "1000"
    guard let number = Int(wanted), number >= 0 else {
      throw .argument(bound, wanted, "Provided \(bound) not an integer or within integer range")
    }
    return min(number, 1000)
  }

  /// A key as the answer has it: XML has no form for every character.
  func shown(_ text: String) -> String { isEncoded ? S3.urlEncoded(text) : text }

  /// The elements that say what was asked for.
  func head(_ bucket: String) -> [XMLTree] {
    [XMLTree("Name", bucket), XMLTree("MaxKeys", String(size))] + selection
  }

  /// The elements that say which keys were asked for.
  var selection: [XMLTree] {
    var elements = [XMLTree("Prefix", shown(prefix))]
    if let delimiter { elements.append(XMLTree("Delimiter", shown(delimiter))) }
    if isEncoded { elements.append(XMLTree("EncodingType", "url")) }
    return elements
  }
}

/// What lists hold: several things may have one key.
protocol ListedItem: Sendable {
  var key: String { get }
  var id: String { get }
}

extension ObjectVersion: ListedItem {}
extension UploadRecord: ListedItem {}

/// A page of a list: things, and the prefixes that stand for what is below them.
struct ListPage<Item: ListedItem>: Sendable {
  private(set) var items: [Item] = []
  private(set) var groups: [String] = []
  /// The last thing of the page, when more follows.
  private(set) var next: (key: String, id: String?)?

  var count: Int { items.count + groups.count }

  /// Cuts a page out of things in order.
  ///
  /// - Parameters:
  ///   - after: Begins behind this key, or behind this thing of it.
  ///   - groupAfter: Whether `after` may be a prefix that stood for what is below it, which is left out then.
  init(
    _ all: [Item], _ request: ListRequest, after: (key: String, id: String?)?, groupAfter: Bool
  ) {
    guard request.size > 0 else { return }
    let marker = after.map { ObjectKey($0.key) }
    var isBehind = after?.id == nil
    for item in all {
      let key = ObjectKey(item.key)
      if let marker, let after {
        if key < marker { continue }
        if key == marker {
          if after.id == nil { continue }
          let wasBehind = isBehind
          if item.id == after.id { isBehind = true }
          if !wasBehind { continue }
        }
      }
      let group = Self.group(item.key, request)
      if let group {
        if group == groups.last { continue }
        if groupAfter, group == after?.key { continue }
      }
      if count == request.size {
        next = last
        return
      }
      if let group {
        groups.append(group)
        last = (group, nil)
      } else {
        items.append(item)
        last = (item.key, item.id)
      }
    }
  }

  private var last: (key: String, id: String?)?

  /// The prefix that stands for a key: up to the first delimiter behind the prefix that was asked for.
  private static func group(_ key: String, _ request: ListRequest) -> String? {
    guard let delimiter = request.delimiter else { return nil }
    let bytes = Array(key.utf8)
    let wanted = Array(delimiter.utf8)
    var index = request.prefix.utf8.count
    while index + wanted.count <= bytes.count {
      if bytes[index..<(index + wanted.count)].elementsEqual(wanted) {
        return String(decoding: bytes[..<(index + wanted.count)], as: UTF8.self)
      }
      index += 1
    }
    return nil
  }

  func prefixes(_ request: ListRequest) -> [XMLTree] {
    groups.map { XMLTree("CommonPrefixes", [XMLTree("Prefix", request.shown($0))]) }
  }
}
