// What a container may see and use of its host.

extension ECS {
  /// Where a volume appears in a container.
  public struct MountPoint: Codable, Sendable, Equatable {
    /// The volume.
    public var sourceVolume: String?
    /// The path in the container.
    public var containerPath: String?
    /// Whether it cannot be written.
    public var readOnly: Bool?

    /// Makes a value of its members.
    public init(sourceVolume: String? = nil, containerPath: String? = nil, readOnly: Bool? = nil) {
      self.sourceVolume = sourceVolume
      self.containerPath = containerPath
      self.readOnly = readOnly
    }
  }

  /// Another container whose volumes are mounted too.
  public struct VolumeFrom: Codable, Sendable, Equatable {
    /// The other container.
    public var sourceContainer: String?
    /// Whether it cannot be written.
    public var readOnly: Bool?

    /// Makes a value of its members.
    public init(sourceContainer: String? = nil, readOnly: Bool? = nil) {
      self.sourceContainer = sourceContainer
      self.readOnly = readOnly
    }
  }

  /// Settings of Linux.
  public struct LinuxParameters: Codable, Sendable, Equatable {
    /// Capabilities.
    public var capabilities: KernelCapabilities?
    /// Devices of the host.
    public var devices: [Device]?
    /// Whether an init process runs in the container.
    public var initProcessEnabled: Bool?
    /// MiB of `/dev/shm`.
    public var sharedMemorySize: Int?
    /// File systems in memory.
    public var tmpfs: [Tmpfs]?
    /// MiB of swap.
    public var maxSwap: Int?
    /// 0–100.
    public var swappiness: Int?

    /// Makes a value of its members.
    public init(
      capabilities: KernelCapabilities? = nil, devices: [Device]? = nil, initProcessEnabled: Bool? = nil,
      sharedMemorySize: Int? = nil, tmpfs: [Tmpfs]? = nil, maxSwap: Int? = nil, swappiness: Int? = nil
    ) {
      self.capabilities = capabilities
      self.devices = devices
      self.initProcessEnabled = initProcessEnabled
      self.sharedMemorySize = sharedMemorySize
      self.tmpfs = tmpfs
      self.maxSwap = maxSwap
      self.swappiness = swappiness
    }
  }

  /// Capabilities that are added to or taken from Docker's default.
  public struct KernelCapabilities: Codable, Sendable, Equatable {
    /// Capabilities that are added, such as `SYS_PTRACE`.
    public var add: [String]?
    /// Capabilities that are taken away.
    public var drop: [String]?

    /// Makes a value of its members.
    public init(add: [String]? = nil, drop: [String]? = nil) {
      self.add = add
      self.drop = drop
    }
  }

  /// A device of the host.
  public struct Device: Codable, Sendable, Equatable {
    /// The path on the host.
    public var hostPath: String
    /// The path in the container.
    public var containerPath: String?
    /// `read`, `write`, `mknod`.
    public var permissions: [String]?

    /// Makes a value of its members.
    public init(hostPath: String, containerPath: String? = nil, permissions: [String]? = nil) {
      self.hostPath = hostPath
      self.containerPath = containerPath
      self.permissions = permissions
    }
  }

  /// A file system in memory.
  public struct Tmpfs: Codable, Sendable, Equatable {
    /// The path in the container.
    public var containerPath: String
    /// MiB.
    public var size: Int
    /// Options of the mount.
    public var mountOptions: [String]?

    /// Makes a value of its members.
    public init(containerPath: String, size: Int, mountOptions: [String]? = nil) {
      self.containerPath = containerPath
      self.size = size
      self.mountOptions = mountOptions
    }
  }

  /// A line of `/etc/hosts`.
  public struct HostEntry: Codable, Sendable, Equatable {
    /// The host name.
    public var hostname: String
    /// The address.
    public var ipAddress: String

    /// Makes a value of its members.
    public init(hostname: String, ipAddress: String) {
      self.hostname = hostname
      self.ipAddress = ipAddress
    }
  }

  /// A limit of `setrlimit`.
  public struct Ulimit: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The soft limit.
    public var softLimit: Int
    /// The hard limit.
    public var hardLimit: Int

    /// Makes a value of its members.
    public init(name: String, softLimit: Int, hardLimit: Int) {
      self.name = name
      self.softLimit = softLimit
      self.hardLimit = hardLimit
    }
  }

  /// A kernel parameter.
  public struct SystemControl: Codable, Sendable, Equatable {
    /// The parameter, such as `net.core.somaxconn`.
    public var namespace: String?
    /// The value.
    public var value: String?

    /// Makes a value of its members.
    public init(namespace: String? = nil, value: String? = nil) {
      self.namespace = namespace
      self.value = value
    }
  }
}
