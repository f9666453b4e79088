import ArgumentParser
import Foundation
import PalcoBlueprint

/// Which manifest a command means.
struct ManifestOptions: ParsableArguments {
  @Option(
    name: .customLong("file"),
    help: ArgumentHelp(
      "The manifest.", discussion: "Default: the nearest palco.yml, here or in a folder above.", valueName: "path"))
  var path: String?

  /// Reads the manifest. What is wrong with it, or odd, is printed.
  ///
  /// - Throws: `CommandError` with exit code 2 when it cannot be used
  func load() throws -> Manifest {
    let location = try locate()
    let manifest: Manifest
    do {
      manifest = try ManifestFile.load(path: location.path, shownAs: location.shown)
    } catch {
      ManifestReport.print(error.diagnostics)
      throw CommandError(.invalidManifest, ManifestReport.summary(error, file: location.shown))
    }
    ManifestReport.print(manifest.warnings)
    return manifest
  }

  /// Reads the manifest and picks an environment.
  ///
  /// - Throws: `CommandError`: exit code 2 when the manifest cannot be used, 64 when it has no such environment
  func load(environment: String) throws -> Blueprint {
    let manifest = try load()
    do {
      return try manifest.blueprint(for: environment)
    } catch {
      throw CommandError(.usage, error.description)
    }
  }

  /// The manifest's absolute path, and the path to show: relative where that is how a person would write it.
  func locate() throws -> (path: String, shown: String) {
    try Self.locate(
      given: path,
      workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true))
  }

  static func locate(given: String?, workingDirectory: URL) throws -> (path: String, shown: String) {
    if let given {
      let whole = given.hasPrefix("/") ? given : workingDirectory.path + "/" + given
      return (URL(fileURLWithPath: whole).standardizedFileURL.path, given)
    }
    var folder = workingDirectory.standardizedFileURL
    var shown = ManifestFile.defaultName
    while true {
      let file = folder.appendingPathComponent(ManifestFile.defaultName).path
      if FileManager.default.fileExists(atPath: file) { return (file, shown) }
      guard folder.path != "/" else { break }
      folder = folder.deletingLastPathComponent().standardizedFileURL
      shown = "../" + shown
    }
    throw CommandError(
      .invalidManifest,
      "there is no palco.yml here or in a folder above; write one with `palco init`, or name it with --file")
  }
}
