import AWSWire
import Foundation

/// Publishes what the tasks of services use: AWS/ECS, and ECS/ContainerInsights where a cluster asks for it.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
actor UsagePublisher: MetricPublisher {
  private let source: any ServiceUsageSource
  private let processes: @Sendable (Set<Int32>) -> [ProcessUsage]
  private var before: [Process: Double] = [:]
  private var lastLook: Date

  private struct Process: Hashable {
    var identifier: Int32
    var startTime: UInt64
  }

  /// - Parameter processes: Reads the processes of some groups.
  init(
    source: any ServiceUsageSource, now: Date,
    processes: @escaping @Sendable (Set<Int32>) -> [ProcessUsage] = { ProcessUsage.all(inGroups: $0) }
  ) {
    self.source = source
    self.processes = processes
    lastLook = now
  }

  func samples(at minute: Int64, now: Date) async -> [MetricSample] {
    let services = await source.serviceUsage()
    let groups = Set(services.flatMap(\.tasks).flatMap(\.processGroups))
    let used = processes(groups)
    let elapsed = max(0.001, now.timeIntervalSince(lastLook))
    lastLook = now
    var processors: [Int32: Double] = [:]
    var memory: [Int32: Double] = [:]
    var after: [Process: Double] = [:]
    for process in used {
      let key = Process(identifier: process.identifier, startTime: process.startTime)
      after[key] = process.processorSeconds
      let seconds = max(0, process.processorSeconds - (before[key] ?? 0))
      processors[process.group, default: 0] += seconds / elapsed
      memory[process.group, default: 0] += process.residentBytes
    }
    before = after
    return services.flatMap { samples(of: $0, processors, memory, at: minute) }
  }

  private func samples(
    of service: ServiceUsage, _ processors: [Int32: Double], _ memory: [Int32: Double], at minute: Int64
  ) -> [MetricSample] {
    // What a task uses: units of 1/1024 of a processor, and MiB. A task without processes was not measured.
    let tasks = service.tasks.filter { task in task.processGroups.contains { memory[$0] != nil } }
    let cpuUsed = tasks.map { $0.processGroups.reduce(0) { $0 + (processors[$1] ?? 0) } * 1024 }
    let memoryUsed = tasks.map { $0.processGroups.reduce(0) { $0 + (memory[$1] ?? 0) } / 1_048_576 }
    func percent(_ used: [Double], _ reserved: KeyPath<ServiceUsage.RunningTask, Int?>) -> [(Double, Double)] {
      zip(used, tasks).compactMap { used, task in task[keyPath: reserved].map { (used / Double($0) * 100, 1) } }
    }
    func sample(_ namespace: String, _ name: String, _ unit: String, _ values: [(Double, Double)]) -> MetricSample {
      MetricSample(
        identity: MetricIdentity(
          namespace: namespace, name: name, ["ClusterName": service.cluster, "ServiceName": service.service]),
        unit: unit, timestamp: minute, summary: MetricSummary(values.map { (value: $0.0, count: $0.1) }))
    }
    var result = [
      sample("AWS/ECS", "CPUUtilization", "Percent", percent(cpuUsed, \.cpu)),
      sample("AWS/ECS", "MemoryUtilization", "Percent", percent(memoryUsed, \.memory)),
    ]
    guard service.hasContainerInsights else { return result }
    let insights = "ECS/ContainerInsights"
    result += [
      sample(insights, "CpuUtilized", "None", cpuUsed.map { ($0, 1) }),
      sample(insights, "CpuReserved", "None", tasks.compactMap(\.cpu).map { (Double($0), 1) }),
      sample(insights, "MemoryUtilized", "Megabytes", memoryUsed.map { ($0, 1) }),
      sample(insights, "MemoryReserved", "Megabytes", tasks.compactMap(\.memory).map { (Double($0), 1) }),
      sample(insights, "RunningTaskCount", "Count", [(Double(service.tasks.count), 1)]),
      sample(insights, "PendingTaskCount", "Count", [(Double(service.pending), 1)]),
      sample(insights, "DesiredTaskCount", "Count", [(Double(service.desired), 1)]),
    ]
    return result
  }
}
