import LoadBalancing

extension LoadBalancer: DataPath {
  func targetHealth(of targetGroupID: String) -> [TargetAddress: TargetHealthView] {
    health(of: targetGroupID).mapValues {
      TargetHealthView(state: $0.state.rawValue, reason: $0.reason, description: $0.description)
    }
  }

  func openListener(_ listener: ListenerConfiguration) async throws {
    try await open(listener)
  }
}
