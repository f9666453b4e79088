import AWSWire
import Foundation

/// Everything that the registry remembers, as one value; the bytes are in the ``BlobStore``.
///
/// An operation is a mutation of a copy: it either throws and the copy is dropped, or the copy becomes the truth.
struct ECRState: Sendable, Equatable {
  let registryID: String
  var repositories: [String: RepositoryRecord] = [:]
  /// By ``key(_:_:)``.
  var images: [String: ImageRecord] = [:]
  /// By ``key(_:_:)``.
  var layers: [String: LayerRecord] = [:]

  /// The last scans of images, by ``key(_:_:)``.
  var scans: [String: ScanRecord] = [:]
  var registry = RegistrySettings()

  /// A digest in a repository. Neither can hold an `@`.
  static func key(_ repository: String, _ digest: String) -> String { repository + "@" + digest }

  func place(_ repository: String, registryID: String? = nil) -> ECRError.Place {
    ECRError.Place(repository: repository, registryID: registryID ?? self.registryID)
  }

  func repository(_ name: String, registryID: String? = nil) throws(AWSError) -> RepositoryRecord {
    guard registryID == nil || registryID == self.registryID, let record = repositories[name] else {
      throw ECRError.repositoryNotFound(place(name, registryID: registryID))
    }
    return record
  }

  /// The images of a repository, in the order in which they were pushed.
  func images(of repository: String) -> [ImageRecord] {
    images.values.filter { $0.repository == repository }
      .sorted { ($0.pushedAt, $0.digest) < ($1.pushedAt, $1.digest) }
  }

  func image(_ repository: String, digest: String) -> ImageRecord? { images[Self.key(repository, digest)] }

  func image(_ repository: String, tag: String) -> ImageRecord? {
    images.values.first { $0.repository == repository && $0.tags.contains(tag) }
  }

  func layer(_ repository: String, _ digest: String) -> LayerRecord? { layers[Self.key(repository, digest)] }

  /// The images that refer to a manifest as their subject.
  func referrers(of digest: String, in repository: String) -> [ImageRecord] {
    images(of: repository).filter { $0.subject == digest }
  }

  /// How long a layer stays that no image needs: pushes bring the manifest last.
  static let secondsUnneededLayersStay = 86_400.0

  /// Forgets what no image needs and no push of the last day has brought.
  ///
  /// - Returns: The digests that must stay.
  mutating func sweep(at now: Date) -> Set<String> {
    let needed = Set(images.values.flatMap { image in image.references.map { Self.key(image.repository, $0) } })
    layers = layers.filter {
      needed.contains($0.key) || now.timeIntervalSince($0.value.pushedAt) < Self.secondsUnneededLayersStay
    }
    return Set(layers.values.map(\.digest)).union(images.values.map(\.digest))
  }
}
