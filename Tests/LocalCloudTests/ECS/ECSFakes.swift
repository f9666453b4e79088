import AWSWire
import Foundation
import OCIImages
import Synchronization
import TaskRuntimes

@testable import LocalCloud

/// A runtime whose containers run until a test ends them or they are stopped.
final class FakeRuntime: TaskRuntime {
  final class Container: RunningContainer {
    let specification: ContainerSpecification
    let output: any OutputSink
    let processIdentifier: Int32 = 1
    private struct State {
      var exit: ContainerExit?
      var waiters: [CheckedContinuation<ContainerExit, Never>] = []
      var stopTimeout: Duration?
      var isPassing = true
      var checks: [[String]] = []
    }
    private let state = Mutex(State())

    init(_ specification: ContainerSpecification, _ output: any OutputSink) {
      self.specification = specification
      self.output = output
    }

    var isRunning: Bool { state.withLock { $0.exit == nil } }
    /// The time-out of the stop, once it was asked to stop.
    var stopTimeout: Duration? { state.withLock { $0.stopTimeout } }

    func end(_ exit: ContainerExit) {
      let waiters = state.withLock { state -> [CheckedContinuation<ContainerExit, Never>] in
        guard state.exit == nil else { return [] }
        state.exit = exit
        defer { state.waiters = [] }
        return state.waiters
      }
      for waiter in waiters { waiter.resume(returning: exit) }
    }

    func exit() async -> ContainerExit {
      await withCheckedContinuation { continuation in
        let exit = state.withLock { state in
          if state.exit == nil { state.waiters.append(continuation) }
          return state.exit
        }
        if let exit { continuation.resume(returning: exit) }
      }
    }

    /// Whether its health check passes.
    func set(passing: Bool) { state.withLock { $0.isPassing = passing } }
    /// The commands of its health checks.
    var checks: [[String]] { state.withLock { $0.checks } }

    func passes(_ command: [String], within limit: Duration) async -> Bool {
      state.withLock { state in
        state.checks.append(command)
        return state.isPassing && specification.environment["SICK"] != "check"
      }
    }

    func stop(timeout: Duration) async {
      state.withLock { $0.stopTimeout = timeout }
      end(.signal(15))
    }
  }

  let summary = "fake"
  let isolatesTasks: Bool
  private let state = Mutex((containers: [Container](), leftovers: [String](), places: [TaskPlace]()))

  /// - Parameter survivors: What an earlier runtime left running, for those that isolate tasks.
  init(leftovers: [String] = [], isolatesTasks: Bool = false, survivors: [Container] = []) {
    self.isolatesTasks = isolatesTasks
    state.withLock { state in
      state.leftovers = leftovers
      state.containers = survivors
    }
  }

  /// The tasks that were made room for and did not give it back.
  var places: [TaskPlace] { state.withLock { $0.places } }

  func prepare(_ task: TaskPlace) throws {
    if task.images.contains(where: { $0.contains("/unpullable@") }) {
      throw TaskRuntimeError(.pullFailed, "not found", image: task.images.first)
    }
    state.withLock { $0.places.append(task) }
  }
  func release(task: String) { state.withLock { $0.places.removeAll { $0.id == task } } }
  func close() {}
  func adopt(_ container: ContainerSpecification, output: any OutputSink, after known: Date?) -> (any RunningContainer)?
  {
    running.first { $0.specification.id == container.id }
  }

  /// Every container so far.
  var containers: [Container] { state.withLock { $0.containers } }
  var running: [Container] { containers.filter(\.isRunning) }

  func start(_ container: ContainerSpecification, output: any OutputSink) async throws -> any RunningContainer {
    if container.environment["MODE"] == "unstartable" {
      throw TaskRuntimeError(.programNotFound, "exec /bin/web: no such file or directory")
    }
    let started = Container(container, output)
    state.withLock { $0.containers.append(started) }
    if container.environment["MODE"] == "exit" { started.end(.code(3)) }
    return started
  }

  func stopLeftovers() async throws -> [String] {
    state.withLock { state in
      defer { state.leftovers = [] }
      return state.leftovers
    }
  }
}

