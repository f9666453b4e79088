import AWSWire
import Foundation
import OCIImages
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ECRLayerTests {
  private func part(_ id: String, _ first: Int, _ text: String, last: Int? = nil) -> ECR.UploadLayerPartRequest {
    ECR.UploadLayerPartRequest(
      repositoryName: "web", uploadId: id, partFirstByte: first, partLastByte: last ?? first + text.utf8.count - 1,
      layerPartBlob: Data(text.utf8))
  }

  private func complete(_ id: String, _ digest: String) -> ECR.CompleteLayerUploadRequest {
    ECR.CompleteLayerUploadRequest(repositoryName: "web", uploadId: id, layerDigests: [digest])
  }

  @Test func aLayerInPartsIsThereAfterwards() async throws {
    try await ECRFixture.run { fixture in
      let started = try await fixture.send(ECR.InitiateLayerUploadRequest(repositoryName: "web"))
      let id = started.uploadId ?? ""
      #expect(started.partSize == 10_485_760)
      #expect(try await fixture.send(part(id, 0, "hello ")).lastByteReceived == 5)
      #expect(try await fixture.send(part(id, 6, "world")).lastByteReceived == 10)
      let digest = Digest.sha256(Data("hello world".utf8))
      #expect(try await fixture.send(complete(id, digest)).layerDigest == digest)
      let other = Digest.sha256(Data())
      let check = try await fixture.send(
        ECR.BatchCheckLayerAvailabilityRequest(repositoryName: "web", layerDigests: [digest, other, "sha256:x"]))
      #expect(check.layers?.map(\.layerAvailability) == ["AVAILABLE", "UNAVAILABLE"])
      #expect(check.layers?.first?.layerSize == 11)
      #expect(check.failures?.map(\.failureCode) == ["InvalidLayerDigest"])
      let url = try await fixture.send(ECR.GetDownloadUrlForLayerRequest(repositoryName: "web", layerDigest: digest))
      #expect(url.downloadUrl == "http://127.0.0.1:4650/v2/web/blobs/\(digest)")
      #expect(
        try await fixture.refusal(of: ECR.GetDownloadUrlForLayerRequest(repositoryName: "web", layerDigest: other))?
          .code
          == "LayersNotFoundException")
      #expect(try String(contentsOf: fixture.service.blobs.file(digest), encoding: .utf8) == "hello world")
    }
  }

  @Test func badPartsAndEndsAreRefused() async throws {
    try await ECRFixture.run { fixture in
      let id = try await fixture.send(ECR.InitiateLayerUploadRequest(repositoryName: "web")).uploadId ?? ""
      #expect(
        try await fixture.refusal(of: complete(id, Digest.sha256(Data())))?.code == "EmptyUploadException")
      #expect(try await fixture.refusal(of: part(id, 5, "gap"))?.code == "InvalidLayerPartException")
      #expect(try await fixture.refusal(of: part(id, 0, "size", last: 9))?.code == "InvalidLayerPartException")
      #expect(try await fixture.refusal(of: part("none", 0, "x"))?.code == "UploadNotFoundException")
      _ = try await fixture.send(part(id, 0, "x"))
      #expect(try await fixture.refusal(of: complete(id, Digest.sha256(Data())))?.code == "InvalidLayerException")
      // The upload is gone, and nothing of it is left.
      #expect(try await fixture.refusal(of: complete(id, Digest.sha256(Data())))?.code == "UploadNotFoundException")
      let uploads = fixture.directory.appendingPathComponent("uploads")
      #expect(try FileManager.default.contentsOfDirectory(atPath: uploads.path).isEmpty)
      try await fixture.upload("twice")
      let error = await #expect(throws: AWSError.self) { try await fixture.upload("twice") }
      #expect(error?.code == "LayerAlreadyExistsException")
    }
  }

  @Test func anUploadGoesOnAfterARestartAndAStaleOneIsSwept() async throws {
    try await withTemporaryDirectory { directory in
      let clock = TestClock()
      let first = try await ECRFixture(directory, clock: clock)
      try await first.send(ECR.CreateRepositoryRequest(repositoryName: "web"))
      let old = try await first.send(ECR.InitiateLayerUploadRequest(repositoryName: "web")).uploadId ?? ""
      _ = try await first.send(part(old, 0, "abandoned"))
      clock.advance(by: .seconds(86_000))
      let id = try await first.send(ECR.InitiateLayerUploadRequest(repositoryName: "web")).uploadId ?? ""
      _ = try await first.send(part(id, 0, "hello "))
      clock.advance(by: .seconds(1_000))

      let second = try await ECRFixture(directory, clock: clock)
      #expect(try await second.refusal(of: part(old, 9, "x"))?.code == "UploadNotFoundException")
      let uploads = directory.appendingPathComponent("uploads")
      #expect(try FileManager.default.contentsOfDirectory(atPath: uploads.path) == [id])
      _ = try await second.send(part(id, 6, "again"))
      let digest = Digest.sha256(Data("hello again".utf8))
      #expect(try await second.send(complete(id, digest)).layerDigest == digest)
    }
  }

  @Test func theStartRemovesBytesThatNobodyNames() async throws {
    try await withTemporaryDirectory { directory in
      let clock = TestClock()
      let first = try await ECRFixture(directory, clock: clock)
      for name in ["web", "gone"] { try await first.send(ECR.CreateRepositoryRequest(repositoryName: name)) }
      let kept = try await first.push("kept", tag: "v1")
      let lonely = try await first.upload("a layer without an image").digest
      let removed = try await first.push("removed", tag: "v1", to: "gone")
      try await first.send(ECR.DeleteRepositoryRequest(repositoryName: "gone", force: true))

      let second = try await ECRFixture(directory, clock: clock)
      #expect(second.service.blobs.contains(kept))
      #expect(!second.service.blobs.contains(removed))
      // Its push may still be going on.
      #expect(second.service.blobs.contains(lonely))
      clock.advance(by: .seconds(90_000))
      let third = try await ECRFixture(directory, clock: clock)
      #expect(!third.service.blobs.contains(lonely))
      let image = try await third.service.resolve("localhost:1/web:v1")
      #expect(image.digest == kept)
      #expect(
        image.manifest.layers.allSatisfy { FileManager.default.fileExists(atPath: image.blobPath($0.digest).path) })
    }
  }
}
