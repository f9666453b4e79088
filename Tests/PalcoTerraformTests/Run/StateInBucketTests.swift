import Foundation
import PalcoTerraform
import PalcoTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The counterpart: the real Terraform with its state in a bucket of an S3 server. `scripts/test-terraform-state` starts
/// one and says where it is.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["PALCO_TEST_STATE_BUCKET"] != nil, "needs scripts/test-terraform-state"))
struct StateInBucketTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let bucket = environment["PALCO_TEST_STATE_BUCKET"] ?? ""

  /// What waits for a file `go`, and tells who runs it.
  private static let slow = """
    terraform {
      backend "s3" {
        encrypt      = true
        use_lockfile = true
      }
    }
    resource "terraform_data" "slow" {
      provisioner "local-exec" { command = "echo $PPID > started; until [ -e go ]; do sleep 0.05; done" }
    }
    """

  private struct Machine {
    let directory: WorkDirectory
    let tool: TerraformTool

    func runner(stop: TerraformStop = TerraformStop()) -> TerraformRunner {
      TerraformRunner(
        tool: tool, directory: directory, environment: "stage", variables: StateInBucketTests.environment, stop: stop)
    }

    var started: Int32? {
      (try? String(contentsOf: directory.url.appending(path: "started"), encoding: .utf8))
        .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    func go() throws { try Data().write(to: directory.url.appending(path: "go")) }
  }

  /// A folder as on a machine of its own, with the state below a key.
  private func machine(_ folder: URL, key: String) async throws -> Machine {
    let machine = Machine(
      directory: WorkDirectory(folder), tool: try await .find(environment: Self.environment))
    try machine.directory.write([WorkFile(name: "main.tf", text: Self.slow)])
    try await machine.runner().initialize(backend: [
      ("bucket", Self.bucket), ("key", key), ("region", "us-east-1"), ("use_path_style", "true"),
    ])
    return machine
  }

  private func withTwoMachines(_ body: (Machine, Machine, String) async throws -> Void) async throws {
    try await withTemporaryDirectory { folder in
      let key = "\(UUID().uuidString)/terraform.tfstate"
      try await body(
        try await machine(folder.appending(path: "a"), key: key),
        try await machine(folder.appending(path: "b"), key: key),
        key)
    }
  }

  /// The exit code of a program, whose output nobody needs.
  @discardableResult
  private func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func theSecondOfTwoAppliesIsRefusedWithWhoHoldsTheLock() async throws {
    try await withTwoMachines { first, second, _ in
      _ = try await first.runner().plan()
      async let ending = first.runner().apply()
      #expect(await eventually(within: .seconds(30)) { first.started != nil })
      let error = await #expect(throws: TerraformError.self) { try await second.runner().plan() }
      #expect(error?.code == .locked)
      #expect(error?.message.contains("(apply)") == true)
      #expect(error?.message.contains("\(NSUserName())@") == true)
      #expect(try await second.runner().plan(locks: false))
      try first.go()
      #expect(try await ending.done == 1)
      // The second one sees what the first one made.
      #expect(try await second.runner().plan() == false)
    }
  }

  @Test func ctrlCReleasesTheLock() async throws {
    try await withTwoMachines { first, second, _ in
      let stop = TerraformStop()
      let runner = first.runner(stop: stop)
      _ = try await runner.plan()
      let ending = Task { try await runner.apply() }
      #expect(await eventually(within: .seconds(30)) { first.started != nil })
      stop.request()
      let error = await #expect(throws: TerraformError.self) { try await ending.value }
      #expect(error?.code == .interrupted)
      #expect(try await second.runner().plan())
    }
  }

  @Test func aLockThatIsLeftBehindIsFreedByTheCommandThatIsTold() async throws {
    try await withTwoMachines { first, second, _ in
      let runner = first.runner()
      _ = try await runner.plan()
      let ending = Task { try await runner.apply() }
      #expect(await eventually(within: .seconds(30)) { first.started != nil })
      kill(try #require(first.started), SIGKILL)
      let killed = await #expect(throws: TerraformError.self) { try await ending.value }
      #expect(killed?.code == .stateInDoubt)
      try first.go()
      let error = await #expect(throws: TerraformError.self) { try await second.runner().plan() }
      let command = try #require(error?.message.split(separator: ": ").last?.split(separator: " ").map(String.init))
      #expect(command.count == 4)
      #expect(command.dropFirst().first == "-chdir=\(second.directory.url.standardizedFileURL.path)")
      // Nobody is asked here.
      #expect(try run([second.tool.path, command[1], command[2], "-force", command[3]]) == 0)
      #expect(try await second.runner().plan())
    }
  }

  @Test func aLockThatWentAwayMeanwhileIsADoubt() async throws {
    try await withTwoMachines { first, second, key in
      let runner = first.runner()
      _ = try await runner.plan()
      let ending = Task { try await runner.apply() }
      #expect(await eventually(within: .seconds(30)) { first.started != nil })
      let (endpoint, id, secret) = (
        try #require(Self.environment["AWS_ENDPOINT_URL"]), try #require(Self.environment["AWS_ACCESS_KEY_ID"]),
        try #require(Self.environment["AWS_SECRET_ACCESS_KEY"])
      )
      let delete = [
        "curl", "-sf", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", "\(id):\(secret)", "-X", "DELETE",
        "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD",
      ]
      #expect(try run(delete + ["\(endpoint)/\(Self.bucket)/\(key).tflock"]) == 0)
      try first.go()
      let error = await #expect(throws: TerraformError.self) { try await ending.value }
      #expect(error?.code == .stateInDoubt)
      #expect(error?.message.contains("the lock was not there any more") == true)
      // What was done is in the state all the same.
      #expect(try await second.runner().plan() == false)
    }
  }
}
