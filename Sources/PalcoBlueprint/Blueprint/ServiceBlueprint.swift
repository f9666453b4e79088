/// What runs in one environment: tasks of one container behind a load balancer.
public struct ServiceBlueprint: Codable, Sendable, Equatable {
  /// The port that the container listens on, also in its environment as `PORT`.
  public var port: Int
  /// The load balancer's port, or nil for a free one that is picked when the environment comes up.
  public var listenerPort: Int?
  /// The load balancer's port where the new tasks of a release answer before production traffic moves, or nil for none.
  /// AWS always has one, in `AWSInfrastructure.Balancer`.
  public var testListenerPort: Int?
  /// CPU units a task: 1024 are one vCPU. With `memory` one of Fargate's pairs.
  public var cpu: Int
  /// Memory a task in MiB.
  public var memory: Int
  /// How many tasks run.
  public var tasks: Int
  /// When the load balancer takes a task for healthy.
  public var healthCheck: HealthCheck
  /// Plain environment variables, in the manifest's order. Names are unique.
  public var environment: [EnvironmentVariable]
  /// Environment variables whose values are fetched when a task starts. Names are unique, also among `environment`.
  public var secrets: [SecretReference]
  /// Seconds between SIGTERM and SIGKILL, 1–120 (Fargate's limit).
  public var stopTimeoutSeconds: Int
  /// Seconds that a target goes on draining after it was deregistered, 0–3600.
  public var deregistrationDelaySeconds: Int
  /// Seconds after a task's start in which failing health checks do not count, 0–86400.
  public var healthCheckGraceSeconds: Int

  /// Makes a service of its parts.
  public init(
    port: Int, listenerPort: Int? = nil, testListenerPort: Int? = nil, cpu: Int = 256, memory: Int = 512,
    tasks: Int = 1,
    healthCheck: HealthCheck = HealthCheck(), environment: [EnvironmentVariable] = [],
    secrets: [SecretReference] = [], stopTimeoutSeconds: Int = 30, deregistrationDelaySeconds: Int = 30,
    healthCheckGraceSeconds: Int = 0
  ) {
    self.port = port
    self.listenerPort = listenerPort
    self.testListenerPort = testListenerPort
    self.cpu = cpu
    self.memory = memory
    self.tasks = tasks
    self.healthCheck = healthCheck
    self.environment = environment
    self.secrets = secrets
    self.stopTimeoutSeconds = stopTimeoutSeconds
    self.deregistrationDelaySeconds = deregistrationDelaySeconds
    self.healthCheckGraceSeconds = healthCheckGraceSeconds
  }
}

/// A target group's health check, with the ranges of an Application Load Balancer
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).
public struct HealthCheck: Codable, Sendable, Equatable {
  /// The path that is asked for.
  public var path: String
  /// Seconds from check to check, 5–300.
  public var intervalSeconds: Int
  /// Seconds after which no answer is a failure, 2–120 and less than the interval.
  public var timeoutSeconds: Int
  /// Successes in a row that make a target healthy, 2–10.
  public var healthyThreshold: Int
  /// Failures in a row that make a target unhealthy, 2–10.
  public var unhealthyThreshold: Int
  /// The status codes of success, 200–499, as in `200`, `200,204` or `200-299`.
  public var successCodes: String

  /// Makes a health check.
  public init(
    path: String = "/", intervalSeconds: Int = 10, timeoutSeconds: Int = 5, healthyThreshold: Int = 2,
    unhealthyThreshold: Int = 2, successCodes: String = "200"
  ) {
    self.path = path
    self.intervalSeconds = intervalSeconds
    self.timeoutSeconds = timeoutSeconds
    self.healthyThreshold = healthyThreshold
    self.unhealthyThreshold = unhealthyThreshold
    self.successCodes = successCodes
  }
}

/// A plain environment variable.
public struct EnvironmentVariable: Codable, Sendable, Equatable {
  /// The variable's name.
  public var name: String
  /// The variable's value.
  public var value: String

  /// Makes a variable.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// An environment variable whose value is a secret kept elsewhere.
public struct SecretReference: Codable, Sendable, Equatable {
  /// The variable's name.
  public var name: String
  /// Where the value is, as `valueFrom` of an ECS task definition has it: the ARN of a Secrets Manager secret (with
  /// `:key::` for one field of it) or of an SSM parameter, or that parameter's name.
  public var valueFrom: String

  /// Makes a reference.
  public init(name: String, valueFrom: String) {
    self.name = name
    self.valueFrom = valueFrom
  }
}
