import AWSWire
import Foundation

/// A container definition's health check, as this cloud runs it.
struct ContainerCheck: Sendable, Equatable {
  /// The program and its arguments.
  let command: [String]
  /// How long it may take. It is never scaled: a real program runs.
  let timeout: Duration
  private let interval: TimeInterval
  private let retries: Int
  private let startPeriod: TimeInterval

  /// No check comes more often, however short the cloud's minute is.
  private static let shortestInterval = 0.1
  /// In a cloud whose minute is shorter than a real one, intervals pass faster than programs start. So many real seconds
  /// a program has until its failures count.
  private static let secondsToStart = 10.0

  /// - Returns: `nil` for a container without health check.
  init?(_ container: ECS.ContainerDefinition, in cloud: CloudContext) {
    guard let check = container.healthCheck, let command = Self.command(check.command) else { return nil }
    self.command = command
    timeout = .seconds(check.timeout ?? 5)
    interval = max(Self.shortestInterval, cloud.interval(seconds: Double(check.interval ?? 30)))
    retries = check.retries ?? 3
    let scaled = cloud.interval(seconds: Double(check.startPeriod ?? 0))
    startPeriod = cloud.minute < .seconds(60) ? max(scaled, Self.secondsToStart) : scaled
  }

  func machine(startedAt: Date, health: ContainerHealth) -> ContainerHealthMachine {
    ContainerHealthMachine(
      interval: interval, retries: retries, startPeriod: startPeriod, startedAt: startedAt, health: health)
  }

  /// What a definition's words run; `nil` when there is nothing to run.
  static func command(_ words: [String]) -> [String]? {
    switch words.first {
    case "CMD" where words.count > 1: Array(words.dropFirst())
    case "CMD-SHELL" where words.count == 2: ["/bin/sh", "-c", words[1]]
    default: nil
    }
  }
}

extension ECSState {
  /// What the health checks of a task's essential containers say together; `nil` when none of them has one.
  func containerHealth(of task: TaskRecord) -> ContainerHealth? {
    let defined = taskDefinitions[task.taskDefinition]?.definition.containerDefinitions ?? []
    let checked = Set(defined.filter { $0.essential ?? true && $0.healthCheck != nil }.compactMap(\.name))
    let found = task.containers.filter { checked.contains($0.name) }.map { $0.health ?? .unknown }
    if found.isEmpty { return nil }
    if found.contains(.unhealthy) { return .unhealthy }
    return found.allSatisfy { $0 == .healthy } ? .healthy : .unknown
  }
}
