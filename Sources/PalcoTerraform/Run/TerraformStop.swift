import Synchronization

/// How a person's Ctrl-C reaches the Terraform that runs now.
///
/// Terraform runs in a session of its own, so the terminal's SIGINT does not reach it beside Palco's: it would count two,
/// and end at once with its state locked and half written.
public final class TerraformStop: Sendable {
  private struct State {
    var requests = 0
    var interrupt: (@Sendable () -> Void)?
  }

  /// What a request did.
  public enum Effect: Sendable, Equatable {
    /// Terraform was told to end what it does in good order, and to release its lock.
    case stopping
    /// It was told already; the next request makes it give up.
    case alreadyStopping
    /// It was told again: it ends at once, and its lock may stay.
    case givingUp
  }

  private let state = Mutex(State())

  public init() {}

  /// Asks for an end: the first time in good order, the second time nothing happens, the third time Terraform gives up.
  @discardableResult public func request() -> Effect {
    let (effect, interrupt) = state.withLock { state -> (Effect, (@Sendable () -> Void)?) in
      state.requests += 1
      switch state.requests {
      case 1: return (.stopping, state.interrupt)
      case 2: return (.alreadyStopping, nil)
      default: return (.givingUp, state.interrupt)
      }
    }
    interrupt?()
    return effect
  }

  /// Whether somebody asked.
  public var isRequested: Bool { state.withLock { $0.requests > 0 } }

  /// Names what a request acts upon; it acts at once when one came before.
  func attach(_ interrupt: @escaping @Sendable () -> Void) {
    let isRequested = state.withLock { state in
      state.interrupt = interrupt
      return state.requests > 0
    }
    if isRequested { interrupt() }
  }

  func detach() { state.withLock { $0.interrupt = nil } }
}
