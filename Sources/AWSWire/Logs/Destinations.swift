// Destinations of subscriptions.

extension Logs {
  /// Makes or changes a destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestination.html
  public struct PutDestinationRequest: LogsRequest, Equatable {
    public typealias Response = PutDestinationResponse
    public static let operation = "PutDestination"

    /// The destination name.
    public var destinationName: String
    /// The stream that gets the events.
    public var targetArn: String
    /// The role that AWS takes for it.
    public var roleArn: String
    /// The tags.
    public var tags: [String: String]?

    /// Makes a request.
    public init(destinationName: String, targetArn: String, roleArn: String, tags: [String: String]? = nil) {
      self.destinationName = destinationName
      self.targetArn = targetArn
      self.roleArn = roleArn
      self.tags = tags
    }
  }

  /// What `PutDestination` answers.
  public struct PutDestinationResponse: Codable, Sendable, Equatable {
    /// The bucket, or the destination as it is now.
    public var destination: Destination?

    /// Makes an answer.
    public init(destination: Destination? = nil) {
      self.destination = destination
    }
  }

  /// Reads destinations.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDestinations.html
  public struct DescribeDestinationsRequest: LogsRequest, Equatable {
    private enum CodingKeys: String, CodingKey {
      case destinationNamePrefix = "DestinationNamePrefix"
      case nextToken
      case limit
    }

    public typealias Response = DescribeDestinationsResponse
    public static let operation = "DescribeDestinations"

    /// The destination name prefix.
    public var destinationNamePrefix: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(destinationNamePrefix: String? = nil, nextToken: String? = nil, limit: Int? = nil) {
      self.destinationNamePrefix = destinationNamePrefix
      self.nextToken = nextToken
      self.limit = limit
    }
  }

  /// What `DescribeDestinations` answers.
  public struct DescribeDestinationsResponse: Codable, Sendable, Equatable {
    /// The destinations.
    public var destinations: [Destination]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(destinations: [Destination]? = nil, nextToken: String? = nil) {
      self.destinations = destinations
      self.nextToken = nextToken
    }
  }

  /// Deletes a destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDestination.html
  public struct DeleteDestinationRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteDestination"

    /// The destination name.
    public var destinationName: String

    /// Makes a request.
    public init(destinationName: String) {
      self.destinationName = destinationName
    }
  }

  /// Says who may send to a destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
  public struct PutDestinationPolicyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutDestinationPolicy"

    /// The destination name.
    public var destinationName: String
    /// Who may send, a JSON document.
    public var accessPolicy: String
    /// The force update.
    public var forceUpdate: Bool?

    /// Makes a request.
    public init(destinationName: String, accessPolicy: String, forceUpdate: Bool? = nil) {
      self.destinationName = destinationName
      self.accessPolicy = accessPolicy
      self.forceUpdate = forceUpdate
    }
  }

  /// A destination.
  public struct Destination: Codable, Sendable, Equatable {
    /// The destination name.
    public var destinationName: String?
    /// The stream that gets the events.
    public var targetArn: String?
    /// The role that AWS takes for it.
    public var roleArn: String?
    /// Who may send, a JSON document.
    public var accessPolicy: String?
    /// The ARN.
    public var arn: String?
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?

    /// Makes a value of its members.
    public init(
      destinationName: String? = nil, targetArn: String? = nil, roleArn: String? = nil, accessPolicy: String? = nil,
      arn: String? = nil, creationTime: Int? = nil
    ) {
      self.destinationName = destinationName
      self.targetArn = targetArn
      self.roleArn = roleArn
      self.accessPolicy = accessPolicy
      self.arn = arn
      self.creationTime = creationTime
    }
  }
}
