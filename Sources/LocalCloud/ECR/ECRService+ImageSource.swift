import Foundation
import OCIImages

extension ECRService: ImageSource {
  func resolve(_ reference: String) async throws -> ResolvedImage {
    let parsed: ImageReference
    do {
      parsed = try ImageReference(parsing: reference)
    } catch let error as OCIImageError {
      throw ImageNotFound(reason: "CannotPullContainerError: invalid reference format: \(error.message)")
    }
    guard namesThisRegistry(parsed.registry) else {
      throw Self.unresolved(
        reference, "the local cloud pulls from its own registry only; push the image to \(registryHost)")
    }
    let id = (digest: parsed.digest, tag: parsed.tag ?? "latest")
    let found =
      id.digest.map { state.image(parsed.repository, digest: $0) }
      ?? state.image(parsed.repository, tag: id.tag)
    guard let found else { throw Self.unresolved(reference, "not found") }
    let manifest = try manifest(of: found, reference: reference)
    let blobs = blobs
    for blob in [manifest.config] + manifest.layers where !blobs.contains(blob.digest) {
      throw Self.unresolved(reference, "the blob \(blob.digest) is missing; push the image again")
    }
    return ResolvedImage(digest: found.digest, manifest: manifest) { blobs.file($0) }
  }

  private func manifest(of record: ImageRecord, reference: String) throws -> ImageManifest {
    var record = record
    // Indexes nest by one in practice.
    for _ in 0..<4 {
      let received = try ReceivedManifest(blobs.read(record.digest), mediaType: record.mediaType)
      switch received.content {
      case .image(let manifest): return manifest
      case .index(let index):
        let platform = Descriptor.Platform.host
        let entries = index.candidates(for: platform)
        let repository = record.repository
        guard let next = entries.compactMap({ state.image(repository, digest: $0.digest) }).first else {
          throw ImageNotFound(
            reason: "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not "
              + "contain descriptor matching platform '\(platform.os)/\(platform.architecture)'")
        }
        record = next
      }
    }
    throw Self.unresolved(reference, "its indexes nest too deeply")
  }

  private static func unresolved(_ reference: String, _ reason: String) -> ImageNotFound {
    ImageNotFound(
      reason: "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
        + "\(reference): \(reason)")
  }

  /// AWS's own name of this registry, or any name of loopback: a task definition may come from a cloud on another port.
  private func namesThisRegistry(_ registry: String?) -> Bool {
    guard let registry else { return false }
    let host = registry.split(separator: ":").first.map { $0.lowercased() } ?? ""
    return ["127.0.0.1", "localhost"].contains(host) || host.hasSuffix(".localhost")
      || (host.hasPrefix("\(cloud.accountID).dkr.ecr.") && host.contains(".amazonaws.com"))
  }
}
