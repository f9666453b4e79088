import AWSWire
import Foundation
import LoadBalancing
import Logging
import PalcoCore

@testable import LocalCloud

/// A data path that writes down what it is asked for, and whose ports can be taken.
actor RecordingDataPath: DataPath {
  private(set) var calls: [String] = []
  private(set) var listeners: [String: ListenerConfiguration] = [:]
  private(set) var targetGroups: [String: TargetGroupConfiguration] = [:]
  private(set) var targets: [String: [TargetAddress]] = [:]
  private var takenPorts: Set<Int> = []
  private var health: [String: [TargetAddress: TargetHealthView]] = [:]
  private var onRules: (@Sendable () async -> Void)?

  struct PortTaken: Error, CustomStringConvertible { let description = "the address is in use" }

  func take(port: Int) { takenPorts.insert(port) }
  func setHealth(_ view: TargetHealthView, of target: TargetAddress, in group: String) {
    health[group, default: [:]][target] = view
  }
  func beforeRules(_ perform: @escaping @Sendable () async -> Void) { onRules = perform }
  func forgetCalls() { calls = [] }

  func setTargetGroup(_ configuration: TargetGroupConfiguration) {
    calls.append("setTargetGroup")
    targetGroups[configuration.id] = configuration
  }
  func removeTargetGroup(_ id: String) {
    calls.append("removeTargetGroup")
    targetGroups[id] = nil
  }
  func register(_ added: [TargetAddress], in id: String) {
    calls.append("register \(added.map(\.port))")
    targets[id, default: []] += added
  }
  func deregister(_ removed: [TargetAddress], from id: String) {
    calls.append("deregister \(removed.map(\.port))")
    targets[id]?.removeAll { removed.contains($0) }
  }
  func targetHealth(of id: String) -> [TargetAddress: TargetHealthView] { health[id] ?? [:] }
  func openListener(_ listener: ListenerConfiguration) throws {
    calls.append("open \(listener.port)")
    if takenPorts.contains(listener.port) { throw PortTaken() }
    listeners[listener.id] = listener
  }
  func setRules(_ rules: [ListenerRule], idleTimeout: Duration?, dropsInvalidFields: Bool?, ofListener id: String) async
  {
    calls.append("setRules")
    await onRules?()
    listeners[id]?.rules = rules
    if let idleTimeout { listeners[id]?.idleTimeout = idleTimeout }
    if let dropsInvalidFields { listeners[id]?.dropsInvalidFields = dropsInvalidFields }
  }
  func close(listener id: String, grace: Duration) {
    calls.append("close \(listeners[id]?.port ?? 0)")
    listeners[id] = nil
  }
}

/// A service on a folder of its own, spoken to as the front door does: through the table and the codec.
struct ELBv2Fixture {
  let directory: URL
  let context: CloudContext
  let store: Store
  let dataPath = RecordingDataPath()
  let service: ELBv2Service

  /// - Parameter directory: A folder that another fixture has used, to be its next start.
  init(
    restarting directory: URL? = nil, minute: Duration = .seconds(60),
    prepare: (RecordingDataPath) async -> Void = { _ in }
  ) async throws {
    self.directory =
      directory ?? FileManager.default.temporaryDirectory.appendingPathComponent("palco-elbv2-\(UUID().uuidString)")
    context = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 1, stateDirectory: self.directory, minute: minute,
      time: TimeSource(now: { Date(timeIntervalSince1970: 1_700_000_000) }, sleep: { _ in }),
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    store = try Store(directory: self.directory)
    await prepare(dataPath)
    service = try await ELBv2Service(context: context, store: store, loadBalancer: dataPath)
  }

  /// Runs a test with a service and removes its folder.
  static func run(minute: Duration = .seconds(60), _ body: (ELBv2Fixture) async throws -> Void) async throws {
    let fixture = try await ELBv2Fixture(minute: minute)
    defer { try? FileManager.default.removeItem(at: fixture.directory) }
    try await body(fixture)
  }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = QueryCodec(version: "2015-12-01", namespace: "urn:test")
    let handler = try unwrap(service.operations()[R.operation])
    let body = try codec.encodeRequest(request).body
    let answer = try await handler(
      codec, body, CallContext(requestID: "r", accessKey: nil, logger: context.logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The code of the error that a request is refused with, and its message.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  func loadBalancer(_ name: String = "web") async throws -> ELBv2.LoadBalancer {
    try unwrap(
      try await send(ELBv2.CreateLoadBalancerRequest(name: name, subnets: ["subnet-1", "subnet-2"])).loadBalancers.first
    )
  }

  func targetGroup(_ name: String = "blue") async throws -> String {
    try unwrap(
      try await send(
        ELBv2.CreateTargetGroupRequest(name: name, protocol: "HTTP", port: 80, vpcId: "vpc-1", targetType: "ip")
      ).targetGroups.first
    ).targetGroupArn
  }

  func listener(of loadBalancer: String, port: Int = 8080, to groups: [(String, Int)]) async throws -> ELBv2.Listener {
    try unwrap(
      try await send(
        ELBv2.CreateListenerRequest(
          loadBalancerArn: loadBalancer, protocol: "HTTP", port: port, defaultActions: [.forward(groups)])
      ).listeners.first)
  }

  /// The default rule of a listener.
  func defaultRule(of listener: String) async throws -> ELBv2.Rule {
    try unwrap(try await send(ELBv2.DescribeRulesRequest(listenerArn: listener)).rules.last)
  }

  func unwrap<T>(_ value: T?) throws -> T {
    guard let value else { throw Missing() }
    return value
  }

  struct Missing: Error {}
}

extension ELBv2.Action {
  static func forward(_ groups: [(String, Int)]) -> ELBv2.Action {
    .init(
      type: "forward",
      forwardConfig: .init(targetGroups: groups.map { .init(targetGroupArn: $0.0, weight: $0.1) }))
  }

  static let notFound = ELBv2.Action(type: "fixed-response", fixedResponseConfig: .init(statusCode: "404"))
}
