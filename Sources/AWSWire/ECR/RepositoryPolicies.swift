import Foundation

// Lifecycle policies and permissions of a repository.

extension ECR {
  /// Sets the lifecycle policy of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html
  public struct PutLifecyclePolicyRequest: ECRRequest, Equatable {
    public typealias Response = PutLifecyclePolicyResponse
    public static let operation = "PutLifecyclePolicy"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String

    /// Makes a request.
    public init(repositoryName: String, lifecyclePolicyText: String, registryId: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
    }
  }

  /// The policy, as it is now.
  public struct PutLifecyclePolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, repositoryName: String? = nil, lifecyclePolicyText: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
    }
  }

  /// Reads the lifecycle policy of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html
  public struct GetLifecyclePolicyRequest: ECRRequest, Equatable {
    public typealias Response = GetLifecyclePolicyResponse
    public static let operation = "GetLifecyclePolicy"

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

  /// The policy.
  public struct GetLifecyclePolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?
    /// When the policy was applied last.
    public var lastEvaluatedAt: Date?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, lifecyclePolicyText: String? = nil,
      lastEvaluatedAt: Date? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
      self.lastEvaluatedAt = lastEvaluatedAt
    }
  }

  /// Removes the lifecycle policy of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html
  public struct DeleteLifecyclePolicyRequest: ECRRequest, Equatable {
    public typealias Response = DeleteLifecyclePolicyResponse
    public static let operation = "DeleteLifecyclePolicy"

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

  /// The policy that is gone.
  public struct DeleteLifecyclePolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var lifecyclePolicyText: String?
    /// When the policy was applied last.
    public var lastEvaluatedAt: Date?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, lifecyclePolicyText: String? = nil,
      lastEvaluatedAt: Date? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.lifecyclePolicyText = lifecyclePolicyText
      self.lastEvaluatedAt = lastEvaluatedAt
    }
  }

  /// Sets the permissions of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
  public struct SetRepositoryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = SetRepositoryPolicyResponse
    public static let operation = "SetRepositoryPolicy"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The policy, a JSON document.
    public var policyText: String
    /// Whether to set a policy that locks the caller out.
    public var force: Bool?

    /// Makes a request.
    public init(repositoryName: String, policyText: String, registryId: String? = nil, force: Bool? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.policyText = policyText
      self.force = force
    }
  }

  /// The policy, as it is now.
  public struct SetRepositoryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.policyText = policyText
    }
  }

  /// Reads the permissions of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html
  public struct GetRepositoryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = GetRepositoryPolicyResponse
    public static let operation = "GetRepositoryPolicy"

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

  /// The policy.
  public struct GetRepositoryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.policyText = policyText
    }
  }

  /// Removes the permissions of a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html
  public struct DeleteRepositoryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = DeleteRepositoryPolicyResponse
    public static let operation = "DeleteRepositoryPolicy"

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

  /// The policy that is gone.
  public struct DeleteRepositoryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, repositoryName: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.policyText = policyText
    }
  }
}
