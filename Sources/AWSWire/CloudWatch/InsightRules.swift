// Rules of Contributor Insights.

extension CloudWatch {
  /// Makes or changes a rule.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutInsightRule.html
  public struct PutInsightRuleRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutInsightRule"

    /// The rule name.
    public var ruleName: String
    /// `ENABLED` or `DISABLED`.
    public var ruleState: String?
    /// The rule, a JSON document.
    public var ruleDefinition: String
    /// The tags.
    public var tags: [Tag]?
    /// Whether it reads events after their transformation.
    public var applyOnTransformedLogs: Bool?

    enum CodingKeys: String, CodingKey {
      case ruleName = "RuleName"
      case ruleState = "RuleState"
      case ruleDefinition = "RuleDefinition"
      case tags = "Tags"
      case applyOnTransformedLogs = "ApplyOnTransformedLogs"
    }

    /// Makes a request.
    public init(
      ruleName: String, ruleDefinition: String, ruleState: String? = nil, tags: [Tag]? = nil,
      applyOnTransformedLogs: Bool? = nil
    ) {
      self.ruleName = ruleName
      self.ruleState = ruleState
      self.ruleDefinition = ruleDefinition
      self.tags = tags
      self.applyOnTransformedLogs = applyOnTransformedLogs
    }
  }

  /// Reads rules.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeInsightRules.html
  public struct DescribeInsightRulesRequest: CloudWatchRequest, Equatable {
    public typealias Response = DescribeInsightRulesResponse
    public static let operation = "DescribeInsightRules"

    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    enum CodingKeys: String, CodingKey {
      case nextToken = "NextToken"
      case maxResults = "MaxResults"
    }

    /// Makes a request.
    public init(nextToken: String? = nil, maxResults: Int? = nil) {
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// What `DescribeInsightRules` answers.
  public struct DescribeInsightRulesResponse: Codable, Sendable, Equatable {
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// The insight rules.
    public var insightRules: [InsightRule]?

    enum CodingKeys: String, CodingKey {
      case nextToken = "NextToken"
      case insightRules = "InsightRules"
    }

    /// Makes an answer.
    public init(nextToken: String? = nil, insightRules: [InsightRule]? = nil) {
      self.nextToken = nextToken
      self.insightRules = insightRules
    }
  }

  /// Deletes rules.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteInsightRules.html
  public struct DeleteInsightRulesRequest: CloudWatchRequest, Equatable {
    public typealias Response = DeleteInsightRulesResponse
    public static let operation = "DeleteInsightRules"

    /// The rule names.
    public var ruleNames: [String]

    enum CodingKeys: String, CodingKey {
      case ruleNames = "RuleNames"
    }

    /// Makes a request.
    public init(ruleNames: [String]) {
      self.ruleNames = ruleNames
    }
  }

  /// What `DeleteInsightRules` answers.
  public struct DeleteInsightRulesResponse: Codable, Sendable, Equatable {
    /// What could not be done, and why.
    public var failures: [PartialFailure]?

    enum CodingKeys: String, CodingKey {
      case failures = "Failures"
    }

    /// Makes an answer.
    public init(failures: [PartialFailure]? = nil) {
      self.failures = failures
    }
  }

  /// Switches rules on.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableInsightRules.html
  public struct EnableInsightRulesRequest: CloudWatchRequest, Equatable {
    public typealias Response = EnableInsightRulesResponse
    public static let operation = "EnableInsightRules"

    /// The rule names.
    public var ruleNames: [String]

    enum CodingKeys: String, CodingKey {
      case ruleNames = "RuleNames"
    }

    /// Makes a request.
    public init(ruleNames: [String]) {
      self.ruleNames = ruleNames
    }
  }

  /// What `EnableInsightRules` answers.
  public struct EnableInsightRulesResponse: Codable, Sendable, Equatable {
    /// What could not be done, and why.
    public var failures: [PartialFailure]?

    enum CodingKeys: String, CodingKey {
      case failures = "Failures"
    }

    /// Makes an answer.
    public init(failures: [PartialFailure]? = nil) {
      self.failures = failures
    }
  }

  /// Switches rules off.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableInsightRules.html
  public struct DisableInsightRulesRequest: CloudWatchRequest, Equatable {
    public typealias Response = DisableInsightRulesResponse
    public static let operation = "DisableInsightRules"

    /// The rule names.
    public var ruleNames: [String]

    enum CodingKeys: String, CodingKey {
      case ruleNames = "RuleNames"
    }

    /// Makes a request.
    public init(ruleNames: [String]) {
      self.ruleNames = ruleNames
    }
  }

  /// What `DisableInsightRules` answers.
  public struct DisableInsightRulesResponse: Codable, Sendable, Equatable {
    /// What could not be done, and why.
    public var failures: [PartialFailure]?

    enum CodingKeys: String, CodingKey {
      case failures = "Failures"
    }

    /// Makes an answer.
    public init(failures: [PartialFailure]? = nil) {
      self.failures = failures
    }
  }

  /// A rule.
  public struct InsightRule: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// `ENABLED` or `DISABLED`, or how it stands.
    public var state: String?
    /// The schema.
    public var schema: String?
    /// The definition.
    public var definition: String?
    /// Whether AWS made it.
    public var managedRule: Bool?
    /// Whether it reads events after their transformation.
    public var applyOnTransformedLogs: Bool?

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case state = "State"
      case schema = "Schema"
      case definition = "Definition"
      case managedRule = "ManagedRule"
      case applyOnTransformedLogs = "ApplyOnTransformedLogs"
    }

    /// Makes a value of its members.
    public init(
      name: String? = nil, state: String? = nil, schema: String? = nil, definition: String? = nil,
      managedRule: Bool? = nil, applyOnTransformedLogs: Bool? = nil
    ) {
      self.name = name
      self.state = state
      self.schema = schema
      self.definition = definition
      self.managedRule = managedRule
      self.applyOnTransformedLogs = applyOnTransformedLogs
    }
  }

  /// A partial failure.
  public struct PartialFailure: Codable, Sendable, Equatable {
    /// The failure resource.
    public var failureResource: String?
    /// The exception type.
    public var exceptionType: String?
    /// The failure code.
    public var failureCode: String?
    /// The failure description.
    public var failureDescription: String?

    enum CodingKeys: String, CodingKey {
      case failureResource = "FailureResource"
      case exceptionType = "ExceptionType"
      case failureCode = "FailureCode"
      case failureDescription = "FailureDescription"
    }

    /// Makes a value of its members.
    public init(
      failureResource: String? = nil, exceptionType: String? = nil, failureCode: String? = nil,
      failureDescription: String? = nil
    ) {
      self.failureResource = failureResource
      self.exceptionType = exceptionType
      self.failureCode = failureCode
      self.failureDescription = failureDescription
    }
  }
}
