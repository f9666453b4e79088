import Foundation

// Parameters and their values.

extension SSM {
  /// Makes a parameter, or a new version of one.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
  public struct PutParameterRequest: SSMRequest, Equatable {
    public typealias Response = PutParameterResponse
    public static let operation = "PutParameter"

    /// The name, such as `/shop/stage/database-url`.
    public var name: String
    /// What it is for.
    public var description: String?
    /// The value.
    public var value: Sensitive<String>
    /// `String`, `StringList` or `SecureString`.
    public var type: String?
    /// The key that AWS would encrypt a `SecureString` with.
    public var keyId: String?
    /// Whether a parameter that exists gets a new version.
    public var overwrite: Bool?
    /// A regular expression that the value must match.
    public var allowedPattern: String?
    /// The tags.
    public var tags: [Tag]?
    /// `Standard`, `Advanced` or `Intelligent-Tiering`.
    public var tier: String?
    /// `text`, or what else the value stands for.
    public var dataType: String?

    /// Makes a request.
    public init(
      name: String, value: Sensitive<String>, description: String? = nil, type: String? = nil, keyId: String? = nil,
      overwrite: Bool? = nil, allowedPattern: String? = nil, tags: [Tag]? = nil, tier: String? = nil,
      dataType: String? = nil
    ) {
      self.name = name
      self.description = description
      self.value = value
      self.type = type
      self.keyId = keyId
      self.overwrite = overwrite
      self.allowedPattern = allowedPattern
      self.tags = tags
      self.tier = tier
      self.dataType = dataType
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case description = "Description"
      case value = "Value"
      case type = "Type"
      case keyId = "KeyId"
      case overwrite = "Overwrite"
      case allowedPattern = "AllowedPattern"
      case tags = "Tags"
      case tier = "Tier"
      case dataType = "DataType"
    }
  }

  /// The answer to ``PutParameterRequest``.
  public struct PutParameterResponse: Codable, Sendable, Equatable {
    /// The version's number, from 1.
    public var version: Int?
    /// `Standard`, `Advanced` or `Intelligent-Tiering`.
    public var tier: String?

    /// Makes a value of its members.
    public init(version: Int? = nil, tier: String? = nil) {
      self.version = version
      self.tier = tier
    }

