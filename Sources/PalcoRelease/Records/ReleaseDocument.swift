import Foundation
import PalcoReliability

/// The record of one release: everything that somebody has to know who trusts its image, or who asks why.
///
/// One JSON document, attached to the image's digest in the registry. It holds no output of tasks, which may hold secrets.
public struct ReleaseDocument: Codable, Sendable, Equatable {
  /// The type of the document in the registry.
  public static let mediaType = "application/vnd.palco.release.v1+json"

  /// An image.
  public struct Image: Codable, Sendable, Equatable {
    /// What people call it.
    public var version: String
    /// Its digest.
    public var digest: String
  }

  /// Something that a release had to pass before it began.
  public struct Gate: Codable, Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// Whether it was passed.
    public var isPassed: Bool
  }

  /// Where a release is known by: the beginning of the service deployment's id.
  public var release: String
  /// The service deployment.
  public var deploymentARN: String
  /// The project.
  public var project: String
  /// The environment.
  public var environment: String
  /// What was released.
  public var image: Image
  /// What served before; nil when nothing did.
  public var from: Image?
  /// How: `paced`, `blue/green`.
  public var strategy: String
  /// Who: `user@host`.
  public var actor: String
  /// When it began.
  public var startedAt: Date
  /// When it ended.
  public var endedAt: Date
  /// SHA-256 of everything that the environment consists of, as palco.yml says it.
  public var manifest: String
  /// What the service promises.
  public var objectives: ServiceObjectives
  /// What it had to pass before.
  public var gates: [Gate]
  /// What it was expected to be able to tell, when there was traffic before.
  public var forecast: Forecast?
  /// What was decided while it ran.
  public var decisions: [ReleaseDecision]
  /// What was counted in all.
  public var numbers: ReleaseDecision.Numbers?
  /// How it ended: `released`, `undecided`, `rolled back`, `stopped`, `superseded`, `failed`.
  public var result: String
  /// Why, when there is a reason to tell.
  public var reason: String?
  /// What it has shown, when it serves.
  public var proof: ReleaseProof?
  /// What happened, the first cause first.
  public var story: ReleaseStory

  /// Whether its image came to serve.
  public var serves: Bool { ["released", "undecided"].contains(result) }
}

extension ReleaseDocument {
  /// As it is kept: the same bytes for the same record.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  init(encoded: Data) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(Self.self, from: encoded)
  }
}
