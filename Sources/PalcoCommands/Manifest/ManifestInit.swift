import ArgumentParser
import Foundation
import PalcoBlueprint

/// `palco init`: a commented manifest for a folder.
struct ManifestInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented palco.yml for this folder.",
    discussion: """
      It looks for a Dockerfile, a Swift package, a package.json or a Python program, and writes a manifest that fits, \
      with every key explained. An existing palco.yml is not touched unless you say --force.

        palco init
        palco init services/shop --name shop-api
      """)

  @Argument(help: ArgumentHelp("The folder.", valueName: "folder"))
  var folder = "."

  @Option(help: ArgumentHelp("The project's name.", discussion: "Default: the folder's name.", valueName: "name"))
  var name: String?

  @Flag(help: "Replace a palco.yml that is there.")
  var force = false

  func run() throws {
    let directory = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
    let shown = folder == "." ? ManifestFile.defaultName : folder + "/" + ManifestFile.defaultName
    let starter = try Self.write(into: directory, name: name, force: force, shown: shown)
    let found =
      switch starter.image {
      case .dockerfile(let file): "builds \(file)"
      case .files(_, let command, _): "runs \(command.joined(separator: " "))"
      }
    Console.out(
      """
      wrote \(shown): \(starter.name) \(found), port \(starter.port)
      next: read it, then `palco check` and `palco up stage`
      """)
  }

  /// Writes the starter.
  ///
  /// - Throws: `CommandError` with exit code 13 when there is a manifest already
  static func write(into directory: URL, name: String?, force: Bool, shown: String) throws -> Starter {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue
    else {
      throw CommandError(.usage, "there is no folder \(directory.path)")
    }
    let starter = ProjectDetector(directory: directory).starter(name: name)
    if let name, starter.name != name {
      throw CommandError(
        .usage,
        "`\(name)` cannot be a project's name; perhaps `\(starter.name)`: lower-case letters, digits and hyphens")
    }
    let file = directory.appendingPathComponent(ManifestFile.defaultName)
    do {
      // Without --force the kernel decides whether there is one, so a file that appears meanwhile is safe too.
      try Data(starter.text.utf8).write(to: file, options: force ? .atomic : .withoutOverwriting)
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw CommandError(.refused, "\(shown) is there already; replace it with --force")
    } catch {
      throw CommandError(.failure, "cannot write \(shown): \(error.localizedDescription)")
    }
    return starter
  }
}
