import Foundation

// Dashboards.

extension CloudWatch {
  /// What is odd about a dashboard.
  public struct DashboardValidationMessage: Codable, Sendable, Equatable {
    /// The place in the dashboard.
    public var dataPath: String?
    /// The message.
    public var message: String?

    enum CodingKeys: String, CodingKey {
      case dataPath = "DataPath"
      case message = "Message"
    }

    /// Makes a value of its members.
    public init(dataPath: String? = nil, message: String? = nil) {
      self.dataPath = dataPath
      self.message = message
    }
  }

  /// A dashboard without its body.
  public struct DashboardEntry: Codable, Sendable, Equatable {
    /// The name of the dashboard.
    public var dashboardName: String?
    /// The ARN of the dashboard.
    public var dashboardArn: String?
    /// When it was put last.
    public var lastModified: Date?
    /// The size of the body in bytes.
    public var size: Int?

    enum CodingKeys: String, CodingKey {
      case dashboardName = "DashboardName"
      case dashboardArn = "DashboardArn"
      case lastModified = "LastModified"
      case size = "Size"
    }

    /// Makes a value of its members.
    public init(
      dashboardName: String? = nil, dashboardArn: String? = nil, lastModified: Date? = nil, size: Int? = nil
    ) {
      self.dashboardName = dashboardName
      self.dashboardArn = dashboardArn
      self.lastModified = lastModified
      self.size = size
    }
  }

  /// Makes or changes a dashboard.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  public struct PutDashboardRequest: CloudWatchRequest, Equatable {
    public typealias Response = PutDashboardResponse
    public static let operation = "PutDashboard"

    /// The name of the dashboard.
    public var dashboardName: String
    /// The dashboard as JSON.
    public var dashboardBody: String
    /// The tags.
    public var tags: [Tag]?

    enum CodingKeys: String, CodingKey {
      case dashboardName = "DashboardName"
      case dashboardBody = "DashboardBody"
      case tags = "Tags"
    }

    /// Makes a request.
    public init(dashboardName: String, dashboardBody: String, tags: [Tag]? = nil) {
      self.dashboardName = dashboardName
      self.dashboardBody = dashboardBody
      self.tags = tags
    }
  }

  /// What PutDashboard answers.
  public struct PutDashboardResponse: Codable, Sendable, Equatable {
    /// What is odd about the dashboard.
    public var dashboardValidationMessages: [DashboardValidationMessage]?

    enum CodingKeys: String, CodingKey {
      case dashboardValidationMessages = "DashboardValidationMessages"
    }

    /// Makes an answer.
    public init(dashboardValidationMessages: [DashboardValidationMessage]? = nil) {
      self.dashboardValidationMessages = dashboardValidationMessages
    }
  }

  /// Reads a dashboard.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html
  public struct GetDashboardRequest: CloudWatchRequest, Equatable {
    public typealias Response = GetDashboardResponse
    public static let operation = "GetDashboard"

    /// The name of the dashboard.
    public var dashboardName: String

    enum CodingKeys: String, CodingKey {
      case dashboardName = "DashboardName"
    }

    /// Makes a request.
    public init(dashboardName: String) {
      self.dashboardName = dashboardName
    }
  }

  /// What GetDashboard answers.
  public struct GetDashboardResponse: Codable, Sendable, Equatable {
    /// The ARN of the dashboard.
    public var dashboardArn: String?
    /// The dashboard as JSON.
    public var dashboardBody: String?
    /// The name of the dashboard.
    public var dashboardName: String?

    enum CodingKeys: String, CodingKey {
      case dashboardArn = "DashboardArn"
      case dashboardBody = "DashboardBody"
      case dashboardName = "DashboardName"
    }

    /// Makes an answer.
    public init(dashboardArn: String? = nil, dashboardBody: String? = nil, dashboardName: String? = nil) {
      self.dashboardArn = dashboardArn
      self.dashboardBody = dashboardBody
      self.dashboardName = dashboardName
    }
  }

  /// Lists dashboards.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html
  public struct ListDashboardsRequest: CloudWatchRequest, Equatable {
    public typealias Response = ListDashboardsResponse
    public static let operation = "ListDashboards"

    /// Only dashboards whose name starts so.
    public var dashboardNamePrefix: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case dashboardNamePrefix = "DashboardNamePrefix"
      case nextToken = "NextToken"
    }

    /// Makes a request.
    public init(dashboardNamePrefix: String? = nil, nextToken: String? = nil) {
      self.dashboardNamePrefix = dashboardNamePrefix
      self.nextToken = nextToken
    }
  }

  /// What ListDashboards answers.
  public struct ListDashboardsResponse: Codable, Sendable, Equatable {
    /// The dashboards.
    public var dashboardEntries: [DashboardEntry]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case dashboardEntries = "DashboardEntries"
      case nextToken = "NextToken"
    }

    /// Makes an answer.
    public init(dashboardEntries: [DashboardEntry]? = nil, nextToken: String? = nil) {
      self.dashboardEntries = dashboardEntries
      self.nextToken = nextToken
    }
  }

  /// Deletes dashboards.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html
  public struct DeleteDashboardsRequest: CloudWatchRequest, Equatable {
    public typealias Response = DeleteDashboardsResponse
    public static let operation = "DeleteDashboards"

    /// The names of the dashboards.
    public var dashboardNames: [String]

    enum CodingKeys: String, CodingKey {
      case dashboardNames = "DashboardNames"
    }

    /// Makes a request.
    public init(dashboardNames: [String]) {
      self.dashboardNames = dashboardNames
    }
  }

  /// What DeleteDashboards answers.
  public struct DeleteDashboardsResponse: Codable, Sendable, Equatable {
    /// Makes an answer.
    public init() {}
  }
}
