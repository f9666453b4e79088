import Foundation

// What a lifecycle policy would do.

extension ECR {
  /// Tries a lifecycle policy.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartLifecyclePolicyPreview.html
  public struct StartLifecyclePolicyPreviewRequest: ECRRequest, Equatable {
    public typealias Response = StartLifecyclePolicyPreviewResponse
    public static let operation = "StartLifecyclePolicyPreview"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?

    /// Makes a request.
    public init(repositoryName: String, registryId: String? = nil, lifecyclePolicyText: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
    }
  }

  /// What `StartLifecyclePolicyPreview` answers.
  public struct StartLifecyclePolicyPreviewResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?
    /// How it stands.
    public var status: String?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, lifecyclePolicyText: String? = nil,
      status: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
      self.status = status
    }
  }

  /// Reads what a lifecycle policy would do.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicyPreview.html
  public struct GetLifecyclePolicyPreviewRequest: ECRRequest, Equatable {
    public typealias Response = GetLifecyclePolicyPreviewResponse
    public static let operation = "GetLifecyclePolicyPreview"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The images.
    public var imageIds: [ImageIdentifier]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// A text in which `*` stands for any text.
    public var filter: LifecyclePolicyPreviewFilter?

    /// Makes a request.
    public init(
      repositoryName: String, registryId: String? = nil, imageIds: [ImageIdentifier]? = nil, nextToken: String? = nil,
      maxResults: Int? = nil, filter: LifecyclePolicyPreviewFilter? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageIds = imageIds
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.filter = filter
    }
  }

  /// What `GetLifecyclePolicyPreview` answers.
  public struct GetLifecyclePolicyPreviewResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?
    /// How it stands.
    public var status: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// What the policy would do to each image.
    public var previewResults: [LifecyclePolicyPreviewResult]?
    /// How many images that would be.
    public var summary: LifecyclePolicyPreviewSummary?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, lifecyclePolicyText: String? = nil,
      status: String? = nil, nextToken: String? = nil, previewResults: [LifecyclePolicyPreviewResult]? = nil,
      summary: LifecyclePolicyPreviewSummary? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
      self.status = status
      self.nextToken = nextToken
      self.previewResults = previewResults
      self.summary = summary
    }
  }

  /// A lifecycle policy preview filter.
  public struct LifecyclePolicyPreviewFilter: Codable, Sendable, Equatable {
    /// The tag status.
    public var tagStatus: String?

    /// Makes a value of its members.
    public init(tagStatus: String? = nil) {
      self.tagStatus = tagStatus
    }
  }

  /// A lifecycle policy preview result.
  public struct LifecyclePolicyPreviewResult: Codable, Sendable, Equatable {
    /// The image tags.
    public var imageTags: [String]?
    /// The image digest.
    public var imageDigest: String?
    /// The image pushed at.
    public var imagePushedAt: Date?
    /// What becomes of the image.
    public var action: LifecyclePolicyRuleAction?
    /// The priority of the rule.
    public var appliedRulePriority: Int?
    /// The storage class.
    public var storageClass: String?

    /// Makes a value of its members.
    public init(
      imageTags: [String]? = nil, imageDigest: String? = nil, imagePushedAt: Date? = nil,
      action: LifecyclePolicyRuleAction? = nil, appliedRulePriority: Int? = nil, storageClass: String? = nil
    ) {
      self.imageTags = imageTags
      self.imageDigest = imageDigest
      self.imagePushedAt = imagePushedAt
      self.action = action
      self.appliedRulePriority = appliedRulePriority
      self.storageClass = storageClass
    }
  }

  /// A lifecycle policy preview summary.
  public struct LifecyclePolicyPreviewSummary: Codable, Sendable, Equatable {
    /// The expiring image total count.
    public var expiringImageTotalCount: Int?
    /// The transitioning image total counts.
    public var transitioningImageTotalCounts: [TransitioningImageTotalCount]?

    /// Makes a value of its members.
    public init(
      expiringImageTotalCount: Int? = nil, transitioningImageTotalCounts: [TransitioningImageTotalCount]? = nil
    ) {
      self.expiringImageTotalCount = expiringImageTotalCount
      self.transitioningImageTotalCounts = transitioningImageTotalCounts
    }
  }

  /// A lifecycle policy rule action.
  public struct LifecyclePolicyRuleAction: Codable, Sendable, Equatable {
    /// Of which kind it is.
    public var type: String?
    /// Where images are moved to.
    public var targetStorageClass: String?

    /// Makes a value of its members.
    public init(type: String? = nil, targetStorageClass: String? = nil) {
      self.type = type
      self.targetStorageClass = targetStorageClass
    }
  }

  /// A transitioning image total count.
  public struct TransitioningImageTotalCount: Codable, Sendable, Equatable {
    /// Where images are moved to.
    public var targetStorageClass: String?
    /// The image total count.
    public var imageTotalCount: Int?

    /// Makes a value of its members.
    public init(targetStorageClass: String? = nil, imageTotalCount: Int? = nil) {
      self.targetStorageClass = targetStorageClass
      self.imageTotalCount = imageTotalCount
    }
  }
}
