import AWSWire
import Foundation
import OCIImages
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// Bytes that nobody needs any more.
@Suite struct ECRGarbageTests {
  /// Makes a file look as if it had been written long ago.
  private func age(_ file: URL) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: file.path)
  }

  private func isAvailable(_ digest: String, in fixture: ECRFixture) async throws -> Bool {
    let check = ECR.BatchCheckLayerAvailabilityRequest(repositoryName: "web", layerDigests: [digest])
    return try await fixture.send(check).layers?.first?.layerAvailability == "AVAILABLE"
  }

  @Test func whatADeletedImageNeededGoesADayAfterItsPush() async throws {
    try await ECRFixture.run { fixture in
      let kept = try await fixture.manifest("kept")
      let gone = try await fixture.manifest("gone")
      for manifest in [kept, gone] {
        try await fixture.send(
          ECR.PutImageRequest(
            repositoryName: "web", imageManifest: manifest.text, imageManifestMediaType: manifest.mediaType,
            imageTag: manifest.digest == kept.digest ? "a" : "b"))
      }
      try await fixture.send(
        ECR.BatchDeleteImageRequest(repositoryName: "web", imageIds: [.init(imageTag: "b")]))
      let blobs = fixture.service.blobs
      let (layer, other) = (Digest.sha256(Data("layer of gone".utf8)), Digest.sha256(Data("layer of kept".utf8)))
      for digest in [layer, other, gone.digest, kept.digest] { try age(blobs.file(digest)) }
      try await fixture.service.collectGarbage()
      #expect(!blobs.contains(gone.digest), "nothing names its manifest")
      #expect(try await isAvailable(layer, in: fixture), "it may be the next push's")

      fixture.clock.advance(by: .seconds(86_401))
      try await fixture.service.collectGarbage()
      #expect(try await !isAvailable(layer, in: fixture))
      #expect(!blobs.contains(layer))
      #expect(try await isAvailable(other, in: fixture))
      #expect(blobs.contains(other) && blobs.contains(kept.digest))

      // What was forgotten stays forgotten.
      let again = try await ECRFixture(fixture.directory, clock: fixture.clock)
      #expect(try await !isAvailable(layer, in: again))
      #expect(try await isAvailable(other, in: again))
    }
  }

  @Test func bytesThatWereJustWrittenStayUntilARecordNamesThem() async throws {
    try await ECRFixture.run { fixture in
      let blobs = fixture.service.blobs
      let orphan = try blobs.put(Data("orphan".utf8))
      try await fixture.service.collectGarbage()
      #expect(blobs.contains(orphan))
      try age(blobs.file(orphan))
      // Pushed again, it is young again.
      try await fixture.upload("orphan")
      try await fixture.service.collectGarbage()
      #expect(try await isAvailable(orphan, in: fixture))
      #expect(blobs.contains(orphan))
      let broken = blobs.file(orphan).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(".put-broken")
      try Data("half".utf8).write(to: broken)
      try age(broken)
      try await fixture.service.collectGarbage()
      #expect(!FileManager.default.fileExists(atPath: broken.path))
    }
  }
}
