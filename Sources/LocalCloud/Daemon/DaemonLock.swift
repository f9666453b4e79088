import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lock that keeps a second daemon off a state folder.
///
/// The kernel holds it for as long as the process lives, so a killed daemon leaves none behind.
public final class DaemonLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of a state folder.
  ///
  /// - Throws: ``DaemonError/alreadyRunning(_:)`` when another process has it, ``StoreError/unwritable(_:)`` when the
  ///   lock file cannot be made.
  public init(stateDirectory: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: stateDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreError.unwritable(stateDirectory.path)
    }
    let descriptor = open(Self.path(stateDirectory), O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError.unwritable(stateDirectory.path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw DaemonError.alreadyRunning(stateDirectory.path)
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Whether a living process holds the lock of a state folder.
  public static func isHeld(stateDirectory: URL) -> Bool {
    let descriptor = open(path(stateDirectory), O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  private static func path(_ stateDirectory: URL) -> String {
    stateDirectory.appendingPathComponent("daemon.lock").path
  }
}

/// Why the daemon cannot run.
public enum DaemonError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another daemon serves this state folder.
  case alreadyRunning(String)
  /// The front door's port cannot be had.
  case portTaken(Int)

  public var description: String {
    switch self {
    case .alreadyRunning(let path):
      "a local cloud already runs on \(path); see `palco cloud status`, or give another folder with --state"
    case .portTaken(let port):
      "127.0.0.1:\(port) is taken; stop what listens there, or give another port with --port"
    }
  }
}
