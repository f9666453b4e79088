import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct DaemonLockTests {
  @Test func oneHolderAtATime() async throws {
    try await withTemporaryDirectory { directory in
      do {
        let lock = try DaemonLock(stateDirectory: directory)
        #expect(DaemonLock.isHeld(stateDirectory: directory))
        #expect(throws: DaemonError.alreadyRunning(directory.path)) { try DaemonLock(stateDirectory: directory) }
        withExtendedLifetime(lock) {}
      }
      #expect(!DaemonLock.isHeld(stateDirectory: directory))
      #expect(DaemonLock.holder(stateDirectory: directory) == nil)
    }
  }

  @Test func askingDoesNotKeepADaemonFromStarting() async throws {
    try await withTemporaryDirectory { directory in
      _ = try DaemonLock(stateDirectory: directory)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for _ in 0..<4 {
          tasks.addTask {
            for _ in 0..<200 {
              _ = DaemonLock.isHeld(stateDirectory: directory)
              try await Task.sleep(for: .microseconds(100))
            }
          }
        }
        for _ in 0..<50 {
          _ = try DaemonLock(stateDirectory: directory)
          try await Task.sleep(for: .milliseconds(1))
        }
        try await tasks.waitForAll()
      }
    }
  }
}
