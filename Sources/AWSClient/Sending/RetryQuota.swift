import Synchronization

/// The tokens that attempts after the first cost, so that a service in trouble is not asked ever more.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
final class RetryQuota: Sendable {
  /// What attempts cost.
  enum Cost {
    static let attempt = 5
    static let timeout = 10
  }

  static let capacity = 500
  private let tokens = Mutex(capacity)

  /// Takes tokens; `false` when there are too few.
  func take(_ cost: Int) -> Bool {
    tokens.withLock { tokens in
      guard tokens >= cost else { return false }
      tokens -= cost
      return true
    }
  }

  /// Gives back what the last attempt cost, when it succeeded; one token for a request that needed no other attempt.
  func give(_ cost: Int?) {
    tokens.withLock { $0 = min(Self.capacity, $0 + (cost ?? 1)) }
  }
}
