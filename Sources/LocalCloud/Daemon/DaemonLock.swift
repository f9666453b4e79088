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
    // Whoever asks `isHeld` has the lock for an instant; a daemon has it for longer.
    var attempts = 20
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      attempts -= 1
      guard attempts > 0 else {
        close(descriptor)
        throw DaemonError.alreadyRunning(stateDirectory.path)
      }
      usleep(5_000)
    }
    self.descriptor = descriptor
    let text = "\(getpid())\n"
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count else {
      close(descriptor)
      throw StoreError.unwritable(stateDirectory.path)
    }
  }

  deinit { close(descriptor) }

  /// Whether a living process holds the lock of a state folder.
  public static func isHeld(stateDirectory: URL) -> Bool {
    let descriptor = open(path(stateDirectory), O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  /// The process that holds the lock of a state folder, from its first moment to its last.
  public static func holder(stateDirectory: URL) -> Int32? {
    guard isHeld(stateDirectory: stateDirectory) else { return nil }
    return (try? String(contentsOfFile: path(stateDirectory), encoding: .utf8)).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }

  private static func path(_ stateDirectory: URL) -> String {
    stateDirectory.appendingPathComponent("daemon.lock").path
  }
}
