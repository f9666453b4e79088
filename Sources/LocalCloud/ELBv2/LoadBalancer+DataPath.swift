import LoadBalancing

// The balancer that serves.
extension LoadBalancer: DataPath {
  func openListener(_ listener: ListenerConfiguration) async throws { try await open(listener) }

  func targetHealth(of targetGroupID: String) async -> [TargetAddress: TargetHealthView] {
    health(of: targetGroupID).mapValues {
      TargetHealthView(state: $0.state.rawValue, reason: $0.reason, description: $0.description)
    }
  }
}
