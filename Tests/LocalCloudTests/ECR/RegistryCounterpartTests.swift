import AWSWire
import Foundation
import Hummingbird
import HummingbirdTesting
import OCIImages
import Testing

@testable import LocalCloud

/// Real clients against a real server on a free port.
@Suite struct RegistryCounterpartTests {
  /// Serves the registry while `body` runs.
  private func serve(_ body: @Sendable (ECRFixture, _ host: String) async throws -> Void) async throws {
    try await ECRFixture.run { fixture in
      let router = Router(context: BasicRequestContext.self)
      fixture.service.addRoutes(to: router)
      try await Application(router: router, logger: fixture.context.logger).test(.live) { client in
        try await body(fixture, "127.0.0.1:\(client.port ?? 0)")
      }
    }
  }

  private func image(_ folder: URL, _ text: String) throws -> BuiltImage {
    try ImageBuilder(
      files: [
        ImageFile(path: "/app/web", content: .data(Data(text.utf8)), mode: 0o755),
        ImageFile(path: "/app/large", content: .data(Data(repeating: 7, count: 5 << 20))),
      ], command: ["/app/web"]
    ).build(into: folder)
  }

  @Test(.enabled(if: Tool("skopeo").isWanted)) func skopeoPushesPullsInspectsAndDeletes() async throws {
    try await serve { fixture, host in
      let skopeo = Tool("skopeo")
      let (from, to) = (
        fixture.directory.appendingPathComponent("from"), fixture.directory.appendingPathComponent("to")
      )
      let built = try image(from, "v1")
      try await skopeo.run(
        "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false", "--dest-creds", "AWS:secret",
        "oci:\(from.path)",
        "docker://\(host)/web:v1")
      #expect(try await fixture.tags() == [built.digest: ["v1"]])
      #expect(try await fixture.service.resolve("\(host)/web:v1").manifest == built.manifest)
      try await skopeo.run(
        "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false",
        "docker://\(host)/web@\(built.digest)",
        "oci:\(to.path):v1")
      let pulled = try ImageLayout.read(to)
      #expect(pulled.digest == built.digest)
      #expect(
        try Digest.sha256(of: pulled.blobFile(pulled.manifest.layers[0].digest)) == built.manifest.layers[0].digest)
      let tags = try await skopeo.run("list-tags", "--tls-verify=false", "docker://\(host)/web")
      #expect(tags.contains("\"v1\""))
      // Between two repositories the blobs are mounted.
      try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: "team/api"))
      try await skopeo.run(
        "--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false", "--dest-tls-verify=false",
        "docker://\(host)/web:v1",
        "docker://\(host)/team/api:v1")
      #expect(try await fixture.tags(of: "team/api") == [built.digest: ["v1"]])
      try await skopeo.run("delete", "--tls-verify=false", "docker://\(host)/web:v1")
      #expect(try await fixture.tags().isEmpty)
    }
  }

  @Test(.enabled(if: Tool("skopeo").isWanted)) func skopeoSaysWhyAPushIsRefused() async throws {
    try await serve { fixture, host in
      let from = fixture.directory.appendingPathComponent("from")
      _ = try image(from, "v1")
      let failure = await #expect(throws: Tool.Failure.self) {
        try await Tool("skopeo").run(
          "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false", "oci:\(from.path)",
          "docker://\(host)/none:v1")
      }
      #expect(failure?.output.contains("The repository with name 'none' does not exist") == true)
    }
  }

  @Test(.enabled(if: Tool("buildah").isWanted)) func buildahPushesWhatItBuilt() async throws {
    try await serve { fixture, host in
      let buildah = Tool(
        "buildah", "--root", fixture.directory.appendingPathComponent("storage").path, "--runroot",
        fixture.directory.appendingPathComponent("run").path, "--storage-driver", "vfs")
      let file = fixture.directory.appendingPathComponent("hello")
      try Data("hi".utf8).write(to: file)
      let container = try await buildah.run("from", "scratch").trimmingCharacters(in: .whitespacesAndNewlines)
      try await buildah.run("copy", container, file.path, "/app/hello")
      let id = try await buildah.run("commit", "-q", container).split(separator: "\n").last.map(String.init) ?? ""
      try await buildah.run("push", "--tls-verify=false", id, "docker://\(host)/web:built")
      let image = try await fixture.service.resolve("\(host)/web:built")
      let root = fixture.directory.appendingPathComponent("root")
      try ImageUnpacker.unpack(image.manifest, blobs: image.blobPath, into: root)
      #expect(try String(contentsOf: root.appendingPathComponent("app/hello"), encoding: .utf8) == "hi")
    }
  }

  @Test(.enabled(if: Tool("podman").isWanted)) func podmanPullsByDigest() async throws {
    try await serve { fixture, host in
      let layout = fixture.directory.appendingPathComponent("layout")
      let built = try image(layout, "v1")
      try await Tool("skopeo").run(
        "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false", "oci:\(layout.path)",
        "docker://\(host)/web:v1")
      // Its folder of running things may not have a longer path than fifty characters.
      let run = "/tmp/palco-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: run) }
      let podman = Tool(
        "podman", "--root", fixture.directory.appendingPathComponent("storage").path, "--runroot", run,
        "--storage-driver", "vfs")
      let reference = "\(host)/web@\(built.digest)"
      try await podman.run("pull", "--quiet", "--tls-verify=false", reference)
      let digest = try await podman.run("image", "inspect", "--format", "{{.Digest}}", reference)
      #expect(digest.contains("\(built.digest)"))
      let failure = await #expect(throws: Tool.Failure.self) {
        let other = "\(host)/web@sha256:\(String(repeating: "0", count: 64))"
        try await podman.run("pull", "--quiet", "--tls-verify=false", other)
      }
      #expect(failure?.output.contains("manifest unknown") == true, "\(failure?.output ?? "")")
    }
  }
}

/// A program of this machine.
struct Tool: Sendable {
  let name: String
  let options: [String]

  init(_ name: String, _ options: String...) {
    self.name = name
    self.options = options
  }

  struct Failure: Error { let output: String }

  /// Whether to run a test that needs it: always when the counterparts are required, so that it fails.
  var isWanted: Bool { ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1" || path != nil }

  private var path: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs it without holding a thread that the server needs.
  @discardableResult func run(_ arguments: String...) async throws -> String {
    guard let path else { throw Failure(output: "\(name) is not installed") }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("palco-tool-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = options + arguments
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: file)
    process.standardOutput = output
    process.standardError = output
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    guard status == 0 else { throw Failure(output: text) }
    return text
  }
}
