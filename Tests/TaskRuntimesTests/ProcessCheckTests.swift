import Foundation
import Testing

@testable import TaskRuntimes

/// Health check commands beside processes.
@Suite struct ProcessCheckTests {
  private let fixture: RuntimeFixture

  init() throws { fixture = try RuntimeFixture() }

  private func running(
    _ environment: [String: String] = [:], _ body: (any RunningContainer) async throws -> Void
  ) async throws {
    try fixture.addFile("app/ready", "")
    try fixture.addFile("app/check", "#!/bin/sh\ntest \"$WORD\" = right\n", mode: 0o755)
    var specification = fixture.shell("exec sleep 60", environment: environment)
    specification.workingDirectory = "/app"
    let container = try await fixture.runtime.start(specification, output: RecordingSink())
    do {
      try await body(container)
    } catch {
      await container.stop(timeout: .zero)
      throw error
    }
    await container.stop(timeout: .zero)
  }

  @Test func aCommandRunsInTheProgramsDirectoryAndEnvironment() async throws {
    try await running(["WORD": "right"]) { container in
      #expect(await container.passes(["/app/check"], within: .seconds(20)))
      #expect(await container.passes(["/bin/sh", "-c", "test -f ready && test -z \"$HOME\""], within: .seconds(20)))
      #expect(await !container.passes(["/bin/sh", "-c", "exit 1"], within: .seconds(20)))
      #expect(await !container.passes(["/no/such/program"], within: .seconds(20)))
      #expect(await !container.passes(["/bin/sh", "-c", "kill -9 $$"], within: .seconds(20)))
    }
    try await running(["WORD": "wrong"]) { container in
      #expect(await !container.passes(["/app/check"], within: .seconds(20)))
    }
  }

  @Test func oneThatTakesTooLongIsKilledWithItsChildren() async throws {
    try await running { container in
      let file = fixture.root.appendingPathComponent("app/child")
      let began = ContinuousClock.now
      let command = ["/bin/sh", "-c", "sleep 300 & echo $! >child; wait"]
      #expect(await !container.passes(command, within: .milliseconds(300)))
      #expect(began.duration(to: .now) < .seconds(60))
      let child = try #require(
        Int32(try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
      try await eventually { !isRunning(child) }
    }
  }

  @Test func aCancelledCallerDoesNotWaitForIt() async throws {
    try await running { container in
      let check = Task { await container.passes(["sleep", "300"], within: .seconds(300)) }
      try await eventually { try FileManager.default.contentsOfDirectory(atPath: fixture.state.path).count == 2 }
      check.cancel()
      #expect(await !check.value)
    }
  }

  @Test func besideAProgramOfTheHostNamesAreTheHosts() async throws {
    let specification = ContainerSpecification(
      id: "task/host", program: .host(path: "/bin/sleep"), command: ["60"], environment: [:])
    let container = try await fixture.runtime.start(specification, output: RecordingSink())
    #expect(await container.passes(["true"], within: .seconds(20)))
    #expect(await !container.passes(["false"], within: .seconds(20)))
    await container.stop(timeout: .zero)
  }

  @Test func anImageThatWasNotUnpackedIsNoProgram() async throws {
    let specification = ContainerSpecification(
      id: "t/c", program: .registry(reference: "127.0.0.1:1/web@sha256:0"), command: ["x"], environment: [:])
    let error = await #expect(throws: TaskRuntimeError.self) {
      try await fixture.runtime.start(specification, output: RecordingSink())
    }
    #expect(error?.code == .imageInvalid)
  }
}
