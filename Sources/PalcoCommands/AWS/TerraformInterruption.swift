import PalcoRelease
import PalcoTerraform

extension TerraformStop {
  /// Lets Ctrl-C stop Terraform in good order for as long as something of it runs.
  func whileWatching<Result>(
    note: @escaping @Sendable (String) -> Void, _ body: () async throws -> Result
  ) async throws -> Result {
    let signals = InterruptionSignals(Interruptions()) { _ in
      switch self.request() {
      case .stopping: note("stopping: Terraform ends what it has begun, stores the state and releases its lock")
      case .alreadyStopping: note("still stopping; Ctrl-C again makes Terraform give up, and may leave its lock")
      case .givingUp: note("giving up")
      }
    }
    defer { withExtendedLifetime(signals) {} }
    return try await body()
  }
}
