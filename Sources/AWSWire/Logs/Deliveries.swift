// Sources of vended logs, and what is delivered where.

extension Logs {
  /// Makes or changes a delivery source.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
  public struct PutDeliverySourceRequest: LogsRequest, Equatable {
    public typealias Response = PutDeliverySourceResponse
    public static let operation = "PutDeliverySource"

    /// The name.
    public var name: String
    /// The ARN of what it is for.
    public var resourceArn: String
    /// Which of the service's logs, such as `ACCESS_LOGS`.
    public var logType: String
    /// The tags.
    public var tags: [String: String]?
    /// Settings of the source.
    public var deliverySourceConfiguration: [String: String]?

    /// Makes a request.
    public init(
      name: String, resourceArn: String, logType: String, tags: [String: String]? = nil,
      deliverySourceConfiguration: [String: String]? = nil
    ) {
      self.name = name
      self.resourceArn = resourceArn
      self.logType = logType
      self.tags = tags
      self.deliverySourceConfiguration = deliverySourceConfiguration
    }
  }

  /// What `PutDeliverySource` answers.
  public struct PutDeliverySourceResponse: Codable, Sendable, Equatable {
    /// The delivery source.
    public var deliverySource: DeliverySource?

    /// Makes an answer.
    public init(deliverySource: DeliverySource? = nil) {
      self.deliverySource = deliverySource
    }
  }

  /// Reads a delivery source.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetDeliverySource.html
  public struct GetDeliverySourceRequest: LogsRequest, Equatable {
    public typealias Response = GetDeliverySourceResponse
    public static let operation = "GetDeliverySource"

    /// The name.
    public var name: String

    /// Makes a request.
    public init(name: String) {
      self.name = name
    }
  }

  /// What `GetDeliverySource` answers.
  public struct GetDeliverySourceResponse: Codable, Sendable, Equatable {
    /// The delivery source.
    public var deliverySource: DeliverySource?

    /// Makes an answer.
    public init(deliverySource: DeliverySource? = nil) {
      self.deliverySource = deliverySource
    }
  }

  /// Reads delivery sources.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliverySources.html
  public struct DescribeDeliverySourcesRequest: LogsRequest, Equatable {
    public typealias Response = DescribeDeliverySourcesResponse
    public static let operation = "DescribeDeliverySources"

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

  /// What `DescribeDeliverySources` answers.
  public struct DescribeDeliverySourcesResponse: Codable, Sendable, Equatable {
    /// The delivery sources.
    public var deliverySources: [DeliverySource]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(deliverySources: [DeliverySource]? = nil, nextToken: String? = nil) {
      self.deliverySources = deliverySources
      self.nextToken = nextToken
    }
  }

  /// Deletes a delivery source.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDeliverySource.html
  public struct DeleteDeliverySourceRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteDeliverySource"

    /// The name.
    public var name: String

    /// Makes a request.
    public init(name: String) {
      self.name = name
    }
  }

  /// Joins a source and a destination.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html
  public struct CreateDeliveryRequest: LogsRequest, Equatable {
    public typealias Response = CreateDeliveryResponse
    public static let operation = "CreateDelivery"

    /// The delivery source name.
    public var deliverySourceName: String
    /// The delivery destination ARN.
    public var deliveryDestinationArn: String
    /// The fields of a record, in order.
    public var recordFields: [String]?
    /// What stands between fields.
    public var fieldDelimiter: String?
    /// How objects in the bucket are named.
    public var s3DeliveryConfiguration: S3DeliveryConfiguration?
    /// The tags.
    public var tags: [String: String]?

    /// Makes a request.
    public init(
      deliverySourceName: String, deliveryDestinationArn: String, recordFields: [String]? = nil,
      fieldDelimiter: String? = nil, s3DeliveryConfiguration: S3DeliveryConfiguration? = nil,
      tags: [String: String]? = nil
    ) {
      self.deliverySourceName = deliverySourceName
      self.deliveryDestinationArn = deliveryDestinationArn
      self.recordFields = recordFields
      self.fieldDelimiter = fieldDelimiter
      self.s3DeliveryConfiguration = s3DeliveryConfiguration
      self.tags = tags
    }
  }

  /// What `CreateDelivery` answers.
  public struct CreateDeliveryResponse: Codable, Sendable, Equatable {
    /// The delivery.
    public var delivery: Delivery?

    /// Makes an answer.
    public init(delivery: Delivery? = nil) {
      self.delivery = delivery
    }
  }

