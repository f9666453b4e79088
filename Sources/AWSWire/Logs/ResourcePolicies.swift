// Policies that let services of AWS write logs.

extension Logs {
  /// Sets a resource policy.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
  public struct PutResourcePolicyRequest: LogsRequest, Equatable {
    public typealias Response = PutResourcePolicyResponse
    public static let operation = "PutResourcePolicy"

    /// The policy name.
    public var policyName: String?
    /// The policy, a JSON document.
    public var policyDocument: String?
    /// The ARN of what it is for.
    public var resourceArn: String?
    /// The revision that is changed, for a policy of one resource.
    public var expectedRevisionId: String?

    /// Makes a request.
    public init(
      policyName: String? = nil, policyDocument: String? = nil, resourceArn: String? = nil,
      expectedRevisionId: String? = nil
    ) {
      self.policyName = policyName
      self.policyDocument = policyDocument
      self.resourceArn = resourceArn
      self.expectedRevisionId = expectedRevisionId
    }
  }

  /// What `PutResourcePolicy` answers.
  public struct PutResourcePolicyResponse: Codable, Sendable, Equatable {
    /// The resource policy.
    public var resourcePolicy: ResourcePolicy?
    /// Names the revision of a policy of one resource.
    public var revisionId: String?

    /// Makes an answer.
    public init(resourcePolicy: ResourcePolicy? = nil, revisionId: String? = nil) {
      self.resourcePolicy = resourcePolicy
      self.revisionId = revisionId
    }
  }

  /// Reads resource policies.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html
  public struct DescribeResourcePoliciesRequest: LogsRequest, Equatable {
    public typealias Response = DescribeResourcePoliciesResponse
    public static let operation = "DescribeResourcePolicies"

    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?
    /// The ARN of what it is for.
    public var resourceArn: String?
    /// `ACCOUNT` or `RESOURCE`.
    public var policyScope: String?

    /// Makes a request.
    public init(nextToken: String? = nil, limit: Int? = nil, resourceArn: String? = nil, policyScope: String? = nil) {
      self.nextToken = nextToken
      self.limit = limit
      self.resourceArn = resourceArn
      self.policyScope = policyScope
    }
  }

  /// What `DescribeResourcePolicies` answers.
  public struct DescribeResourcePoliciesResponse: Codable, Sendable, Equatable {
    /// The resource policies.
    public var resourcePolicies: [ResourcePolicy]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(resourcePolicies: [ResourcePolicy]? = nil, nextToken: String? = nil) {
      self.resourcePolicies = resourcePolicies
      self.nextToken = nextToken
    }
  }

  /// Deletes a resource policy.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html
  public struct DeleteResourcePolicyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteResourcePolicy"

    /// The policy name.
    public var policyName: String?
    /// The ARN of what it is for.
    public var resourceArn: String?
    /// The revision that is changed, for a policy of one resource.
    public var expectedRevisionId: String?

    /// Makes a request.
    public init(policyName: String? = nil, resourceArn: String? = nil, expectedRevisionId: String? = nil) {
      self.policyName = policyName
      self.resourceArn = resourceArn
      self.expectedRevisionId = expectedRevisionId
    }
  }

  /// A resource policy.
  public struct ResourcePolicy: Codable, Sendable, Equatable {
    /// The policy name.
    public var policyName: String?
    /// The policy, a JSON document.
    public var policyDocument: String?
    /// The last updated time.
    public var lastUpdatedTime: Int?
    /// `ACCOUNT` or `RESOURCE`.
    public var policyScope: String?
    /// The ARN of what it is for.
    public var resourceArn: String?
    /// Names the revision of a policy of one resource.
    public var revisionId: String?

    /// Makes a value of its members.
    public init(
      policyName: String? = nil, policyDocument: String? = nil, lastUpdatedTime: Int? = nil, policyScope: String? = nil,
      resourceArn: String? = nil, revisionId: String? = nil
    ) {
      self.policyName = policyName
      self.policyDocument = policyDocument
      self.lastUpdatedTime = lastUpdatedTime
      self.policyScope = policyScope
      self.resourceArn = resourceArn
      self.revisionId = revisionId
    }
  }
}
