import AWSWire
import Foundation
import OCIImages
import Testing

@testable import LocalCloud

@Suite struct ECRImageTests {
  @Test func anImageIsPutAndReadByteForByte() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      let answer = try await fixture.send(
        ECR.PutImageRequest(
          repositoryName: "web", imageManifest: manifest.text, imageManifestMediaType: manifest.mediaType,
          imageTag: "v1"
        )
      ).image
      // The digest is of the manifest's bytes and of nothing else.
      #expect(answer?.imageId == .init(imageDigest: manifest.digest, imageTag: "v1"))
      let read = try await fixture.send(
        ECR.BatchGetImageRequest(repositoryName: "web", imageIds: [.init(imageTag: "v1"), .init(imageTag: "v2")]))
      #expect(read.images?.map(\.imageManifest) == [manifest.text])
      #expect(read.images?.map(\.imageManifestMediaType) == [ImageMediaType.manifest])
      #expect(
        read.failures == [
          .init(
            imageId: .init(imageTag: "v2"), failureCode: "ImageNotFound", failureReason: "Requested image not found")
        ])
      let detail = try await fixture.send(
        ECR.DescribeImagesRequest(repositoryName: "web", imageIds: [.init(imageDigest: manifest.digest)])
      ).imageDetails?.first
      #expect(detail?.imageTags == ["v1"])
      #expect(detail?.imageSizeInBytes == "layer of v1".utf8.count)
      #expect(detail?.imagePushedAt == fixture.clock.now)
      #expect(detail?.artifactMediaType == ImageMediaType.configuration)
    }
  }

  @Test func aTagMovesAndTheOldImageStaysUntagged() async throws {
    try await ECRFixture.run { fixture in
      let first = try await fixture.push("v1", tag: "latest")
      let second = try await fixture.push("v2", tag: "latest")
      #expect(try await fixture.tags() == [first: [], second: ["latest"]])
      func list(_ status: String) async throws -> [ECR.ImageIdentifier]? {
        try await fixture.send(
          ECR.ListImagesRequest(repositoryName: "web", filter: .init(tagStatus: status))
        ).imageIds
      }
      #expect(try await list("UNTAGGED") == [.init(imageDigest: first)])
      #expect(try await list("TAGGED") == [.init(imageDigest: second, imageTag: "latest")])
      #expect(try await list("ANY")?.count == 2)
    }
  }

  @Test func oneImageTwiceIsRefusedAndASecondTagIsNot() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      let digest = try await fixture.put(manifest, tag: "v1")
      #expect(
        try await fixture.refusal(
          of: ECR.PutImageRequest(
            repositoryName: "web", imageManifest: manifest.text, imageManifestMediaType: manifest.mediaType,
            imageTag: "v1"))
          == AWSError(
            "ImageAlreadyExistsException",
            "Image with digest '\(digest)' and tag 'v1' already exists in the repository with name 'web' in "
              + "registry with id '123456789012'"))
      try await fixture.put(manifest, tag: "stable")
      #expect(try await fixture.tags() == [digest: ["v1", "stable"]])
    }
  }

  @Test func anImmutableTagIsNotMoved() async throws {
    try await ECRFixture.run { fixture in
      _ = try await fixture.send(
        ECR.PutImageTagMutabilityRequest(
          repositoryName: "web", imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
          imageTagMutabilityExclusionFilters: [.init(filterType: "WILDCARD", filter: "dev-*")]))
      try await fixture.push("v1", tag: "v1")
      try await fixture.push("dev 1", tag: "dev-1")
      try await fixture.push("dev 2", tag: "dev-1")
      let other = try await fixture.manifest("v2")
      let error = await #expect(throws: AWSError.self) { try await fixture.put(other, tag: "v1") }
      #expect(error?.code == "ImageTagAlreadyExistsException")
      #expect(
        error?.message
          == "The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the "
          + "repository is immutable.")
    }
  }

  @Test func aManifestWithoutItsBlobsIsRefused() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: "other"))
      // The blobs are in another repository, which is not enough.
      let manifest = try await fixture.manifest("v1", in: "other")
      let error = await #expect(throws: AWSError.self) { try await fixture.put(manifest, tag: "v1") }
      #expect(error?.code == "LayersNotFoundException")
      #expect(error?.message.contains("required for pushing image into repository with name 'web'") == true)
      let index = try ManifestText(ImageIndex(manifests: [manifest.descriptor]))
      let second = await #expect(throws: AWSError.self) { try await fixture.put(index) }
      #expect(second?.code == "ReferencedImagesNotFoundException")
    }
  }

  @Test func badManifestsAreRefused() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      func code(_ text: String, type: String? = nil, tag: String? = nil, digest: String? = nil) async throws -> String?
      {
        try await fixture.refusal(
          of: ECR.PutImageRequest(
            repositoryName: "web", imageManifest: text, imageManifestMediaType: type, imageTag: tag, imageDigest: digest
          )
        )?.code
      }
      #expect(try await code("no JSON") == "InvalidParameterException")
      #expect(try await code("{}") == "InvalidParameterException")
      #expect(try await code("{}", type: ImageMediaType.manifest) == "InvalidParameterException")
      #expect(try await code("{}", type: "text/plain") == "InvalidParameterException")
      #expect(try await code(manifest.text, type: ImageMediaType.dockerManifest) == "InvalidParameterException")
      #expect(try await code(manifest.text, tag: "-") == "InvalidParameterException")
      #expect(
        try await code(manifest.text, digest: Digest.sha256(Data())) == "ImageDigestDoesNotMatchException")
      #expect(try await code(manifest.text, digest: manifest.digest) == nil)
    }
  }

  @Test func deletingATagKeepsTheImageUntilItsLast() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      let digest = try await fixture.put(manifest, tag: "a")
      try await fixture.put(manifest, tag: "b")
      func delete(_ ids: [ECR.ImageIdentifier]) async throws -> ECR.BatchDeleteImageResponse {
        try await fixture.send(ECR.BatchDeleteImageRequest(repositoryName: "web", imageIds: ids))
      }
      #expect(try await delete([.init(imageTag: "a")]).imageIds == [.init(imageDigest: digest, imageTag: "a")])
      #expect(try await fixture.tags() == [digest: ["b"]])
      #expect(try await delete([.init(imageTag: "b")]).imageIds == [.init(imageDigest: digest, imageTag: "b")])
      #expect(try await fixture.tags().isEmpty)

      let other = try await fixture.push("v2", tag: "v2")
      let bad = try await delete([
        .init(imageTag: "none"), .init(), .init(imageDigest: "sha256:1"), .init(imageDigest: other, imageTag: "v3"),
      ])
      #expect(
        bad.failures?.map(\.failureCode) == [
          "ImageNotFound", "MissingDigestAndTag", "InvalidImageDigest", "ImageTagDoesNotMatchDigest",
        ])
      let index = try ManifestText(
        ImageIndex(manifests: [
          Descriptor(
            mediaType: ImageMediaType.manifest, digest: other, size: 1,
            platform: .init(architecture: "amd64", os: "linux"))
        ]))
      try await fixture.put(index, tag: "multi")
      #expect(
        try await delete([.init(imageDigest: other)]).failures?.map(\.failureCode) == ["ImageReferencedByManifestList"])
      #expect(try await delete([.init(imageTag: "multi"), .init(imageDigest: other)]).failures == [])
      #expect(try await fixture.tags().isEmpty)
    }
  }

  @Test func anImageThatIsMissingIsNamedAsAWSDoes() async throws {
    try await ECRFixture.run { (fixture: ECRFixture) async throws in
      #expect(
        try await fixture.refusal(
          of: ECR.DescribeImagesRequest(repositoryName: "web", imageIds: [.init(imageTag: "v1")]))
          == AWSError(
            "ImageNotFoundException",
            "The image with imageId {imageDigest:'null', imageTag:'v1'} does not exist within the repository with name "
              + "'web' in the registry with id '123456789012'"))
    }
  }

  @Test func imagesComeInPages() async throws {
    try await ECRFixture.run { fixture in
      var pushed: Set<String> = []
      for number in 1...5 { pushed.insert(try await fixture.push("v\(number)", tag: "v\(number)")) }
      var seen: [String] = []
      var token: String?
      repeat {
        let page = try await fixture.send(
          ECR.DescribeImagesRequest(repositoryName: "web", nextToken: token, maxResults: 2))
        seen += (page.imageDetails ?? []).compactMap(\.imageDigest)
        token = page.nextToken
      } while token != nil
      #expect(seen.count == 5 && Set(seen) == pushed)
    }
  }
}
