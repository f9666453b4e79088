import Foundation

/// Python with botocore, AWS's own client, as a counterpart of tests.
///
///     @Test(.enabled(if: Python.isUsable, Python.hint)) func botocoreReadsIt() throws { … }
public enum Python {
  /// Whether tests that need it run: when it is there, and when they must not be skipped.
  public static var isUsable: Bool {
    path != nil || ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1"
  }

  /// Says what is missing.
  public static let hint: String = "needs python3 with botocore: scripts/setup test"

  /// What a script printed went wrong, or that there is no interpreter.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs a script and gives what it printed.
  ///
  /// - Parameter input: Its standard input.
  /// - Throws: ``Failure`` when it does not end with exit code 0.
  public static func run(_ script: String, input: String = "") throws -> Data {
    guard let path else { throw Failure(description: hint) }
    return try execute(path, ["-c", script], input: input)
  }

  private static let path: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates = [root.appending(path: ".venv/bin/python3").path, "/usr/bin/env"]
    return candidates.first { candidate in
      FileManager.default.isExecutableFile(atPath: candidate)
        && (try? execute(candidate, ["-c", "import botocore"], input: "")) != nil
    }
  }()

  private static func execute(_ path: String, _ arguments: [String], input: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = (path == "/usr/bin/env" ? ["python3"] : []) + arguments
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    let errors = try stderr.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: String(decoding: errors, as: UTF8.self)) }
    return output
  }
}
