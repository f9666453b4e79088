import Foundation
import PalcoTerraform
import PalcoTestSupport
import Synchronization
import Testing

/// The runner with shell scripts in the place of Terraform: what needs no real one, and what no real one does on demand.
@Suite struct FakeTerraformTests {
  private func withRunner(
    _ script: String, variables: [String: String] = [:], stop: TerraformStop = TerraformStop(),
    report: @escaping @Sendable (TerraformProgress) -> Void = { _ in },
    _ body: (TerraformRunner) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { folder in
      let path = folder.appending(path: "terraform")
      try Script.write(script, to: path)
      let directory = WorkDirectory(folder.appending(path: "stage"))
      try directory.write([])
      let tool = TerraformTool(kind: .terraform, path: path.path, version: TerraformVersion(1, 15, 5))
      let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""].merging(variables) { $1 }
      try await body(
        TerraformRunner(
          tool: tool, directory: directory, environment: "stage", variables: environment, stop: stop, report: report))
    }
  }

  @Test(arguments: [(0, false), (2, true)])
  func exitCodesOfPlanSayWhetherThereIsAnythingToDo(code: Int, isChange: Bool) async throws {
    try await withRunner("exit \(code)") { runner in
      let answer = try await runner.plan()
      #expect(answer == isChange)
    }
  }

  @Test func exitCode2IsAFailureOfEverythingElse() async throws {
    try await withRunner("exit 2") { runner in
      let error = await #expect(throws: TerraformError.self) { try await runner.apply() }
      #expect(error?.code == .failed)
    }
  }

  @Test func variablesThatChangeWhatACommandMeansAreNotPassedOn() async throws {
    let variables = ["TF_CLI_ARGS_init": "-upgrade", "TF_WORKSPACE": "x", "TF_DATA_DIR": "/x", "AWS_PROFILE": "me"]
    try await withRunner("env > seen; exit 0", variables: variables) { runner in
      try await runner.initialize()
      let seen = try String(contentsOf: runner.directory.url.appending(path: "seen"), encoding: .utf8)
      for name in variables.keys where name.hasPrefix("TF_") { #expect(!seen.contains("\(name)=")) }
      #expect(seen.contains("AWS_PROFILE=me"))
      #expect(seen.contains("CHECKPOINT_DISABLE=1"))
    }
  }

  @Test func backendSettingsAreArguments() async throws {
    try await withRunner("printf '%s\\n' \"$@\" > seen") { runner in
      try await runner.initialize(backend: [("bucket", "b c"), ("key", "k")])
      let seen = try String(contentsOf: runner.directory.url.appending(path: "seen"), encoding: .utf8)
      #expect(
        seen.split(separator: "\n") == [
          "init", "-input=false", "-no-color", "-reconfigure", "-backend-config=bucket=b c",
          "-backend-config=key=k",
        ])
    }
  }

  @Test func secretsReachNeitherErrorsNorTheLog() async throws {
    let script = """
      echo "Error: no access with $AWS_SECRET_ACCESS_KEY" >&2
      exit 1
      """
    try await withRunner(script, variables: ["AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI"]) { runner in
      let error = await #expect(throws: TerraformError.self) { try await runner.initialize() }
      #expect(error?.message.contains("Error: no access with (sensitive)") == true)
      let log = try String(contentsOf: runner.directory.log, encoding: .utf8)
      #expect(log.contains("no access with (sensitive)"))
      #expect(!log.contains("wJalrXUtnFEMI"))
      let mode = try FileManager.default.attributesOfItem(atPath: runner.directory.log.path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }

  @Test func ctrlCReachesItOnceHoweverOftenItIsPressed() async throws {
    let script = """
      trap 'echo INT >> signals; [ $(wc -l < signals) = 2 ] && exit 1' INT
      echo '{"type":"apply_start","hook":{"resource":{"addr":"a.b"},"action":"create"}}'
      while :; do sleep 0.02; done
      """
    let stop = TerraformStop()
    let running = Mutex(false)
    try await withRunner(script, stop: stop, report: { if !$0.running.isEmpty { running.withLock { $0 = true } } }) {
      runner in
      let ending = Task { try await runner.apply() }
      #expect(await eventually { running.withLock { $0 } })
      let signals = runner.directory.url.appending(path: "signals")
      func count() -> Int {
        ((try? String(contentsOf: signals, encoding: .utf8)) ?? "").split(separator: "\n").count
      }
      #expect(stop.request() == .stopping)
      #expect(await eventually { count() == 1 })
      #expect(stop.request() == .alreadyStopping)
      // Nothing can be waited for that must not happen; a signal takes far less.
      try await Task.sleep(for: .milliseconds(100))
      #expect(count() == 1)
      #expect(stop.request() == .givingUp)
      let error = await #expect(throws: TerraformError.self) { try await ending.value }
      #expect(error?.code == .interrupted)
      #expect(count() == 2)
    }
  }

  @Test func nothingIsStartedAfterCtrlC() async throws {
    let stop = TerraformStop()
    stop.request()
    try await withRunner("touch started", stop: stop) { runner in
      let error = await #expect(throws: TerraformError.self) { try await runner.plan() }
      #expect(error?.code == .interrupted)
      #expect(!FileManager.default.fileExists(atPath: runner.directory.url.appending(path: "started").path))
    }
  }

  @Test func aStateThatCouldNotBeStoredIsToldWithTheCommandThatStoresIt() async throws {
    try await withRunner("echo '{}' > errored.tfstate; exit 1") { runner in
      let error = await #expect(throws: TerraformError.self) { try await runner.apply() }
      #expect(error?.code == .stateInDoubt)
      #expect(error?.message.contains("state push errored.tfstate") == true)
    }
  }

  @Test func sensitiveOutputsStayWhereTheyAre() async throws {
    let script = """
      echo '{"url":{"sensitive":false,"type":"string","value":"http://x"},"pw":{"sensitive":true,"value":"hunter2"}}'
      """
    try await withRunner(script) { runner in
      let outputs = try await runner.outputs()
      #expect(outputs == ["url": .string("http://x")])
    }
  }

  @Test func anAnswerThatCannotBeReadIsAnError() async throws {
    try await withRunner("echo '<html>'") { runner in
      let error = await #expect(throws: TerraformError.self) { try await runner.planned() }
      #expect(error?.code == .unreadable)
    }
  }

  @Test func theToolThatWentAwayIsAnErrorWithoutTheEnvironment() async throws {
    try await withRunner("exit 0", variables: ["MY_SECRET": "0123456789"]) { runner in
      try FileManager.default.removeItem(atPath: runner.tool.path)
      let error = await #expect(throws: TerraformError.self) { try await runner.plan() }
      #expect(error?.message.contains("could not be run") == true)
      #expect(error?.message.contains("0123456789") == false)
    }
  }
}
