import Foundation
import Testing

@testable import TaskRuntimes

@Suite struct ProcessRuntimeTests {
  private let fixture: RuntimeFixture

  init() throws { fixture = try RuntimeFixture() }

  // MARK: Start

  @Test func givesOutputAndExitCode() async throws {
    let (exit, sink) = try await fixture.run(fixture.shell("echo one; echo two; echo wrong >&2; printf last; exit 3"))
    #expect(exit == .code(3))
    #expect(await sink.texts(.standardOutput) == ["one", "two", "last"])
    #expect(await sink.texts(.standardError) == ["wrong"])
  }

  @Test func tellsASignalFromACode() async throws {
    let (exit, _) = try await fixture.run(fixture.shell("kill -SEGV $$"))
    #expect(exit == .signal(SIGSEGV))
    #expect(exit.exitCode == 139)
  }

  @Test func givesTheProgramItsEnvironmentAndNothingElse() async throws {
    let (_, sink) = try await fixture.run(
      fixture.specification(["/usr/bin/env"], environment: ["PORT": "8123", "SECRET": "hush"]))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    #expect(Set(await sink.texts(.standardOutput)) == ["PORT=8123", "SECRET=hush", "PATH=\(path)"])
    let (_, own) = try await fixture.run(fixture.specification(["/usr/bin/env"], environment: ["PATH": "/bin"]))
    #expect(await own.texts(.standardOutput) == ["PATH=/bin"])
  }

  @Test func runsInTheImagesWorkingDirectoryWithoutInputOrForeignDescriptors() async throws {
    try fixture.addFile("app/hello", "hello from a file\n")
    let open = FileHandle(forReadingAtPath: "/etc/hostname")
    defer { try? open?.close() }
    // 3 is the folder that `ls` itself reads.
    let (exit, sink) = try await fixture.run(
      fixture.specification(
        ["sh", "-c", "cat hello; cat | wc -c; ls /proc/self/fd 2>/dev/null | tr '\\n' ' '"], workingDirectory: "/app"))
    #expect(exit == .code(0))
    let lines = await sink.texts(.standardOutput)
    #expect(lines.prefix(2).map { $0.trimmingCharacters(in: .whitespaces) } == ["hello from a file", "0"])
    #if os(Linux)
      #expect(lines.last == "0 1 2 3 ")
    #endif
  }

  @Test func runsAHostProgramWithItsArguments() async throws {
    let specification = ContainerSpecification(
      id: "t/c", program: .host(path: "/bin/echo"), command: ["a", "b c"], environment: [:])
    let (exit, sink) = try await fixture.run(specification)
    #expect(exit == .code(0))
    #expect(await sink.texts(.standardOutput) == ["a b c"])
  }

  @Test func refusesAScriptWhoseInterpreterIsMissing() async throws {
    try fixture.addFile("app/serve", "#!/no/such/interpreter\n", mode: 0o755)
    try fixture.addFile("app/junk", "\u{1}\u{2}\u{3}\u{4}not a program", mode: 0o755)
    for (command, code) in [("/app/serve", TaskRuntimeError.Code.programNotFound), ("/app/junk", .notExecutable)] {
      let error = await #expect(throws: TaskRuntimeError.self) {
        try await fixture.runtime.start(fixture.specification([command]), output: RecordingSink())
      }
      #expect(error?.code == code)
      #expect(error?.message.contains("unable to start container process") == true)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) == [])
  }

