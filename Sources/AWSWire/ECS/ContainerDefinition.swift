// A container of a task definition.

extension ECS {
  /// What one container of a task is.
  public struct ContainerDefinition: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The image, `repository:tag` or `repository@digest`.
    public var image: String?
    /// The credentials of a private registry.
    public var repositoryCredentials: RepositoryCredentials?
    /// CPU units, 1024 a processor.
    public var cpu: Int?
    /// MiB of memory; the container is killed above.
    public var memory: Int?
    /// MiB of memory that are reserved.
    public var memoryReservation: Int?
    /// Links to other containers, in the `bridge` mode.
    public var links: [String]?
    /// Ports that it listens on.
    public var portMappings: [PortMapping]?
    /// Whether the task stops when this container stops; `true` by default.
    public var essential: Bool?
    /// Whether it is restarted while its task goes on.
    public var restartPolicy: ContainerRestartPolicy?
    /// The entry point; `ENTRYPOINT` of the image by default.
    public var entryPoint: [String]?
    /// The command; `CMD` of the image by default.
    public var command: [String]?
    /// Environment variables. Not for secrets: everyone who may describe can read them.
    public var environment: [KeyValuePair]?
    /// Files with environment variables.
    public var environmentFiles: [EnvironmentFile]?
    /// Where volumes appear.
    public var mountPoints: [MountPoint]?
    /// Other containers whose volumes are mounted too.
    public var volumesFrom: [VolumeFrom]?
    /// Settings of Linux.
    public var linuxParameters: LinuxParameters?
    /// Secrets, by reference.
    public var secrets: [Secret]?
    /// What must be true before this container starts.
    public var dependsOn: [ContainerDependency]?
    /// Seconds to wait for what it depends on.
    public var startTimeout: Int?
    /// Seconds between SIGTERM and SIGKILL, up to 120; 30 by default.
    public var stopTimeout: Int?
    /// Whether the tag is resolved to a digest once: `enabled`, which is the default, or `disabled`.
    public var versionConsistency: String?
    /// The host name.
    public var hostname: String?
    /// The user, as in `docker run --user`.
    public var user: String?
    /// The working directory; `WORKDIR` of the image by default.
    public var workingDirectory: String?
    /// Whether the container has no network.
    public var disableNetworking: Bool?
    /// Whether it has all rights on the host.
    public var privileged: Bool?
    /// Whether the root file system cannot be written.
    public var readonlyRootFilesystem: Bool?
    /// DNS servers.
    public var dnsServers: [String]?
    /// Search domains.
    public var dnsSearchDomains: [String]?
    /// Lines for `/etc/hosts`.
    public var extraHosts: [HostEntry]?
    /// Security options of Docker.
    public var dockerSecurityOptions: [String]?
    /// Whether standard input stays open.
    public var interactive: Bool?
    /// Whether it has a terminal.
    public var pseudoTerminal: Bool?
    /// Labels of the container.
    public var dockerLabels: [String: String]?
    /// Limits.
    public var ulimits: [Ulimit]?
    /// Where output goes.
    public var logConfiguration: LogConfiguration?
    /// A command that tells whether the container is healthy.
    public var healthCheck: HealthCheck?
    /// Kernel parameters.
    public var systemControls: [SystemControl]?
    /// GPUs and accelerators that it needs.
    public var resourceRequirements: [ResourceRequirement]?
    /// How a log router is set.
    public var firelensConfiguration: FirelensConfiguration?
    /// Credential specifications for Windows.
    public var credentialSpecs: [String]?

    /// Makes a value of its members.
    public init(
      name: String? = nil, image: String? = nil, repositoryCredentials: RepositoryCredentials? = nil, cpu: Int? = nil,
      memory: Int? = nil, memoryReservation: Int? = nil, links: [String]? = nil, portMappings: [PortMapping]? = nil,
      essential: Bool? = nil, restartPolicy: ContainerRestartPolicy? = nil, entryPoint: [String]? = nil,
      command: [String]? = nil, environment: [KeyValuePair]? = nil, environmentFiles: [EnvironmentFile]? = nil,
      mountPoints: [MountPoint]? = nil, volumesFrom: [VolumeFrom]? = nil, linuxParameters: LinuxParameters? = nil,
      secrets: [Secret]? = nil, dependsOn: [ContainerDependency]? = nil, startTimeout: Int? = nil,
      stopTimeout: Int? = nil, versionConsistency: String? = nil, hostname: String? = nil, user: String? = nil,
      workingDirectory: String? = nil, disableNetworking: Bool? = nil, privileged: Bool? = nil,
      readonlyRootFilesystem: Bool? = nil, dnsServers: [String]? = nil, dnsSearchDomains: [String]? = nil,
      extraHosts: [HostEntry]? = nil, dockerSecurityOptions: [String]? = nil, interactive: Bool? = nil,
      pseudoTerminal: Bool? = nil, dockerLabels: [String: String]? = nil, ulimits: [Ulimit]? = nil,
      logConfiguration: LogConfiguration? = nil, healthCheck: HealthCheck? = nil,
      systemControls: [SystemControl]? = nil, resourceRequirements: [ResourceRequirement]? = nil,
      firelensConfiguration: FirelensConfiguration? = nil, credentialSpecs: [String]? = nil
    ) {
      self.name = name
      self.image = image
      self.repositoryCredentials = repositoryCredentials
      self.cpu = cpu
      self.memory = memory
      self.memoryReservation = memoryReservation
      self.links = links
      self.portMappings = portMappings
      self.essential = essential
      self.restartPolicy = restartPolicy
      self.entryPoint = entryPoint
      self.command = command
      self.environment = environment
      self.environmentFiles = environmentFiles
      self.mountPoints = mountPoints
      self.volumesFrom = volumesFrom
      self.linuxParameters = linuxParameters
      self.secrets = secrets
      self.dependsOn = dependsOn
      self.startTimeout = startTimeout
      self.stopTimeout = stopTimeout
      self.versionConsistency = versionConsistency
      self.hostname = hostname
      self.user = user
      self.workingDirectory = workingDirectory
      self.disableNetworking = disableNetworking
      self.privileged = privileged
      self.readonlyRootFilesystem = readonlyRootFilesystem
      self.dnsServers = dnsServers
      self.dnsSearchDomains = dnsSearchDomains
      self.extraHosts = extraHosts
      self.dockerSecurityOptions = dockerSecurityOptions
      self.interactive = interactive
      self.pseudoTerminal = pseudoTerminal
      self.dockerLabels = dockerLabels
      self.ulimits = ulimits
      self.logConfiguration = logConfiguration
      self.healthCheck = healthCheck
      self.systemControls = systemControls
      self.resourceRequirements = resourceRequirements
      self.firelensConfiguration = firelensConfiguration
      self.credentialSpecs = credentialSpecs
    }
  }
}
