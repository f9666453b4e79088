// Volumes of a task definition.

extension ECS {
  /// A volume that containers of a task can mount.
  public struct Volume: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// A folder of the host.
    public var host: HostVolumeProperties?
    /// A volume of Docker.
    public var dockerVolumeConfiguration: DockerVolumeConfiguration?
    /// A volume of EFS.
    public var efsVolumeConfiguration: EFSVolumeConfiguration?
    /// A volume of S3 Files.
    public var s3filesVolumeConfiguration: S3FilesVolumeConfiguration?
    /// A volume of FSx for Windows.
    public var fsxWindowsFileServerVolumeConfiguration: FSxWindowsFileServerVolumeConfiguration?
    /// Whether the volume is described when tasks are started.
    public var configuredAtLaunch: Bool?

    /// Makes a value of its members.
    public init(
      name: String? = nil, host: HostVolumeProperties? = nil,
      dockerVolumeConfiguration: DockerVolumeConfiguration? = nil,
      efsVolumeConfiguration: EFSVolumeConfiguration? = nil,
      s3filesVolumeConfiguration: S3FilesVolumeConfiguration? = nil,
      fsxWindowsFileServerVolumeConfiguration: FSxWindowsFileServerVolumeConfiguration? = nil,
      configuredAtLaunch: Bool? = nil
    ) {
      self.name = name
      self.host = host
      self.dockerVolumeConfiguration = dockerVolumeConfiguration
      self.efsVolumeConfiguration = efsVolumeConfiguration
      self.s3filesVolumeConfiguration = s3filesVolumeConfiguration
      self.fsxWindowsFileServerVolumeConfiguration = fsxWindowsFileServerVolumeConfiguration
      self.configuredAtLaunch = configuredAtLaunch
    }
  }

  /// A folder of the host.
  public struct HostVolumeProperties: Codable, Sendable, Equatable {
    /// The path on the host.
    public var sourcePath: String?

    /// Makes a value of its members.
    public init(sourcePath: String? = nil) {
      self.sourcePath = sourcePath
    }
  }

  /// A volume of Docker.
  public struct DockerVolumeConfiguration: Codable, Sendable, Equatable {
    /// `task` or `shared`.
    public var scope: String?
    /// Whether the volume is made when it is missing.
    public var autoprovision: Bool?
    /// The driver of Docker.
    public var driver: String?
    /// Options of the driver.
    public var driverOpts: [String: String]?
    /// Labels of the volume.
    public var labels: [String: String]?

    /// Makes a value of its members.
    public init(
      scope: String? = nil, autoprovision: Bool? = nil, driver: String? = nil, driverOpts: [String: String]? = nil,
      labels: [String: String]? = nil
    ) {
      self.scope = scope
      self.autoprovision = autoprovision
      self.driver = driver
      self.driverOpts = driverOpts
      self.labels = labels
    }
  }

  /// A volume of the Elastic File System.
  public struct EFSVolumeConfiguration: Codable, Sendable, Equatable {
    /// The file system.
    public var fileSystemId: String
    /// The folder of the file system.
    public var rootDirectory: String?
    /// `ENABLED` or `DISABLED`.
    public var transitEncryption: String?
    /// The port between the host and the file system.
    public var transitEncryptionPort: Int?
    /// How it is authorised.
    public var authorizationConfig: EFSAuthorizationConfig?

    /// Makes a value of its members.
    public init(
      fileSystemId: String, rootDirectory: String? = nil, transitEncryption: String? = nil,
      transitEncryptionPort: Int? = nil, authorizationConfig: EFSAuthorizationConfig? = nil
    ) {
      self.fileSystemId = fileSystemId
      self.rootDirectory = rootDirectory
      self.transitEncryption = transitEncryption
      self.transitEncryptionPort = transitEncryptionPort
      self.authorizationConfig = authorizationConfig
    }
  }

  /// How an EFS volume is authorised.
  public struct EFSAuthorizationConfig: Codable, Sendable, Equatable {
    /// The access point.
    public var accessPointId: String?
    /// `ENABLED` or `DISABLED`.
    public var iam: String?

    /// Makes a value of its members.
    public init(accessPointId: String? = nil, iam: String? = nil) {
      self.accessPointId = accessPointId
      self.iam = iam
    }
  }

  /// A volume of S3 Files.
  public struct S3FilesVolumeConfiguration: Codable, Sendable, Equatable {
    /// The file system.
    public var fileSystemArn: String
    /// The folder of the file system.
    public var rootDirectory: String?
    /// The port between the host and the file system.
    public var transitEncryptionPort: Int?
    /// The access point.
    public var accessPointArn: String?

    /// Makes a value of its members.
    public init(
      fileSystemArn: String, rootDirectory: String? = nil, transitEncryptionPort: Int? = nil,
      accessPointArn: String? = nil
    ) {
      self.fileSystemArn = fileSystemArn
      self.rootDirectory = rootDirectory
      self.transitEncryptionPort = transitEncryptionPort
      self.accessPointArn = accessPointArn
    }
  }

  /// A volume of FSx for Windows.
  public struct FSxWindowsFileServerVolumeConfiguration: Codable, Sendable, Equatable {
    /// The file system.
    public var fileSystemId: String
    /// The folder of the file system.
    public var rootDirectory: String
    /// How it is authorised.
    public var authorizationConfig: FSxWindowsFileServerAuthorizationConfig

    /// Makes a value of its members.
    public init(
      fileSystemId: String, rootDirectory: String, authorizationConfig: FSxWindowsFileServerAuthorizationConfig
    ) {
      self.fileSystemId = fileSystemId
      self.rootDirectory = rootDirectory
      self.authorizationConfig = authorizationConfig
    }
  }

  /// How an FSx volume is authorised.
  public struct FSxWindowsFileServerAuthorizationConfig: Codable, Sendable, Equatable {
    /// The ARN of the secret.
    public var credentialsParameter: String
    /// The domain of the directory.
    public var domain: String

    /// Makes a value of its members.
    public init(credentialsParameter: String, domain: String) {
      self.credentialsParameter = credentialsParameter
      self.domain = domain
    }
  }
}
