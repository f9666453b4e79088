// Images: manifests and their tags.

extension ECR {
  /// A manifest, perhaps with one of its tags.
  public struct Image: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The identifier.
    public var imageId: ImageIdentifier?
    /// The manifest, byte for byte.
    public var imageManifest: String?
    /// The media type of the manifest.
    public var imageManifestMediaType: String?

    /// Makes a value of its members.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, imageId: ImageIdentifier? = nil,
      imageManifest: String? = nil, imageManifestMediaType: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageId = imageId
      self.imageManifest = imageManifest
      self.imageManifestMediaType = imageManifestMediaType
    }
  }

  /// An image by digest, by tag, or by both.
  public struct ImageIdentifier: Codable, Sendable, Equatable {
    /// The digest, `sha256:…`.
    public var imageDigest: String?
    /// The tag.
    public var imageTag: String?

    /// Makes a value of its members.
    public init(imageDigest: String? = nil, imageTag: String? = nil) {
      self.imageDigest = imageDigest
      self.imageTag = imageTag
    }
  }

  /// What could not be read or removed, and why.
  public struct ImageFailure: Codable, Sendable, Equatable {
    /// The identifier.
    public var imageId: ImageIdentifier?
    /// The reason, such as `ImageNotFound`.
    public var failureCode: String?
    /// The reason in words.
    public var failureReason: String?

    /// Makes a value of its members.
    public init(imageId: ImageIdentifier? = nil, failureCode: String? = nil, failureReason: String? = nil) {
      self.imageId = imageId
      self.failureCode = failureCode
      self.failureReason = failureReason
    }
  }

  /// Stores a manifest whose layers are there, or tags one that is there.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
  public struct PutImageRequest: ECRRequest, Equatable {
    public typealias Response = PutImageResponse
    public static let operation = "PutImage"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The manifest, byte for byte.
    public var imageManifest: String
    /// The media type of the manifest.
    public var imageManifestMediaType: String?
    /// The tag.
    public var imageTag: String?
    /// The digest, `sha256:…`.
    public var imageDigest: String?

    /// Makes a request.
    public init(
      repositoryName: String, imageManifest: String, registryId: String? = nil, imageManifestMediaType: String? = nil,
      imageTag: String? = nil, imageDigest: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageManifest = imageManifest
      self.imageManifestMediaType = imageManifestMediaType
      self.imageTag = imageTag
      self.imageDigest = imageDigest
    }
  }

  /// The image.
  public struct PutImageResponse: Codable, Sendable, Equatable {
    /// The image.
    public var image: Image?

    /// Makes an answer.
    public init(image: Image? = nil) {
      self.image = image
    }
  }

  /// Reads manifests.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
  public struct BatchGetImageRequest: ECRRequest, Equatable {
    public typealias Response = BatchGetImageResponse
    public static let operation = "BatchGetImage"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The identifiers.
    public var imageIds: [ImageIdentifier]
    /// The media types of manifests that the caller can read.
    public var acceptedMediaTypes: [String]?

    /// Makes a request.
    public init(
      repositoryName: String, imageIds: [ImageIdentifier], registryId: String? = nil,
      acceptedMediaTypes: [String]? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageIds = imageIds
      self.acceptedMediaTypes = acceptedMediaTypes
    }
  }

  /// The images that are there.
  public struct BatchGetImageResponse: Codable, Sendable, Equatable {
    /// The images.
    public var images: [Image]?
    /// What could not be read or started, and why.
    public var failures: [ImageFailure]?

    /// Makes an answer.
    public init(images: [Image]? = nil, failures: [ImageFailure]? = nil) {
      self.images = images
      self.failures = failures
    }
  }

  /// Removes tags, or with a digest the image itself.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
  public struct BatchDeleteImageRequest: ECRRequest, Equatable {
    public typealias Response = BatchDeleteImageResponse
    public static let operation = "BatchDeleteImage"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The identifiers.
    public var imageIds: [ImageIdentifier]

    /// Makes a request.
    public init(repositoryName: String, imageIds: [ImageIdentifier], registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageIds = imageIds
    }
  }

  /// What was removed, and what could not be.
  public struct BatchDeleteImageResponse: Codable, Sendable, Equatable {
    /// The identifiers.
    public var imageIds: [ImageIdentifier]?
    /// What could not be read or started, and why.
    public var failures: [ImageFailure]?

    /// Makes an answer.
    public init(imageIds: [ImageIdentifier]? = nil, failures: [ImageFailure]? = nil) {
      self.imageIds = imageIds
      self.failures = failures
    }
  }
}
