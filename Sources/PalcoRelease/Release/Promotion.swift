import AWSWire
import Foundation
import PalcoBlueprint

/// Finds what one environment has proven, for the next one to release.
public struct Promotion: Sendable {
  private let source: Blueprint
  private let history: ReleaseRecords
  private let deployer: Deployer
  private let records: RecordKeeper

  /// A promotion out of an environment.
  ///
  /// - Parameter records: Where the records of its releases are.
  public init(access: CloudAccess, from source: Blueprint, records: RecordKeeper) {
    self.source = source
    self.records = records
    history = ReleaseRecords(access: access, blueprint: source)
    deployer = Deployer(access: access, blueprint: source)
  }

  /// The image that the environment last released successfully and that serves there now, with the record that proves it.
  ///
  /// - Throws: ``ReleaseError`` with `busy` while a release is under way there, with `noRelease` when none succeeded or
  ///   what serves is not what was last released, and with `noRecord` when there is no record of that release, or one of
  ///   a gate that was not passed.
  public func proven() async throws -> (image: PublishedImage, record: ReleaseDocument) {
    let image = try await image()
    let name = source.environment
    let again = "`palco deploy \(name) --image \(image.digest) --force`"
    let found = try await records.records(of: image.digest).filter { $0.project == source.project }
    guard let record = found.first(where: \.serves) else {
      let others = found.isEmpty ? "" : " (those there are ended as: \(found.map(\.result).joined(separator: ", ")))"
      throw ReleaseError(
        .noRecord,
        "there is no record that '\(name)' released \(image.digest) successfully\(others); release it there again with "
          + "\(again), which makes one")
    }
    if let gate = record.gates.first(where: { !$0.isPassed }) {
      throw ReleaseError(
        .noRecord, "the record of the release to '\(name)' says that the gate '\(gate.name)' was not passed")
    }
    return (image, record)
  }

  private func image() async throws -> PublishedImage {
    if let busy = try await deployer.underWay() {
      throw ReleaseError(.busy, "\(busy); promote when it has ended")
    }
    let name = source.environment
    guard let record = try await history.records().first(where: \.wasReleased), let image = record.image else {
      throw ReleaseError(
        .noRelease, "'\(name)' has no successful release to promote; release one with `palco deploy \(name)`")
    }
    guard let service = try await deployer.reader.service(), service.taskDefinition == record.taskDefinition else {
      throw ReleaseError(
        .noRelease,
        "what serves in '\(name)' is not its last successful release (\(image.version)); "
          + "release it again with `palco deploy \(name) --image \(image.digest)`")
    }
    return image
  }
}

/// Goes back to what served before.
public struct Rollback: Sendable {
  private let blueprint: Blueprint
  private let history: ReleaseRecords
  private let deployer: Deployer

  /// A rollback of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.blueprint = blueprint
    history = ReleaseRecords(access: access, blueprint: blueprint)
    // At once, whatever the strategy is: what served before was seen to be good.
    var quick = blueprint
    if quick.release.movesTraffic { quick.release = .blueGreen(bakeMinutes: 0) }
    quick.pauses = nil
    deployer = Deployer(access: access, blueprint: quick)
  }

  /// Starts a release of what served before, or of a named earlier release.
  ///
  /// - Parameter wanted: A release, a version, or a digest (or the beginning of one); what served before when `nil`.
  /// - Throws: ``ReleaseError`` with `noRelease` when there is nothing to go back to.
  public func start(to wanted: String? = nil) async throws -> Deployer.Start {
    let name = blueprint.environment
    guard let service = try await deployer.reader.service() else {
      throw ReleaseError(.noRelease, "nothing was deployed to '\(name)' yet; there is nothing to go back to")
    }
    let earlier = try await history.records().filter { $0.wasReleased && $0.taskDefinition != service.taskDefinition }
    let match = earlier.first { record in
      guard let wanted else { return true }
      let digest = record.digest ?? ""
      return record.release == wanted || record.version == wanted || digest == wanted
        || (wanted.count >= 6 && PublishedImage.short(digest).hasPrefix(wanted))
    }
    guard let match, let image = match.image, let arn = match.taskDefinition else {
      throw ReleaseError(
        .noRelease,
        wanted.map { "'\(name)' has no other successful release '\($0)'; `palco releases \(name)` lists them" }
          ?? "'\(name)' has no other successful release to go back to")
    }
    return try await deployer.start(again: deployer.finder.definition(arn), image: image)
  }
}
