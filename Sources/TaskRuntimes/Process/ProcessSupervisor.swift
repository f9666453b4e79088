import Foundation
import Logging
import PalcoCore
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Starts a program and stays with it until it has ended, its children too, and its output is where it belongs.
struct ProcessSupervisor: Sendable {
  let poller: Poller
  let records: ContainerRecords
  let logger: Logger
  let time: TimeSource
  let scanner = ProcessScanner()

  /// Starts a program. Returns once it runs.
  ///
  /// - Parameter finished: Called when nothing of it runs, and when it could not be started.
  func start(
    _ launch: Launch, id: String, stopSignal: Int32, output: any OutputSink, finished: @escaping @Sendable () -> Void
  ) async throws -> (group: ProcessGroup, supervision: Task<ContainerExit, Never>) {
    let pipes: [OutputPipe]
    let record: ContainerRecord
    do {
      (pipes, record) = try prepare(id: id, stopSignal: stopSignal)
    } catch {
      finished()
      throw error
    }
    // Nothing of this is lost: the task ends with the process, and the container that is returned waits for it.
    var supervision: Task<ContainerExit, Never>?
    let group = try await withCheckedThrowingContinuation { (started: CheckedContinuation<ProcessGroup, any Error>) in
      supervision = Task {
        await supervise(
          launch, record: record, pipes: pipes, output: output, started: Once(started), finished: finished)
      }
    }
    guard let supervision else { preconditionFailure("the continuation's closure runs before it returns") }
    return (group, supervision)
  }

  /// The pipes, and the record that names them before any process holds them.
  private func prepare(id: String, stopSignal: Int32) throws(TaskRuntimeError) -> ([OutputPipe], ContainerRecord) {
    let output = try OutputPipe(.standardOutput)
    let errors: OutputPipe
    do { errors = try OutputPipe(.standardError) } catch {
      output.close()
      throw error
    }
    let record = ContainerRecord(
      id: id, boot: ProcessTable.bootIdentifier(), pipes: [output.inode, errors.inode], stopSignal: stopSignal)
    do { try records.write(record) } catch {
      output.close()
      errors.close()
      throw TaskRuntimeError(
        .launchFailed, "cannot write what runs to \(records.directory.path): \(error.localizedDescription)")
    }
    return ([output, errors], record)
  }

  private func supervise(
    _ launch: Launch, record: ContainerRecord, pipes: [OutputPipe], output: any OutputSink,
    started: Once, finished: @escaping @Sendable () -> Void
  ) async -> ContainerExit {
    var options = PlatformOptions()
    options.createSession = true
    do {
      let result = try await Subprocess.run(
        .path(.init(launch.program)), arguments: .init(launch.arguments),
        environment: .custom(
          Dictionary(uniqueKeysWithValues: launch.environment.map { (.init(stringLiteral: $0), $1) })),
        workingDirectory: .init(launch.workingDirectory), platformOptions: options, input: .none,
        output: .fileDescriptor(.init(rawValue: pipes[0].writeEnd), closeAfterSpawningProcess: false),
        error: .fileDescriptor(.init(rawValue: pipes[1].writeEnd), closeAfterSpawningProcess: false)
      ) { execution in
        for pipe in pipes { pipe.closeWriteEnd() }
        let process = execution.processIdentifier
        let group = ProcessGroup(leader: process.value, scanner: scanner, time: time)
        keep(record, leader: process.value)
        started.succeed(group)
        await accompany(group, descriptor: process.processDescriptor, pipes: pipes, output: output) {
          records.remove(record.id)
          finished()
        }
      }
      closeReadEnds(pipes)
      return Self.exit(result.terminationStatus)
    } catch {
      if started.isOpen {
        for pipe in pipes { pipe.closeWriteEnd() }
        records.remove(record.id)
        finished()
      }
      closeReadEnds(pipes)
      // Its words may hold the environment; the code and the errno do not.
      let failure = Self.failure(error, program: launch.program)
      if !started.fail(failure) {
        logger.error("lost track of a process", metadata: ["container": "\(record.id)", "error": "\(failure)"])
      }
      return .code(255)
    }
  }

  /// From the program's start to its end, in three parts that run at once: its output, its end, and then its children.
  private func accompany(
    _ group: ProcessGroup, descriptor: Int32, pipes: [OutputPipe], output: any OutputSink, over: @Sendable () -> Void
  ) async {
    await withTaskGroup { tasks in
      let pump = OutputPump(pipes: pipes, poller: poller, time: time, sink: output) { group.isOver }
      tasks.addTask { await pump.run() }
      await programEnd(of: group.leader, descriptor: descriptor)
      let left = await group.end(pipes: pipes)
      if !left.isEmpty {
        logger.error("processes that cannot be killed", metadata: ["processes": "\(left)"])
      }
      over()
      poller.release(pipes.map(\.readEnd))
    }
  }

  /// Suspends until the program has ended. It is left for Subprocess to reap.
  private func programEnd(of process: Int32, descriptor: Int32) async {
    if descriptor >= 0 {
      // A pidfd becomes readable when its process ends: pidfd_open(2).
      await poller.wait(for: [descriptor])
      return
    }
    while true {
      var information = siginfo_t()
      let answer = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
      if answer == 0 ? information.si_signo == SIGCHLD : errno != EINTR { return }
      try? await time.sleep(.milliseconds(20))
    }
  }

  private func keep(_ record: ContainerRecord, leader: Int32) {
    var record = record
    record.leader = ProcessTable.facts(of: leader).map { .init(identifier: leader, startTime: $0.startTime) }
    do {
      try records.write(record)
    } catch {
      // The record from before the start still finds the process by its pipes.
      logger.warning(
        "could not complete the record of a container", metadata: ["container": "\(record.id)", "error": "\(error)"])
    }
  }

  private func closeReadEnds(_ pipes: [OutputPipe]) {
    poller.forget(pipes.map(\.readEnd))
    for pipe in pipes { pipe.closeReadEnd() }
  }

  private static func exit(_ status: TerminationStatus) -> ContainerExit {
    switch status {
    case .exited(let code): .code(code)
    case .signaled(let signal): .signal(signal)
    }
  }

  private static func failure(_ error: any Error, program: String) -> TaskRuntimeError {
    let code = (error as? SubprocessError)?.underlyingError?.rawValue
    let reason = code.map { String(cString: strerror($0)).lowercased() } ?? "the process could not be made"
    let message = "\(ProgramLookup.starting): exec \(program): \(reason): unknown"
    switch code {
    case ENOENT: return TaskRuntimeError(.programNotFound, message)
    case EACCES, ENOEXEC: return TaskRuntimeError(.notExecutable, message)
    default: return TaskRuntimeError(.launchFailed, message)
    }
  }
}
