import AWSClient
import AWSWire
import Foundation
import PalcoBlueprint

/// Keeps the records of releases: beside the image in the registry, or in a folder of this machine when the registry does
/// not take them.
public struct RecordKeeper: Sendable {
  /// Where a record is.
  public enum Place: Sendable, Equatable {
    /// Attached to the image.
    case registry
    /// In a file, because the registry did not take it.
    case file(URL, reason: String)
  }

  private let publisher: Publisher
  private let environment: String
  private let folder: URL

  /// A keeper of one environment's records.
  ///
  /// - Parameter folder: Where those are that a registry did not take, `.palco/records` beside the manifest.
  public init(access: CloudAccess, blueprint: Blueprint, folder: URL) {
    publisher = Publisher(access: access, blueprint: blueprint)
    environment = blueprint.environment
    self.folder = folder
  }

  /// Keeps a record.
  ///
  /// - Throws: What the file system throws when the registry does not take it and the folder neither.
  public func keep(_ document: ReleaseDocument) async throws -> Place {
    let bytes = try document.encoded()
    do {
      _ = try await publisher.registry().attach(
        bytes, type: ReleaseDocument.mediaType, to: document.image.digest, in: publisher.repositoryName,
        annotations: [
          "org.opencontainers.image.created": document.endedAt.ISO8601Format(),
          "palco.release": document.release, "palco.environment": document.environment,
          "palco.result": document.result,
        ])
      return .registry
    } catch let error where error is RegistryError || error is AWSError || error is AWSClientError {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let file = folder.appendingPathComponent("\(environment)-\(document.release).json")
      try bytes.write(to: file, options: .atomic)
      return .file(file, reason: "\(error)")
    }
  }

  /// The records of this environment's releases of an image, the newest first.
  ///
  /// - Throws: `RegistryError`, `AWSError`.
  public func records(of digest: String) async throws -> [ReleaseDocument] {
    var found = try kept().filter { $0.image.digest == digest }
    let registry = try await publisher.registry()
    let repository = publisher.repositoryName
    for referrer in try await registry.referrers(of: digest, type: ReleaseDocument.mediaType, in: repository) {
      if let place = referrer.annotations?["palco.environment"], place != environment { continue }
      let bytes = try await registry.document(of: referrer.digest, in: repository)
      // Who else wrote into the registry what only looks like a record has written nothing that counts.
      guard let document = try? ReleaseDocument(encoded: bytes), document.environment == environment,
        document.image.digest == digest
      else { continue }
      found.append(document)
    }
    // Two who watched the same release have both kept a record of it.
    let once = Dictionary(found.map { ($0.release, $0) }) { $0.endedAt <= $1.endedAt ? $0 : $1 }
    return once.values.sorted { $0.startedAt > $1.startedAt }
  }

  private func kept() throws -> [ReleaseDocument] {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.lastPathComponent.hasPrefix("\(environment)-") && $0.pathExtension == "json" }
      .compactMap { file in (try? Data(contentsOf: file)).flatMap { try? ReleaseDocument(encoded: $0) } }
      .filter { $0.environment == environment }
  }
}
