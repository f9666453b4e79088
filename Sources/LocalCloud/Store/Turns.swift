/// Turns for the changes of one actor, in the order of arrival.
///
/// An actor alone does not keep changes apart that suspend (to open a port, to write to the store): another one may begin
/// in between. Each change takes its turn first and gives it up at its end.
///
///     await turns.take()
///     defer { turns.pass() }
final class Turns {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Returns once it is the caller's turn. To be called by the actor that owns the turns.
  func take(isolation: isolated (any Actor)? = #isolation) async {
    if isTaken {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      isTaken = true
    }
  }

  /// Gives the turn to who has waited longest.
  func pass() {
    if waiting.isEmpty {
      isTaken = false
    } else {
      waiting.removeFirst().resume()
    }
  }
}
