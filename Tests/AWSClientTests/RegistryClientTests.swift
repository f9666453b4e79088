import AWSClient
import AsyncHTTPClient
import Foundation
import OCIImages
import PalcoTestSupport
import Synchronization
import Testing

@Suite struct RegistryClientTests {
  private func withRegistry<Result: Sendable>(
    _ registry: RegistryStub, authorization: String? = nil,
    _ body: (RegistryClient, StubHTTPServer) async throws -> Result
  ) async throws -> Result {
    try await withStub({ registry.answer($0) }) { server, http in
      let client = RegistryClient(
        endpoint: server.url, authorization: authorization, http: http, time: TestClock(skipping: true).timeSource,
        logger: .quiet)
      return try await body(client, server)
    }
  }

  /// An image with one file in an image layout folder.
  private func image(in folder: URL, size: Int = 3_000_000) throws -> BuiltImage {
    try ImageBuilder(
      files: [ImageFile(path: "/app/data", content: .data(Data(repeating: 7, count: size)))], command: ["/app/data"]
    ).build(into: folder)
  }

  @Test func pushesAnImageOnce() async throws {
    let registry = RegistryStub(authorization: "Basic QVdTOnB3")
    try await withTemporaryDirectory { folder in
      let image = try image(in: folder)
      try await withRegistry(registry, authorization: "Basic QVdTOnB3") { client, server in
        let seen = Mutex<[Int]>([])
        let digest = try await client.push(image, to: "web", tags: ["v1"]) { done, total in
          seen.withLock { $0.append(done) }
          #expect(total == image.size)
        }
        #expect(digest == image.digest)
        let progress = seen.withLock { $0 }
        #expect(progress == progress.sorted() && progress.first == 0 && progress.last == image.size)
        registry.state.withLock { state in
          #expect(state.manifests["v1"] == image.manifestBytes && state.manifests[digest] == image.manifestBytes)
          #expect(Set(state.blobs.keys) == Set((image.manifest.layers + [image.manifest.config]).map(\.digest)))
        }
        let layer = try #require(server.requests.first { $0.method == "PUT" })
        #expect(layer.header("Content-Length") == "\(image.manifest.layers[0].size)")
        #expect(layer.header("Transfer-Encoding") == nil)

        let uploads = server.requests.filter { $0.method == "POST" }.count
        _ = try await client.push(image, to: "web", tags: ["v2"]) { _, _ in }
        #expect(server.requests.filter { $0.method == "POST" }.count == uploads, "what is there is uploaded again")
      }
    }
  }

  /// Downloads a blob of a registry into a file.
  private func download(
    _ bytes: Data, size: Int? = nil, digest: String? = nil, from registry: RegistryStub
  ) async throws -> Data {
    try await withTemporaryDirectory { folder in
      try await withRegistry(registry) { client, _ in
        let file = folder.appendingPathComponent("blob")
        try await client.download(
          .init(mediaType: "x", digest: digest ?? Digest.sha256(bytes), size: size ?? bytes.count), from: "web",
          to: file)
        return try Data(contentsOf: file)
      }
    }
  }

  @Test func aBlobIsDownloadedAgainWhenTheConnectionBreaks() async throws {
    let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
    let cut = StubHTTPServer.Answer.partial(status: 200, length: bytes.count, body: bytes.prefix(10), hangsUp: true)
    let registry = RegistryStub(.init(blobs: [Digest.sha256(bytes): bytes], faults: [("GET", cut), ("GET", .hangUp)]))
    #expect(try await download(bytes, from: registry) == bytes)
  }

