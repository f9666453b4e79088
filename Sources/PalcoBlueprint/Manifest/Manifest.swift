import Foundation
import OrderedCollections
import PalcoCore

/// A manifest that has no errors.
public struct Manifest: Sendable {
  /// The project's name.
  public let name: String
  /// The names of the environments, in the file's order.
  public var environments: [String] { Array(blueprints.keys) }
  /// What is odd, but usable.
  public let warnings: [Diagnostic]
  /// The file's path, as it was given.
  public let file: String
  /// The folder that the file is in.
  public let directory: URL

  private let blueprints: OrderedDictionary<String, Blueprint>
  private let written: [String: WrittenEnvironment]
  private let hostPaths: [HostPath]
  private let source: SourceText

  init(
    name: String, blueprints: OrderedDictionary<String, Blueprint>, written: [String: WrittenEnvironment],
    warnings: [Diagnostic], file: String, directory: URL, hostPaths: [HostPath], source: SourceText
  ) {
    self.name = name
    self.blueprints = blueprints
    self.written = written
    self.warnings = warnings
    self.file = file
    self.directory = directory
    self.hostPaths = hostPaths
    self.source = source
  }

  /// Everything that one environment consists of.
  ///
  /// - Throws: `UnknownEnvironment`, which names those that there are
  public func blueprint(for environment: String) throws(UnknownEnvironment) -> Blueprint {
    guard let blueprint = blueprints[environment] else {
      throw UnknownEnvironment(name: environment, known: environments, file: file)
    }
    return blueprint
  }

  /// What differs between two environments, and why.
  ///
  /// - Throws: `UnknownEnvironment`, which names those that there are
  public func difference(
    between left: String, and right: String
  ) throws(UnknownEnvironment) -> EnvironmentDifference {
    EnvironmentDifference(left: left, try environment(left), right: right, try environment(right))
  }

  private func environment(_ name: String) throws(UnknownEnvironment) -> WrittenEnvironment {
    guard let environment = written[name] else {
      throw UnknownEnvironment(name: name, known: environments, file: file)
    }
    return environment
  }

  /// A warning for each file or folder of this machine that is named and not there. A build may make it later, so it
  /// is no error before the image is made.
  public func missingFiles() -> [Diagnostic] {
    var collector = DiagnosticCollector(file: file, source: source)
    for use in hostPaths where !FileManager.default.fileExists(atPath: use.path) {
      collector.add(
        .warning, at: use.value, "there is no \(use.path.quotedForMessage)",
        fix: "build it before you release, or correct the path; it is relative to the folder of palco.yml")
    }
    return collector.finished()
  }
}

/// An environment that the manifest does not have.
public struct UnknownEnvironment: Error, Equatable, CustomStringConvertible {
  /// The name that was asked for.
  public var name: String
  /// The names that there are, in the file's order.
  public var known: [String]
  /// The manifest's path.
  public var file: String

  public var description: String {
    let near = Spelling.nearest(to: name, among: known).map { "; did you mean `\($0)`?" } ?? "."
    return "\(file) has no environment \(name.quotedForMessage)\(near) It has: \(known.joined(separator: ", "))"
  }
}

/// Why a manifest cannot be used: all reasons at once, in the file's order.
public struct ManifestErrors: Error, Equatable, CustomStringConvertible {
  /// The errors, and the warnings between them.
  public var diagnostics: [Diagnostic]

  /// Makes an error of diagnostics.
  public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// How many of the diagnostics are errors.
  public var errorCount: Int { diagnostics.count { $0.severity == .error } }

  public var description: String { diagnostics.map(\.rendered).joined(separator: "\n") }
}
