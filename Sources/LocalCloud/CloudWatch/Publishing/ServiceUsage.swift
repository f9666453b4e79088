import Foundation

/// A service and what its tasks run in, for metrics of what they use.
struct ServiceUsage: Sendable, Equatable {
  /// A running task.
  struct RunningTask: Sendable, Equatable {
    var arn: String
    /// What is reserved: units of 1/1024 of a processor; `nil` when nothing is.
    var cpu: Int?
    /// What is reserved, in MiB; `nil` when nothing is.
    var memory: Int?
    /// The process groups of its containers.
    var processGroups: [Int32]
  }

  var cluster: String
  var service: String
  /// Whether the cluster publishes Container Insights.
  var hasContainerInsights: Bool
  var desired: Int
  var pending: Int
  var tasks: [RunningTask]
}

/// Knows what runs.
protocol ServiceUsageSource: Sendable {
  /// All services that are not gone.
  func serviceUsage() async -> [ServiceUsage]
}

extension ECSService: ServiceUsageSource {
  func serviceUsage() -> [ServiceUsage] {
    state.services.values.values.filter { $0.status != .inactive }.sorted { $0.sequence < $1.sequence }
      .map { service in
        let cluster = state.clusters.values.values.first { $0.arn == service.clusterARN }
        let insights = cluster?.settings.last { $0.name == "containerInsights" }?.value
        let tasks = state.tasks(of: service.arn)
        return ServiceUsage(
          cluster: cluster?.name ?? "", service: service.name,
          hasContainerInsights: insights == "enabled" || insights == "enhanced", desired: service.desiredCount,
          pending: ECSState.counts(tasks).pending,
          tasks: tasks.filter { $0.machine.status == .running }.map(running))
      }
  }

  private func running(_ task: TaskRecord) -> ServiceUsage.RunningTask {
    let definition = state.taskDefinitions[task.taskDefinition]?.definition
    let parts = definition?.containerDefinitions ?? []
    let (cpu, memory) = (parts.compactMap(\.cpu).reduce(0, +), parts.compactMap(\.memory).reduce(0, +))
    return ServiceUsage.RunningTask(
      arn: task.arn, cpu: definition?.cpu.flatMap { Int($0) } ?? (cpu > 0 ? cpu : nil),
      memory: definition?.memory.flatMap { Int($0) } ?? (memory > 0 ? memory : nil),
      processGroups: (containers[task.arn] ?? []).map(\.running.processIdentifier).filter { $0 > 0 })
  }
}