  @Test func otherBytesThanTheDigestSaysAreRefused() async throws {
    let bytes = Data("layer".utf8)
    let other = Digest.sha256(Data("other".utf8))
    let registry = RegistryStub(.init(blobs: [Digest.sha256(bytes): bytes, other: bytes]))
    await #expect(throws: RegistryError.digestMismatch(expected: other, actual: Digest.sha256(bytes))) {
      try await download(bytes, digest: other, from: registry)
    }
    await #expect(throws: RegistryError.unreadableAnswer("a blob is more than the 4 bytes of its descriptor")) {
      try await download(bytes, size: 4, from: registry)
    }
    await #expect(throws: RegistryError.self) { try await download(Data("absent".utf8), from: registry) }
  }

  @Test func aDownloadThatIsSentElsewhereTakesNoPasswordAlong() async throws {
    let bytes = Data("layer".utf8)
    try await withStub({ _ in .response(status: 200, body: bytes) }) { storage, http in
      let place = storage.url.appendingPathComponent("bucket/layer").absoluteString + "?X-Amz-Signature=1"
      try await withStub({ _ in .response(status: 307, headers: [("Location", place)]) }) { server, _ in
        try await withTemporaryDirectory { folder in
          let client = RegistryClient(endpoint: server.url, authorization: "Basic QVdTOnB3", http: http, logger: .quiet)
          let file = folder.appendingPathComponent("blob")
          try await client.download(
            .init(mediaType: "x", digest: Digest.sha256(bytes), size: 5), from: "web", to: file)
          #expect(try Data(contentsOf: file) == bytes)
          #expect(server.requests.first?.header("Authorization") == "Basic QVdTOnB3")
          #expect(storage.requests.map(\.target) == ["/bucket/layer?X-Amz-Signature=1"])
          #expect(storage.requests.first?.header("Authorization") == nil)
        }
      }
    }
    // For ever from one place to the next.
    try await withStub({ _ in .response(status: 302, headers: [("Location", "/again")]) }) { server, http in
      let client = RegistryClient(endpoint: server.url, authorization: nil, http: http, logger: .quiet)
      await #expect(throws: RegistryError.self) {
        try await client.download(
          .init(mediaType: "x", digest: Digest.sha256(bytes), size: 5), from: "web",
          to: URL(fileURLWithPath: "/dev/null"))
      }
      #expect(server.requests.count == 4)
    }
  }

  @Test func aBrokenConnectionStartsTheUploadAgain() async throws {
    let registry = RegistryStub(
      .init(faults: [
        ("HEAD", .hangUp), ("POST", .text(503, "")), ("PUT", .hangUp), ("PUT", .text(500, "")),
      ]))
    try await withTemporaryDirectory { folder in
      let image = try image(in: folder, size: 100_000)
      // The upload has three attempts: POST fails once, PUT once by hanging up; the third is refused.
      await #expect(
        throws: RegistryError.refused(status: 500, code: nil, message: "upload of \(image.manifest.layers[0].digest)")
      ) {
        try await withRegistry(registry) { client, _ in
          _ = try await client.push(image, to: "web", tags: []) { _, _ in }
        }
      }
      // Nothing is broken any more.
      try await withRegistry(registry) { client, _ in
        let digest = try await client.push(image, to: "web", tags: []) { _, _ in }
        #expect(digest == image.digest)
      }
    }
  }

  @Test func aWrongPasswordIsSaidAndNotRepeated() async throws {
    try await withRegistry(RegistryStub(authorization: "Basic right"), authorization: "Basic wr0ng") { client, server in
      let error = await #expect(throws: RegistryError.self) {
        _ = try await client.putManifest(Data("{}".utf8), mediaType: "m", reference: "v1", in: "web")
      }
      #expect(error == .unauthorized(registry: "127.0.0.1:\(server.port)"))
      #expect(error?.description.contains("wr0ng") == false)
      #expect(server.requests.count == 1)
    }
  }

  @Test func anExpiredTokenIsTheRegistrysWord() async throws {
    let answer = StubHTTPServer.Answer.text(
      403, #"{"errors":[{"code":"DENIED","message":"Your authorization token has expired."}]}"#)
    let expected = RegistryError.refused(
      status: 403, code: "DENIED", message: "Your authorization token has expired.")
    await #expect(throws: expected) {
      try await withRegistry(RegistryStub(.init(faults: [("PUT", answer)]))) { client, _ in
        _ = try await client.putManifest(Data("{}".utf8), mediaType: "m", reference: "v1", in: "web")
      }
    }
  }

  @Test func thePasswordIsSentToNoOtherHost() async throws {
    let elsewhere = RegistryStub()
    try await withStub({ elsewhere.answer($0) }) { other, _ in
      let registry = RegistryStub(
        .init(location: "\(other.url)/v2/web/blobs/uploads/u2?state=a%2Fb"), authorization: "Basic p")
      try await withTemporaryDirectory { folder in
        let file = folder.appending(path: "blob")
        try Data("hello".utf8).write(to: file)
        let blob = Descriptor(mediaType: "m", digest: Digest.sha256(Data("hello".utf8)), size: 5)
        try await withRegistry(registry, authorization: "Basic p") { client, _ in
          try await client.upload(file, as: blob, to: "web")
        }
        #expect(other.requests.count == 1 && other.requests.first?.header("Authorization") == nil)
        #expect(elsewhere.state.withLock { $0.blobs[blob.digest] } == Data("hello".utf8))
      }
    }
  }

  @Test func aFileOfAnotherSizeOrContentIsNotUploaded() async throws {
    try await withTemporaryDirectory { folder in
      let file = folder.appending(path: "blob")
      try Data("hello".utf8).write(to: file)
      let registry = RegistryStub()
      try await withRegistry(registry) { client, server in
        let short = Descriptor(mediaType: "m", digest: Digest.sha256(Data("hell".utf8)), size: 4)
        await #expect(throws: RegistryError.self) { try await client.upload(file, as: short, to: "web") }
        let missing = folder.appending(path: "none")
        await #expect(throws: RegistryError.self) { try await client.upload(missing, as: short, to: "web") }
        #expect(server.requests.isEmpty)
        let other = Descriptor(mediaType: "m", digest: Digest.sha256(Data("jello".utf8)), size: 5)
        await #expect(throws: RegistryError.refused(status: 400, code: "DIGEST_INVALID", message: "another digest")) {
          try await client.upload(file, as: other, to: "web")
        }
      }
    }
  }

  @Test func manifestsAreReadAndChecked() async throws {
    let bytes = Data(#"{"schemaVersion":2}"#.utf8)
    let digest = Digest.sha256(bytes)
    let other = Digest.sha256(Data("other".utf8))
    let registry = RegistryStub(.init(manifests: ["v1": bytes, digest: bytes, other: bytes]))
    try await withRegistry(registry) { client, server in
      for reference in ["v1", digest] {
        let found = try await client.manifest(reference, in: "web")
        #expect(found.bytes == bytes && found.digest == digest)
        #expect(found.mediaType == "application/vnd.oci.image.manifest.v1+json")
      }
      #expect(
        server.requests[0].headers.filter { $0.name == "Accept" }.map(\.value)
          .contains("application/vnd.oci.image.index.v1+json"))
      await #expect(throws: RegistryError.digestMismatch(expected: other, actual: digest)) {
        try await client.manifest(other, in: "web")
      }
      await #expect(throws: RegistryError.notFound("manifest web:none")) {
        try await client.manifest("none", in: "web")
      }
      await #expect(throws: RegistryError.digestMismatch(expected: other, actual: digest)) {
        _ = try await client.putManifest(bytes, mediaType: "m", reference: other, in: "web")
      }
    }
  }

  @Test func aRegistryThatStoredOtherBytesIsFoundOut() async throws {
    let registry = RegistryStub(
      .init(faults: [("PUT", .response(status: 201, headers: [("Docker-Content-Digest", "sha256:0")]))]))
    let sent = Digest.sha256(Data("{}".utf8))
    await #expect(throws: RegistryError.digestMismatch(expected: sent, actual: "sha256:0")) {
      try await withRegistry(registry) { client, _ in
        _ = try await client.putManifest(Data("{}".utf8), mediaType: "m", reference: "v1", in: "web")
      }
    }
  }
}
