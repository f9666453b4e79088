import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds what a health check left in a container.
///
/// An engine that stops waiting for an `exec` does not end what it executed. So each check has a mark in its
/// environment, by which it and its children are found among this machine's processes. An engine in a virtual machine
/// keeps its processes to itself; there a check that hangs stays until its container ends.
enum CheckMark {
  /// The variable that holds the mark.
  static let variable = "PALCO_HEALTH_CHECK"

  /// Kills every process with a mark, written `variable=value`.
  static func kill(_ mark: String) {
    #if os(Linux)
      for process in ProcessTable.all() where !process.isZombie && environment(of: process.identifier, holds: mark) {
        _ = sendSignal(process.identifier, SIGKILL)
      }
    #endif
  }

  private static func environment(of process: Int32, holds mark: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
    return data.range(of: Data(mark.utf8)) != nil
  }
}
