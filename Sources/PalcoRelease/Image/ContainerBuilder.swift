import Foundation
import OCIImages
import PalcoCore
import Subprocess

/// Builds a Dockerfile with whichever of docker, podman and buildah is there.
struct ContainerBuilder: Sendable {
  /// The tools that can build.
  enum Tool: String, CaseIterable, Sendable { case docker, podman, buildah }

  let context: String
  let file: String
  let arguments: [String: String]

  /// Builds the image into a folder, as an OCI image layout.
  func build(into directory: URL, report: @Sendable (String) -> Void) async throws -> BuiltImage {
    guard let tool = await Self.usable() else {
      throw ReleaseError(
        .builderMissing,
        "a Dockerfile needs docker (with its daemon running), podman or buildah to be built, and none can be used; "
          + "install or start one, or describe the image with `files:` in palco.yml, which needs none")
    }
    report("building \(file) with \(tool.rawValue)")
    let name = "palco-build-\(UUID().uuidString.lowercased())"
    for command in commands(of: tool, image: name, layout: directory) { try await run(command, report: report) }
    let image = try ImageLayout.read(directory)
    // The layout is all that is needed; what stays in the tool's own store is its cache.
    try? await run(Self.cleanUp(tool, image: name), report: { _ in })
    return image
  }

  /// The first tool that can be used: docker is of no use without its daemon.
  private static func usable() async -> Tool? {
    for tool in available() {
      guard tool == .docker else { return tool }
      let answer = try? await Subprocess.run(
        .name("docker"), arguments: ["version", "--format", "{{.Server.Version}}"], input: .none, output: .discarded)
      if answer?.terminationStatus.isSuccess == true { return tool }
    }
    return nil
  }

  /// The tools in the PATH.
  static func available(path: String? = ProcessInfo.processInfo.environment["PATH"]) -> [Tool] {
    let searchPath = SearchPath(path)
    return Tool.allCases.filter { searchPath.program(named: $0.rawValue) != nil }
  }

  /// The commands that leave an OCI image layout in a folder.
  func commands(of tool: Tool, image: String, layout: URL) -> [[String]] {
    let build =
      arguments.sorted { $0.key < $1.key }.flatMap { ["--build-arg", "\($0.key)=\($0.value)"] }
      + ["--file", file, "--tag", image, context]
    switch tool {
    case .docker:
      let archive = layout.appendingPathComponent("image.tar").path
      return [
        ["docker", "build"] + build,
        // Since version 25 the archive is an OCI image layout too.
        ["docker", "save", "--output", archive, image], ["tar", "-xf", archive, "-C", layout.path], ["rm", archive],
      ]
    case .podman:
      return [["podman", "build"] + build, ["podman", "save", "--format", "oci-dir", "--output", layout.path, image]]
    case .buildah:
      return [["buildah", "build"] + build, ["buildah", "push", image, "oci:\(layout.path)"]]
    }
  }

  private static func cleanUp(_ tool: Tool, image: String) -> [String] {
    switch tool {
    case .docker: ["docker", "image", "rm", "--no-prune", image]
    case .podman: ["podman", "rmi", image]
    case .buildah: ["buildah", "rmi", image]
    }
  }

  private func run(_ command: [String], report: @Sendable (String) -> Void) async throws {
    var last: [String] = []
    let result: ExecutionResult<[String], SequenceOutput, CombinedErrorOutput>
    do {
      result = try await Subprocess.run(
        .name(command[0]), arguments: Arguments(Array(command.dropFirst())),
        // Attestations would make an index of docker's image, with a digest that differs from build to build.
        environment: .inherit.updating(["BUILDX_NO_DEFAULT_ATTESTATIONS": "1"]), input: .none, output: .sequence,
        error: .combinedWithOutput
      ) { execution in
        var last: [String] = []
        for try await line in execution.standardOutput.strings() {
          let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
          guard !text.isEmpty else { continue }
          report("  " + text)
          last = last.suffix(14) + [text]
        }
        return last
      }
    } catch {
      throw ReleaseError(.buildFailed, "\(command[0]) could not be started: \(error)")
    }
    last = result.closureResult
    guard result.terminationStatus.isSuccess else {
      let shown = command.prefix(2).joined(separator: " ")
      throw ReleaseError(
        .buildFailed,
        "'\(shown)' failed (\(result.terminationStatus)):\n" + last.map { "  " + $0 }.joined(separator: "\n"))
    }
  }
}
