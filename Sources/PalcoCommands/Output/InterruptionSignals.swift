import Dispatch
import PalcoRelease
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns Ctrl-C and SIGTERM into ``Interruptions`` for as long as something is watched; outside of that they end the
/// process at once, as everybody expects.
final class InterruptionSignals {
  private let watch: SignalWatch.Watch

  init(_ interruptions: Interruptions, note: @escaping @Sendable (Int) -> Void) {
    watch = SignalWatch.shared.begin { note(interruptions.add()) }
  }

  deinit { SignalWatch.shared.end(watch) }
}

/// The process's one watch over its signals. It begins with the first need and never ends: on Linux, Dispatch sees a
/// signal that was unwatched once no second time.
private final class SignalWatch: Sendable {
  struct Watch: Sendable { fileprivate let number: Int }

  static let shared = SignalWatch([SIGINT, SIGTERM])

  private struct State {
    var count = 0
    /// The youngest is last, and gets the signals.
    var watches: [(number: Int, act: @Sendable () -> Void)] = []
  }

  private let state = Mutex(State())
  private let sources: [any DispatchSourceSignal]

  private init(_ signals: [Int32]) {
    let queue = DispatchQueue(label: "palco.interruptions")
    sources = signals.map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for (number, source) in zip(signals, sources) {
      source.setEventHandler { [unowned self] in
        // Nobody watches: what the signal does to every program, in the words of a shell.
        guard let act = state.withLock({ $0.watches.last?.act }) else { _exit(128 + number) }
        act()
      }
      source.resume()
    }
  }

  func begin(_ act: @escaping @Sendable () -> Void) -> Watch {
    state.withLock { state in
      state.count += 1
      state.watches.append((state.count, act))
      return Watch(number: state.count)
    }
  }

  func end(_ watch: Watch) { state.withLock { $0.watches.removeAll { $0.number == watch.number } } }
}
