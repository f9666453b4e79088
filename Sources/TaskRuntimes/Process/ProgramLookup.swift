import Foundation
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is handed to the kernel: the program as a path of the host, with everything that goes with it.
struct Launch: Sendable, Equatable {
  var program: String
  var arguments: [String]
  var environment: [String: String]
  var workingDirectory: String
}

/// Turns a specification into a launch.
///
/// A process has no root folder of its own, so what is a path in the image has to become one of the host:
/// - the program is looked up below the image's root first, a bare name in each folder of `PATH` there, and then among
///   the folders of the host's `PATH`, which is where interpreters (`sh`, `python3`) come from;
/// - an argument that is the absolute path of something in the image becomes that thing's path on the host;
/// - the working directory is the image's, and is made when the image lacks it, as container engines do.
struct ProgramLookup: Sendable {
  /// The host's `PATH`. A program whose environment has none gets it.
  let hostPath: String

  func launch(for container: ContainerSpecification) throws(TaskRuntimeError) -> Launch {
    try validate(container.environment)
    for argument in container.command where argument.utf8.contains(0) {
      throw TaskRuntimeError(.launchFailed, "\(Self.starting): an argument of the command holds a NUL byte: unknown")
    }
    let environment = container.environment.merging(["PATH": hostPath]) { own, _ in own }
    switch container.program {
    case .registry(let reference):
      throw TaskRuntimeError(.imageInvalid, "\(reference) was not unpacked, and a process needs its files")
    case .host(let path):
      try check(path, named: path)
      return Launch(
        program: path, arguments: container.command, environment: environment,
        workingDirectory: container.workingDirectory ?? "/")
    case .image(let folder):
      let root = ImageRoot(folder)
      guard Self.kind(of: root.path) == .folder else {
        throw TaskRuntimeError(.imageInvalid, "the image's unpacked files are missing: \(root.path) is not a folder")
      }
      guard let name = container.command.first, !name.isEmpty else {
        throw TaskRuntimeError(.noCommand, "no command specified: the image has none and the container definition too")
      }
      let directory = try workingDirectory(container.workingDirectory ?? "/", in: root)
      let program = try find(name, in: root, workingDirectory: directory, path: environment["PATH"] ?? hostPath)
      let arguments = container.command.dropFirst().map { argument(for: $0, in: root) }
      return Launch(program: program, arguments: arguments, environment: environment, workingDirectory: directory)
    }
  }

  // MARK: Program

  private func find(
    _ name: String, in root: ImageRoot, workingDirectory: String, path: String
  ) throws(TaskRuntimeError) -> String {
    if name.hasPrefix("/") {
      if let inImage = root.hostPath(of: name), Self.kind(of: inImage) != .missing {
        try check(inImage, named: name)
        return inImage
      }
      let folder = (name as NSString).deletingLastPathComponent
      if SearchPath(hostPath).folders.contains(folder), access(name, X_OK) == 0 { return name }
      throw Self.missing(name)
    }
    if name.contains("/") {
      let below = String(workingDirectory.dropFirst(root.path.count))
      guard let inImage = root.hostPath(of: below + "/" + name) else { throw Self.missing(name) }
      try check(inImage, named: name)
      return inImage
    }
    let inImage = SearchPath(path).folders.compactMap { root.hostPath(of: $0 + "/" + name) }
    let onHost = SearchPath(hostPath).folders.map { $0 + "/" + name }
    let candidates = (inImage + onHost).filter { Self.kind(of: $0) == .file }
    if let program = candidates.first(where: { access($0, X_OK) == 0 }) { return program }
    guard candidates.isEmpty else {
      throw TaskRuntimeError(.notExecutable, "\(Self.starting): exec: \"\(name)\": permission denied: unknown")
    }
    throw TaskRuntimeError(
      .programNotFound, "\(Self.starting): exec: \"\(name)\": executable file not found in $PATH: unknown")
  }

  private func check(_ path: String, named name: String) throws(TaskRuntimeError) {
    switch Self.kind(of: path) {
    case .missing: throw Self.missing(name)
    case .folder: throw TaskRuntimeError(.notExecutable, "\(Self.starting): exec: \"\(name)\": is a directory: unknown")
    case .file:
      guard access(path, X_OK) == 0 else {
        throw TaskRuntimeError(.notExecutable, "\(Self.starting): exec: \"\(name)\": permission denied: unknown")
      }
    }
  }

  private func argument(for argument: String, in root: ImageRoot) -> String {
    guard argument.hasPrefix("/"), argument != "/", let path = root.hostPath(of: argument),
      Self.kind(of: path) != .missing
    else { return argument }
    return path
  }

  private func workingDirectory(_ path: String, in root: ImageRoot) throws(TaskRuntimeError) -> String {
    let failure = TaskRuntimeError(.launchFailed, "\(Self.starting): chdir to cwd (\"\(path)\") failed: unknown")
    guard let directory = root.hostPath(of: path) else { throw failure }
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    } catch { throw failure }
    return directory
  }

  // MARK: Words

  /// How containerd begins each of these errors, as seen in the `reason` of a stopped container on ECS.
  static let starting =
    "failed to create task for container: failed to create shim task: OCI runtime create failed: "
    + "runc create failed: unable to start container process"

  private static func missing(_ name: String) -> TaskRuntimeError {
    TaskRuntimeError(
      .programNotFound, "\(starting): exec: \"\(name)\": stat \(name): no such file or directory: unknown")
  }

  /// Names a variable that the kernel cannot take. Never its value: it may be a secret.
  private func validate(_ environment: [String: String]) throws(TaskRuntimeError) {
    for (name, value) in environment {
      let isName = !name.isEmpty && !name.utf8.contains { $0 == UInt8(ascii: "=") || $0 == 0 }
      guard isName, name.first?.isNumber != true else {
        throw TaskRuntimeError(
          .launchFailed,
          "\(Self.starting): \"\(name)\" cannot be the name of an environment variable: it must not be empty, begin "
            + "with a digit, or hold = or NUL: unknown")
      }
      guard !value.utf8.contains(0) else {
        throw TaskRuntimeError(
          .launchFailed, "\(Self.starting): the value of environment variable \(name) holds a NUL byte: unknown")
      }
    }
  }

  // MARK: Files

  private enum Kind { case missing, file, folder }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}
