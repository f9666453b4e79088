import AWSWire
import Foundation
import OCIImages

extension ECRState {
  /// Why an image cannot be read or removed.
  enum ImageFault: String, Error {
    case missing = "ImageNotFound"
    case noName = "MissingDigestAndTag"
    case invalidDigest = "InvalidImageDigest"
    case tagOfAnother = "ImageTagDoesNotMatchDigest"
    case inList = "ImageReferencedByManifestList"

    func failure(_ id: ECR.ImageIdentifier) -> ECR.ImageFailure {
      let reason =
        switch self {
        case .missing: "Requested image not found"
        case .noName: "Invalid request parameters: both tag and digest cannot be null"
        case .invalidDigest:
          "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
        case .tagOfAnother: "Invalid request parameters: given tag does not map to the given digest"
        case .inList: "Requested image referenced by manifest list"
        }
      return .init(imageId: id, failureCode: rawValue, failureReason: reason)
    }
  }

  /// The image that an identifier names.
  func image(_ id: ECR.ImageIdentifier, in repository: String) throws(ImageFault) -> ImageRecord {
    if let digest = id.imageDigest {
      guard Digest.isValid(digest) else { throw .invalidDigest }
      guard let record = image(repository, digest: digest) else { throw .missing }
      if let tag = id.imageTag, !record.tags.contains(tag) { throw .tagOfAnother }
      return record
    }
    guard let tag = id.imageTag else { throw .noName }
    guard let record = image(repository, tag: tag) else { throw .missing }
    return record
  }

  /// Puts a manifest into a repository, with a tag or without.
  ///
  /// - Returns: The image, and whether anything changed.
  mutating func put(
    _ manifest: ReceivedManifest, tag: String?, in repositoryName: String, registryID: String? = nil, at now: Date
  ) throws(AWSError) -> (image: ImageRecord, isNew: Bool) {
    let repository = try repository(repositoryName, registryID: registryID)
    let place = place(repositoryName)
    if let tag, !ImageReference.isTag(tag) {
      throw AWSError(
        "InvalidParameterException",
        "Invalid parameter at 'imageTag' failed to satisfy constraint: 'must be 1-128 letters, digits, _, . or -'")
    }
    try checkReferences(of: manifest, in: place)
    var record = image(repositoryName, digest: manifest.digest) ?? newRecord(manifest, in: repositoryName, at: now)
    let isKnown = image(repositoryName, digest: manifest.digest) != nil
    guard let tag, !record.tags.contains(tag) else {
      images[Self.key(repositoryName, record.digest)] = record
      return (record, !isKnown)
    }
    if var other = image(repositoryName, tag: tag) {
      guard !repository.isImmutable(tag: tag) else { throw ECRError.tagExists(tag, place) }
      other.tags.removeAll { $0 == tag }
      images[Self.key(repositoryName, other.digest)] = other
    }
    record.tags.append(tag)
    images[Self.key(repositoryName, record.digest)] = record
    return (record, true)
  }

  private func checkReferences(of manifest: ReceivedManifest, in place: ECRError.Place) throws(AWSError) {
    let missing = manifest.references.filter { reference in
      switch manifest.content {
      // Layers that may not be distributed stay where their URLs say.
      case .image:
        layer(place.repository, reference.digest)?.size != reference.size
          && !reference.mediaType.contains("nondistributable") && !reference.mediaType.contains("foreign")
      case .index: image(place.repository, digest: reference.digest) == nil
      }
    }
    guard missing.isEmpty else {
      throw switch manifest.content {
      case .image: ECRError.layersNotFound(missing.map(\.digest), place)
      case .index: ECRError.referencedImagesNotFound(missing.map(\.digest), place)
      }
    }
  }

  private func newRecord(_ manifest: ReceivedManifest, in repository: String, at now: Date) -> ImageRecord {
    let (size, type, annotations): (Int, String?, [String: String]?) =
      switch manifest.content {
      case .image(let image):
        (image.layers.map(\.size).reduce(0, +), image.artifactType ?? image.config.mediaType, image.annotations)
      // As AWS says it: the largest image of the list.
      case .index(let index):
        (
          index.manifests.compactMap { self.image(repository, digest: $0.digest)?.layerSize }.max() ?? 0,
          index.artifactType, index.annotations
        )
      }
    return ImageRecord(
      repository: repository, digest: manifest.digest, mediaType: manifest.mediaType, pushedAt: now, tags: [],
      layerSize: size, manifestSize: manifest.bytes.count, artifactType: type, subject: manifest.subject?.digest,
      annotations: annotations, references: manifest.references.map(\.digest))
  }

  /// Removes what an identifier names: a tag alone removes the tag, and the image with its last tag.
  ///
  /// - Returns: The identifiers that are gone.
  mutating func remove(
    _ id: ECR.ImageIdentifier, from repository: String
  ) throws(ImageFault) -> [ECR.ImageIdentifier] {
    var record = try image(id, in: repository)
    let key = Self.key(repository, record.digest)
    if let tag = id.imageTag, record.tags.count > 1 {
      record.tags.removeAll { $0 == tag }
      images[key] = record
      return [.init(imageDigest: record.digest, imageTag: tag)]
    }
    guard
      !images(of: repository).contains(where: {
        ImageMediaType.isIndex($0.mediaType) && $0.references.contains(record.digest)
      })
    else { throw .inList }
    images[key] = nil
    scans[key] = nil
    return record.tags.isEmpty
      ? [.init(imageDigest: record.digest)] : record.tags.map { .init(imageDigest: record.digest, imageTag: $0) }
  }

  /// Removes a tag and keeps the image, as the registry protocol demands.
  mutating func untag(_ tag: String, in repository: String) -> Bool {
    guard var record = image(repository, tag: tag) else { return false }
    record.tags.removeAll { $0 == tag }
    images[Self.key(repository, record.digest)] = record
    return true
  }
}
