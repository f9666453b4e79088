import Foundation
import Testing

@testable import TaskRuntimes

/// What is said to engines and read from them, without one. `IntegrationTests` has one.
@Suite struct ContainerEngineTests {
  private let commands = EngineCommands(cloud: "0123456789abcdef0123456789abcdef")

  private func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-engine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  // MARK: Command lines

  @Test func noValueOfTheEnvironmentIsInACommandLine() throws {
    try withFolder { folder throws in
      let container = ContainerSpecification(
        id: "t1/web", program: .registry(reference: "r"), command: ["/app", "--port", "8080"],
        environment: ["A": "plain", "KEY": "-----BEGIN\nhush-----END", "QUOTED": " \"q\" #x "], task: "t1")
      let file = try EnvironmentFile(container.environment, in: folder)
      let words = try commands.run(container, image: "r", environment: file, engine: .podman)
      #expect(!words.contains { $0.contains("plain") || $0.contains("hush") || $0.contains("\"q\"") })
      #expect(words.suffix(5) == ["--entrypoint", "/app", "r", "--port", "8080"])
      #expect(words.contains("container:palco-01234567-t1.network"))
      let path = try #require(words.firstIndex(of: "--env-file").map { words[$0 + 1] })
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "A=plain\nQUOTED= \"q\" #x \n")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(file.values == ["KEY": "-----BEGIN\nhush-----END"] && words.contains("KEY"))
      file.remove()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test(arguments: [["": "x"], ["A B": "x"], ["#A": "x"], ["A": "hush\0"]])
  func aVariableThatCannotBePassedOnIsNamedWithoutItsValue(_ environment: [String: String]) throws {
    try withFolder { folder throws in
      let error = #expect(throws: TaskRuntimeError.self) {
        let file = try EnvironmentFile(environment, in: folder)
        file.remove()
      }
      #expect(error?.message.contains("hush") == false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func limitsUserAndSignalArePassedOn() throws {
    try withFolder { folder throws in
      var container = ContainerSpecification(
        id: "t1/web", program: .registry(reference: "r"), command: ["/app"], environment: [:],
        workingDirectory: "/srv", stopSignal: "SIGQUIT", user: "app", hasReadOnlyFiles: true)
      container.limits = .init(
        processors: 0.25, processorShares: 128, memory: 64 << 20, resources: [.init(name: "nofile", soft: 1, hard: 2)])
      let file = try EnvironmentFile([:], in: folder)
      let line = try commands.run(container, image: "r", environment: file, engine: .docker).joined(separator: " ")
      for words in [
        "--cpus 0.250", "--cpu-shares 128", "--memory 67108864 --memory-swap 67108864", "--ulimit nofile=1:2",
        "--user app", "--read-only", "--workdir /srv", "--stop-signal SIGQUIT", "--log-driver json-file",
        "--label palco.container=t1/web",
      ] { #expect(line.contains(words), "\(words) in \(line)") }
      container.command = []
      let error = #expect(throws: TaskRuntimeError.self) {
        try commands.run(container, image: "r", environment: file, engine: .podman)
      }
      #expect(error?.code == .noCommand)
    }
  }

  @Test func portsArePublishedOnLoopbackOnly() {
    let place = TaskPlace(
      id: "t1", ports: [.init(container: 8080, host: 20001), .init(container: 53, host: 20002, transport: "udp")])
    let line = commands.hold(place).joined(separator: " ")
    #expect(line.contains("--publish 127.0.0.1:20001:8080/tcp --publish 127.0.0.1:20002:53/udp"))
    #expect(line.hasSuffix("localhost/palco-pause:01234567"))
  }

  @Test func onlyAddressesOfLoopbackAreSpokenToWithoutTLS() {
    #expect(ContainerRuntime.isOnLoopback("127.0.0.1:4650/web@sha256:0"))
    #expect(!ContainerRuntime.isOnLoopback("docker.io/library/web@sha256:0"))
    #expect(!ContainerRuntime.isOnLoopback("127.0.0.1.example.com/web"))
  }

  // MARK: Answers

  @Test func bothEnginesAreReadForWhatTheyAre() {
    let podman = """
      {"host":{"cgroupVersion":"v1","ociRuntime":{"name":"runc"}},"version":{"Version":"4.3.1"}}
      """
    #expect(
      ContainerEngine.Facts(json: podman) == .init(version: "4.3.1", lowLevelRuntime: "runc", cgroupVersion: 1))
    let docker = """
      {"ServerVersion":"28.2.2","CgroupVersion":"2","DefaultRuntime":"runc","Containers":3}
      """
    #expect(ContainerEngine.Facts(json: docker)?.cgroupVersion == 2)
    #expect(ContainerEngine.Facts(json: docker)?.version == "28.2.2")
    // Docker without its daemon answers, too.
    #expect(ContainerEngine.Facts(json: #"{"ServerVersion":"","ServerErrors":["Cannot connect"]}"#) == nil)
    #expect(ContainerEngine.Facts(json: "no json") == nil)
  }

