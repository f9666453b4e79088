import Foundation
import PalcoTerraform
import PalcoTestSupport
import Synchronization
import Testing

/// The counterpart: the Terraform (or OpenTofu) of this machine, with a state in a file and nothing of AWS.
@Suite(
  .enabled("needs Terraform or OpenTofu 1.11, in the PATH or by PALCO_TERRAFORM") {
    let environment = ProcessInfo.processInfo.environment
    let isThere = (try? await TerraformTool.find(environment: environment)) != nil
    return isThere || environment["PALCO_REQUIRE_COUNTERPARTS"] == "1"
  })
struct RealTerraformTests {
  /// A place with a root module, and runners in it.
  private struct Place {
    let tool: TerraformTool
    let directory: WorkDirectory

    func runner(
      variables: [String: String] = [:], stop: TerraformStop = TerraformStop(),
      report: @escaping @Sendable (TerraformProgress) -> Void = { _ in }
    ) -> TerraformRunner {
      TerraformRunner(
        tool: tool, directory: directory, environment: "stage",
        variables: ProcessInfo.processInfo.environment.merging(variables) { $1 }, stop: stop, report: report)
    }

    func exists(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: directory.url.appending(path: name).path)
    }
  }

  private func withModule(_ text: String, _ body: (Place) async throws -> Void) async throws {
    try await withTemporaryDirectory { folder in
      let place = Place(
        tool: try await .find(environment: ProcessInfo.processInfo.environment), directory: WorkDirectory(folder))
      try place.directory.write([WorkFile(name: "main.tf", text: text)])
      try await place.runner().initialize()
      try await body(place)
    }
  }

  @Test func plansAppliesAndPlansAgainWithoutChanges() async throws {
    let module = """
      variable "word" {
        default   = "hunter2"
        sensitive = true
      }
      resource "terraform_data" "one" { input = "a" }
      resource "terraform_data" "two" { input = var.word }
      output "one" { value = terraform_data.one.output }
      output "two" {
        value     = terraform_data.two.output
        sensitive = true
      }
      """
    try await withModule(module) { place in
      let seen = Mutex<[TerraformProgress]>([])
      let runner = place.runner { progress in seen.withLock { $0.append(progress) } }
      #expect(try await runner.plan())
      let report = PlanReport(try await runner.planned())
      #expect(report.summary == "2 to create")
      let end = try await runner.apply()
      #expect(end.done == 2)
      #expect(end.planned == 2)
      #expect(seen.withLock { $0.contains { $0.phase == .apply && !$0.running.isEmpty } })
      #expect(!place.exists("palco.tfplan"))
      #expect(try await runner.outputs() == ["one": .string("a")])
      #expect(try await runner.plan() == false)
      #expect(try String(contentsOf: place.directory.log, encoding: .utf8).contains("hunter2") == false)
    }
  }

  @Test func whatIsReplacedSaysWhy() async throws {
    try await withModule(#"resource "terraform_data" "x" { triggers_replace = "a" }"#) { place in
      let runner = place.runner()
      _ = try await runner.plan()
      try await runner.apply()
      try place.directory.write([
        WorkFile(name: "main.tf", text: #"resource "terraform_data" "x" { triggers_replace = "b" }"#)
      ])
      #expect(try await runner.plan())
      let change = try #require(PlanReport(try await runner.planned()).changes.first)
      #expect(change.action == .replace)
      #expect(change.because == ["triggers_replace"])
      #expect(change.attributes.contains(AttributeChange(name: "triggers_replace", before: "a", after: "b")))
    }
  }

  @Test func ctrlCReleasesTheLockAndSaysHowToGoOn() async throws {
    let module = """
      resource "terraform_data" "slow" {
        provisioner "local-exec" { command = "touch started; sleep 60" }
      }
      """
    try await withModule(module) { place in
      let stop = TerraformStop()
      let runner = place.runner(stop: stop)
      _ = try await runner.plan()
      let ending = Task { try await runner.apply() }
      #expect(await eventually(within: .seconds(30)) { place.exists("started") })
      #expect(place.exists(".terraform.tfstate.lock.info"))
      stop.request()
      let error = await #expect(throws: TerraformError.self) { try await ending.value }
      #expect(error?.code == .interrupted)
      #expect(error?.message.contains("palco up stage") == true)
      #expect(!place.exists(".terraform.tfstate.lock.info"))
      // Nobody is in the way of the next.
      #expect(try await place.runner().plan())
    }
  }

  @Test func aSecondOneIsRefusedWithTheHolderOfTheLock() async throws {
    let module = """
      resource "terraform_data" "slow" {
        provisioner "local-exec" { command = "touch started; until [ -e go ]; do sleep 0.05; done" }
      }
      """
    try await withModule(module) { place in
      let first = place.runner()
      _ = try await first.plan()
      async let ending: Void = { _ = try await first.apply() }()
      #expect(await eventually(within: .seconds(30)) { place.exists("started") })
      let error = await #expect(throws: TerraformError.self) { try await place.runner().plan() }
      #expect(error?.code == .locked)
      #expect(error?.message.contains("(apply)") == true)
      let lock = try String(
        contentsOf: place.directory.url.appending(path: ".terraform.tfstate.lock.info"), encoding: .utf8)
      let id = try #require(error?.message.split(separator: " ").last.map(String.init))
      #expect(lock.contains(id))
      // Whoever only looks collides with nobody.
      #expect(try await place.runner().plan(locks: false))
      try Data().write(to: place.directory.url.appending(path: "go"))
      try await ending
    }
  }

  @Test func errorsAreToldWithTheirResourceAndWithoutSecrets() async throws {
    let module = """
      resource "terraform_data" "bad" {
        provisioner "local-exec" { command = "echo $AWS_SECRET_ACCESS_KEY; exit 3" }
      }
      """
    try await withModule(module) { place in
      let runner = place.runner(variables: ["AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI"])
      _ = try await runner.plan()
      let error = await #expect(throws: TerraformError.self) { try await runner.apply() }
      #expect(error?.code == .failed)
      #expect(error?.message.contains("terraform_data.bad: local-exec provisioner error") == true)
      #expect(error?.message.contains("(sensitive)") == true)
      #expect(error?.message.contains("wJalrXUtnFEMI") == false)
      #expect(try String(contentsOf: place.directory.log, encoding: .utf8).contains("wJalrXUtnFEMI") == false)
    }
  }

  @Test func filesThatAreWrongAreToldWithTheirPlace() async throws {
    try await withTemporaryDirectory { folder in
      let tool = try await TerraformTool.find(environment: ProcessInfo.processInfo.environment)
      let place = Place(tool: tool, directory: WorkDirectory(folder))
      try place.directory.write([WorkFile(name: "main.tf", text: "resource {")])
      let error = await #expect(throws: TerraformError.self) { try await place.runner().initialize() }
      #expect(error?.message.contains("main.tf line 1") == true)
    }
  }
}
