import Foundation

/// Why Pulse cannot start, with the exit code of sysexits.h that says so.
struct StartError: Error, CustomStringConvertible {
  var description: String
  var exitCode: Int32

  /// A variable of the environment holds nonsense.
  static func usage(_ problems: [String]) -> StartError {
    StartError(description: problems.joined(separator: "\npulse: "), exitCode: 64)
  }
  /// Something that it needs is not there.
  static func unavailable(_ words: String) -> StartError { StartError(description: words, exitCode: 69) }
}

/// Everything that the environment says.
struct Settings: Sendable {
  /// Where the answers are kept.
  enum Database: Sendable, Equatable {
    case sqlite(path: String)
    /// The URL holds a password: never to be shown.
    case postgres(url: String)
  }

  var host: String
  var port: Int
  var version: String
  var database: Database
  var faults: Faults

  /// Reads `HOST`, `PORT`, `DATABASE_URL`, `PULSE_DB`, `PULSE_VERSION` and the fault switches.
  ///
  /// - Parameter version: The version when `PULSE_VERSION` does not say.
  /// - Throws: ``StartError`` that names all that is wrong at once.
  init(environment: [String: String], version: String = Version.unknown) throws {
    let reader = EnvironmentReader(environment)
    var problems: [String] = []
    host = reader.text("HOST") ?? "127.0.0.1"
    port =
      reader.value("PORT", "a port from 0 to 65535", &problems) { Int($0).flatMap { (0...65_535) ~= $0 ? $0 : nil } }
      ?? 8080
    self.version = reader.text("PULSE_VERSION") ?? version
    if let url = reader.text("DATABASE_URL") {
      database = .postgres(url: url)
    } else {
      database = .sqlite(path: reader.text("PULSE_DB") ?? Self.defaultDatabase)
    }
    faults = Faults(
      failsHealth: reader.value("PULSE_FAIL_HEALTH", "1 or 0", &problems) {
        switch $0.lowercased() {
        case "1", "true", "yes": true
        case "0", "false", "no": false
        default: nil
        }
      } ?? false,
      errorRate: reader.value("PULSE_ERROR_RATE", "a share from 0 to 1, such as 0.05", &problems, Self.share) ?? 0,
      latency: reader.duration("PULSE_LATENCY", &problems),
      latencyRate: reader.value("PULSE_LATENCY_RATE", "a share from 0 to 1, such as 0.05", &problems, Self.share) ?? 1,
      crashAfter: reader.duration("PULSE_CRASH_AFTER", &problems),
      startDelay: reader.duration("PULSE_START_DELAY", &problems))
    guard problems.isEmpty else { throw StartError.usage(problems) }
  }

  private static func share(_ text: String) -> Double? { Double(text).flatMap { (0...1) ~= $0 ? $0 : nil } }

  /// A file of this user's, which tasks on one machine share.
  private static var defaultDatabase: String {
    FileManager.default.temporaryDirectory.appendingPathComponent("pulse-\(getuid())/pulse.sqlite").path
  }
}

/// Reads variables, and collects what is wrong with them.
struct EnvironmentReader {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  /// A variable that is set to something.
  func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  func value<Value>(
    _ name: String, _ expected: String, _ problems: inout [String], _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(name) else { return nil }
    guard let value = parse(text) else {
      problems.append("\(name)=\(text): expected \(expected)")
      return nil
    }
    return value
  }

  func duration(_ name: String, _ problems: inout [String]) -> Duration? {
    value(name, "a duration such as 300ms, 5s or 1m", &problems, Self.duration)
  }

  /// `300ms`, `5s`, `1.5s`, `1m`; a day at most.
  static func duration(_ text: String) -> Duration? {
    for (unit, seconds) in [("ms", 0.001), ("s", 1), ("m", 60)] where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.count)
      guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits) else {
        continue
      }
      return number * seconds <= 86_400 ? .seconds(number * seconds) : nil
    }
    return nil
  }
}
