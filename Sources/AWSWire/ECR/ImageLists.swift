import Foundation

// Lists of images.

extension ECR {
  /// Reads what is known of images, besides their manifests.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
  public struct DescribeImagesRequest: ECRRequest, Equatable {
    public typealias Response = DescribeImagesResponse
    public static let operation = "DescribeImages"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The identifiers.
    public var imageIds: [ImageIdentifier]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// Which images.
    public var filter: DescribeImagesFilter?

    /// Makes a request.
    public init(
      repositoryName: String, registryId: String? = nil, imageIds: [ImageIdentifier]? = nil, nextToken: String? = nil,
      maxResults: Int? = nil, filter: DescribeImagesFilter? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageIds = imageIds
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.filter = filter
    }
  }

  /// A page of images.
  public struct DescribeImagesResponse: Codable, Sendable, Equatable {
    /// The images.
    public var imageDetails: [ImageDetail]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(imageDetails: [ImageDetail]? = nil, nextToken: String? = nil) {
      self.imageDetails = imageDetails
      self.nextToken = nextToken
    }
  }

  /// Which images to read.
  public struct DescribeImagesFilter: Codable, Sendable, Equatable {
    /// `TAGGED`, `UNTAGGED` or `ANY`.
    public var tagStatus: String?
    /// `ACTIVE`, `ARCHIVED` or `ACTIVATING`.
    public var imageStatus: String?

    /// Makes a value of its members.
    public init(tagStatus: String? = nil, imageStatus: String? = nil) {
      self.tagStatus = tagStatus
      self.imageStatus = imageStatus
    }
  }

  /// What is known of an image.
  public struct ImageDetail: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The digest, `sha256:…`.
    public var imageDigest: String?
    /// The tags.
    public var imageTags: [String]?
    /// The size of all layers as they were pushed.
    public var imageSizeInBytes: Int?
    /// When it was pushed.
    public var imagePushedAt: Date?
    /// How far the scan is.
    public var imageScanStatus: ImageScanStatus?
    /// What the scan found.
    public var imageScanFindingsSummary: ImageScanFindingsSummary?
    /// The media type of the manifest.
    public var imageManifestMediaType: String?
    /// The type of what is no image.
    public var artifactMediaType: String?
    /// When it was pulled last, within a day.
    public var lastRecordedPullTime: Date?
    /// The manifest that it refers to.
    public var subjectManifestDigest: String?
    /// `ACTIVE`, `ARCHIVED` or `ACTIVATING`.
    public var imageStatus: String?
    /// When it was archived last.
    public var lastArchivedAt: Date?
    /// When it was activated last.
    public var lastActivatedAt: Date?

    /// Makes a value of its members.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, imageDigest: String? = nil,
      imageTags: [String]? = nil, imageSizeInBytes: Int? = nil, imagePushedAt: Date? = nil,
      imageScanStatus: ImageScanStatus? = nil, imageScanFindingsSummary: ImageScanFindingsSummary? = nil,
      imageManifestMediaType: String? = nil, artifactMediaType: String? = nil, lastRecordedPullTime: Date? = nil,
      subjectManifestDigest: String? = nil, imageStatus: String? = nil, lastArchivedAt: Date? = nil,
      lastActivatedAt: Date? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageDigest = imageDigest
      self.imageTags = imageTags
      self.imageSizeInBytes = imageSizeInBytes
      self.imagePushedAt = imagePushedAt
      self.imageScanStatus = imageScanStatus
      self.imageScanFindingsSummary = imageScanFindingsSummary
      self.imageManifestMediaType = imageManifestMediaType
      self.artifactMediaType = artifactMediaType
      self.lastRecordedPullTime = lastRecordedPullTime
      self.subjectManifestDigest = subjectManifestDigest
      self.imageStatus = imageStatus
      self.lastArchivedAt = lastArchivedAt
      self.lastActivatedAt = lastActivatedAt
    }
  }

  /// How far a scan is.
  public struct ImageScanStatus: Codable, Sendable, Equatable {
    /// Where it is in its life, such as `ACTIVE`.
    public var status: String?
    /// In words.
    public var description: String?

    /// Makes a value of its members.
    public init(status: String? = nil, description: String? = nil) {
      self.status = status
      self.description = description
    }
  }

  /// How many findings of each severity a scan had.
  public struct ImageScanFindingsSummary: Codable, Sendable, Equatable {
    /// When the scan ended.
    public var imageScanCompletedAt: Date?
    /// When the findings' source was updated.
    public var vulnerabilitySourceUpdatedAt: Date?
    /// Findings by severity.
    public var findingSeverityCounts: [String: Int]?

    /// Makes a value of its members.
    public init(
      imageScanCompletedAt: Date? = nil, vulnerabilitySourceUpdatedAt: Date? = nil,
      findingSeverityCounts: [String: Int]? = nil
    ) {
      self.imageScanCompletedAt = imageScanCompletedAt
      self.vulnerabilitySourceUpdatedAt = vulnerabilitySourceUpdatedAt
      self.findingSeverityCounts = findingSeverityCounts
    }
  }

  /// Lists the digests and tags of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html
  public struct ListImagesRequest: ECRRequest, Equatable {
    public typealias Response = ListImagesResponse
    public static let operation = "ListImages"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// Which images.
    public var filter: ListImagesFilter?

    /// Makes a request.
    public init(
      repositoryName: String, registryId: String? = nil, nextToken: String? = nil, maxResults: Int? = nil,
      filter: ListImagesFilter? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.filter = filter
    }
  }

  /// A page of identifiers.
  public struct ListImagesResponse: Codable, Sendable, Equatable {
    /// The identifiers.
    public var imageIds: [ImageIdentifier]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(imageIds: [ImageIdentifier]? = nil, nextToken: String? = nil) {
      self.imageIds = imageIds
      self.nextToken = nextToken
    }
  }

  /// Which images to list.
  public struct ListImagesFilter: Codable, Sendable, Equatable {
    /// `TAGGED`, `UNTAGGED` or `ANY`.
    public var tagStatus: String?
    /// `ACTIVE`, `ARCHIVED` or `ACTIVATING`.
    public var imageStatus: String?

    /// Makes a value of its members.
    public init(tagStatus: String? = nil, imageStatus: String? = nil) {
      self.tagStatus = tagStatus
      self.imageStatus = imageStatus
    }
  }
}