  @Test func anEngineThatIsNotThereIsNamedWithTheWayOut() async throws {
    let error = await #expect(throws: TaskRuntimeError.self) {
      try await ContainerRuntime(
        engine: .docker, directory: URL(fileURLWithPath: "/nonexistent"), registry: "127.0.0.1:1", logger: .quiet,
        environment: ["PATH": "/nonexistent"])
    }
    #expect(error?.code == .engineUnusable && error?.message.contains("--runtime process") == true)
  }

  @Test func complaintsLoseTheWordError() {
    let answer = ContainerEngine.Answer(isSuccess: false, output: "", errors: "warning: x\nError: no such image\n\n")
    #expect(answer.lastWords == "no such image")
    let docker = "docker: Error response from daemon: no such program\n\nRun 'docker run --help' for more information\n"
    #expect(ContainerEngine.Answer(isSuccess: false, output: "", errors: docker).lastWords == "no such program")
    #expect(ContainerEngine.Answer(isSuccess: false, output: "", errors: "").lastWords == "it gives no reason")
  }

  // MARK: Lines

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-24T23:54:50.269477514Z", 1_795_564_490_269),
    ("2026-11-25T00:54:50.269477514+01:00", 1_795_564_490_269), ("2024-02-29T12:00:00.5-05:30", 1_709_227_800_500),
    ("2000-03-01T00:00:00.001Z", 951_868_800_001),
  ])
  func stampsAreReadToTheMillisecond(_ text: String, _ milliseconds: Int) throws {
    let instant = try #require(EngineLines.instant(Substring(text)))
    #expect(Int((instant.timeIntervalSince1970 * 1000).rounded(.down)) == milliseconds)
  }

  @Test(arguments: ["", "hello", "2026-11-24", "2026-13-24T00:00:00Z", "2026-11-24T23:54:50+0100", "1:2:3:4:5:6:7"])
  func whatIsNoStampIsNone(_ text: String) { #expect(EngineLines.instant(Substring(text)) == nil) }

  private func line(_ text: String) -> OutputLine {
    OutputLine(timestamp: Date(), stream: .standardOutput, text: text)
  }

  @Test func eachLineHasItsOwnInstantAndOneWithoutStampStays() async throws {
    let sink = RecordingSink()
    let lines = EngineLines(sink, after: nil)
    await lines.write([line("2026-11-24T23:54:50.269477514Z hello  you"), line("2026-11-24T23:54:51Z "), line("bare")])
    #expect(await sink.lines.map(\.text) == ["hello  you", "", "bare"])
    let first = try #require(await sink.lines.first)
    #expect(abs(first.timestamp.timeIntervalSince1970 - 1_795_564_490.269) < 0.001)
  }

  @Test func aReaderThatBeginsAnewTellsNoLineTwice() async throws {
    let sink = RecordingSink()
    let lines = EngineLines(sink, after: nil)
    #expect(await lines.beginReading() == nil)
    await lines.write([line("2026-11-24T23:54:50Z a"), line("2026-11-24T23:54:51Z b"), line("2026-11-24T23:54:51Z c")])
    #expect(await lines.beginReading() == "2026-11-24T23:54:51Z")
    await lines.write([line("2026-11-24T23:54:51Z b"), line("2026-11-24T23:54:51Z c"), line("2026-11-24T23:54:51Z d")])
    #expect(await sink.lines.map(\.text) == ["a", "b", "c", "d"])
  }

  @Test func whatTheSinkHasFromBeforeIsLeftOut() async throws {
    let sink = RecordingSink()
    let known = try #require(EngineLines.instant("2026-11-24T23:54:51.123Z")).addingTimeInterval(0.0004)
    let lines = EngineLines(sink, after: known)
    await lines.write([
      line("2026-11-24T23:54:50Z old"), line("2026-11-24T23:54:51.123999Z same"), line("2026-11-24T23:54:51.124Z new"),
    ])
    #expect(await sink.lines.map(\.text) == ["new"])
  }

  // MARK: The pause image

  @Test func thePauseImageIsATarOfOneProgram() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-pause-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let archive = folder.appendingPathComponent("pause.tar")
    try PauseImage.archive.write(to: archive)
    let runtime = try ProcessRuntime(directory: folder.appendingPathComponent("state"), logger: .quiet)
    let sink = RecordingSink()
    let tar = try await runtime.start(
      .init(
        id: "tar", program: .image(root: URL(fileURLWithPath: "/")),
        command: ["tar", "-xvf", archive.path, "-C", folder.path], environment: [:]), output: sink)
    #expect(await tar.exit() == .code(0))
    #if os(Linux)
      // It runs, and goes on for ever.
      let pause = try await runtime.start(
        .init(
          id: "pause", program: .host(path: folder.appendingPathComponent("pause").path), command: [],
          environment: [:]), output: sink)
      try await Task.sleep(for: .milliseconds(100))
      #expect(isRunning(pause.processIdentifier))
      await pause.stop(timeout: .seconds(10))
      #expect(await pause.exit() == .signal(15))
    #endif
  }
}
