import Foundation

/// Files that are read whole: manifests, indexes, configurations.
enum SmallFile {
  /// What registries accept as a manifest at most, 4 MiB.
  static let limit = 4 << 20

  static func read(_ file: URL, digest: String? = nil) throws -> Data {
    let source = try FileSource(file)
    guard source.size <= limit else {
      throw OCIImageError(.corrupt, "\(file.path) has \(source.size) bytes; a manifest has at most \(limit)")
    }
    var bytes = Data()
    while let chunk = try source.next() { bytes.append(chunk) }
    if let digest, Digest.sha256(bytes) != digest {
      throw OCIImageError(
        .digestMismatch, "\(file.path) is not what its digest \(digest) says; write or pull the image again")
    }
    return bytes
  }
}

/// What is wrong with a JSON document, in one line.
enum JSONFault {
  static func describe(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      "\((place(context).isEmpty ? "" : place(context) + "."))\(key.stringValue) is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context): "\(place(context)) is no \(type)"
    default: "it is not valid JSON"
    }
  }
}