    enum CodingKeys: String, CodingKey {
      case version = "Version"
      case tier = "Tier"
    }
  }

  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key.
    public var key: String?
    /// The value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case value = "Value"
    }
  }

  /// Reads a parameter with its value.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
  public struct GetParameterRequest: SSMRequest, Equatable {
    public typealias Response = GetParameterResponse
    public static let operation = "GetParameter"

    /// The name, such as `/shop/stage/database-url`.
    public var name: String
    /// Whether the value of a `SecureString` is given in clear.
    public var withDecryption: Bool?

    /// Makes a request.
    public init(name: String, withDecryption: Bool? = nil) {
      self.name = name
      self.withDecryption = withDecryption
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case withDecryption = "WithDecryption"
    }
  }

  /// The answer to ``GetParameterRequest``.
  public struct GetParameterResponse: Codable, Sendable, Equatable {
    /// The parameter.
    public var parameter: Parameter?

    /// Makes a value of its members.
    public init(parameter: Parameter? = nil) {
      self.parameter = parameter
    }

    enum CodingKeys: String, CodingKey {
      case parameter = "Parameter"
    }
  }

  /// A parameter with its value.
  public struct Parameter: Codable, Sendable, Equatable {
    /// The name, such as `/shop/stage/database-url`.
    public var name: String?
    /// `String`, `StringList` or `SecureString`.
    public var type: String?
    /// The value.
    public var value: Sensitive<String>?
    /// The version's number, from 1.
    public var version: Int?
    /// The part of the request's name that chose the version, such as `:3`.
    public var selector: String?
    /// When this version was made.
    public var lastModifiedDate: Date?
    /// The ARN.
    public var arn: String?
    /// `text`, or what else the value stands for.
    public var dataType: String?

    /// Makes a value of its members.
    public init(
      name: String? = nil, type: String? = nil, value: Sensitive<String>? = nil, version: Int? = nil,
      selector: String? = nil, lastModifiedDate: Date? = nil, arn: String? = nil, dataType: String? = nil
    ) {
      self.name = name
      self.type = type
      self.value = value
      self.version = version
      self.selector = selector
      self.lastModifiedDate = lastModifiedDate
      self.arn = arn
      self.dataType = dataType
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case type = "Type"
      case value = "Value"
      case version = "Version"
      case selector = "Selector"
      case lastModifiedDate = "LastModifiedDate"
      case arn = "ARN"
      case dataType = "DataType"
    }
  }

  /// Reads up to ten parameters with their values.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
  public struct GetParametersRequest: SSMRequest, Equatable {
    public typealias Response = GetParametersResponse
    public static let operation = "GetParameters"

    /// The names.
    public var names: [String]
    /// Whether the value of a `SecureString` is given in clear.
    public var withDecryption: Bool?

    /// Makes a request.
    public init(names: [String], withDecryption: Bool? = nil) {
      self.names = names
      self.withDecryption = withDecryption
    }

    enum CodingKeys: String, CodingKey {
      case names = "Names"
      case withDecryption = "WithDecryption"
    }
  }

  /// The answer to ``GetParametersRequest``.
  public struct GetParametersResponse: Codable, Sendable, Equatable {
    /// The parameters.
    public var parameters: [Parameter]?
    /// The names that there are no parameters of.
    public var invalidParameters: [String]?

    /// Makes a value of its members.
    public init(parameters: [Parameter]? = nil, invalidParameters: [String]? = nil) {
      self.parameters = parameters
      self.invalidParameters = invalidParameters
    }

    enum CodingKeys: String, CodingKey {
      case parameters = "Parameters"
      case invalidParameters = "InvalidParameters"
    }
  }

  /// Reads the parameters below a path with their values.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
  public struct GetParametersByPathRequest: SSMRequest, Equatable {
    public typealias Response = GetParametersByPathResponse
    public static let operation = "GetParametersByPath"

    /// What names begin with, such as `/shop/stage`.
    public var path: String
    /// Whether names with more levels below the path count.
    public var recursive: Bool?
    /// What parameters must match.
    public var parameterFilters: [ParameterStringFilter]?
    /// Whether the value of a `SecureString` is given in clear.
    public var withDecryption: Bool?
    /// How many results to give at most.
    public var maxResults: Int?
    /// Where the next page begins.
    public var nextToken: String?

    /// Makes a request.
    public init(
      path: String, recursive: Bool? = nil, parameterFilters: [ParameterStringFilter]? = nil,
      withDecryption: Bool? = nil, maxResults: Int? = nil, nextToken: String? = nil
    ) {
      self.path = path
      self.recursive = recursive
      self.parameterFilters = parameterFilters
      self.withDecryption = withDecryption
      self.maxResults = maxResults
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case path = "Path"
      case recursive = "Recursive"
      case parameterFilters = "ParameterFilters"
      case withDecryption = "WithDecryption"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
    }
  }

  /// The answer to ``GetParametersByPathRequest``.
  public struct GetParametersByPathResponse: Codable, Sendable, Equatable {
    /// The parameters.
    public var parameters: [Parameter]?
    /// Where the next page begins.
    public var nextToken: String?

    /// Makes a value of its members.
    public init(parameters: [Parameter]? = nil, nextToken: String? = nil) {
      self.parameters = parameters
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case parameters = "Parameters"
      case nextToken = "NextToken"
    }
  }

  /// What a parameter must match.
  public struct ParameterStringFilter: Codable, Sendable, Equatable {
    /// `Name`, `Type`, `Path`, `DataType`, `Tier`, `KeyId` or `tag:` and a key.
    public var key: String?
    /// How to compare: `Equals`, `BeginsWith`, `Contains`, `Recursive` or `OneLevel`.
    public var option: String?
    /// The values, of which one must match.
    public var values: [String]?

    /// Makes a value of its members.
    public init(key: String? = nil, option: String? = nil, values: [String]? = nil) {
      self.key = key
      self.option = option
      self.values = values
    }

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case option = "Option"
      case values = "Values"
    }
  }
}