/// A load balancer with rules, whose targets are as healthy as their container's `SICK` says.
actor FakeBalancer: LoadBalancerControl {
  struct Target: Hashable {
    var group: String
    var port: Int
  }

  private let runtime: FakeRuntime
  private var groups: Set<String>
  private(set) var rules: [String: [TargetGroupWeight]]
  private(set) var registered: Set<Target> = []
  private(set) var draining: Set<Target> = []
  private(set) var calls: [String] = []
  /// Whether targets that are taken out drain until ``endDraining()``.
  private var drains = false
  private var refusesWrites = false

  init(_ runtime: FakeRuntime, groups: Set<String>, rules: [String: [TargetGroupWeight]]) {
    self.runtime = runtime
    self.groups = groups
    self.rules = rules
  }

  private let refused = AWSError("RuleNotFound", "it is not there")
  /// What a full disk makes of a write.
  struct NotWritten: Error {}
  private var failures = 0

  func set(_ weights: [TargetGroupWeight]?, ofRule arn: String) { rules[arn] = weights }
  func setDrains(_ value: Bool) { drains = value }
  func refuseWrites() { refusesWrites = true }
  /// The next writes fail although nobody refuses them.
  func failWrites(_ count: Int) { failures = count }
  private func write() throws {
    guard failures > 0 else { return }
    failures -= 1
    throw NotWritten()
  }
  func endDraining() { draining = [] }
  func ports(in group: String) -> Set<Int> { Set(registered.filter { $0.group == group }.map(\.port)) }

  func targetGroupExists(_ arn: String) -> Bool { groups.contains(arn) }
  func targetGroupHasLoadBalancer(_ arn: String) -> Bool {
    rules.values.contains { $0.contains { $0.targetGroupARN == arn } }
  }
  func register(host: String, port: Int, in group: String) throws {
    guard groups.contains(group) else { throw refused }
    registered.insert(Target(group: group, port: port))
    calls.append("register")
  }
  func deregister(host: String, port: Int, from group: String) throws {
    try write()
    let target = Target(group: group, port: port)
    guard registered.remove(target) != nil else { return }
    calls.append("deregister")
    if drains { draining.insert(target) }
  }
  func health(host: String, port: Int, in group: String) -> TargetHealthView {
    let target = Target(group: group, port: port)
    if draining.contains(target) { return TargetHealthView(state: "draining") }
    guard registered.contains(target) else { return TargetHealthView() }
    let container = runtime.running.last { $0.specification.environment["PORT"] == String(port) }
    switch container?.specification.environment["SICK"] {
    case "1":
      return TargetHealthView(
        state: "unhealthy", reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [503]")
    case "deaf": return TargetHealthView(state: "unhealthy", reason: "Target.FailedHealthChecks")
    case "slow": return TargetHealthView(state: "initial", reason: "Elb.InitialHealthChecking")
    default: return TargetHealthView(state: container == nil ? "unhealthy" : "healthy")
    }
  }
  func rule(_ arn: String) -> RuleView? {
    rules[arn].map { RuleView(arn: arn, listenerARN: "listener", isDefault: true, weights: $0) }
  }
  func setWeights(_ weights: [(targetGroupARN: String, weight: Int)], ofRule arn: String) throws {
    try write()
    guard !refusesWrites, rules[arn] != nil else { throw refused }
    rules[arn] = weights.map { TargetGroupWeight(targetGroupARN: $0.targetGroupARN, weight: $0.weight) }
    calls.append("weights \(weights.map(\.weight))")
  }
}

/// A registry with the images that a test puts there, by reference.
actor FakeImages: ImageSource {
  private var images: [String: ResolvedImage] = [:]
  private(set) var asked: [String] = []

  func put(_ image: ResolvedImage, at reference: String) { images[reference] = image }

  func resolve(_ reference: String) throws -> ResolvedImage {
    asked.append(reference)
    guard let image = images[reference] else {
      throw ImageNotFound(reason: "CannotPullContainerError: \(reference): not found")
    }
    return image
  }
}

/// Log groups that were made, and what was written into their streams.
actor FakeLogs: LogSink {
  private(set) var streams: [String: [String]] = [:]
  private(set) var groups: Set<String> = []

  struct NoGroup: Error, CustomStringConvertible { let description = "the log group does not exist" }

  func ensureGroup(_ group: String) { groups.insert(group) }
  func lastEvent(group: String, stream: String) -> Date? { nil }
  func append(_ events: [LogLine], group: String, stream: String) throws {
    guard groups.contains(group) else { throw NoGroup() }
    streams["\(group) \(stream)", default: []] += events.map(\.message)
  }
}

/// Alarms that a test turns red.
actor FakeAlarms: AlarmSource {
  private var states: [String: String] = [:]

  func set(_ state: String?, of name: String) { states[name] = state }
  func states(of names: [String]) -> [String: String] { states.filter { names.contains($0.key) } }
}

/// Functions that answer what a test says, in turn; the last answer stays.
actor FakeFunctions: FunctionInvoking {
  private var answers: [String]
  private(set) var events: [HookEvent] = []

  init() { answers = [#"{"hookStatus": "SUCCEEDED"}"#] }

  func answer(_ answers: String...) { self.answers = answers }

  func invoke(_ functionARN: String, payload: Data) throws -> Data {
    events.append(try JSONDecoder().decode(HookEvent.self, from: payload))
    let answer = answers.count > 1 ? answers.removeFirst() : answers[0]
    guard answer != "unreachable" else { throw FunctionFailure("it is not there") }
    return Data(answer.utf8)
  }
}

/// Secrets by reference.
final class FakeSecrets: SecretSource {
  let values = Mutex<[String: String]>([:])

  func value(of reference: String) async throws -> String {
    guard let value = values.withLock({ $0[reference] }) else {
      throw SecretFailure(reason: "there is no \(reference)")
    }
    return value
  }
}
