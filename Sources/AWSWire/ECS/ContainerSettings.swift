// What a container definition consists of.

extension ECS {
  /// The credentials of a private registry.
  public struct RepositoryCredentials: Codable, Sendable, Equatable {
    /// The ARN of the secret.
    public var credentialsParameter: String

    /// Makes a value of its members.
    public init(credentialsParameter: String) {
      self.credentialsParameter = credentialsParameter
    }
  }

  /// A port that a container listens on.
  public struct PortMapping: Codable, Sendable, Equatable {
    /// The port of the container.
    public var containerPort: Int?
    /// The port of the host; with `awsvpc` the one of the container.
    public var hostPort: Int?
    /// `tcp`, which is the default, or `udp`.
    public var `protocol`: String?
    /// The name.
    public var name: String?
    /// `http`, `http2` or `grpc`, for Service Connect.
    public var appProtocol: String?
    /// Ports of the container, `8000-8010`.
    public var containerPortRange: String?

    /// Makes a value of its members.
    public init(
      containerPort: Int? = nil, hostPort: Int? = nil, protocol: String? = nil, name: String? = nil,
      appProtocol: String? = nil, containerPortRange: String? = nil
    ) {
      self.containerPort = containerPort
      self.hostPort = hostPort
      self.protocol = `protocol`
      self.name = name
      self.appProtocol = appProtocol
      self.containerPortRange = containerPortRange
    }
  }

  /// Whether a container is restarted while its task goes on.
  public struct ContainerRestartPolicy: Codable, Sendable, Equatable {
    /// Whether it is used.
    public var enabled: Bool
    /// Exit codes after which it is not restarted.
    public var ignoredExitCodes: [Int]?
    /// Seconds that it must run before it is restarted again, 60–1800; 300 by default.
    public var restartAttemptPeriod: Int?

    /// Makes a value of its members.
    public init(enabled: Bool, ignoredExitCodes: [Int]? = nil, restartAttemptPeriod: Int? = nil) {
      self.enabled = enabled
      self.ignoredExitCodes = ignoredExitCodes
      self.restartAttemptPeriod = restartAttemptPeriod
    }
  }

  /// A file with environment variables.
  public struct EnvironmentFile: Codable, Sendable, Equatable {
    /// The ARN of the object.
    public var value: String
    /// `s3`.
    public var type: String

    /// Makes a value of its members.
    public init(value: String, type: String) {
      self.value = value
      self.type = type
    }
  }

  /// A secret by reference.
  public struct Secret: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The ARN of the secret or the parameter.
    public var valueFrom: String

    /// Makes a value of its members.
    public init(name: String, valueFrom: String) {
      self.name = name
      self.valueFrom = valueFrom
    }
  }

  /// What must be true of another container before this one starts.
  public struct ContainerDependency: Codable, Sendable, Equatable {
    /// The container.
    public var containerName: String
    /// `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`.
    public var condition: String

    /// Makes a value of its members.
    public init(containerName: String, condition: String) {
      self.containerName = containerName
      self.condition = condition
    }
  }

  /// Where the output of a container goes.
  public struct LogConfiguration: Codable, Sendable, Equatable {
    /// The driver, such as `awslogs`.
    public var logDriver: String
    /// Options of the driver.
    public var options: [String: String]?
    /// Options of the driver that are secrets.
    public var secretOptions: [Secret]?

    /// Makes a value of its members.
    public init(logDriver: String, options: [String: String]? = nil, secretOptions: [Secret]? = nil) {
      self.logDriver = logDriver
      self.options = options
      self.secretOptions = secretOptions
    }
  }

  /// A command that tells whether a container is healthy.
  public struct HealthCheck: Codable, Sendable, Equatable {
    /// `CMD` and a program with its arguments, or `CMD-SHELL` and a line for the shell; exit code 0 is healthy.
    public var command: [String]
    /// Seconds between two checks, 5–300; 30 by default.
    public var interval: Int?
    /// Seconds that a check may take, 2–60; 5 by default.
    public var timeout: Int?
    /// Failures in a row that make it unhealthy, 1–10; 3 by default.
    public var retries: Int?
    /// Seconds after the start in which failures do not count, 0–300.
    public var startPeriod: Int?

    /// Makes a value of its members.
    public init(
      command: [String], interval: Int? = nil, timeout: Int? = nil, retries: Int? = nil, startPeriod: Int? = nil
    ) {
      self.command = command
      self.interval = interval
      self.timeout = timeout
      self.retries = retries
      self.startPeriod = startPeriod
    }
  }

  /// A GPU or an accelerator that a container needs.
  public struct ResourceRequirement: Codable, Sendable, Equatable {
    /// The value.
    public var value: String
    /// `GPU` or `InferenceAccelerator`.
    public var type: String

    /// Makes a value of its members.
    public init(value: String, type: String) {
      self.value = value
      self.type = type
    }
  }

  /// How a log router is set.
  public struct FirelensConfiguration: Codable, Sendable, Equatable {
    /// `fluentd` or `fluentbit`.
    public var type: String
    /// Options of the router.
    public var options: [String: String]?

    /// Makes a value of its members.
    public init(type: String, options: [String: String]? = nil) {
      self.type = type
      self.options = options
    }
  }
}
