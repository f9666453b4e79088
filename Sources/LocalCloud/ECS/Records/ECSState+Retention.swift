import Foundation

// What is forgotten, so that a cloud that releases all day does not grow for ever.
//
// How long something stays is what a reader is promised; it is not AWS's own waiting, and so not scaled by the minute.
extension ECSState {
  /// AWS shows a service deployment for ninety days.
  static let deploymentRetention: TimeInterval = 90 * 86_400
  /// However often a service is released, so many deployments stay.
  static let deploymentsOfServiceKept = 200
  /// So many services that were deleted stay, and so many clusters.
  static let inactiveKept = 100
  /// So many revisions of a task definition stay, and all that are used.
  static let revisionsOfFamilyKept = 1000

  /// Forgets what is too old or too much: deployments, revisions, what was deleted, task definitions.
  mutating func forgetHistory(at now: Date) {
    forgetInactive()
    forgetDeployments(before: now.addingTimeInterval(-Self.deploymentRetention))
    forgetRevisions()
    forgetTaskDefinitions()
  }

  private mutating func forgetInactive() {
    let deleted = services.values.values.filter { $0.status == .inactive }.sorted { $0.sequence > $1.sequence }
    for service in deleted.dropFirst(Self.inactiveKept) {
      forget(service.arn)
      services[service.arn] = nil
    }
    let clusters = clusters.values.values.filter { !$0.isActive }.sorted { $0.sequence > $1.sequence }
    for cluster in clusters.dropFirst(Self.inactiveKept) { self.clusters[cluster.arn] = nil }
  }

  private mutating func forgetDeployments(before instant: Date) {
    for (_, all) in Dictionary(grouping: deployments.values.values, by: \.serviceARN) {
      // The newest says what the service is, however old it is.
      for (index, deployment) in all.sorted(by: { $0.sequence > $1.sequence }).enumerated().dropFirst()
      where deployment.machine.status.isTerminal
        && (index >= Self.deploymentsOfServiceKept || deployment.machine.updatedAt < instant)
      { deployments[deployment.arn] = nil }
    }
  }

  /// Forgets the revisions that nothing names any more.
  private mutating func forgetRevisions() {
    var used = Set(services.values.values.compactMap(\.currentRevision))
    used.formUnion(tasks.values.values.compactMap(\.revisionARN))
    used.formUnion(taskSets.values.values.map(\.revision))
    for deployment in deployments.values.values {
      used.insert(deployment.target)
      used.formUnion(deployment.sources)
      if let source = deployment.source { used.insert(source) }
    }
    for arn in revisions.values.keys where !used.contains(arn) { revisions[arn] = nil }
  }

  private mutating func forgetTaskDefinitions() {
    var used = Set(revisions.values.values.compactMap(\.settings.taskDefinition))
    used.formUnion(services.values.values.compactMap(\.settings.taskDefinition))
    used.formUnion(tasks.values.values.map(\.taskDefinition))
    for (_, all) in Dictionary(grouping: taskDefinitions.values.values, by: \.family) {
      for (index, definition) in all.sorted(by: { $0.revision > $1.revision }).enumerated()
      where !used.contains(definition.arn)
        && (index >= Self.revisionsOfFamilyKept || definition.status == .deleteInProgress)
      { taskDefinitions[definition.arn] = nil }
    }
  }
}
