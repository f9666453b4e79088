import Foundation
import Testing

@testable import OCIImages

@Suite struct ImageLayoutTests {
  private func image(_ folder: URL, text: String = "hello", platform: Descriptor.Platform = .host) throws -> BuiltImage
  {
    try ImageBuilder(
      files: [ImageFile(path: "/hello", content: .data(Data(text.utf8)))], command: ["/hello"], platform: platform
    ).build(into: folder)
  }

  private func write(_ index: ImageIndex, to folder: URL) throws {
    try JSONEncoder().encode(index).write(to: folder.appendingPathComponent("index.json"))
  }

  private func descriptor(_ image: BuiltImage, _ platform: Descriptor.Platform?) -> Descriptor {
    Descriptor(
      mediaType: image.mediaType, digest: image.digest, size: image.manifestBytes.count, platform: platform)
  }

  @Test func whatTheBuilderWroteIsReadBack() throws {
    try withFolder { folder in
      let built = try image(folder)
      #expect(try ImageLayout.read(folder) == built)
    }
  }

  @Test func aNestedIndexGivesThePlatformsManifest() throws {
    try withFolder { folder in
      let arm = Descriptor.Platform(architecture: "arm64", os: "linux")
      let intel = Descriptor.Platform(architecture: "amd64", os: "linux")
      let (first, second) = (try image(folder, platform: arm), try image(folder, platform: intel))
      // An attestation of `docker buildx`, which is no image for any platform.
      var attestation = descriptor(first, Descriptor.Platform(architecture: "unknown", os: "unknown"))
      attestation.digest = "sha256:" + String(repeating: "0", count: 64)
      let nested = try JSONEncoder().encode(
        ImageIndex(manifests: [descriptor(first, arm), descriptor(second, intel), attestation]))
      let digest = Digest.sha256(nested)
      try nested.write(to: BlobFolder(folder).file(digest))
      try write(
        ImageIndex(manifests: [Descriptor(mediaType: ImageMediaType.index, digest: digest, size: nested.count)]),
        to: folder)
      #expect(try ImageLayout.read(folder, platform: arm).digest == first.digest)
      #expect(try ImageLayout.read(folder, platform: intel).digest == second.digest)
      let other = Descriptor.Platform(architecture: "s390x", os: "linux")
      #expect(try fault { try ImageLayout.read(folder, platform: other) }?.code == .platformNotFound)
    }
  }

  @Test func severalImagesInOneFolderAreRefusedAndTwoTagsOfOneAreNot() throws {
    try withFolder { folder in
      let (first, second) = (try image(folder), try image(folder, text: "other"))
      try write(ImageIndex(manifests: [descriptor(first, nil), descriptor(second, nil)]), to: folder)
      #expect(try fault { try ImageLayout.read(folder) }?.code == .unsupported)
      try write(ImageIndex(manifests: [descriptor(first, nil), descriptor(first, nil)]), to: folder)
      #expect(try ImageLayout.read(folder).digest == first.digest)
    }
  }

  @Test func anImageOfAnotherPlatformIsRefusedEvenIfTheIndexIsSilent() throws {
    try withFolder { folder in
      let other = try image(folder, platform: Descriptor.Platform(architecture: "s390x", os: "linux"))
      try write(ImageIndex(manifests: [descriptor(other, nil)]), to: folder)
      let error = try fault { try ImageLayout.read(folder) }
      #expect(error?.code == .platformNotFound)
      #expect(error?.message.contains("linux/s390x") == true)
    }
  }

  @Test func damageIsFound() throws {
    try withFolder { folder in
      #expect(try fault { try ImageLayout.read(folder) }?.code == .unreadable)
      let built = try image(folder)
      let layer = built.blobFile(built.manifest.layers[0].digest)
      let bytes = try Data(contentsOf: layer)
      try bytes.dropLast(1).write(to: layer)
      #expect(try fault { try ImageLayout.read(folder) }?.code == .corrupt)
      try FileManager.default.removeItem(at: layer)
      #expect(try fault { try ImageLayout.read(folder) }?.code == .unreadable)
      try bytes.write(to: layer)
      try (built.manifestBytes + Data(" ".utf8)).write(to: built.blobFile(built.digest))
      #expect(try fault { try ImageLayout.read(folder) }?.code == .digestMismatch)
      try Data("nonsense".utf8).write(to: folder.appendingPathComponent("index.json"))
      #expect(try fault { try ImageLayout.read(folder) }?.code == .corrupt)
    }
  }

  @Test(.enabled(if: Counterpart.isThere("skopeo"))) func skopeoReadsAndWritesTheLayout() throws {
    try withFolder { folder in
      let (from, to) = (folder.appendingPathComponent("from"), folder.appendingPathComponent("to"))
      let built = try image(from)
      try Counterpart.run(
        "skopeo", "--insecure-policy", "copy", "--preserve-digests", "oci:\(from.path)", "oci:\(to.path):tag")
      let copied = try ImageLayout.read(to)
      #expect(copied.digest == built.digest)
      // Compressed by skopeo, the layer must still unpack to the same file.
      let packed = folder.appendingPathComponent("packed")
      try Counterpart.run(
        "skopeo", "--insecure-policy", "copy", "--dest-compress", "--dest-compress-format", "gzip", "oci:\(from.path)",
        "dir:\(packed.path)")
      let manifest = try JSONDecoder().decode(
        ImageManifest.self, from: Data(contentsOf: packed.appendingPathComponent("manifest.json")))
      #expect(manifest.layers[0].mediaType.hasSuffix("gzip"))
      let root = folder.appendingPathComponent("root")
      try ImageUnpacker.unpack(
        manifest, blobs: { packed.appendingPathComponent(String($0.dropFirst(7))) }, into: root)
      #expect(try String(contentsOf: root.appendingPathComponent("hello"), encoding: .utf8) == "hello")
    }
  }

  @Test(.enabled(if: Counterpart.isThere("buildah"))) func whatBuildahBuildsIsRead() throws {
    try withFolder { folder in
      let (storage, output) = (folder.appendingPathComponent("storage").path, folder.appendingPathComponent("image"))
      let run = folder.appendingPathComponent("run").path
      try Data("hi".utf8).write(to: folder.appendingPathComponent("hello"))
      func buildah(_ arguments: String...) throws -> String {
        let options = ["--root", storage, "--runroot", run, "--storage-driver", "vfs"]
        return try Counterpart.run("buildah", options + arguments)
      }
      let container = try buildah("from", "scratch").trimmingCharacters(in: .whitespacesAndNewlines)
      _ = try buildah("copy", container, folder.appendingPathComponent("hello").path, "/app/hello")
      _ = try buildah("config", "--cmd", "/app/hello", "--stop-signal", "SIGINT", container)
      let id = try buildah("commit", "-q", container).split(separator: "\n").last.map(String.init) ?? ""
      _ = try buildah("push", id, "oci:\(output.path)")
      let image = try ImageLayout.read(output)
      #expect(try image.configuration().config?.stopSignal == "SIGINT")
      let root = folder.appendingPathComponent("root")
      try ImageUnpacker.unpack(image.manifest, blobs: image.blobFile, into: root)
      #expect(try String(contentsOf: root.appendingPathComponent("app/hello"), encoding: .utf8) == "hi")
    }
  }
}
