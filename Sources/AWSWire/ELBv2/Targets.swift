// The targets of a group.

extension ELBv2 {
  /// A target.
  public struct TargetDescription: Codable, Sendable, Equatable {
    /// An address, or the id of an instance.
    public var id: String
    /// The port; the port of the group by default.
    public var port: Int?
    /// The zone, or `all` for an address outside of the network.
    public var availabilityZone: String?

    /// Makes a value of its members.
    public init(id: String, port: Int? = nil, availabilityZone: String? = nil) {
      self.id = id
      self.port = port
      self.availabilityZone = availabilityZone
    }
  }

  /// Registers targets; registering again is no error.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
  public struct RegisterTargetsRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "RegisterTargets"

    /// The target group.
    public var targetGroupArn: String
    /// The targets.
    public var targets: [TargetDescription]

    /// Makes a request.
    public init(targetGroupArn: String, targets: [TargetDescription]) {
      self.targetGroupArn = targetGroupArn
      self.targets = targets
    }
  }

  /// Deregisters targets, which drain before they are gone.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html
  public struct DeregisterTargetsRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeregisterTargets"

    /// The target group.
    public var targetGroupArn: String
    /// The targets; without a port, every port of the address.
    public var targets: [TargetDescription]

    /// Makes a request.
    public init(targetGroupArn: String, targets: [TargetDescription]) {
      self.targetGroupArn = targetGroupArn
      self.targets = targets
    }
  }

  /// Reads the health of targets: those that are named, or all of the group.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
  public struct DescribeTargetHealthRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeTargetHealthResponse
    public static let operation = "DescribeTargetHealth"

    /// The target group.
    public var targetGroupArn: String
    /// The targets.
    public var targets: [TargetDescription]?

    /// Makes a request.
    public init(targetGroupArn: String, targets: [TargetDescription]? = nil) {
      self.targetGroupArn = targetGroupArn
      self.targets = targets
    }
  }

  /// The health of targets.
  public struct DescribeTargetHealthResponse: Codable, Sendable, Equatable {
    /// One description a target.
    public var targetHealthDescriptions: [TargetHealthDescription]

    /// Makes an answer.
    public init(targetHealthDescriptions: [TargetHealthDescription]) {
      self.targetHealthDescriptions = targetHealthDescriptions
    }
  }

  /// The health of one target.
  public struct TargetHealthDescription: Codable, Sendable, Equatable {
    /// The target.
    public var target: TargetDescription
    /// The port that is checked.
    public var healthCheckPort: String?
    /// Its health.
    public var targetHealth: TargetHealth?

    /// Makes a value of its members.
    public init(target: TargetDescription, healthCheckPort: String? = nil, targetHealth: TargetHealth? = nil) {
      self.target = target
      self.healthCheckPort = healthCheckPort
      self.targetHealth = targetHealth
    }
  }

  /// How a target fares.
  public struct TargetHealth: Codable, Sendable, Equatable {
    /// `initial`, `healthy`, `unhealthy`, `unused`, `draining` or `unavailable`.
    public var state: String?
    /// Why it is not healthy, such as `Target.Timeout`.
    public var reason: String?
    /// The reason in words.
    public var description: String?

    /// Makes a value of its members.
    public init(state: String? = nil, reason: String? = nil, description: String? = nil) {
      self.state = state
      self.reason = reason
      self.description = description
    }
  }
}
