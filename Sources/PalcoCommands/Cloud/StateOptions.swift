import ArgumentParser
import Foundation

/// Which local cloud a command means: the one of a state folder.
struct StateOptions: ParsableArguments {
  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "The folder that the local cloud keeps everything in.",
      discussion: "Default: $PALCO_STATE, else .palco beside the nearest palco.yml upwards, else ./.palco",
      valueName: "dir"))
  var path: String?

  /// The folder, as an absolute URL.
  var directory: URL {
    Self.directory(
      given: path, environment: ProcessInfo.processInfo.environment,
      workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true))
  }

  /// The folder that the option, the environment or the place says.
  static func directory(given: String?, environment: [String: String], workingDirectory: URL) -> URL {
    if let path = [given, environment["PALCO_STATE"]].compactMap({ $0 }).first(where: { !$0.isEmpty }) {
      return URL(fileURLWithPath: path, isDirectory: true, relativeTo: workingDirectory).absoluteURL.standardizedFileURL
    }
    var folder = workingDirectory.standardizedFileURL
    while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("palco.yml").path) {
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      guard parent.path != folder.path, parent.path.count < folder.path.count else {
        folder = workingDirectory
        break
      }
      folder = parent
    }
    return folder.appendingPathComponent(".palco", isDirectory: true).standardizedFileURL
  }
}
