import Foundation
import OCIImages

/// What ECS asks of ECR: an image by reference, resolved to a digest and readable blob by blob.
protocol ImageSource: Sendable {
  /// Resolves `HOST/repository:tag`, `HOST/repository@sha256:…` (any host that names this registry:
  /// `<account>.dkr.ecr.<region>.amazonaws.com`, `127.0.0.1:PORT`, `localhost:PORT`,
  /// `<account>.dkr.ecr.<region>.localhost:PORT`) to the manifest of this machine's platform.
  ///
  /// - Throws: ``ImageNotFound`` with the words that ECS puts into a task's stopped reason.
  func resolve(_ reference: String) async throws -> ResolvedImage
}

/// An image of the registry.
struct ResolvedImage: Sendable {
  /// The digest that the reference named: of the manifest, or of the index it came from.
  var digest: String
  /// The platform's manifest.
  var manifest: ImageManifest
  /// The path of a blob's file, by digest. The file exists for every blob of the manifest.
  var blobPath: @Sendable (_ digest: String) -> URL
}

/// No image at that reference.
struct ImageNotFound: Error, Sendable {
  /// As ECS words it: `CannotPullContainerError: …: not found`.
  var reason: String
}
