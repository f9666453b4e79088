// Lists of task definitions and of their families.

extension ECS {
  /// Lists the ARNs of task definitions.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html
  public struct ListTaskDefinitionsRequest: ECSRequest, Equatable {
    public typealias Response = ListTaskDefinitionsResponse
    public static let operation = "ListTaskDefinitions"

    /// Only this family.
    public var familyPrefix: String?
    /// `ACTIVE`, which is the default, `INACTIVE` or `DELETE_IN_PROGRESS`.
    public var status: String?
    /// `ASC`, which is the default, or `DESC`.
    public var sort: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(
      familyPrefix: String? = nil, status: String? = nil, sort: String? = nil, nextToken: String? = nil,
      maxResults: Int? = nil
    ) {
      self.familyPrefix = familyPrefix
      self.status = status
      self.sort = sort
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// A page of ARNs.
  public struct ListTaskDefinitionsResponse: Codable, Sendable, Equatable {
    /// ARNs.
    public var taskDefinitionArns: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(taskDefinitionArns: [String]? = nil, nextToken: String? = nil) {
      self.taskDefinitionArns = taskDefinitionArns
      self.nextToken = nextToken
    }
  }

  /// Lists families of task definitions.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html
  public struct ListTaskDefinitionFamiliesRequest: ECSRequest, Equatable {
    public typealias Response = ListTaskDefinitionFamiliesResponse
    public static let operation = "ListTaskDefinitionFamilies"

    /// Only families whose name starts so.
    public var familyPrefix: String?
    /// `ACTIVE`, `INACTIVE` or `ALL`, which is the default.
    public var status: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(familyPrefix: String? = nil, status: String? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
      self.familyPrefix = familyPrefix
      self.status = status
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// A page of names.
  public struct ListTaskDefinitionFamiliesResponse: Codable, Sendable, Equatable {
    /// Names of families.
    public var families: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(families: [String]? = nil, nextToken: String? = nil) {
      self.families = families
      self.nextToken = nextToken
    }
  }
}
