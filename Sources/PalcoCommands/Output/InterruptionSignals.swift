import Foundation
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

/// The process's one watch over its signals. It begins with the first need and never ends: on Linux, Dispatch's own
/// source for signals sees one that was unwatched no second time, and misses one that comes right after it was made.
private final class SignalWatch: Sendable {
  struct Watch: Sendable { fileprivate let number: Int }

  static let shared = SignalWatch([SIGINT, SIGTERM])

  private struct State {
    var count = 0
    /// The youngest is last, and gets the signals.
    var watches: [(number: Int, act: @Sendable () -> Void)] = []
  }

  private let state = Mutex(State())
  /// The numbers of the signals that came. A handler may do little more than write.
  private static let ends: (read: Int32, write: Int32) = {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }()

  private init(_ signals: [Int32]) {
    let arrivals = Self.ends.read
    let reader = Thread { [unowned self] in  // both live as long as the process
      var number: UInt8 = 0
      while true {
        let count = read(arrivals, &number, 1)
        if count == 1 { took(Int32(number)) } else if count == 0 || errno != EINTR { return }
      }
    }
    reader.name = "palco.signals"
    reader.start()
    for number in signals {
      signal(number) { number in
        let before = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(SignalWatch.ends.write, &byte, 1)
        errno = before
      }
    }
  }

  private func took(_ number: Int32) {
    // Nobody watches: what the signal does to every program, in the words of a shell.
    guard let act = state.withLock({ $0.watches.last?.act }) else { _exit(128 + number) }
    act()
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
