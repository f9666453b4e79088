import Foundation

// Layers through the API; images are usually pushed through the registry protocol instead.

extension ECR {
  /// A layer of a repository.
  public struct Layer: Codable, Sendable, Equatable {
    /// The digest, `sha256:…`.
    public var layerDigest: String?
    /// `AVAILABLE` or `UNAVAILABLE`.
    public var layerAvailability: String?
    /// Bytes.
    public var layerSize: Int?
    /// The media type.
    public var mediaType: String?

    /// Makes a value of its members.
    public init(
      layerDigest: String? = nil, layerAvailability: String? = nil, layerSize: Int? = nil, mediaType: String? = nil
    ) {
      self.layerDigest = layerDigest
      self.layerAvailability = layerAvailability
      self.layerSize = layerSize
      self.mediaType = mediaType
    }
  }

  /// A layer that could not be looked at, and why.
  public struct LayerFailure: Codable, Sendable, Equatable {
    /// The digest, `sha256:…`.
    public var layerDigest: String?
    /// The reason, such as `ImageNotFound`.
    public var failureCode: String?
    /// The reason in words.
    public var failureReason: String?

    /// Makes a value of its members.
    public init(layerDigest: String? = nil, failureCode: String? = nil, failureReason: String? = nil) {
      self.layerDigest = layerDigest
      self.failureCode = failureCode
      self.failureReason = failureReason
    }
  }

  /// Tells which layers a repository has.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html
  public struct BatchCheckLayerAvailabilityRequest: ECRRequest, Equatable {
    public typealias Response = BatchCheckLayerAvailabilityResponse
    public static let operation = "BatchCheckLayerAvailability"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// Digests, `sha256:…`.
    public var layerDigests: [String]

    /// Makes a request.
    public init(repositoryName: String, layerDigests: [String], registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.layerDigests = layerDigests
    }
  }

  /// The layers that are there or were.
  public struct BatchCheckLayerAvailabilityResponse: Codable, Sendable, Equatable {
    /// The layers.
    public var layers: [Layer]?
    /// What could not be read or started, and why.
    public var failures: [LayerFailure]?

    /// Makes an answer.
    public init(layers: [Layer]? = nil, failures: [LayerFailure]? = nil) {
      self.layers = layers
      self.failures = failures
    }
  }

  /// Starts an upload.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html
  public struct InitiateLayerUploadRequest: ECRRequest, Equatable {
    public typealias Response = InitiateLayerUploadResponse
    public static let operation = "InitiateLayerUpload"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String

    /// Makes a request.
    public init(repositoryName: String, registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
    }
  }

  /// The upload.
  public struct InitiateLayerUploadResponse: Codable, Sendable, Equatable {
    /// The identifier of the upload.
    public var uploadId: String?
    /// How many bytes a part should have.
    public var partSize: Int?

    /// Makes an answer.
    public init(uploadId: String? = nil, partSize: Int? = nil) {
      self.uploadId = uploadId
      self.partSize = partSize
    }
  }

  /// Uploads a part of a layer; parts come in order and without gaps.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html
  public struct UploadLayerPartRequest: ECRRequest, Equatable {
    public typealias Response = UploadLayerPartResponse
    public static let operation = "UploadLayerPart"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The identifier of the upload.
    public var uploadId: String
    /// The first byte of the part, counted from 0.
    public var partFirstByte: Int
    /// The last byte of the part.
    public var partLastByte: Int
    /// The bytes; Base64 on the wire.
    public var layerPartBlob: Data

    /// Makes a request.
    public init(
      repositoryName: String, uploadId: String, partFirstByte: Int, partLastByte: Int, layerPartBlob: Data,
      registryId: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.uploadId = uploadId
      self.partFirstByte = partFirstByte
      self.partLastByte = partLastByte
      self.layerPartBlob = layerPartBlob
    }
  }

  /// How far the upload is.
  public struct UploadLayerPartResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The identifier of the upload.
    public var uploadId: String?
    /// The last byte that arrived, counted from 0.
    public var lastByteReceived: Int?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, uploadId: String? = nil, lastByteReceived: Int? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.uploadId = uploadId
      self.lastByteReceived = lastByteReceived
    }
  }

  /// Ends an upload and checks its digest.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CompleteLayerUpload.html
  public struct CompleteLayerUploadRequest: ECRRequest, Equatable {
    public typealias Response = CompleteLayerUploadResponse
    public static let operation = "CompleteLayerUpload"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The identifier of the upload.
    public var uploadId: String
    /// Digests, `sha256:…`.
    public var layerDigests: [String]

    /// Makes a request.
    public init(repositoryName: String, uploadId: String, layerDigests: [String], registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.uploadId = uploadId
      self.layerDigests = layerDigests
    }
  }

  /// The layer.
  public struct CompleteLayerUploadResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The identifier of the upload.
    public var uploadId: String?
    /// The digest, `sha256:…`.
    public var layerDigest: String?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, uploadId: String? = nil, layerDigest: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.uploadId = uploadId
      self.layerDigest = layerDigest
    }
  }

  /// Gives a URL from which a layer can be read.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html
  public struct GetDownloadUrlForLayerRequest: ECRRequest, Equatable {
    public typealias Response = GetDownloadUrlForLayerResponse
    public static let operation = "GetDownloadUrlForLayer"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The digest, `sha256:…`.
    public var layerDigest: String

    /// Makes a request.
    public init(repositoryName: String, layerDigest: String, registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.layerDigest = layerDigest
    }
  }

  /// The URL.
  public struct GetDownloadUrlForLayerResponse: Codable, Sendable, Equatable {
    /// The URL.
    public var downloadUrl: String?
    /// The digest, `sha256:…`.
    public var layerDigest: String?

    /// Makes an answer.
    public init(downloadUrl: String? = nil, layerDigest: String? = nil) {
      self.downloadUrl = downloadUrl
      self.layerDigest = layerDigest
    }
  }
}
