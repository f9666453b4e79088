// Where the tasks of a service run and how they are reached.

extension ECS {
  /// A target group that the tasks of a service join.
  public struct LoadBalancer: Codable, Sendable, Equatable {
    /// The target group.
    public var targetGroupArn: String?
    /// A classic load balancer.
    public var loadBalancerName: String?
    /// The container.
    public var containerName: String?
    /// The port of the container.
    public var containerPort: Int?
    /// Demanded by every strategy but `ROLLING`.
    public var advancedConfiguration: AdvancedConfiguration?

    /// Makes a value of its members.
    public init(
      targetGroupArn: String? = nil, loadBalancerName: String? = nil, containerName: String? = nil,
      containerPort: Int? = nil, advancedConfiguration: AdvancedConfiguration? = nil
    ) {
      self.targetGroupArn = targetGroupArn
      self.loadBalancerName = loadBalancerName
      self.containerName = containerName
      self.containerPort = containerPort
      self.advancedConfiguration = advancedConfiguration
    }
  }

  /// What a blue/green, linear or canary deployment must know of a load balancer.
  public struct AdvancedConfiguration: Codable, Sendable, Equatable {
    /// The other target group; the two take turns.
    public var alternateTargetGroupArn: String?
    /// The rule (of an application load balancer) or listener (of a network one) for production traffic.
    public var productionListenerRule: String?
    /// The rule or listener for test traffic.
    public var testListenerRule: String?
    /// The role that it acts in.
    public var roleArn: String?

    /// Makes a value of its members.
    public init(
      alternateTargetGroupArn: String? = nil, productionListenerRule: String? = nil, testListenerRule: String? = nil,
      roleArn: String? = nil
    ) {
      self.alternateTargetGroupArn = alternateTargetGroupArn
      self.productionListenerRule = productionListenerRule
      self.testListenerRule = testListenerRule
      self.roleArn = roleArn
    }
  }

  /// A service of Cloud Map that tasks register in.
  public struct ServiceRegistry: Codable, Sendable, Equatable {
    /// The service of Cloud Map.
    public var registryArn: String?
    /// The port.
    public var port: Int?
    /// The container.
    public var containerName: String?
    /// The port of the container.
    public var containerPort: Int?

    /// Makes a value of its members.
    public init(registryArn: String? = nil, port: Int? = nil, containerName: String? = nil, containerPort: Int? = nil) {
      self.registryArn = registryArn
      self.port = port
      self.containerName = containerName
      self.containerPort = containerPort
    }
  }

  /// Where tasks may be placed.
  public struct PlacementConstraint: Codable, Sendable, Equatable {
    /// `distinctInstance` or `memberOf`.
    public var type: String?
    /// An expression of the cluster query language.
    public var expression: String?

    /// Makes a value of its members.
    public init(type: String? = nil, expression: String? = nil) {
      self.type = type
      self.expression = expression
    }
  }

  /// Where tasks are placed first.
  public struct PlacementStrategy: Codable, Sendable, Equatable {
    /// `spread`, `binpack` or `random`.
    public var type: String?
    /// What to spread or pack by, such as `attribute:ecs.availability-zone`.
    public var field: String?

    /// Makes a value of its members.
    public init(type: String? = nil, field: String? = nil) {
      self.type = type
      self.field = field
    }
  }

  /// The network of tasks.
  public struct NetworkConfiguration: Codable, Sendable, Equatable {
    /// The network of the `awsvpc` mode.
    public var awsvpcConfiguration: AwsVpcConfiguration?

    /// Makes a value of its members.
    public init(awsvpcConfiguration: AwsVpcConfiguration? = nil) {
      self.awsvpcConfiguration = awsvpcConfiguration
    }
  }

  /// The network of tasks with the `awsvpc` mode.
  public struct AwsVpcConfiguration: Codable, Sendable, Equatable {
    /// Subnets, at most 16.
    public var subnets: [String]
    /// Security groups, at most 5.
    public var securityGroups: [String]?
    /// `ENABLED` or `DISABLED`, which is the default.
    public var assignPublicIp: String?

    /// Makes a value of its members.
    public init(subnets: [String], securityGroups: [String]? = nil, assignPublicIp: String? = nil) {
      self.subnets = subnets
      self.securityGroups = securityGroups
      self.assignPublicIp = assignPublicIp
    }
  }
}
