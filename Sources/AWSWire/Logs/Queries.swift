// Queries of Logs Insights.

extension Logs {
  /// Begins a query.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
  public struct StartQueryRequest: LogsRequest, Equatable {
    public typealias Response = StartQueryResponse
    public static let operation = "StartQuery"

    /// `CWLI`, `SQL` or `PPL`.
    public var queryLanguage: String?
    /// The name of the group.
    public var logGroupName: String?
    /// The log group names.
    public var logGroupNames: [String]?
    /// Names or ARNs of groups.
    public var logGroupIdentifiers: [String]?
    /// The beginning of the time, in seconds since 1970.
    public var startTime: Int
    /// The end of the time, in seconds since 1970.
    public var endTime: Int
    /// The query.
    public var queryString: String
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(
      startTime: Int, endTime: Int, queryString: String, queryLanguage: String? = nil, logGroupName: String? = nil,
      logGroupNames: [String]? = nil, logGroupIdentifiers: [String]? = nil, limit: Int? = nil
    ) {
      self.queryLanguage = queryLanguage
      self.logGroupName = logGroupName
      self.logGroupNames = logGroupNames
      self.logGroupIdentifiers = logGroupIdentifiers
      self.startTime = startTime
      self.endTime = endTime
      self.queryString = queryString
      self.limit = limit
    }
  }

  /// What `StartQuery` answers.
  public struct StartQueryResponse: Codable, Sendable, Equatable {
    /// The query identifier.
    public var queryId: String?

    /// Makes an answer.
    public init(queryId: String? = nil) {
      self.queryId = queryId
    }
  }

  /// Reads what a query has found.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
  public struct GetQueryResultsRequest: LogsRequest, Equatable {
    public typealias Response = GetQueryResultsResponse
    public static let operation = "GetQueryResults"

    /// The query identifier.
    public var queryId: String
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// The max items.
    public var maxItems: Int?

    /// Makes a request.
    public init(queryId: String, nextToken: String? = nil, maxItems: Int? = nil) {
      self.queryId = queryId
      self.nextToken = nextToken
      self.maxItems = maxItems
    }
  }

  /// What `GetQueryResults` answers.
  public struct GetQueryResultsResponse: Codable, Sendable, Equatable {
    /// `CWLI`, `SQL` or `PPL`.
    public var queryLanguage: String?
    /// The results.
    public var results: [[ResultField]]?
    /// The statistics.
    public var statistics: QueryStatistics?
    /// How it stands.
    public var status: String?
    /// The encryption key.
    public var encryptionKey: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(
      queryLanguage: String? = nil, results: [[ResultField]]? = nil, statistics: QueryStatistics? = nil,
      status: String? = nil, encryptionKey: String? = nil, nextToken: String? = nil
    ) {
      self.queryLanguage = queryLanguage
      self.results = results
      self.statistics = statistics
      self.status = status
      self.encryptionKey = encryptionKey
      self.nextToken = nextToken
    }
  }

  /// Ends a query.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html
  public struct StopQueryRequest: LogsRequest, Equatable {
    public typealias Response = StopQueryResponse
    public static let operation = "StopQuery"

    /// The query identifier.
    public var queryId: String

    /// Makes a request.
    public init(queryId: String) {
      self.queryId = queryId
    }
  }

  /// What `StopQuery` answers.
  public struct StopQueryResponse: Codable, Sendable, Equatable {
    /// The success.
    public var success: Bool?

    /// Makes an answer.
    public init(success: Bool? = nil) {
      self.success = success
    }
  }

  /// Reads queries.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueries.html
  public struct DescribeQueriesRequest: LogsRequest, Equatable {
    public typealias Response = DescribeQueriesResponse
    public static let operation = "DescribeQueries"

    /// The name of the group.
    public var logGroupName: String?
    /// How it stands.
    public var status: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// `CWLI`, `SQL` or `PPL`.
    public var queryLanguage: String?

    /// Makes a request.
    public init(
      logGroupName: String? = nil, status: String? = nil, maxResults: Int? = nil, nextToken: String? = nil,
      queryLanguage: String? = nil
    ) {
      self.logGroupName = logGroupName
      self.status = status
      self.maxResults = maxResults
      self.nextToken = nextToken
      self.queryLanguage = queryLanguage
    }
  }

  /// What `DescribeQueries` answers.
  public struct DescribeQueriesResponse: Codable, Sendable, Equatable {
    /// The queries.
    public var queries: [QueryInfo]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(queries: [QueryInfo]? = nil, nextToken: String? = nil) {
      self.queries = queries
      self.nextToken = nextToken
    }
  }

  /// A result field.
  public struct ResultField: Codable, Sendable, Equatable {
    /// The field.
    public var field: String?
    /// Its value.
    public var value: String?

    /// Makes a value of its members.
    public init(field: String? = nil, value: String? = nil) {
      self.field = field
      self.value = value
    }
  }

  /// A query statistics.
  public struct QueryStatistics: Codable, Sendable, Equatable {
    /// The records matched.
    public var recordsMatched: Double?
    /// The records scanned.
    public var recordsScanned: Double?
    /// The estimated records skipped.
    public var estimatedRecordsSkipped: Double?
    /// How many bytes of events were read.
    public var bytesScanned: Double?
    /// The estimated bytes skipped.
    public var estimatedBytesSkipped: Double?
    /// The log groups scanned.
    public var logGroupsScanned: Double?

    /// Makes a value of its members.
    public init(
      recordsMatched: Double? = nil, recordsScanned: Double? = nil, estimatedRecordsSkipped: Double? = nil,
      bytesScanned: Double? = nil, estimatedBytesSkipped: Double? = nil, logGroupsScanned: Double? = nil
    ) {
      self.recordsMatched = recordsMatched
      self.recordsScanned = recordsScanned
      self.estimatedRecordsSkipped = estimatedRecordsSkipped
      self.bytesScanned = bytesScanned
      self.estimatedBytesSkipped = estimatedBytesSkipped
      self.logGroupsScanned = logGroupsScanned
    }
  }

  /// A query info.
  public struct QueryInfo: Codable, Sendable, Equatable {
    /// `CWLI`, `SQL` or `PPL`.
    public var queryLanguage: String?
    /// The query identifier.
    public var queryId: String?
    /// The query.
    public var queryString: String?
    /// How it stands.
    public var status: String?
    /// The create time.
    public var createTime: Int?
    /// The name of the group.
    public var logGroupName: String?
    /// The query duration.
    public var queryDuration: Int?
    /// How many bytes of events were read.
    public var bytesScanned: Double?
    /// The user identity.
    public var userIdentity: String?

    /// Makes a value of its members.
    public init(
      queryLanguage: String? = nil, queryId: String? = nil, queryString: String? = nil, status: String? = nil,
      createTime: Int? = nil, logGroupName: String? = nil, queryDuration: Int? = nil, bytesScanned: Double? = nil,
      userIdentity: String? = nil
    ) {
      self.queryLanguage = queryLanguage
      self.queryId = queryId
      self.queryString = queryString
      self.status = status
      self.createTime = createTime
      self.logGroupName = logGroupName
      self.queryDuration = queryDuration
      self.bytesScanned = bytesScanned
      self.userIdentity = userIdentity
    }
  }
}
