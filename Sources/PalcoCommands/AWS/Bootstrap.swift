import Foundation
import PalcoArtifacts
import PalcoBlueprint
import PalcoTerraform

/// Makes the state's bucket, and what else a project needs once per region, by Terraform.
///
/// The bucket cannot hold the state of its own making before it is there. So the first run keeps the state in a file,
/// and moves it into the bucket; what was cut short in between is found by that file, and finished.
struct Bootstrap {
  let project: Project
  let blueprints: [Blueprint]
  let region: String
  let output: OutputOptions

  /// What a run did.
  struct Outcome: Encodable, Sendable {
    var account: String
    var region: String
    var bucket: String
    var changed: Bool
    var outputs: [String: PlanValue]
  }

  /// Where the state is found when a run begins.
  enum Start: Sendable, Equatable {
    /// Nothing is there yet, or what is there is described by the file of a run that was cut short.
    case file
    /// In the bucket, where it belongs.
    case bucket
  }

  func run() async throws -> Outcome {
    let environment = ProcessInfo.processInfo.environment
    let tool = try await TerraformTool.find(environment: environment)
    let session = try await AWSSession.open(region: region, environment: environment)
    let name = project.manifest.name
    let bucket = StateBucket(
      name: BootstrapTerraform.stateBucket(project: name, account: session.account, region: region), session: session)
    let directory = WorkDirectory(project.terraformDirectory("bootstrap-\(region)"))
    let condition = try await bucket.condition()
    let isInBucket =
      condition == .isPrivate ? try await bucket.holds(BootstrapTerraform.stateKey(project: name)) : false
    let start = try Self.start(
      condition, bucket: bucket, isInBucket: isInBucket, hasFile: Self.hasResources(directory.localState))
    output.note("\(session.account) \(region): preparing the account with \(tool.name)")

    let stop = TerraformStop()
    let display = TerraformDisplay(environment: "bootstrap", quiet: output.quiet)
    let runner = TerraformRunner(
      tool: tool, directory: directory, environment: "bootstrap",
      variables: environment.merging(["TF_VAR_account_id": session.account]) { $1 }, stop: stop, report: display.show)
    func watching<Result>(_ body: () async throws -> Result) async throws -> Result {
      try await stop.whileWatching(note: display.display.note, body)
    }
    func write(inBucket: Bool) throws {
      try directory.write(BootstrapTerraform(blueprints, hasStateInBucket: inBucket).module().files())
    }

    let backend = bucket.backend(environment: environment)
    try write(inBucket: start == .bucket)
    let changed = try await watching {
      try await runner.initialize(backend: start == .bucket ? backend : [])
      return try await apply(runner, note: display.display.note)
    }
    if start == .file {
      display.display.note("bootstrap: moving the state into \(bucket.name)")
      try write(inBucket: true)
      try await watching { try await runner.initialize(backend: backend, migratesState: true) }
      guard try await bucket.holds(BootstrapTerraform.stateKey(project: name)) else {
        throw CommandError(
          .failure, "the state did not arrive in \(bucket.name); it is still in \(directory.localState.path)")
      }
      for file in [directory.localState, directory.localState.appendingPathExtension("backup")] {
        try? FileManager.default.removeItem(at: file)
      }
    }
    return Outcome(
      account: session.account, region: region, bucket: bucket.name, changed: changed || start == .file,
      outputs: try await watching { try await runner.outputs() })
  }

  private func apply(_ runner: TerraformRunner, note: (String) -> Void) async throws -> Bool {
    guard try await runner.plan() else { return false }
    defer { runner.discardPlan() }
    let plan = PlanReport(try await runner.planned())
    for line in PlanText.lines(plan, terminal: .detect(descriptor: 2)) { note(line) }
    guard plan.dataLosses.isEmpty else {
      throw CommandError(
        .refused,
        "this would take away \(plan.dataLosses.map(\.address).joined(separator: ", ")), which every environment needs")
    }
    try await runner.apply()
    return true
  }

  /// - Throws: ``CommandError`` with exit code 13 for a bucket that must not, or cannot, be used.
  static func start(
    _ condition: StateBucket.Condition, bucket: StateBucket, isInBucket: Bool, hasFile: Bool
  ) throws -> Start {
    switch condition {
    case .isPublic(let reason): throw bucket.publicRefusal(reason)
    case .forbidden: throw bucket.forbiddenRefusal
    case .absent: return .file
    case .isPrivate where isInBucket: return .bucket
    case .isPrivate where hasFile: return .file
    case .isPrivate:
      throw CommandError(
        .refused,
        """
        the bucket \(bucket.name) is there, but holds no state of its own making: somebody made it by hand, or a \
        bootstrap on another machine was cut short
          finish it on that machine with `palco bootstrap`; or, when that is gone, look what the bucket holds, take it \
        away with what else was made (its key, the repository), and run `palco bootstrap` again
        """)
    }
  }

  /// Whether a state file describes anything.
  static func hasResources(_ file: URL) -> Bool {
    struct State: Decodable {
      var resources: [PlanValue]?
    }
    guard let data = try? Data(contentsOf: file), let state = try? JSONDecoder().decode(State.self, from: data) else {
      return false
    }
    return state.resources?.isEmpty == false
  }
}
