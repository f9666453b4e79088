import Foundation

// What scaling did.

extension ApplicationAutoScaling {
  /// Something that scaling did, or did not do.
  public struct ScalingActivity: Codable, Sendable, Equatable {
    /// A UUID.
    public var activityId: String
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// What was done.
    public var description: String
    /// What brought it about.
    public var cause: String
    /// When it begins.
    public var startTime: Date
    /// `Pending`, `InProgress`, `Successful`, `Overridden`, `Unfulfilled` or `Failed`.
    public var statusCode: String
    /// When it ends.
    public var endTime: Date?
    /// The status for people.
    public var statusMessage: String?
    /// More of it.
    public var details: String?
    /// Why it came to nothing.
    public var notScaledReasons: [NotScaledReason]?

    /// Makes a value.
    public init(
      activityId: String, serviceNamespace: String, resourceId: String, scalableDimension: String, description: String,
      cause: String, startTime: Date, statusCode: String, endTime: Date? = nil, statusMessage: String? = nil,
      details: String? = nil, notScaledReasons: [NotScaledReason]? = nil
    ) {
      self.activityId = activityId
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.description = description
      self.cause = cause
      self.startTime = startTime
      self.statusCode = statusCode
      self.endTime = endTime
      self.statusMessage = statusMessage
      self.details = details
      self.notScaledReasons = notScaledReasons
    }

    enum CodingKeys: String, CodingKey {
      case activityId = "ActivityId"
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case description = "Description"
      case cause = "Cause"
      case startTime = "StartTime"
      case statusCode = "StatusCode"
      case endTime = "EndTime"
      case statusMessage = "StatusMessage"
      case details = "Details"
      case notScaledReasons = "NotScaledReasons"
    }
  }

  /// Why an activity came to nothing.
  public struct NotScaledReason: Codable, Sendable, Equatable {
    /// Why, such as `AlreadyAtMaxCapacity`.
    public var code: String
    /// The most that scaling goes up to.
    public var maxCapacity: Int?
    /// The least that scaling goes down to.
    public var minCapacity: Int?
    /// What there is.
    public var currentCapacity: Int?

    /// Makes a value.
    public init(code: String, maxCapacity: Int? = nil, minCapacity: Int? = nil, currentCapacity: Int? = nil) {
      self.code = code
      self.maxCapacity = maxCapacity
      self.minCapacity = minCapacity
      self.currentCapacity = currentCapacity
    }

    enum CodingKeys: String, CodingKey {
      case code = "Code"
      case maxCapacity = "MaxCapacity"
      case minCapacity = "MinCapacity"
      case currentCapacity = "CurrentCapacity"
    }
  }

  /// Reads what scaling did.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html
  public struct DescribeScalingActivitiesRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = DescribeScalingActivitiesResponse
    public static let operation = "DescribeScalingActivities"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String?
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String?
    /// How many at most, 1 to 50.
    public var maxResults: Int?
    /// Where to go on.
    public var nextToken: String?
    /// Whether those that came to nothing are told too.
    public var includeNotScaledActivities: Bool?

    /// Makes a request.
    public init(
      serviceNamespace: String, resourceId: String? = nil, scalableDimension: String? = nil, maxResults: Int? = nil,
      nextToken: String? = nil, includeNotScaledActivities: Bool? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.maxResults = maxResults
      self.nextToken = nextToken
      self.includeNotScaledActivities = includeNotScaledActivities
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
      case includeNotScaledActivities = "IncludeNotScaledActivities"
    }
  }

  /// The answer to ``DescribeScalingActivitiesRequest``.
  public struct DescribeScalingActivitiesResponse: Codable, Sendable, Equatable {
    /// The activities, the newest first.
    public var scalingActivities: [ScalingActivity]?
    /// Where to go on.
    public var nextToken: String?

    /// Makes an answer.
    public init(scalingActivities: [ScalingActivity]? = nil, nextToken: String? = nil) {
      self.scalingActivities = scalingActivities
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case scalingActivities = "ScalingActivities"
      case nextToken = "NextToken"
    }
  }
}
