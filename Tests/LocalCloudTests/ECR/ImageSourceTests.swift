import AWSWire
import Foundation
import OCIImages
import Testing

@testable import LocalCloud

@Suite struct ECRImageSourceTests {
  @Test(arguments: [
    "127.0.0.1:4650", "localhost:9", "123456789012.dkr.ecr.eu-west-1.localhost:4650",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com",
  ])
  func anyNameOfThisRegistryIsResolvedByTagAndDigest(host: String) async throws {
    try await ECRFixture.run { fixture in
      let digest = try await fixture.push("v1", tag: "latest")
      for name in ["web", "web:latest", "web@\(digest)", "web:ignored@\(digest)"] {
        let image = try await fixture.service.resolve("\(host)/\(name)")
        #expect(image.digest == digest)
        #expect(image.manifest.layers.map(\.digest) == [Digest.sha256(Data("layer of v1".utf8))])
        #expect(try Digest.sha256(of: image.blobPath(image.manifest.config.digest)) == image.manifest.config.digest)
      }
    }
  }

  @Test func anIndexGivesThisMachinesImage() async throws {
    try await ECRFixture.run { fixture in
      let (mine, other) = (try await fixture.manifest("mine"), try await fixture.manifest("other"))
      for manifest in [mine, other] { try await fixture.put(manifest) }
      func entry(_ manifest: ManifestText, _ architecture: String) -> Descriptor {
        var descriptor = manifest.descriptor
        descriptor.platform = .init(architecture: architecture, os: "linux")
        return descriptor
      }
      let host = Descriptor.Platform.host.architecture
      let index = try ManifestText(ImageIndex(manifests: [entry(other, "s390x"), entry(mine, host)]))
      try await fixture.put(index, tag: "v1")
      let image = try await fixture.service.resolve("localhost/web:v1")
      // The digest is what the reference named, the manifest what runs here.
      #expect(image.digest == index.digest)
      #expect(image.manifest.layers.map(\.digest) == [Digest.sha256(Data("layer of mine".utf8))])

      try await fixture.put(ManifestText(ImageIndex(manifests: [entry(other, "s390x")])), tag: "v2")
      let error = await #expect(throws: ImageNotFound.self) { try await fixture.service.resolve("localhost/web:v2") }
      #expect(error?.reason.hasSuffix("does not contain descriptor matching platform 'linux/\(host)'") == true)
    }
  }

  @Test func whatIsMissingIsSaidAsECSSaysIt() async throws {
    try await ECRFixture.run { (fixture: ECRFixture) async throws in
      func reason(_ reference: String) async -> String? {
        await #expect(throws: ImageNotFound.self) { try await fixture.service.resolve(reference) }?.reason
      }
      #expect(
        await reason("localhost:4650/web:v9")
          == "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref "
          + "localhost:4650/web:v9: not found")
      #expect(await reason("localhost:4650/none")?.hasSuffix("not found") == true)
      #expect(await reason("nginx:latest")?.contains("pulls from its own registry only") == true)
      #expect(await reason("999999999999.dkr.ecr.eu-west-1.amazonaws.com/web")?.contains("own registry") == true)
      #expect(await reason("localhost/Web")?.hasPrefix("CannotPullContainerError: invalid reference format") == true)
    }
  }
}
