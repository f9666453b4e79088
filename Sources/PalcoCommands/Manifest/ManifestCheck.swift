import ArgumentParser
import Foundation
import PalcoBlueprint
import PalcoCore

/// `palco check`: whether a manifest is right.
struct ManifestCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say everything that is wrong with palco.yml.",
    discussion: """
      All problems are reported at once, each with its line, its key and what to do. Nothing is started or changed. \
      Files that the manifest names and that are not there are warnings: a build may make them later.

      The exit code is 0 when the manifest can be used, and 2 when it has errors.

        palco check
        palco check --environment production    what production consists of
        palco check --findings                  what security scanners find on AWS and is accepted, and why
        palco check --json | jq '.diagnostics[] | .message'
      """)

  @OptionGroup var manifest: ManifestOptions

  @Option(help: ArgumentHelp("Print what this environment consists of.", valueName: "name"))
  var environment: String?

  @Flag(help: "Print the accepted findings of security scanners in the environments on AWS, each with its reason.")
  var findings = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    if findings { return try AcceptedFinding.print(of: try manifest.load(), in: environment, json: json) }
    let location = try manifest.locate()
    let result = CheckResult(path: location.path, shown: location.shown)
    var blueprint: Blueprint?
    if let environment, let manifest = result.manifest {
      do {
        blueprint = try manifest.blueprint(for: environment)
      } catch {
        throw CommandError(.usage, error.description)
      }
    }
    if json {
      try JSONOutput.print(CheckReport(result, blueprint: blueprint))
      if result.manifest == nil { throw ExitCode(ExitStatus.invalidManifest.rawValue) }
      return
    }
    ManifestReport.print(result.diagnostics)
    if let errors = result.errors {
      throw CommandError(.invalidManifest, ManifestReport.summary(errors, file: location.shown))
    }
    if let blueprint {
      try JSONOutput.print(blueprint)
    } else if let manifest = result.manifest {
      Console.out("\(location.shown) is right: \(manifest.name) in \(manifest.environments.joined(separator: ", "))")
    }
  }
}

/// A manifest, or why there is none.
struct CheckResult {
  var file: String
  var manifest: Manifest?
  var errors: ManifestErrors?

  init(path: String, shown: String) {
    file = shown
    do {
      manifest = try ManifestFile.load(path: path, shownAs: shown)
    } catch {
      errors = error
    }
  }

  /// All there is to say, in the file's order.
  var diagnostics: [Diagnostic] {
    errors?.diagnostics ?? ((manifest?.warnings ?? []) + (manifest?.missingFiles() ?? [])).inFileOrder()
  }
}

/// What machines get.
struct CheckReport: Encodable {
  var file: String
  var valid: Bool
  var environments: [String]
  var diagnostics: [Diagnostic]
  var blueprint: Blueprint?

  init(_ result: CheckResult, blueprint: Blueprint?) {
    file = result.file
    valid = result.manifest != nil
    environments = result.manifest?.environments ?? []
    diagnostics = result.diagnostics
    self.blueprint = blueprint
  }
}
