import Foundation

/// A container engine that can start containers here, and a program to put into them.
struct ContainerCounterpart: Sendable {
  /// A busybox that needs no library, and so no other file in an image.
  var busybox: String
  /// The variables with which podman starts containers.
  var environment: [String: String]

  /// The engine of this machine, or why there is none to test with.
  static let podman = Task { await find() }

  /// Whether tests with containers are to run: they can, or that they cannot is a failure.
  static func isAllowed() async -> Bool {
    if Counterparts.areRequired { return true }
    return (try? await podman.value.get()) != nil
  }

  struct Missing: Error, CustomStringConvertible { var description: String }

  private static func find() async -> Result<ContainerCounterpart, Missing> {
    let box = ["/bin/busybox", "/usr/bin/busybox"].first { path in
      // A dynamic program names its loader, which no image of these tests has.
      guard let data = FileManager.default.contents(atPath: path) else { return false }
      return data.range(of: Data("/ld-linux".utf8)) == nil && data.range(of: Data("/ld-musl".utf8)) == nil
    }
    guard let box else { return .failure(Missing(description: "no static busybox; scripts/setup test installs one")) }
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("palco-root-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    var words = "podman cannot be run"
    // As the machine is set up, and else for machines with fewer rights.
    let limited = Counterparts.fixtures.appendingPathComponent("containers.conf").path
    for environment in [[:], ["CONTAINERS_CONF": limited]] {
      do {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try? FileManager.default.copyItem(atPath: box, toPath: root.appendingPathComponent("busybox").path)
        let run = try await RunningCommand(
          "/usr/bin/env", ["podman", "run", "--rm", "--rootfs", root.path, "/busybox", "true"],
          environment: environment
        ).result()
        if run.status == 0 { return .success(ContainerCounterpart(busybox: box, environment: environment)) }
        words = run.errors
      } catch { words = "\(error)" }
    }
    return .failure(Missing(description: "podman starts no container here: \(words)"))
  }
}
