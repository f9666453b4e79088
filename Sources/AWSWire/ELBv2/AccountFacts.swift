import Foundation

// Limits and capacity.

extension ELBv2 {
  /// Reads how many of each thing there can be.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeAccountLimits.html
  public struct DescribeAccountLimitsRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeAccountLimitsResponse
    public static let operation = "DescribeAccountLimits"

    /// Where to go on.
    public var marker: String?
    /// How many to answer at most.
    public var pageSize: Int?

    /// Makes a request.
    public init(marker: String? = nil, pageSize: Int? = nil) {
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// What `DescribeAccountLimits` answers.
  public struct DescribeAccountLimitsResponse: Codable, Sendable, Equatable {
    /// The limits.
    public var limits: [Limit]?
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(limits: [Limit]? = nil, nextMarker: String? = nil) {
      self.limits = limits
      self.nextMarker = nextMarker
    }
  }

  /// Reads the capacity that a load balancer reserves.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeCapacityReservation.html
  public struct DescribeCapacityReservationRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeCapacityReservationResponse
    public static let operation = "DescribeCapacityReservation"

    /// The load balancer ARN.
    public var loadBalancerArn: String

    /// Makes a request.
    public init(loadBalancerArn: String) {
      self.loadBalancerArn = loadBalancerArn
    }
  }

  /// What `DescribeCapacityReservation` answers.
  public struct DescribeCapacityReservationResponse: Codable, Sendable, Equatable {
    /// The last modified time.
    public var lastModifiedTime: Date?
    /// The decrease requests remaining.
    public var decreaseRequestsRemaining: Int?
    /// The minimum load balancer capacity.
    public var minimumLoadBalancerCapacity: MinimumLoadBalancerCapacity?
    /// The capacity reservation state.
    public var capacityReservationState: [ZonalCapacityReservationState]?

    /// Makes an answer.
    public init(
      lastModifiedTime: Date? = nil, decreaseRequestsRemaining: Int? = nil,
      minimumLoadBalancerCapacity: MinimumLoadBalancerCapacity? = nil,
      capacityReservationState: [ZonalCapacityReservationState]? = nil
    ) {
      self.lastModifiedTime = lastModifiedTime
      self.decreaseRequestsRemaining = decreaseRequestsRemaining
      self.minimumLoadBalancerCapacity = minimumLoadBalancerCapacity
      self.capacityReservationState = capacityReservationState
    }
  }

  /// How many to answer at most.
  public struct Limit: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The most there can be, as a text.
    public var max: String?

    /// Makes a value of its members.
    public init(name: String? = nil, max: String? = nil) {
      self.name = name
      self.max = max
    }
  }

  /// A minimum load balancer capacity.
  public struct MinimumLoadBalancerCapacity: Codable, Sendable, Equatable {
    /// The capacity units.
    public var capacityUnits: Int?

    /// Makes a value of its members.
    public init(capacityUnits: Int? = nil) {
      self.capacityUnits = capacityUnits
    }
  }

  /// A zonal capacity reservation state.
  public struct ZonalCapacityReservationState: Codable, Sendable, Equatable {
    /// `ENABLED` or `DISABLED`, or how it stands.
    public var state: CapacityReservationStatus?
    /// The availability zone.
    public var availabilityZone: String?
    /// The effective capacity units.
    public var effectiveCapacityUnits: Double?

    /// Makes a value of its members.
    public init(
      state: CapacityReservationStatus? = nil, availabilityZone: String? = nil, effectiveCapacityUnits: Double? = nil
    ) {
      self.state = state
      self.availabilityZone = availabilityZone
      self.effectiveCapacityUnits = effectiveCapacityUnits
    }
  }

  /// A capacity reservation status.
  public struct CapacityReservationStatus: Codable, Sendable, Equatable {
    /// How it stands, such as `COMPLETED`.
    public var code: String?
    /// The reason.
    public var reason: String?

    /// Makes a value of its members.
    public init(code: String? = nil, reason: String? = nil) {
      self.code = code
      self.reason = reason
    }
  }
}
