// Where vended logs are delivered.

extension Logs {
  /// Makes or changes a delivery destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestination.html
  public struct PutDeliveryDestinationRequest: LogsRequest, Equatable {
    public typealias Response = PutDeliveryDestinationResponse
    public static let operation = "PutDeliveryDestination"

    /// The name.
    public var name: String
    /// `json`, `plain`, `w3c`, `raw` or `parquet`.
    public var outputFormat: String?
    /// The delivery destination configuration.
    public var deliveryDestinationConfiguration: DeliveryDestinationConfiguration?
    /// `S3`, `CWL`, `FH` or `XRAY`.
    public var deliveryDestinationType: String?
    /// The tags.
    public var tags: [String: String]?

    /// Makes a request.
    public init(
      name: String, outputFormat: String? = nil,
      deliveryDestinationConfiguration: DeliveryDestinationConfiguration? = nil, deliveryDestinationType: String? = nil,
      tags: [String: String]? = nil
    ) {
      self.name = name
      self.outputFormat = outputFormat
      self.deliveryDestinationConfiguration = deliveryDestinationConfiguration
      self.deliveryDestinationType = deliveryDestinationType
      self.tags = tags
    }
  }

  /// What `PutDeliveryDestination` answers.
  public struct PutDeliveryDestinationResponse: Codable, Sendable, Equatable {
    /// The delivery destination.
    public var deliveryDestination: DeliveryDestination?

    /// Makes an answer.
    public init(deliveryDestination: DeliveryDestination? = nil) {
      self.deliveryDestination = deliveryDestination
    }
  }

  /// Reads a delivery destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetDeliveryDestination.html
  public struct GetDeliveryDestinationRequest: LogsRequest, Equatable {
    public typealias Response = GetDeliveryDestinationResponse
    public static let operation = "GetDeliveryDestination"

    /// The name.
    public var name: String

    /// Makes a request.
    public init(name: String) {
      self.name = name
    }
  }

  /// What `GetDeliveryDestination` answers.
  public struct GetDeliveryDestinationResponse: Codable, Sendable, Equatable {
    /// The delivery destination.
    public var deliveryDestination: DeliveryDestination?

    /// Makes an answer.
    public init(deliveryDestination: DeliveryDestination? = nil) {
      self.deliveryDestination = deliveryDestination
    }
  }

  /// Reads delivery destinations.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliveryDestinations.html
  public struct DescribeDeliveryDestinationsRequest: LogsRequest, Equatable {
    public typealias Response = DescribeDeliveryDestinationsResponse
    public static let operation = "DescribeDeliveryDestinations"

    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(nextToken: String? = nil, limit: Int? = nil) {
      self.nextToken = nextToken
      self.limit = limit
    }
  }

  /// What `DescribeDeliveryDestinations` answers.
  public struct DescribeDeliveryDestinationsResponse: Codable, Sendable, Equatable {
    /// The delivery destinations.
    public var deliveryDestinations: [DeliveryDestination]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(deliveryDestinations: [DeliveryDestination]? = nil, nextToken: String? = nil) {
      self.deliveryDestinations = deliveryDestinations
      self.nextToken = nextToken
    }
  }

  /// Deletes a delivery destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDeliveryDestination.html
  public struct DeleteDeliveryDestinationRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteDeliveryDestination"

    /// The name.
    public var name: String

    /// Makes a request.
    public init(name: String) {
      self.name = name
    }
  }

  /// Says who may deliver there.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestinationPolicy.html
  public struct PutDeliveryDestinationPolicyRequest: LogsRequest, Equatable {
    public typealias Response = PutDeliveryDestinationPolicyResponse
    public static let operation = "PutDeliveryDestinationPolicy"

    /// The delivery destination name.
    public var deliveryDestinationName: String
    /// The delivery destination policy.
    public var deliveryDestinationPolicy: String

    /// Makes a request.
    public init(deliveryDestinationName: String, deliveryDestinationPolicy: String) {
      self.deliveryDestinationName = deliveryDestinationName
      self.deliveryDestinationPolicy = deliveryDestinationPolicy
    }
  }

  /// What `PutDeliveryDestinationPolicy` answers.
  public struct PutDeliveryDestinationPolicyResponse: Codable, Sendable, Equatable {
    /// The policy.
    public var policy: Policy?

    /// Makes an answer.
    public init(policy: Policy? = nil) {
      self.policy = policy
    }
  }

  /// Reads who may deliver there.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetDeliveryDestinationPolicy.html
  public struct GetDeliveryDestinationPolicyRequest: LogsRequest, Equatable {
    public typealias Response = GetDeliveryDestinationPolicyResponse
    public static let operation = "GetDeliveryDestinationPolicy"

    /// The delivery destination name.
    public var deliveryDestinationName: String

    /// Makes a request.
    public init(deliveryDestinationName: String) {
      self.deliveryDestinationName = deliveryDestinationName
    }
  }

  /// What `GetDeliveryDestinationPolicy` answers.
  public struct GetDeliveryDestinationPolicyResponse: Codable, Sendable, Equatable {
    /// The policy.
    public var policy: Policy?

    /// Makes an answer.
    public init(policy: Policy? = nil) {
      self.policy = policy
    }
  }

  /// Deletes who may deliver there.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDeliveryDestinationPolicy.html
  public struct DeleteDeliveryDestinationPolicyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteDeliveryDestinationPolicy"

    /// The delivery destination name.
    public var deliveryDestinationName: String

    /// Makes a request.
    public init(deliveryDestinationName: String) {
      self.deliveryDestinationName = deliveryDestinationName
    }
  }

  /// A delivery destination configuration.
  public struct DeliveryDestinationConfiguration: Codable, Sendable, Equatable {
    /// The destination resource ARN.
    public var destinationResourceArn: String?

    /// Makes a value of its members.
    public init(destinationResourceArn: String? = nil) {
      self.destinationResourceArn = destinationResourceArn
    }
  }

  /// A delivery destination.
  public struct DeliveryDestination: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The ARN.
    public var arn: String?
    /// `S3`, `CWL`, `FH` or `XRAY`.
    public var deliveryDestinationType: String?
    /// `json`, `plain`, `w3c`, `raw` or `parquet`.
    public var outputFormat: String?
    /// The delivery destination configuration.
    public var deliveryDestinationConfiguration: DeliveryDestinationConfiguration?
    /// The tags.
    public var tags: [String: String]?

    /// Makes a value of its members.
    public init(
      name: String? = nil, arn: String? = nil, deliveryDestinationType: String? = nil, outputFormat: String? = nil,
      deliveryDestinationConfiguration: DeliveryDestinationConfiguration? = nil, tags: [String: String]? = nil
    ) {
      self.name = name
      self.arn = arn
      self.deliveryDestinationType = deliveryDestinationType
      self.outputFormat = outputFormat
      self.deliveryDestinationConfiguration = deliveryDestinationConfiguration
      self.tags = tags
    }
  }

  /// A policy.
  public struct Policy: Codable, Sendable, Equatable {
    /// The delivery destination policy.
    public var deliveryDestinationPolicy: String?

    /// Makes a value of its members.
    public init(deliveryDestinationPolicy: String? = nil) {
      self.deliveryDestinationPolicy = deliveryDestinationPolicy
    }
  }
}
