import AWSWire
import Foundation
import OCIImages

/// A repository as the cloud remembers it.
struct RepositoryRecord: Codable, Sendable, Equatable {
  var name: String
  var createdAt: Date
  /// `MUTABLE`, `IMMUTABLE`, or one of these with `_WITH_EXCLUSION`.
  var tagMutability: String
  var exclusionFilters: [ECR.ImageTagMutabilityExclusionFilter]?
  var scanOnPush: Bool
  var encryption: ECR.EncryptionConfiguration
  var tags: [ECR.Tag]
  var lifecyclePolicy: String?
  var lifecyclePolicySetAt: Date?
  var policy: String?

  /// Whether a tag that exists may not be moved.
  func isImmutable(tag: String) -> Bool {
    let isExcluded = exclusionFilters?.contains { Wildcard.matches(tag, $0.filter) } ?? false
    return switch tagMutability {
    case "IMMUTABLE": true
    case "IMMUTABLE_WITH_EXCLUSION": !isExcluded
    case "MUTABLE_WITH_EXCLUSION": isExcluded
    default: false
    }
  }
}

/// A manifest in a repository, of an image, a list of images or an artifact. Its bytes are a blob.
struct ImageRecord: Codable, Sendable, Equatable {
  var repository: String
  var digest: String
  var mediaType: String
  var pushedAt: Date
  /// In the order in which they were given.
  var tags: [String]
  /// What `imageSizeInBytes` says.
  var layerSize: Int
  var manifestSize: Int
  /// The artifact's type, else the media type of the configuration.
  var artifactType: String?
  /// The manifest that this one refers to.
  var subject: String?
  var annotations: [String: String]?
  /// The blobs and manifests that must stay as long as this one does.
  var references: [String]
}

/// A blob that was pushed into a repository.
struct LayerRecord: Codable, Sendable, Equatable {
  var repository: String
  var digest: String
  var size: Int
  var pushedAt: Date
}

/// A manifest that was sent, read and not yet judged.
struct ReceivedManifest: Sendable {
  enum Content: Sendable {
    case image(ImageManifest)
    case index(ImageIndex)
  }

  let bytes: Data
  let digest: String
  let mediaType: String
  let content: Content

  /// - Parameter mediaType: What the sender says it is; `nil` to believe the manifest itself.
  /// - Throws: ``AWSError`` with the code `InvalidParameterException`.
  init(_ bytes: Data, mediaType: String?) throws {
    struct Head: Decodable { var mediaType: String? }
    guard let head = try? JSONDecoder().decode(Head.self, from: bytes) else {
      throw ECRError.parameter("imageManifest", "Invalid JSON syntax")
    }
    guard mediaType != nil || head.mediaType != nil else {
      throw AWSError(
        "InvalidParameterException", "image manifest mediatype not provided in manifest or parameter")
    }
    guard let type = mediaType ?? head.mediaType, head.mediaType == nil || head.mediaType == type else {
      throw ECRError.parameter(
        "imageManifestMediaType", "must be given and be the manifest's own mediaType '\(head.mediaType ?? "")'")
    }
    do {
      if ImageMediaType.isManifest(type) {
        content = .image(try JSONDecoder().decode(ImageManifest.self, from: bytes))
      } else if ImageMediaType.isIndex(type) {
        content = .index(try JSONDecoder().decode(ImageIndex.self, from: bytes))
      } else {
        throw ECRError.parameter("imageManifestMediaType", "'\(type)' is not a supported manifest media type")
      }
    } catch is DecodingError {
      throw ECRError.parameter("imageManifest", "Invalid image manifest provided")
    }
    self.bytes = bytes
    self.mediaType = type
    digest = Digest.sha256(bytes)
  }

  /// Everything it names.
  var references: [Descriptor] {
    switch content {
    case .image(let manifest): [manifest.config] + manifest.layers
    case .index(let index): index.manifests
    }
  }

  var subject: Descriptor? {
    switch content {
    case .image(let manifest): manifest.subject
    case .index(let index): index.subject
    }
  }
}
