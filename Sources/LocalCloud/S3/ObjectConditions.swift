import AWSWire
import Foundation
import HTTPTypes

/// The conditions under which an object may be put.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
struct WriteCondition: Sendable {
  private let ifMatch: String?
  private let ifNoneMatch: String?

  init(_ headers: HTTPFields) {
    ifMatch = headers[.ifMatch]
    ifNoneMatch = headers[.ifNoneMatch]
  }

  /// - Throws: ``S3Failure`` when the object as it is now does not fit.
  func check(_ state: S3State, _ key: String, _ bucket: String) throws(S3Failure) {
    let current = state.current(ObjectKey(key), in: bucket)
    if let ifNoneMatch {
      guard ifNoneMatch == "*" else { throw .unknown("If-None-Match with another value than * on a write") }
      if current != nil { throw .precondition("If-None-Match") }
    }
    if let ifMatch {
      guard let current else { throw .noKey(key) }
      guard Self.matches(ifMatch, current) else { throw .precondition("If-Match") }
    }
  }

  /// Whether one of the entity tags of a field is the version's.
  static func matches(_ tags: String, _ version: ObjectVersion) -> Bool {
    tags.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .contains { $0 == "*" || $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) == version.etag }
  }
}

/// The conditions under which an object is answered (RFC 9110, section 13).
struct ReadCondition: Sendable {
  private let headers: HTTPFields

  init(_ headers: HTTPFields) { self.headers = headers }

  /// - Throws: ``S3Failure`` with 412 or 304.
  func check(_ version: ObjectVersion) throws(S3Failure) {
    // Fields know seconds.
    let modified = Date(timeIntervalSince1970: version.modifiedAt.timeIntervalSince1970.rounded(.down))
    if let tags = headers[.ifMatch] {
      if !WriteCondition.matches(tags, version) { throw .precondition("If-Match") }
    } else if let date = headers[.ifUnmodifiedSince].flatMap(HTTPDateStyle.date), modified > date {
      throw .precondition("If-Unmodified-Since")
    }
    var notModified = S3Failure.notModified
    notModified.headers = [("etag", "\"\(version.etag)\"")]
    if let tags = headers[.ifNoneMatch] {
      if WriteCondition.matches(tags, version) { throw notModified }
    } else if let date = headers[.ifModifiedSince].flatMap(HTTPDateStyle.date), modified <= date {
      throw notModified
    }
  }
}
