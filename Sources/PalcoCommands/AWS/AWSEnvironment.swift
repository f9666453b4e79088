import Foundation
import PalcoArtifacts
import PalcoBlueprint
import PalcoTerraform

/// An environment on AWS, ready for Terraform: who calls, where the state is, the files.
struct AWSEnvironment: Sendable {
  let blueprint: Blueprint
  let session: AWSSession
  let runner: TerraformRunner
  private let bucket: StateBucket
  private let stop: TerraformStop
  private let display: TerraformDisplay

  var name: String { blueprint.environment }

  /// Writes the files and prepares Terraform.
  ///
  /// - Parameter change: What is to be other in the files.
  /// - Throws: ``CommandError`` with exit code 13 when there is no bucket for the state, or one that anybody can read.
  static func prepare(
    _ blueprint: Blueprint, of project: Project, output: OutputOptions,
    change: (TerraformModule) -> TerraformModule = { $0 }
  ) async throws -> AWSEnvironment {
    let environment = ProcessInfo.processInfo.environment
    let module = try ProviderOverride.applied(
      to: change(EnvironmentTerraform(blueprint).module()), environment: environment, note: output.note)
    guard let region = blueprint.aws?.region else { throw ArtifactError.notOnAWS(environment: blueprint.environment) }
    let tool = try await TerraformTool.find(environment: environment)
    let session = try await AWSSession.open(region: region, environment: environment)
    let bucket = StateBucket(
      name: BootstrapTerraform.stateBucket(project: blueprint.project, account: session.account, region: region),
      session: session)
    try await bucket.refuseUnlessUsable()
    let stop = TerraformStop()
    let display = TerraformDisplay(environment: blueprint.environment, quiet: output.quiet)
    let directory = WorkDirectory(project.terraformDirectory(blueprint.environment))
    try directory.write(module.files())
    let prepared = AWSEnvironment(
      blueprint: blueprint, session: session,
      runner: TerraformRunner(
        tool: tool, directory: directory, environment: blueprint.environment,
        // The provider refuses to work in another account than this one.
        variables: environment.merging(["TF_VAR_account_id": session.account]) { $1 }, stop: stop,
        report: display.show),
      bucket: bucket, stop: stop, display: display)
    try await prepared.watching { try await $0.initialize(backend: bucket.backend(environment: environment)) }
    return prepared
  }

  /// Runs Terraform, which Ctrl-C ends in good order.
  func watching<Result>(_ body: (TerraformRunner) async throws -> Result) async throws -> Result {
    try await stop.whileWatching(note: display.display.note) { try await body(runner) }
  }

  /// Says something in between: below the progress, which goes on below it.
  func note(_ text: String) { display.display.note(text) }

  /// - Throws: ``CommandError`` with exit code 13 while a release is under way.
  func refuseDuringRelease() async throws {
    try await DeploymentGuard.refuse(name, names: blueprint.names, client: session.client)
  }

  /// The addresses of what is there, as far as Terraform knows.
  func presentAddresses() async throws -> Set<String> {
    let key = EnvironmentTerraform.stateKey(project: blueprint.project, environment: name)
    guard try await bucket.holds(key) else { return [] }
    return Set(try await watching { try await $0.stateAddresses() })
  }

  /// The plan for people; `nil` when there is nothing to do.
  func plan(destroys: Bool = false, targets: [String] = [], locks: Bool) async throws -> PlanReport? {
    try await watching { runner in
      guard try await runner.plan(destroys: destroys, targets: targets, locks: locks) else { return nil }
      return PlanReport(try await runner.planned())
    }
  }
}

extension TerraformModule {
  /// The module as it is written to a folder.
  func files() -> [WorkFile] { rendered().map { WorkFile(name: $0.name, text: $0.contents) } }
}

extension Project {
  /// Where Terraform runs for an environment.
  func terraformDirectory(_ name: String) -> URL {
    stateDirectory.appendingPathComponent("terraform", isDirectory: true)
      .appendingPathComponent(name, isDirectory: true)
  }

  /// The blueprint of an environment that lives on AWS; `nil` for one of the local cloud.
  ///
  /// - Throws: `UnknownEnvironment`.
  func blueprintOnAWS(_ environment: String) throws -> Blueprint? {
    let blueprint = try manifest.blueprint(for: environment)
    return blueprint.target == .aws ? blueprint : nil
  }

  /// The blueprint of an environment that must live on AWS.
  func requireOnAWS(_ environment: String, for command: String) throws -> Blueprint {
    guard let blueprint = try blueprintOnAWS(environment) else {
      throw CommandError(
        .refused, "'\(environment)' has `target: local`, and `palco \(command)` is for environments on AWS")
    }
    return blueprint
  }
}

extension StateBucket {
  /// What Terraform must know of it besides what the files say.
  func backend(environment: [String: String]) -> [(name: String, value: String)] {
    // A cloud of one's own has no host name for each bucket.
    let isCustom = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"].contains { environment[$0]?.isEmpty == false }
    return [("bucket", name)] + (isCustom ? [("use_path_style", "true")] : [])
  }

  /// - Throws: ``CommandError`` with exit code 13, which says what to do.
  func refuseUnlessUsable() async throws {
    switch try await condition() {
    case .isPrivate: return
    case .absent:
      throw CommandError(.refused, "there is no bucket \(name) for the state yet; make it with `palco bootstrap`")
    case .isPublic(let reason): throw publicRefusal(reason)
    case .forbidden: throw forbiddenRefusal
    }
  }

  func publicRefusal(_ reason: String) -> CommandError {
    CommandError(
      .refused,
      """
      the bucket \(name) is public (\(reason)), and a state holds all that there is to know of an environment
        close it first: aws s3api put-public-access-block --bucket \(name) --public-access-block-configuration \
      BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
        then look who has read it
      """)
  }

  var forbiddenRefusal: CommandError {
    CommandError(
      .refused,
      "the bucket \(name) belongs to another account, or \(session.caller) may not see it (s3:ListBucket)")
  }
}