  /// Reads a delivery.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetDelivery.html
  public struct GetDeliveryRequest: LogsRequest, Equatable {
    public typealias Response = GetDeliveryResponse
    public static let operation = "GetDelivery"

    /// The identifier.
    public var id: String

    /// Makes a request.
    public init(id: String) {
      self.id = id
    }
  }

  /// What `GetDelivery` answers.
  public struct GetDeliveryResponse: Codable, Sendable, Equatable {
    /// The delivery.
    public var delivery: Delivery?

    /// Makes an answer.
    public init(delivery: Delivery? = nil) {
      self.delivery = delivery
    }
  }

  /// Reads deliveries.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliveries.html
  public struct DescribeDeliveriesRequest: LogsRequest, Equatable {
    public typealias Response = DescribeDeliveriesResponse
    public static let operation = "DescribeDeliveries"

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

  /// What `DescribeDeliveries` answers.
  public struct DescribeDeliveriesResponse: Codable, Sendable, Equatable {
    /// The deliveries.
    public var deliveries: [Delivery]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(deliveries: [Delivery]? = nil, nextToken: String? = nil) {
      self.deliveries = deliveries
      self.nextToken = nextToken
    }
  }

  /// Deletes a delivery.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDelivery.html
  public struct DeleteDeliveryRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteDelivery"

    /// The identifier.
    public var id: String

    /// Makes a request.
    public init(id: String) {
      self.id = id
    }
  }

  /// A delivery source.
  public struct DeliverySource: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The ARN.
    public var arn: String?
    /// The resource ARNs.
    public var resourceArns: [String]?
    /// The service.
    public var service: String?
    /// Which of the service's logs, such as `ACCESS_LOGS`.
    public var logType: String?
    /// The tags.
    public var tags: [String: String]?
    /// Settings of the source.
    public var deliverySourceConfiguration: [String: String]?
    /// How it stands.
    public var status: String?
    /// The status reason.
    public var statusReason: String?

    /// Makes a value of its members.
    public init(
      name: String? = nil, arn: String? = nil, resourceArns: [String]? = nil, service: String? = nil,
      logType: String? = nil, tags: [String: String]? = nil, deliverySourceConfiguration: [String: String]? = nil,
      status: String? = nil, statusReason: String? = nil
    ) {
      self.name = name
      self.arn = arn
      self.resourceArns = resourceArns
      self.service = service
      self.logType = logType
      self.tags = tags
      self.deliverySourceConfiguration = deliverySourceConfiguration
      self.status = status
      self.statusReason = statusReason
    }
  }

  /// How objects in the bucket are named.
  public struct S3DeliveryConfiguration: Codable, Sendable, Equatable {
    /// The suffix path.
    public var suffixPath: String?
    /// The enable hive compatible path.
    public var enableHiveCompatiblePath: Bool?

    /// Makes a value of its members.
    public init(suffixPath: String? = nil, enableHiveCompatiblePath: Bool? = nil) {
      self.suffixPath = suffixPath
      self.enableHiveCompatiblePath = enableHiveCompatiblePath
    }
  }

  /// A delivery.
  public struct Delivery: Codable, Sendable, Equatable {
    /// The identifier.
    public var id: String?
    /// The ARN.
    public var arn: String?
    /// The delivery source name.
    public var deliverySourceName: String?
    /// The delivery destination ARN.
    public var deliveryDestinationArn: String?
    /// `S3`, `CWL`, `FH` or `XRAY`.
    public var deliveryDestinationType: String?
    /// The fields of a record, in order.
    public var recordFields: [String]?
    /// What stands between fields.
    public var fieldDelimiter: String?
    /// How objects in the bucket are named.
    public var s3DeliveryConfiguration: S3DeliveryConfiguration?
    /// The tags.
    public var tags: [String: String]?

    /// Makes a value of its members.
    public init(
      id: String? = nil, arn: String? = nil, deliverySourceName: String? = nil, deliveryDestinationArn: String? = nil,
      deliveryDestinationType: String? = nil, recordFields: [String]? = nil, fieldDelimiter: String? = nil,
      s3DeliveryConfiguration: S3DeliveryConfiguration? = nil, tags: [String: String]? = nil
    ) {
      self.id = id
      self.arn = arn
      self.deliverySourceName = deliverySourceName
      self.deliveryDestinationArn = deliveryDestinationArn
      self.deliveryDestinationType = deliveryDestinationType
      self.recordFields = recordFields
      self.fieldDelimiter = fieldDelimiter
      self.s3DeliveryConfiguration = s3DeliveryConfiguration
      self.tags = tags
    }
  }
}
