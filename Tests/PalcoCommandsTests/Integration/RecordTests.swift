import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// Records of releases where the registry does not want them, and where others have written there.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built"), .serialized)
struct RecordTests {
  private func document(_ image: PublishedImage, _ release: String, _ result: String, at second: Double)
    -> ReleaseDocument
  {
    ReleaseDocument(
      release: release, deploymentARN: "arn:\(release)", project: "pulse", environment: "stage",
      image: .init(version: image.version, digest: image.digest), from: nil, strategy: "paced", actor: "ada@host",
      startedAt: Date(timeIntervalSince1970: second), endedAt: Date(timeIntervalSince1970: second + 60),
      manifest: "sha256:0", objectives: ServiceObjectives(), gates: [], forecast: nil, decisions: [], numbers: nil,
      result: result, reason: nil, proof: .accepted(doubt: "little traffic", reason: "night"),
      story: ReleaseStory(cause: nil, lines: []))
  }

  @Test(.timeLimit(.minutes(2))) func recordsOfAnImageAreReadTheNewestFirstAndEachOnce() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = cloud.blueprint("stage")
      _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
      let image = try await cloud.publish("v1", to: blueprint)
      let keeper = cloud.records(of: blueprint)
      #expect(try await keeper.records(of: image.digest).isEmpty)
      let first = document(image, "aaaa", "rolled back", at: 1000)
      let second = document(image, "bbbb", "released", at: 2000)
      for each in [first, second] { #expect(try await keeper.keep(each) == .registry) }
      // Another watcher was a little later.
      var later = second
      later.endedAt += 1
      #expect(try await keeper.keep(later) == .registry)
      // Somebody else's document of the same type is no record.
      _ = try await Publisher(access: cloud.access, blueprint: blueprint).registry().attach(
        Data(#"{"release": "cccc"}"#.utf8), type: ReleaseDocument.mediaType, to: image.digest,
        in: blueprint.names.repository, annotations: [:])
      #expect(try await keeper.records(of: image.digest) == [second, first])
    }
  }

  @Test(.timeLimit(.minutes(2))) func whatTheRegistryRefusesIsKeptHereAndSaid() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = cloud.blueprint("stage")
      _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
      let image = try await cloud.publish("v1", to: blueprint)
      // A registry that does not have the image takes nothing that refers to it.
      let lost = PublishedImage(
        repositoryURI: image.repositoryURI, digest: "sha256:" + String(repeating: "a", count: 64), version: "v0")
      let record = document(lost, "dddd", "released", at: 1000)
      let keeper = cloud.records(of: blueprint)
      guard case .file(let file, let reason) = try await keeper.keep(record) else {
        Issue.record("the registry cannot have taken it")
        return
      }
      #expect(file.lastPathComponent == "stage-dddd.json" && !reason.isEmpty)
      #expect(try await keeper.records(of: lost.digest) == [record])
    }
  }
}
