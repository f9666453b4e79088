import AWSWire

/// What a container waits for before it starts.
enum ContainerDependencies {
  /// How a dependency stands.
  enum Standing: Equatable {
    case met
    case open
    /// It cannot be met any more.
    case failed(String)
  }

  /// Seconds that a container may take to what others wait for, when it names no `startTimeout`.
  static let defaultStartTimeout = 180

  /// Whether a container's condition holds.
  static func standing(_ condition: String, of container: ContainerRecord) -> Standing {
    let hasEnded = container.status == "STOPPED"
    switch condition {
    case "COMPLETE": return hasEnded ? .met : .open
    case "SUCCESS":
      guard hasEnded else { return .open }
      return container.exitCode == 0 ? .met : .failed("ended with exit code \(container.exitCode ?? -1)")
    case "HEALTHY":
      if container.health == .healthy { return .met }
      return hasEnded ? .failed("ended with exit code \(container.exitCode ?? -1)") : .open
    // START: those that others depend on are started before them.
    default: return .met
    }
  }

  /// The containers in the order of starting: after those that they depend on, else as they are defined.
  ///
  /// - Throws: ``TaskStartFailure`` for circles.
  static func sorted(_ containers: [ECS.ContainerDefinition]) throws -> [ECS.ContainerDefinition] {
    var sorted: [ECS.ContainerDefinition] = []
    var rest = containers
    while !rest.isEmpty {
      let started = Set(sorted.compactMap(\.name))
      guard
        let index = rest.firstIndex(where: { container in
          (container.dependsOn ?? []).allSatisfy { started.contains($0.containerName) }
        })
      else {
        throw TaskStartFailure("ResourceInitializationError: the containers depend on each other in a circle")
      }
      sorted.append(rest.remove(at: index))
    }
    return sorted
  }

  /// The containers in the order of stopping, in groups that stop at once: before those that they depend on.
  static func stopGroups(_ containers: [LaunchedContainer]) -> [[LaunchedContainer]] {
    var rest = containers
    var groups: [[LaunchedContainer]] = []
    while !rest.isEmpty {
      let needed = Set(rest.flatMap(\.dependsOn))
      let group = rest.filter { !needed.contains($0.name) }
      // Circles were refused before anything started.
      if group.isEmpty { return groups + [rest] }
      groups.append(group)
      rest.removeAll { !needed.contains($0.name) }
    }
    return groups
  }
}
