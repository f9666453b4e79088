import Foundation
import Logging
import PalcoCore
import Synchronization

/// Runs containers as processes of this machine. It needs no container engine and isolates nothing: a program sees the
/// host's files and network, and its image is a folder (``ProgramLookup`` tells what that means for its paths).
///
/// - Each program leads a session and a process group of its own, inherits no descriptor, and reads `/dev/null`.
/// - Its environment is the specification's and nothing more, except that `PATH` is the host's when it has none.
/// - When it ends, whatever it started is killed.
/// - What runs is written to `directory`, so that ``stopLeftovers()`` finds it after a crash.
public final class ProcessRuntime: TaskRuntime {
  private let records: ContainerRecords
  private let lookup: ProgramLookup
  private let supervisor: ProcessSupervisor
  private let logger: Logger
  private let time: TimeSource
  /// The containers that this runtime started: no leftovers.
  private let own = Mutex<Set<String>>([])

  /// Makes a runtime.
  ///
  /// - Parameters:
  ///   - directory: Where it keeps what runs; made when absent. Two runtimes must not use one at a time.
  ///   - logger: Gets what goes wrong after a start; never a program's output, environment or arguments.
  ///   - time: The clock of stop timeouts and lines.
  ///   - hostPath: Folders of the host to look for interpreters in, as in `PATH`.
  /// - Throws: When the folder cannot be made, or no descriptor is left.
  public init(
    directory: URL, logger: Logger, time: TimeSource = .live,
    hostPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  ) throws {
    records = try ContainerRecords(directory: directory)
    lookup = ProgramLookup(hostPath: hostPath)
    supervisor = ProcessSupervisor(poller: try Poller(), records: records, logger: logger, time: time)
    self.logger = logger
    self.time = time
  }

  public var summary: String { "process" }
  public var isolatesTasks: Bool { false }

  /// Processes share nothing but this machine.
  public func prepare(_ task: TaskPlace) {}
  public func release(task: String) {}
  public func close() {}

  /// A process whose daemon is gone cannot be taken over: nobody reads what it writes.
  public func adopt(
    _ container: ContainerSpecification, output: any OutputSink, after known: Date?
  ) -> (any RunningContainer)? { nil }

  public func start(
    _ container: ContainerSpecification, output: any OutputSink
  ) async throws -> any RunningContainer {
    let launch = try lookup.launch(for: container)
    guard let stopSignal = StopSignal.number(of: container.stopSignal) else {
      throw TaskRuntimeError(
        .imageInvalid, "the image's stop signal \"\(container.stopSignal)\" is none; SIGTERM is the usual one")
    }
    guard own.withLock({ $0.insert(container.id).inserted }) else {
      throw TaskRuntimeError(.launchFailed, "a container \(container.id) runs already")
    }
    let id = container.id
    let (group, supervision) = try await supervisor.start(launch, id: id, stopSignal: stopSignal, output: output) {
      [self] in
      _ = own.withLock { $0.remove(id) }
    }
    return ProcessContainer(
      group: group, stopSignal: stopSignal, time: time, supervision: supervision,
      check: ProcessCheck(container: container, lookup: lookup, supervisor: supervisor, time: time))
  }

  public func stopLeftovers() async throws -> [String] { try await stopLeftovers(patience: .seconds(5)) }

  /// - Parameter patience: How long a leftover may take for its stop signal before it is killed.
  func stopLeftovers(patience: Duration) async throws -> [String] {
    let (found, unreadable) = try records.all()
    for name in unreadable {
      logger.warning("unreadable record of a container", metadata: ["file": "\(name)"])
    }
    let running = own.withLock { $0 }
    let boot = ProcessTable.bootIdentifier()
    let candidates = found.filter { !running.contains($0.id) }.map { record in
      let sweep = ProcessSweep(
        session: Self.session(of: record), pipes: record.pipes, time: time, scanner: supervisor.scanner)
      return (record: record, sweep: sweep)
    }
    let pipes = candidates.reduce(into: Set()) { $0.formUnion($1.record.pipes) }
    let snapshot = await supervisor.scanner.snapshot(pipes: pipes)
    var leftovers: [(record: ContainerRecord, sweep: ProcessSweep)] = []
    for (record, sweep) in candidates {
      let survivors = record.boot == boot ? sweep.survivors(in: snapshot) : []
      if survivors.isEmpty {
        records.remove(record.id)
      } else {
        leftovers.append((record, sweep))
        for process in survivors { _ = sendSignal(process, record.stopSignal) }
      }
    }
    let deadline = time.now() + patience.seconds
    var rest = leftovers
    while time.now() < deadline, !rest.isEmpty {
      try await time.sleep(.milliseconds(20))
      let snapshot = await supervisor.scanner.snapshot(pipes: pipes)
      for (record, sweep) in rest where sweep.survivors(in: snapshot).isEmpty { records.remove(record.id) }
      rest.removeAll { $0.sweep.survivors(in: snapshot).isEmpty }
    }
    for (record, sweep) in rest {
      let left = await sweep.kill()
      if left.isEmpty {
        records.remove(record.id)
      } else {
        logger.error(
          "processes that cannot be killed", metadata: ["container": "\(record.id)", "processes": "\(left)"])
      }
    }
    return leftovers.map(\.record.id)
  }

  /// The session of a record, unless its number belongs to somebody else by now.
  ///
  /// The kernel gives a number to no new process while it is that of a session with members. So when no process has the
  /// leader's number, a session of that number is still the leader's.
  private static func session(of record: ContainerRecord) -> Int32? {
    guard let leader = record.leader else { return nil }
    guard let present = ProcessTable.facts(of: leader.identifier) else { return leader.identifier }
    return present.startTime == leader.startTime ? leader.identifier : nil
  }
}
