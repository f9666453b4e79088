import AWSWire
import Foundation
import PalcoBlueprint

/// Why a release ended badly, the first cause first.
public struct FailureReport: Sendable, Equatable, Encodable {
  /// One task that did not live.
  public struct FailedTask: Sendable, Equatable, Encodable {
    /// The task's id.
    public var id: String
    /// ECS's stopped reason.
    public var reason: String?
    /// What the container's own record says.
    public var containerReason: String?
    /// The exit code of the program.
    public var exitCode: Int?
    /// When it began to stop.
    public var stoppedAt: Date?
  }

  /// ECS's own reason for the end of the deployment.
  public var reason: String
  /// What the load balancer said of a target that did not get healthy.
  public var targetComplaint: String?
  /// The tasks of the release that stopped, the first to stop first.
  public var tasks: [FailedTask]
  /// The last lines of the first of them.
  public var logLines: [String]

  /// Makes a report.
  public init(reason: String, targetComplaint: String? = nil, tasks: [FailedTask] = [], logLines: [String] = []) {
    self.reason = reason
    self.targetComplaint = targetComplaint
    self.tasks = tasks
    self.logLines = logLines
  }

  /// The first cause in one line: what the program or its health check did, or ECS's reason when nothing else is known.
  public var cause: String {
    Self.withoutARNs(fullCause)
  }

  private var fullCause: String {
    guard let task = tasks.first else { return targetComplaint.map { "unhealthy target: \($0)" } ?? reason }
    if let reason = task.containerReason { return reason }
    let text = task.reason ?? "a task stopped"
    if text.contains("health check"), let targetComplaint { return "\(text): \(targetComplaint)" }
    return task.exitCode.map { "\(text) (exit code \($0))" } ?? text
  }
}

extension FailureReport {
  /// The text with target groups by name: `(target-group arn:…:targetgroup/NAME/ID)` is a line of its own otherwise.
  static func withoutARNs(_ text: String) -> String {
    text.replacing(#/arn:aws[\w-]*:elasticloadbalancing:\S*?:targetgroup/([^/\s)]+)/\w+/#) { $0.output.1 }
  }
}

extension FailureReport {
  /// The reason of the first event that calls a target of one of the tasks unhealthy.
  static func complaint(in events: [String], ofTasks ids: Set<String>) -> String? {
    for event in events {
      guard let found = event.firstMatch(of: #/\(task (\w+)\).* is unhealthy in .* due to \(reason (.+)\)\.?$/#),
        ids.contains(String(found.output.1))
      else { continue }
      return String(found.output.2)
    }
    return nil
  }
}

/// Gathers a ``FailureReport`` from ECS, the load balancer and the logs.
struct FailureReader: Sendable {
  let access: CloudAccess
  let names: ResourceNames

  /// How many lines of output are shown.
  static let lineCount = 10

  func read(revisionARN: String, reason: String, targetComplaint: String?) async throws -> FailureReport {
    let arns = try await access.aws.all(
      ECS.ListTasksRequest(cluster: names.cluster, serviceName: names.service, desiredStatus: "STOPPED"), \.taskArns)
    var tasks: [ECS.Task] = []
    for chunk in arns.chunked(by: 100) {
      tasks += try await access.aws.send(ECS.DescribeTasksRequest(tasks: chunk, cluster: names.cluster)).tasks ?? []
    }
    let deployment = "ecs-svc/" + (revisionARN.split(separator: "/").last ?? "")
    let own = tasks.filter { $0.startedBy == deployment }
      // Those that the rollback itself scaled in did nothing wrong.
      .filter { !($0.stoppedReason ?? "").hasPrefix("Scaling activity initiated by") }
      .sorted { ($0.stoppingAt ?? $0.stoppedAt ?? .distantFuture) < ($1.stoppingAt ?? $1.stoppedAt ?? .distantFuture) }
    let failed = own.map { task in
      let container = task.containers?.first { $0.name == names.container } ?? task.containers?.first
      return FailureReport.FailedTask(
        id: String(task.taskArn?.split(separator: "/").last ?? ""), reason: task.stoppedReason,
        containerReason: container?.reason, exitCode: container?.exitCode, stoppedAt: task.stoppingAt ?? task.stoppedAt)
    }
    // Tasks that were only scaled in have written why they were unhealthy, too.
    let speaker =
      failed.first?.id
      ?? tasks.first { $0.startedBy == deployment }?.taskArn?.split(separator: "/").last.map(String.init)
    let lines = if let speaker { try await lastLines(ofTask: speaker) } else { [String]() }
    // Who watches sees target health now and then only; the service's events miss none of it.
    var complaint = targetComplaint
    if complaint == nil { complaint = try await self.complaint(of: tasks, by: deployment) }
    return FailureReport(reason: reason, targetComplaint: complaint, tasks: failed, logLines: lines)
  }

  /// What the service's events say of an unhealthy target of the deployment:
  /// `(service web) (task ID) (port 8080) is unhealthy in (target-group ARN) due to (reason …)`.
  private func complaint(of tasks: [ECS.Task], by deployment: String) async throws -> String? {
    let own = Set(
      tasks.filter { $0.startedBy == deployment }.compactMap { $0.taskArn?.split(separator: "/").last.map(String.init) }
    )
    let service = try await access.aws.send(
      ECS.DescribeServicesRequest(services: [names.service], cluster: names.cluster)
    ).services?.first
    return FailureReport.complaint(in: (service?.events ?? []).compactMap(\.message), ofTasks: own)
  }

  private func lastLines(ofTask id: String) async throws -> [String] {
    let stream = "\(TaskDefinitionPlan.logStreamPrefix)/\(names.container)/\(id)"
    let answer = try await access.aws.sendIfPresent(
      Logs.GetLogEventsRequest(
        logStreamName: stream, logGroupName: names.logGroup, limit: Self.lineCount, startFromHead: false),
      absentCodes: ["ResourceNotFoundException"])
    return (answer?.events ?? []).compactMap(\.message)
  }
}
