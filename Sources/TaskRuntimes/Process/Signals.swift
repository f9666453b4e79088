#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The signals that an image may name as its stop signal.
enum StopSignal {
  private static let names: [String: Int32] = [
    "HUP": SIGHUP, "INT": SIGINT, "QUIT": SIGQUIT, "ABRT": SIGABRT, "KILL": SIGKILL, "USR1": SIGUSR1, "USR2": SIGUSR2,
    "ALRM": SIGALRM, "TERM": SIGTERM, "WINCH": SIGWINCH,
  ]

  /// The number of `SIGTERM`, `TERM` or `15`, which are the forms of an image's `StopSignal`.
  static func number(of name: String) -> Int32? {
    if let number = Int32(name) { return (1...64).contains(number) ? number : nil }
    let upper = name.uppercased()
    return names[upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper]
  }
}
