import ArgumentParser
import Foundation
import PalcoArtifacts
import PalcoBlueprint

/// `palco export`: files for people who want to own them.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what an environment becomes as files of your own.",
    subcommands: [ExportTerraform.self, ExportBootstrap.self])
}

extension TerraformModule.Format: ExpressibleByArgument {}

/// What the exporting commands share.
struct ExportOptions: ParsableArguments {
  @OptionGroup var manifest: ManifestOptions

  @Option(help: ArgumentHelp("Native HCL for people, or JSON for programs: hcl, json.", valueName: "format"))
  var format: TerraformModule.Format = .hcl

  @Flag(help: "Print what was done as JSON.")
  var json = false

  /// Writes a module and prints what was done.
  func write(_ module: TerraformModule, exceptions: [ScannerException], to folder: String) throws {
    let module = try ProviderOverride.applied(
      to: module, environment: ProcessInfo.processInfo.environment, note: Console.note)
    let changes = try ExportFolder(url: URL(fileURLWithPath: folder, isDirectory: true)).write(
      module.rendered(as: format))
    if json { return try JSONOutput.print(ExportReport(folder: folder, changes: changes, exceptions: exceptions)) }
    for change in changes where change.verb != .unchanged {
      Console.out("\(change.verb.rawValue)  \(folder)/\(change.file)")
    }
    let count = module.resources.count { $0.type == "resource" }
    Console.note(
      "\(count) resources in \(changes.count { $0.verb != .removed }) files, "
        + "\(changes.count { $0.verb == .unchanged }) of them as they were; "
        + "\(exceptions.count) accepted findings of scanners, each with its reason in the files")
  }
}

/// What machines get.
struct ExportReport: Encodable {
  var folder: String
  var changes: [ExportFolder.Change]
  var exceptions: [ScannerException]
}

/// `palco export terraform`: the root module of an environment.
struct ExportTerraform: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terraform",
    abstract: "Write the Terraform of an environment into a folder.",
    discussion: """
      The files are what `palco up` applies. A file that was changed since the last export, or that was there before, is \
      never overwritten.

        palco export terraform production infrastructure/production
        cd infrastructure/production
        terraform init -backend-config=bucket=palco-PROJECT-ACCOUNT-REGION && terraform plan
      """)

  @Argument(help: ArgumentHelp("The environment.", valueName: "environment"))
  var environment: String

  @Argument(help: ArgumentHelp("The folder.", valueName: "folder"))
  var folder: String

  @OptionGroup var options: ExportOptions

  func run() throws {
    let blueprint = try options.manifest.load(environment: environment)
    let module: TerraformModule
    do {
      module = try EnvironmentTerraform(blueprint).module()
    } catch {
      throw CommandError(.usage, error.description)
    }
    try options.write(
      module, exceptions: ScannerExceptions.exceptions(in: module, for: blueprint.aws), to: folder)
  }
}

/// `palco export bootstrap`: the root module that comes before the first environment.
struct ExportBootstrap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap",
    abstract: "Write the Terraform of the state bucket, the image repository and the pipelines' roles.",
    discussion: """
      It is applied once per account and region. The bucket that it makes then takes its state:

        palco export bootstrap infrastructure/bootstrap
        cd infrastructure/bootstrap && terraform init && terraform apply
        palco export bootstrap --state-in-bucket .
        terraform init -migrate-state -backend-config=bucket=$(terraform output -raw state_bucket)
      """)

  @Argument(help: ArgumentHelp("The folder.", valueName: "folder"))
  var folder: String

  @Flag(help: "Keep the module's own state in the bucket that it made.")
  var stateInBucket = false

  @Option(help: ArgumentHelp("The region, where environments are in several.", valueName: "region"))
  var region: String?

  @OptionGroup var options: ExportOptions

  func run() throws {
    let manifest = try options.manifest.load()
    let module: TerraformModule
    do {
      let blueprints = try BootstrapRegions(
        manifest.environments.map { try manifest.blueprint(for: $0) }
      ).only(region)
      module = try BootstrapTerraform(blueprints, hasStateInBucket: stateInBucket).module()
    } catch let error as ArtifactError {
      throw CommandError(.usage, error.description)
    }
    try options.write(module, exceptions: ScannerExceptions.exceptions(in: module, for: nil), to: folder)
  }
}
