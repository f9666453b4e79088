import Foundation

/// The real programs that tests talk to. `scripts/setup test` installs them.
enum Counterparts {
  /// In CI every counterpart must be there: a test that was skipped has shown nothing.
  static let areRequired = ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1"

  /// A Python that has boto3.
  static let python: String? = firstThatRuns(
    [".venv/bin/python3", "python3"].compactMap(path), arguments: ["-c", "import boto3"])
  /// The AWS command line.
  static let aws: String? = firstThatRuns([".venv/bin/aws", "aws"].compactMap(path), arguments: ["--version"])
  /// Version 2 of it, which is not to be had from PyPI, and so is never required.
  static let aws2: String? = ["aws", "aws2"].compactMap(path).first { program in
    output(of: program, arguments: ["--version"])?.hasPrefix("aws-cli/2.") == true
  }
  static let skopeo: String? = path("skopeo")

  /// Whether a test that needs a counterpart is to run: it is there, or its absence is a failure.
  static func allows(_ counterpart: String?) -> Bool { counterpart != nil || areRequired }

  /// The root of the package, where the tests were built.
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The drivers beside the tests.
  static let fixtures = packageRoot.appendingPathComponent("Tests/IntegrationTests/Fixtures")
  /// The binary that was built with these tests.
  static let palco = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("palco")

  /// The path of a program: relative to the package when it has a slash, else from `PATH`.
  private static func path(_ name: String) -> String? {
    let folders =
      name.contains("/")
      ? [packageRoot.path] : (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func firstThatRuns(_ programs: [String], arguments: [String]) -> String? {
    programs.first { output(of: $0, arguments: arguments) != nil }
  }

  /// What a program prints, which must be little; `nil` when it fails.
  private static func output(of program: String, arguments: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}
