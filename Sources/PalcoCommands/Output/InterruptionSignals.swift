import Dispatch
import PalcoRelease

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Turns Ctrl-C and SIGTERM into ``Interruptions`` for as long as a release is watched; outside of that they end the
/// process at once, as everybody expects.
final class InterruptionSignals {
  private let sources: [any DispatchSourceSignal]
  private static let signals = [SIGINT, SIGTERM]

  init(_ interruptions: Interruptions, note: @escaping @Sendable (Int) -> Void) {
    let queue = DispatchQueue(label: "palco.interruptions")
    sources = Self.signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { note(interruptions.add()) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
