import Foundation

/// An OCI image configuration, as https://github.com/opencontainers/image-spec/blob/main/config.md.
public struct ImageConfiguration: Codable, Sendable, Equatable {
  /// When the image was made, RFC 3339.
  public var created: String?
  /// `amd64`, `arm64`.
  public var architecture: String
  /// `linux`.
  public var os: String
  /// How to run it.
  public var config: Execution?
  /// The digests of the uncompressed layers.
  public var rootfs: RootFilesystem
  /// How the layers came to be.
  public var history: [History]?

  /// How to run the image.
  public struct Execution: Codable, Sendable, Equatable {
    /// `NAME=value`.
    public var environment: [String]?
    /// The arguments of the entry point, or the whole command line.
    public var command: [String]?
    /// What the command line begins with.
    public var entrypoint: [String]?
    /// The folder that the program starts in.
    public var workingDirectory: String?
    /// The signal that asks the program to stop, such as `SIGTERM`.
    public var stopSignal: String?
    /// `8080/tcp`.
    public var exposedPorts: [String: Empty]?
    /// `user[:group]`.
    public var user: String?
    /// Free labels.
    public var labels: [String: String]?

    /// Makes a value of its members.
    public init(
      environment: [String]? = nil, command: [String]? = nil, entrypoint: [String]? = nil,
      workingDirectory: String? = nil, stopSignal: String? = nil, exposedPorts: [String: Empty]? = nil,
      user: String? = nil, labels: [String: String]? = nil
    ) {
      self.environment = environment
      self.command = command
      self.entrypoint = entrypoint
      self.workingDirectory = workingDirectory
      self.stopSignal = stopSignal
      self.exposedPorts = exposedPorts
      self.user = user
      self.labels = labels
    }

    enum CodingKeys: String, CodingKey {
      case environment = "Env", command = "Cmd", entrypoint = "Entrypoint", workingDirectory = "WorkingDir"
      case stopSignal = "StopSignal", exposedPorts = "ExposedPorts", user = "User", labels = "Labels"
    }
  }

  /// An empty JSON object, Go's set member.
  public struct Empty: Codable, Sendable, Equatable {
    /// Makes it.
    public init() {}
  }

  /// The layers, uncompressed.
  public struct RootFilesystem: Codable, Sendable, Equatable {
    /// Always `layers`.
    public var type: String
    /// The digests of the uncompressed layers, lowest first.
    public var diffIDs: [String]

    /// Makes a value of its members.
    public init(type: String = "layers", diffIDs: [String]) {
      self.type = type
      self.diffIDs = diffIDs
    }

    enum CodingKeys: String, CodingKey { case type, diffIDs = "diff_ids" }
  }

  /// How one layer came to be.
  public struct History: Codable, Sendable, Equatable {
    /// When, RFC 3339.
    public var created: String?
    /// By which command.
    public var createdBy: String?
    /// Whether the step made no layer.
    public var isEmptyLayer: Bool?

    /// Makes a value of its members.
    public init(created: String? = nil, createdBy: String? = nil, isEmptyLayer: Bool? = nil) {
      self.created = created
      self.createdBy = createdBy
      self.isEmptyLayer = isEmptyLayer
    }

    enum CodingKeys: String, CodingKey { case created, createdBy = "created_by", isEmptyLayer = "empty_layer" }
  }

  /// Makes a value of its members.
  public init(
    created: String? = nil, architecture: String, os: String, config: Execution? = nil, rootfs: RootFilesystem,
    history: [History]? = nil
  ) {
    self.created = created
    self.architecture = architecture
    self.os = os
    self.config = config
    self.rootfs = rootfs
    self.history = history
  }

  /// Reads the configuration that a manifest names.
  ///
  /// - Parameters:
  ///   - descriptor: The manifest's `config`.
  ///   - file: The blob.
  /// - Throws: ``OCIImageError`` when the file cannot be read, is not what the digest says, or is no configuration.
  public static func read(_ descriptor: Descriptor, from file: URL) throws -> ImageConfiguration {
    let bytes = try SmallFile.read(file, digest: descriptor.digest)
    do {
      return try JSONDecoder().decode(ImageConfiguration.self, from: bytes)
    } catch {
      throw OCIImageError(.corrupt, "\(file.path) is no image configuration: \(JSONFault.describe(error))")
    }
  }
}
