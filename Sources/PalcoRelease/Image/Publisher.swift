import AWSClient
import AWSWire
import Foundation
import OCIImages
import PalcoBlueprint

/// Builds the image of a recipe and pushes it, or finds one that was pushed before.
public struct Publisher: Sendable {
  private let access: CloudAccess
  private let blueprint: Blueprint

  /// A publisher into the repository of an environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
  }

  /// Builds and pushes.
  ///
  /// - Parameters:
  ///   - label: What people call this version; the beginning of the digest when `nil`.
  ///   - additions: What goes into an image of files beyond its recipe.
  ///   - report: Told in a line of each step.
  /// - Throws: `OCIImageError`, `AWSError`, and ``ReleaseError`` with `environmentMissing`, `builderMissing` or
  ///   `buildFailed`.
  public func publish(
    label: String?, additions: ImageAdditions = ImageAdditions(), report: @Sendable (String) -> Void
  ) async throws -> PublishedImage {
    let repository = try await repository()
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("palco-image-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: directory) }
    let image: BuiltImage
    switch blueprint.image {
    case .files(let recipes, let command, let workingDirectory):
      image = try ImageBuilder(
        files: recipes.map(Self.file) + additions.files, command: command, environment: additions.environment,
        workingDirectory: workingDirectory, exposedPort: blueprint.service.port
      ).build(into: directory)
    case .dockerfile(let context, let file, let arguments):
      image = try await ContainerBuilder(context: context, file: file, arguments: arguments).build(
        into: directory, report: report)
    }
    let version = label.map(PublishedImage.label) ?? PublishedImage.short(image.digest)
    let published = PublishedImage(
      repositoryURI: try repository.repositoryUri.required("repositoryUri"), digest: image.digest, version: version)
    let tag = Self.tag(of: version, image.digest)
    if try await hasImage(.init(imageTag: tag)) {
      report("image \(PublishedImage.short(image.digest)) is in the registry already")
      return published
    }
    let registry = try await registry()
    let pushed = try await registry.push(image, to: blueprint.names.repository, tags: [tag]) { _, _ in }
    guard pushed == image.digest else {
      throw ReleaseError(.unexpectedAnswer, "the registry took \(image.digest) as \(pushed)")
    }
    report("image \(PublishedImage.short(image.digest)) pushed, \(Self.text(bytes: image.size))")
    return published
  }

  /// Finds an image by `TAG`, `sha256:DIGEST`, `REPOSITORY:TAG` or `REPOSITORY@sha256:DIGEST`.
  ///
  /// - Throws: ``ReleaseError`` with `imageMissing` when it is not in the environment's repository.
  public func find(_ text: String, label: String?) async throws -> PublishedImage {
    let repository = try await repository()
    let name = blueprint.names.repository
    let identifier: ECR.ImageIdentifier
    if Digest.isValid(text) {
      identifier = .init(imageDigest: text)
    } else if ImageReference.isTag(text) {
      identifier = .init(imageTag: text)
    } else {
      let reference = try ImageReference(parsing: text)
      guard reference.repository == name else {
        throw ReleaseError(
          .imageMissing,
          "'\(text)' is not in the repository '\(name)'; push it there first, "
            + "or leave --image out to build what the manifest says")
      }
      guard reference.digest != nil || reference.tag != nil else {
        throw ReleaseError(.imageMissing, "'\(text)' names neither a tag nor a digest; append @sha256:… or :TAG")
      }
      identifier = reference.digest.map { .init(imageDigest: $0) } ?? .init(imageTag: reference.tag)
    }
    let absent: Set = ["ImageNotFoundException", "RepositoryNotFoundException"]
    guard
      let found = try await access.aws.sendIfPresent(
        ECR.DescribeImagesRequest(repositoryName: name, imageIds: [identifier]), absentCodes: absent)?.imageDetails?
        .first, let digest = found.imageDigest
    else {
      throw ReleaseError(
        .imageMissing,
        "there is no image '\(text)' in the repository '\(name)'; `palco releases` lists what was released")
    }
    let version =
      label.map(PublishedImage.label) ?? identifier.imageTag.map { Self.label(ofTag: $0, digest) }
      ?? PublishedImage.short(digest)
    return PublishedImage(
      repositoryURI: try repository.repositoryUri.required("repositoryUri"), digest: digest, version: version)
  }

  /// The tag of a version. With the digest in it, an immutable tag is never in the way of another build under the same
  /// label; `label(ofTag:_:)` undoes it.
  static func tag(of version: String, _ digest: String) -> String {
    let short = PublishedImage.short(digest)
    return version == short ? short : "\(version)-\(short)"
  }

  /// The label in a tag that ``publish(label:additions:report:)`` made.
  static func label(ofTag tag: String, _ digest: String) -> String {
    let suffix = "-" + PublishedImage.short(digest)
    return tag.hasSuffix(suffix) ? String(tag.dropLast(suffix.count)) : tag
  }

  var repositoryName: String { blueprint.names.repository }

  func repository() async throws -> ECR.Repository {
    let name = blueprint.names.repository
    let found = try await access.aws.sendIfPresent(
      ECR.DescribeRepositoriesRequest(repositoryNames: [name]), absentCodes: ["RepositoryNotFoundException"])?
      .repositories?.first
    guard let found else {
      throw ReleaseError(
        .environmentMissing,
        "the environment '\(blueprint.environment)' was not made yet; run `palco up \(blueprint.environment)` first")
    }
    return found
  }

  func hasImage(_ identifier: ECR.ImageIdentifier) async throws -> Bool {
    let found = try await access.aws.sendIfPresent(
      ECR.DescribeImagesRequest(repositoryName: blueprint.names.repository, imageIds: [identifier]),
      absentCodes: ["ImageNotFoundException"])?.imageDetails
    return found?.isEmpty == false
  }

  func registry() async throws -> RegistryClient {
    let authorization = try await access.aws.send(ECR.GetAuthorizationTokenRequest()).authorizationData?.first
      .required("authorizationData")
    let text = try (authorization?.proxyEndpoint).required("proxyEndpoint")
    guard var parts = URLComponents(string: text) else {
      throw ReleaseError(.unexpectedAnswer, "'\(text)' is no registry endpoint")
    }
    // RFC 6761, 6.3: every name below `localhost` means loopback, whether or not the system's resolver knows it.
    if let host = parts.host, host.hasSuffix(".localhost") { parts.host = "127.0.0.1" }
    let endpoint = try parts.url.required("registry endpoint")
    return access.registry(endpoint, authorization?.authorizationToken.map { "Basic " + $0 })
  }

  private static func file(_ recipe: FileRecipe) -> ImageFile {
    let url = URL(fileURLWithPath: recipe.source)
    let isExecutable = FileManager.default.isExecutableFile(atPath: url.path)
    return ImageFile(path: recipe.path, content: .file(url), mode: isExecutable ? 0o755 : 0o644)
  }

  static func text(bytes: Int) -> String {
    bytes < 1_000_000 ? "\(max(bytes / 1000, 1)) kB" : String(format: "%.1f MB", Double(bytes) / 1e6)
  }
}
