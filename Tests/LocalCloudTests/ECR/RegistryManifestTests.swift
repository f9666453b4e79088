import AWSWire
import Foundation
import HTTPTypes
import OCIImages
import Testing

@testable import LocalCloud

@Suite struct RegistryManifestTests {
  private func put(
    _ manifest: ManifestText, _ reference: String, _ registry: Registry, type: String? = nil
  ) async throws -> Registry.Answer {
    try await registry.send(
      .put, "/v2/web/manifests/\(reference)", manifest.text, [.contentType: type ?? manifest.mediaType])
  }

  @Test func aManifestIsPutAndReadByTagAndDigest() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      try await fixture.registry { registry in
        let answer = try await put(manifest, "v1", registry)
        #expect(answer.status == 201)
        #expect(answer.header("Docker-Content-Digest") == manifest.digest)
        #expect(answer.header("Location") == "/v2/web/manifests/\(manifest.digest)")
        // Again is no change, and no error.
        #expect(try await put(manifest, "v1", registry).status == 201)
        #expect(try await put(manifest, manifest.digest, registry).status == 201)
        for reference in ["v1", manifest.digest] {
          let head = try await registry.send(.head, "/v2/web/manifests/\(reference)")
          #expect(head.status == 200 && head.body.isEmpty)
          #expect(head.header("Content-Length") == String(manifest.text.utf8.count))
          let read = try await registry.send(.get, "/v2/web/manifests/\(reference)")
          #expect(read.text == manifest.text)
          #expect(read.header("Content-Type") == ImageMediaType.manifest)
          #expect(read.header("Docker-Content-Digest") == manifest.digest)
        }
        let missing = try await registry.send(.get, "/v2/web/manifests/v2")
        #expect(missing.status == 404 && missing.code == "MANIFEST_UNKNOWN")
        #expect(try await registry.send(.head, "/v2/web/manifests/v2").body.isEmpty)
      }
      #expect(try await fixture.tags() == [manifest.digest: ["v1"]])
    }
  }

  @Test func badManifestsAreRefused() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      try await fixture.registry { registry in
        #expect(try await put(manifest, Digest.sha256(Data()), registry).code == "DIGEST_INVALID")
        #expect(try await put(manifest, "sha256:1", registry).code == "DIGEST_INVALID")
        #expect(try await put(manifest, "-v1", registry).code == "TAG_INVALID")
        #expect(try await put(manifest, "v1", registry, type: "text/plain").code == "MANIFEST_INVALID")
        let path = "/v2/web/manifests/v1"
        #expect(
          try await registry.send(.put, path, "no JSON", [.contentType: ImageMediaType.manifest]).code
            == "MANIFEST_INVALID")
        let large = String(repeating: " ", count: (4 << 20) + 1)
        let answer = try await registry.send(.put, path, large, [.contentType: ImageMediaType.manifest])
        #expect(answer.status == 413 && answer.code == "SIZE_INVALID")
        var unknown = Descriptor(mediaType: ImageMediaType.layer, digest: Digest.sha256(Data("?".utf8)), size: 1)
        let config = try await fixture.upload("config")
        let lacking = try ManifestText(ImageManifest(config: config, layers: [unknown]))
        let refused = try await put(lacking, "v1", registry)
        #expect(refused.status == 400 && refused.code == "MANIFEST_BLOB_UNKNOWN")
        #expect(refused.text.contains(unknown.digest))
        // A blob that is there, with another size than the manifest says.
        unknown = config
        unknown.size += 1
        #expect(
          try await put(ManifestText(ImageManifest(config: config, layers: [unknown])), "v1", registry).code
            == "MANIFEST_BLOB_UNKNOWN")
      }
      #expect(try await fixture.tags().isEmpty)
    }
  }

  @Test func anImmutableTagIsRefusedInECRsWords() async throws {
    try await ECRFixture.run { fixture in
      _ = try await fixture.send(
        ECR.PutImageTagMutabilityRequest(repositoryName: "web", imageTagMutability: "IMMUTABLE"))
      let (first, second) = (try await fixture.manifest("v1"), try await fixture.manifest("v2"))
      try await fixture.registry { registry in
        #expect(try await put(first, "v1", registry).status == 201)
        #expect(try await put(first, "v1", registry).status == 201)
        let refused = try await put(second, "v1", registry)
        #expect(refused.status == 400 && refused.code == "TAG_INVALID")
        #expect(refused.text.contains("cannot be overwritten because the repository is immutable"))
      }
    }
  }

  @Test func tagsAreListedInPages() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      try await fixture.registry { registry in
        for tag in ["c", "a", "b"] { _ = try await put(manifest, tag, registry) }
        #expect(try await registry.send(.get, "/v2/web/tags/list").text == #"{"name":"web","tags":["a","b","c"]}"#)
        let first = try await registry.send(.get, "/v2/web/tags/list?n=2")
        #expect(first.text == #"{"name":"web","tags":["a","b"]}"#)
        #expect(first.header("Link") == #"</v2/web/tags/list?n=2&last=b>; rel="next""#)
        let second = try await registry.send(.get, "/v2/web/tags/list?n=2&last=b")
        #expect(second.text == #"{"name":"web","tags":["c"]}"#)
        #expect(second.header("Link") == nil)
        #expect(try await registry.send(.get, "/v2/web/tags/list?n=x").code == "PAGINATION_NUMBER_INVALID")
      }
    }
  }

  @Test func aTagIsDeletedWithoutItsImageAndADigestWithItsTags() async throws {
    try await ECRFixture.run { fixture in
      let manifest = try await fixture.manifest("v1")
      try await fixture.registry { registry in
        _ = try await put(manifest, "v1", registry)
        #expect(try await registry.send(.delete, "/v2/web/manifests/v1").status == 202)
        #expect(try await registry.send(.get, "/v2/web/manifests/v1").status == 404)
        #expect(try await registry.send(.get, "/v2/web/manifests/\(manifest.digest)").status == 200)
        _ = try await put(manifest, "v2", registry)
        #expect(try await registry.send(.delete, "/v2/web/manifests/\(manifest.digest)").status == 202)
        #expect(try await registry.send(.get, "/v2/web/manifests/v2").status == 404)
        #expect(try await registry.send(.delete, "/v2/web/manifests/v2").code == "MANIFEST_UNKNOWN")
      }
    }
  }

  @Test func referrersAreFoundByTheirSubject() async throws {
    try await ECRFixture.run { fixture in
      let image = try await fixture.manifest("v1")
      let scan = try await fixture.manifest("scan", subject: image.descriptor, artifactType: "application/scan")
      let proof = try await fixture.manifest("proof", subject: image.descriptor, artifactType: "application/proof")
      try await fixture.registry { registry in
        let path = "/v2/web/referrers/\(image.digest)"
        #expect(try await registry.send(.get, path).text.contains(#""manifests":[]"#))
        // The subject may come later than what refers to it.
        for manifest in [scan, proof] {
          #expect(try await put(manifest, manifest.digest, registry).header("OCI-Subject") == image.digest)
        }
        _ = try await put(image, "v1", registry)
        let all = try await registry.send(.get, path)
        #expect(all.header("Content-Type") == ImageMediaType.index)
        let index = try JSONDecoder().decode(ImageIndex.self, from: all.body)
        #expect(Set(index.manifests.map(\.digest)) == [scan.digest, proof.digest])
        let some = try await registry.send(.get, path + "?artifactType=application/scan")
        #expect(some.header("OCI-Filters-Applied") == "artifactType")
        #expect(some.text.contains(scan.digest) && !some.text.contains(proof.digest))
        #expect(some.text.contains(#""artifactType":"application/scan""#))
      }
    }
  }
}
