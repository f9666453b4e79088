import Foundation

// Scans of images.

extension ECR {
  /// Begins a scan.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
  public struct StartImageScanRequest: ECRRequest, Equatable {
    public typealias Response = StartImageScanResponse
    public static let operation = "StartImageScan"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The image.
    public var imageId: ImageIdentifier

    /// Makes a request.
    public init(repositoryName: String, imageId: ImageIdentifier, registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageId = imageId
    }
  }

  /// What `StartImageScan` answers.
  public struct StartImageScanResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The image.
    public var imageId: ImageIdentifier?
    /// How the scan stands.
    public var imageScanStatus: ImageScanStatus?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, imageId: ImageIdentifier? = nil,
      imageScanStatus: ImageScanStatus? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageId = imageId
      self.imageScanStatus = imageScanStatus
    }
  }

  /// Reads what a scan has found.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
  public struct DescribeImageScanFindingsRequest: ECRRequest, Equatable {
    public typealias Response = DescribeImageScanFindingsResponse
    public static let operation = "DescribeImageScanFindings"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The image.
    public var imageId: ImageIdentifier
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(
      repositoryName: String, imageId: ImageIdentifier, registryId: String? = nil, nextToken: String? = nil,
      maxResults: Int? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageId = imageId
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// What `DescribeImageScanFindings` answers.
  public struct DescribeImageScanFindingsResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The image.
    public var imageId: ImageIdentifier?
    /// How the scan stands.
    public var imageScanStatus: ImageScanStatus?
    /// The image scan findings.
    public var imageScanFindings: ImageScanFindings?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, imageId: ImageIdentifier? = nil,
      imageScanStatus: ImageScanStatus? = nil, imageScanFindings: ImageScanFindings? = nil, nextToken: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageId = imageId
      self.imageScanStatus = imageScanStatus
      self.imageScanFindings = imageScanFindings
      self.nextToken = nextToken
    }
  }

  /// What a scan has found.
  public struct ImageScanFindings: Codable, Sendable, Equatable {
    /// When the scan ended.
    public var imageScanCompletedAt: Date?
    /// Of when the list of vulnerabilities is.
    public var vulnerabilitySourceUpdatedAt: Date?
    /// How many findings there are of each severity.
    public var findingSeverityCounts: [String: Int]?
    /// What was found.
    public var findings: [ImageScanFinding]?

    /// Makes a value of its members.
    public init(
      imageScanCompletedAt: Date? = nil, vulnerabilitySourceUpdatedAt: Date? = nil,
      findingSeverityCounts: [String: Int]? = nil, findings: [ImageScanFinding]? = nil
    ) {
      self.imageScanCompletedAt = imageScanCompletedAt
      self.vulnerabilitySourceUpdatedAt = vulnerabilitySourceUpdatedAt
      self.findingSeverityCounts = findingSeverityCounts
      self.findings = findings
    }
  }

  /// One vulnerability.
  public struct ImageScanFinding: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// What it is about.
    public var description: String?
    /// Where more is told of it.
    public var uri: String?
    /// `CRITICAL`, `HIGH`, `MEDIUM`, `LOW`, `INFORMATIONAL` or `UNDEFINED`.
    public var severity: String?
    /// The package, its version and more, by name.
    public var attributes: [Attribute]?

    /// Makes a value of its members.
    public init(
      name: String? = nil, description: String? = nil, uri: String? = nil, severity: String? = nil,
      attributes: [Attribute]? = nil
    ) {
      self.name = name
      self.description = description
      self.uri = uri
      self.severity = severity
      self.attributes = attributes
    }
  }

  /// What is known of a vulnerability, by name.
  public struct Attribute: Codable, Sendable, Equatable {
    /// The key.
    public var key: String?
    /// Its value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }
}