  @Test func refusesASecondContainerOfOneIdentifierAndABadStopSignal() async throws {
    let first = try await fixture.runtime.start(fixture.shell("exec sleep 60"), output: RecordingSink())
    await #expect(throws: TaskRuntimeError.self) {
      try await fixture.runtime.start(fixture.shell("exit 0"), output: RecordingSink())
    }
    await first.stop(timeout: .seconds(10))
    #expect(try await fixture.run(fixture.shell("exit 0")).exit == .code(0))
    await #expect(throws: TaskRuntimeError.self) {
      try await fixture.runtime.start(
        fixture.specification(["sh"], stopSignal: "SIGNONSENSE"), output: RecordingSink())
    }
  }

  // MARK: Output

  @Test(.timeLimit(.minutes(2))) func carriesAHundredMegabytesInOrder() async throws {
    let lines = 1_000_000
    let script = """
      import sys
      rest = "x" * 91
      for start in range(0, \(lines), 1000):
          sys.stdout.write("".join("%08d%s\\n" % (n, rest) for n in range(start, start + 1000)))
      """
    let sink = CountingSink()
    let container = try await fixture.runtime.start(fixture.specification(["python3", "-c", script]), output: sink)
    #expect(await container.exit() == .code(0))
    #expect(await sink.count == lines)
    #expect(await sink.bytes == lines * 100)
    #expect(await sink.inOrder)
  }

  @Test func holdsTheProgramBackWhileTheSinkIsBusyAndCanStopItThen() async throws {
    let sink = CountingSink(isOpen: false)
    let container = try await fixture.runtime.start(
      fixture.shell("while :; do echo 0123456789012345678901234567890123456789; done"), output: sink)
    try await eventually { await sink.isBusy }
    await container.stop(timeout: .seconds(20))
    #expect(!ProcessTable.all().contains { $0.session == container.processIdentifier && !$0.isZombie })
    await sink.open()
    #expect(await container.exit() == .signal(SIGTERM))
    // One read of 64 KiB that the sink held up, and a pipe's 64 KiB after it.
    #expect(await sink.bytes <= 3 * 65_536)
    #expect(await sink.bytes > 0)
  }

  // MARK: Stop

  @Test func asksBeforeItKills() async throws {
    let sink = RecordingSink()
    let container = try await fixture.runtime.start(
      fixture.shell("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done"), output: sink)
    try await eventually { await !sink.lines.isEmpty }
    await container.stop(timeout: .seconds(20))
    #expect(await container.exit() == .code(7))
    #expect(await sink.texts(.standardOutput) == ["ready", "bye"])
  }

  @Test func sendsTheImagesOwnStopSignal() async throws {
    let sink = RecordingSink()
    var specification = fixture.shell("trap 'exit 9' INT; echo ready; while :; do sleep 0.05; done")
    specification.stopSignal = "SIGINT"
    let container = try await fixture.runtime.start(specification, output: sink)
    try await eventually { await !sink.lines.isEmpty }
    await container.stop(timeout: .seconds(20))
    #expect(await container.exit() == .code(9))
  }

  @Test func killsWhatIgnoresTheStopSignalOnceTheTimeIsUp() async throws {
    let sink = RecordingSink()
    let container = try await fixture.runtime.start(
      fixture.shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"), output: sink)
    try await eventually { await !sink.lines.isEmpty }
    let start = ContinuousClock.now
    await container.stop(timeout: .milliseconds(300))
    #expect(ContinuousClock.now - start >= .milliseconds(300))
    #expect(!isRunning(container.processIdentifier))
    #expect(await container.exit() == .signal(SIGKILL))
    await container.stop(timeout: .seconds(60))
  }

  @Test func stopsTheChildrenToo() async throws {
    let sink = RecordingSink()
    let container = try await fixture.runtime.start(
      fixture.shell("(trap '' TERM; exec sleep 61) & echo $!; wait"), output: sink)
    let child = try await firstNumber(sink)
    #expect(isRunning(child))
    await container.stop(timeout: .seconds(20))
    #expect(!isRunning(child))
  }

  @Test func killsAChildThatOutlivesItsParent() async throws {
    let (exit, sink) = try await fixture.run(fixture.shell("sleep 62 & echo $!"))
    #expect(exit == .code(0))
    #expect(!isRunning(try await firstNumber(sink)))
  }

  @Test func killsAChildWithAGroupOfItsOwnThatWritesElsewhere() async throws {
    let script = """
      import os, subprocess
      child = subprocess.Popen(["sleep", "62"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=os.setpgrp)
      print(child.pid, os.getpgid(child.pid) == child.pid, sep="\\n")
      """
    let (exit, sink) = try await fixture.run(fixture.specification(["python3", "-c", script]))
    #expect(exit == .code(0))
    #expect(await sink.texts(.standardOutput).last == "True")
    #expect(!isRunning(try await firstNumber(sink)))
  }

  #if os(Linux)
    @Test func killsAChildThatLeftItsSession() async throws {
      let (exit, sink) = try await fixture.run(fixture.shell("setsid sh -c 'echo $$; exec sleep 63' & sleep 0.3"))
      #expect(exit == .code(0))
      #expect(!isRunning(try await firstNumber(sink)))
    }
  #endif

  // MARK: Leftovers

  @Test func findsAndStopsWhatADeadDaemonLeft() async throws {
    let sink = RecordingSink()
    let abandoned = try await fixture.runtime.start(
      fixture.shell("sleep 64 & echo $!; wait", id: "a1/web"), output: sink)
    let child = try await firstNumber(sink)
    let stubborn = try await fixture.runtime.start(
      fixture.shell("trap '' TERM; exec sleep 65", id: "a2/web"), output: RecordingSink())
    let next = try fixture.successor()
    // Its own containers are no leftovers.
    let own = try await next.start(fixture.shell("exec sleep 66", id: "b/web"), output: RecordingSink())
    #expect(try await fixture.runtime.stopLeftovers() == ["b/web"])
    #expect(await own.exit() == .signal(SIGTERM))
    #expect(isRunning(abandoned.processIdentifier) && isRunning(child))
    #expect(try await next.stopLeftovers(patience: .milliseconds(300)) == ["a1/web", "a2/web"])
    for process in [abandoned.processIdentifier, child, stubborn.processIdentifier] { #expect(!isRunning(process)) }
    #expect(try await next.stopLeftovers() == [])
    #expect(await abandoned.exit() == .signal(SIGTERM))
    #expect(await stubborn.exit() == .signal(SIGKILL))
  }

  @Test func neverTouchesAProcessThatGotTheNumberLater() async throws {
    let bystander = try await fixture.runtime.start(fixture.shell("exec sleep 67"), output: RecordingSink())
    let facts = try #require(ProcessTable.facts(of: bystander.processIdentifier))
    let elsewhere = fixture.folder.appendingPathComponent("elsewhere")
    let records = try ContainerRecords(directory: elsewhere)
    var record = ContainerRecord(
      id: "old", boot: ProcessTable.bootIdentifier(), pipes: [], stopSignal: SIGTERM,
      leader: .init(identifier: facts.identifier, startTime: facts.startTime - 1))
    try records.write(record)
    record.id = "from before the machine's start"
    record.boot = "another"
    record.leader?.startTime = facts.startTime
    try records.write(record)
    try Data("half a rec".utf8).write(to: elsewhere.appendingPathComponent("broken.container.json"))
    let runtime = try ProcessRuntime(directory: elsewhere, logger: .quiet)
    #expect(try await runtime.stopLeftovers() == [])
    #expect(isRunning(bystander.processIdentifier))
    #expect(try records.all().records == [])
    await bystander.stop(timeout: .seconds(10))
  }

  #if os(Linux)
    @Test func findsByItsPipesWhatWasStartedBeforeItsNumberWasWritten() async throws {
      let sink = RecordingSink()
      let container = try await fixture.runtime.start(
        fixture.shell("setsid sh -c 'echo $$; exec sleep 68' & wait"), output: sink)
      let orphan = try await firstNumber(sink)
      let records = try ContainerRecords(directory: fixture.state)
      var record = try #require(try records.all().records.first)
      #expect(record.leader?.identifier == container.processIdentifier)
      record.leader = nil
      try records.write(record)
      #expect(try await fixture.successor().stopLeftovers() == ["task/web"])
      #expect(!isRunning(orphan))
      #expect(await container.exit() == .code(0))
    }
  #endif

  @Test func keepsNoSecretOnDiskOrInAProcessList() async throws {
    let container = try await fixture.runtime.start(
      fixture.shell("exec sleep 69", environment: ["PASSWORD": "hush-hush"]), output: RecordingSink())
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture.state.path)
    #expect(names.count == 1)
    for name in names {
      let text = try String(contentsOf: fixture.state.appendingPathComponent(name), encoding: .utf8)
      #expect(!text.contains("hush-hush"))
    }
    #if os(Linux)
      let line = try String(contentsOfFile: "/proc/\(container.processIdentifier)/cmdline", encoding: .utf8)
      #expect(!line.contains("hush-hush"))
    #endif
    await container.stop(timeout: .seconds(10))
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) == [])
  }

  @Test func saysThatItCannotWriteWhatRuns() async throws {
    try FileManager.default.removeItem(at: fixture.state)
    try Data().write(to: fixture.state)
    let error = await #expect(throws: TaskRuntimeError.self) {
      try await fixture.runtime.start(fixture.shell("exit 0"), output: RecordingSink())
    }
    #expect(error?.message.contains(fixture.state.path) == true)
  }

  @Test func leavesNoDescriptorOpen() async throws {
    _ = try await fixture.run(fixture.shell("exit 0"))
    #if os(Linux)
      let pipes = try ContainerRecords(directory: fixture.state)
      #expect(try pipes.all().records.isEmpty)
      let sink = RecordingSink()
      let container = try await fixture.runtime.start(fixture.shell("exec sleep 70"), output: sink)
      let record = try #require(try pipes.all().records.first)
      #expect(ProcessTable.holders(ofPipes: record.pipes).values.contains { $0.contains(getpid()) })
      await container.stop(timeout: .seconds(10))
      _ = await container.exit()
      // What another test starts at this moment has copies until it is another program.
      try await eventually { ProcessTable.holders(ofPipes: record.pipes).isEmpty }
    #endif
  }
}
