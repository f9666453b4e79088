import AWSClient
import Foundation
import PalcoArtifacts
import PalcoBlueprint
import PalcoTerraform

/// Makes the state's bucket, and what else a project needs once per region, by Terraform.
///
/// The bucket is made first and empty, and Terraform adopts it: so the state of its own making is in it from the
/// beginning, two bootstraps at once meet at its lock, and one that was cut short is finished from any machine.
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

  func run() async throws -> Outcome {
    let environment = ProcessInfo.processInfo.environment
    let tool = try await TerraformTool.find(environment: environment)
    let session = try await AWSSession.open(region: region, environment: environment)
    let name = project.manifest.name
    let bucket = StateBucket(
      name: BootstrapTerraform.stateBucket(project: name, account: session.account, region: region), session: session)
    output.note("\(session.account) \(region): preparing the account with \(tool.name)")
    let hasState = try await Self.open(bucket, stateKey: BootstrapTerraform.stateKey(project: name), note: output.note)

    let stop = TerraformStop()
    let display = TerraformDisplay(environment: "bootstrap", quiet: output.quiet)
    let directory = WorkDirectory(project.terraformDirectory("bootstrap-\(region)"))
    let runner = TerraformRunner(
      tool: tool, directory: directory, environment: "bootstrap",
      next: .init(look: "palco bootstrap", resume: "palco bootstrap"),
      variables: environment.merging(["TF_VAR_account_id": session.account]) { $1 }, stop: stop, report: display.show)
    func watching<Result>(_ body: () async throws -> Result) async throws -> Result {
      try await stop.whileWatching(note: display.display.note, body)
    }
    func files(
      found: Set<String> = [], adopts: Bool, note: (String) -> Void = { _ in }
    ) throws -> [WorkFile] {
      var module = try BootstrapTerraform(blueprints, hasStateInBucket: true, foundIssuers: found).module()
      if adopts { module.files.append(BootstrapTerraform.adoption(of: bucket.name)) }
      return try ProviderOverride.applied(to: module, environment: environment, note: note).files()
    }

    try directory.write(files(adopts: !hasState, note: output.note))
    try await watching { try await runner.initialize(backend: bucket.backend(environment: environment)) }
    let present = hasState ? Set(try await watching { try await runner.stateAddresses() }) : []
    let found = try await Self.foundIssuers(
      BootstrapTerraform(blueprints, hasStateInBucket: true).issuers.filter { !present.contains($0.address) },
      iam: session.iam)
    try directory.write(files(found: found, adopts: !present.contains(BootstrapTerraform.bucketAddress)))
    return Outcome(
      account: session.account, region: region, bucket: bucket.name,
      changed: try await watching { try await apply(runner, note: display.display.note) },
      outputs: try await watching { try await runner.outputs() })
  }

  private func apply(_ runner: TerraformRunner, note: (String) -> Void) async throws -> Bool {
    guard try await runner.plan() else { return false }
    defer { runner.discardPlan() }
    var plan = PlanReport(try await runner.planned())
    // What a run before was stopped in the middle of making is finished, not made anew: a key may be in use already.
    let unfinished = plan.dataLosses.filter(\.isTainted)
    if !unfinished.isEmpty {
      for change in unfinished { try await runner.untaint(change.address) }
      guard try await runner.plan() else { return true }
      plan = PlanReport(try await runner.planned())
    }
    for line in PlanText.lines(plan, terminal: .detect(descriptor: 2)) { note(line) }
    guard plan.dataLosses.isEmpty else {
      throw CommandError(
        .refused,
        "this would take away \(plan.dataLosses.map(\.address).joined(separator: ", ")), which every environment needs")
    }
    try await runner.apply()
    return true
  }

  /// Makes the bucket, or makes sure that the one that is there can be used.
  ///
  /// - Returns: Whether the state of a bootstrap is in it.
  /// - Throws: ``CommandError`` with exit code 13 for a bucket that must not, or cannot, be used.
  static func open(_ bucket: StateBucket, stateKey: String, note: (String) -> Void) async throws -> Bool {
    switch try await bucket.condition() {
    case .isPublic(let reason): throw bucket.publicRefusal(reason)
    case .forbidden: throw bucket.forbiddenRefusal
    case .absent:
      note("making the bucket \(bucket.name)")
      try await bucket.make()
      return false
    case .isPrivate:
      if try await bucket.holds(stateKey) { return true }
      // An empty one is what a bootstrap leaves that was cut short at once, with its lock perhaps.
      guard try await bucket.holdsMore(than: [stateKey + ".tflock"]) else { return false }
      throw CommandError(
        .refused,
        """
        the bucket \(bucket.name) is there and holds something, but no state of its own making: nobody knows whose it is
          look what it holds (aws s3 ls --recursive s3://\(bucket.name)); bring back \(stateKey) if it was deleted \
        (the bucket keeps versions), or empty the bucket, and run `palco bootstrap` again
        """)
    }
  }

  /// Those of the issuers that the account knows already: IAM has each only once, and another region's bootstrap or
  /// another project's made it.
  private static func foundIssuers(_ wanted: [BootstrapTerraform.Issuer], iam: AWSClient) async throws -> Set<String> {
    guard !wanted.isEmpty else { return [] }
    let answer = try await iam.send(IAM.ListOpenIDConnectProvidersRequest())
    let arns = (answer.openIDConnectProviderList ?? []).compactMap(\.arn)
    return Set(wanted.map(\.name).filter { name in arns.contains { $0.hasSuffix(":oidc-provider/\(name)") } })
  }
}
