import Foundation

// Parameters without their values, and their end.

extension SSM {
  /// Lists parameters without their values.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
  public struct DescribeParametersRequest: SSMRequest, Equatable {
    public typealias Response = DescribeParametersResponse
    public static let operation = "DescribeParameters"

    /// What parameters must match.
    public var parameterFilters: [ParameterStringFilter]?
    /// How many results to give at most.
    public var maxResults: Int?
    /// Where the next page begins.
    public var nextToken: String?

    /// Makes a request.
    public init(parameterFilters: [ParameterStringFilter]? = nil, maxResults: Int? = nil, nextToken: String? = nil) {
      self.parameterFilters = parameterFilters
      self.maxResults = maxResults
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case parameterFilters = "ParameterFilters"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
    }
  }

  /// The answer to ``DescribeParametersRequest``.
  public struct DescribeParametersResponse: Codable, Sendable, Equatable {
    /// The parameters.
    public var parameters: [ParameterMetadata]?
    /// Where the next page begins.
    public var nextToken: String?

    /// Makes a value of its members.
    public init(parameters: [ParameterMetadata]? = nil, nextToken: String? = nil) {
      self.parameters = parameters
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case parameters = "Parameters"
      case nextToken = "NextToken"
    }
  }

  /// A parameter without its value.
  public struct ParameterMetadata: Codable, Sendable, Equatable {
    /// The name, such as `/shop/stage/database-url`.
    public var name: String?
    /// The ARN.
    public var arn: String?
    /// `String`, `StringList` or `SecureString`.
    public var type: String?
    /// The key that AWS would encrypt a `SecureString` with.
    public var keyId: String?
    /// When this version was made.
    public var lastModifiedDate: Date?
    /// Who made this version.
    public var lastModifiedUser: String?
    /// What it is for.
    public var description: String?
    /// A regular expression that the value must match.
    public var allowedPattern: String?
    /// The version's number, from 1.
    public var version: Int?
    /// `Standard`, `Advanced` or `Intelligent-Tiering`.
    public var tier: String?
    /// `text`, or what else the value stands for.
    public var dataType: String?

    /// Makes a value of its members.
    public init(
      name: String? = nil, arn: String? = nil, type: String? = nil, keyId: String? = nil, lastModifiedDate: Date? = nil,
      lastModifiedUser: String? = nil, description: String? = nil, allowedPattern: String? = nil, version: Int? = nil,
      tier: String? = nil, dataType: String? = nil
    ) {
      self.name = name
      self.arn = arn
      self.type = type
      self.keyId = keyId
      self.lastModifiedDate = lastModifiedDate
      self.lastModifiedUser = lastModifiedUser
      self.description = description
      self.allowedPattern = allowedPattern
      self.version = version
      self.tier = tier
      self.dataType = dataType
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case arn = "ARN"
      case type = "Type"
      case keyId = "KeyId"
      case lastModifiedDate = "LastModifiedDate"
      case lastModifiedUser = "LastModifiedUser"
      case description = "Description"
      case allowedPattern = "AllowedPattern"
      case version = "Version"
      case tier = "Tier"
      case dataType = "DataType"
    }
  }

  /// Deletes a parameter.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html
  public struct DeleteParameterRequest: SSMRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteParameter"

    /// The name, such as `/shop/stage/database-url`.
    public var name: String

    /// Makes a request.
    public init(name: String) {
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
    }
  }

  /// Deletes up to ten parameters.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html
  public struct DeleteParametersRequest: SSMRequest, Equatable {
    public typealias Response = DeleteParametersResponse
    public static let operation = "DeleteParameters"

    /// The names.
    public var names: [String]

    /// Makes a request.
    public init(names: [String]) {
      self.names = names
    }

    enum CodingKeys: String, CodingKey {
      case names = "Names"
    }
  }

  /// The answer to ``DeleteParametersRequest``.
  public struct DeleteParametersResponse: Codable, Sendable, Equatable {
    /// The names of what was deleted.
    public var deletedParameters: [String]?
    /// The names that there are no parameters of.
    public var invalidParameters: [String]?

    /// Makes a value of its members.
    public init(deletedParameters: [String]? = nil, invalidParameters: [String]? = nil) {
      self.deletedParameters = deletedParameters
      self.invalidParameters = invalidParameters
    }

    enum CodingKeys: String, CodingKey {
      case deletedParameters = "DeletedParameters"
      case invalidParameters = "InvalidParameters"
    }
  }
}
