import Foundation
import PalcoRelease
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A process has one set of signals, which other tests watch too: each of these has a process of its own.
@Suite struct InterruptionSignalsTests {
  private final class Count: Sendable {
    let value = Mutex(0)
    func add() { value.withLock { $0 += 1 } }
    var isOne: Bool { value.withLock { $0 } == 1 }
  }

  /// `palco up` watches for each of its steps anew.
  @Test func everyWatchOfAProcessSeesCtrlC() async {
    await #expect(processExitsWith: .success) {
      for _ in 0..<3 {
        let count = Count()
        let watch = InterruptionSignals(Interruptions()) { _ in count.add() }
        kill(getpid(), SIGINT)
        #expect(await eventually { count.isOne })
        withExtendedLifetime(watch) {}
      }
    }
  }

  @Test func theInnermostWatchGetsTheSignal() async {
    await #expect(processExitsWith: .success) {
      let (outer, inner) = (Count(), Count())
      let first = InterruptionSignals(Interruptions()) { _ in outer.add() }
      do {
        let second = InterruptionSignals(Interruptions()) { _ in inner.add() }
        kill(getpid(), SIGTERM)
        #expect(await eventually { inner.isOne })
        withExtendedLifetime(second) {}
      }
      kill(getpid(), SIGTERM)
      #expect(await eventually { outer.isOne })
      #expect(inner.isOne)
      withExtendedLifetime(first) {}
    }
  }
}
