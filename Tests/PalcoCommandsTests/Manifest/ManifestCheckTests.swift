import ArgumentParser
import Foundation
import PalcoBlueprint
import PalcoCore
import PalcoTestSupport
import Testing

@testable import PalcoCommands

@Suite struct ManifestCheckTests {
  private let right = """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080}
    environments: {stage: , production: }
    """

  private func withManifest(_ text: String, _ body: (URL) throws -> Void) async throws {
    try await withTemporaryDirectory { folder in
      try Data(text.utf8).write(to: folder.appendingPathComponent("palco.yml"))
      try body(folder)
    }
  }

  private func check(_ folder: URL, _ arguments: String...) throws -> ManifestCheck {
    try ManifestCheck.parse(["--file", folder.appendingPathComponent("palco.yml").path] + arguments)
  }

  @Test func aRightManifestPasses() async throws {
    try await withManifest(right) { folder in
      try check(folder).run()
      try check(folder, "--json").run()
      try check(folder, "--environment", "production").run()
    }
  }

  @Test func aWrongManifestEndsWithExitCodeTwo() async throws {
    try await withManifest(right.replacingOccurrences(of: "8080", with: "0, tsks: 1")) { folder in
      let error = #expect(throws: CommandError.self) { try check(folder).run() }
      #expect(error?.status == .invalidManifest)
      #expect(error?.message.hasSuffix("palco.yml has 2 errors") == true)
      #expect(throws: ExitCode(2)) { try check(folder, "--json").run() }
    }
  }

  @Test func anUnknownEnvironmentIsAMistakeOfTheCommandLine() async throws {
    try await withManifest(right) { folder in
      let error = #expect(throws: CommandError.self) { try check(folder, "--environment", "prod").run() }
      #expect(error?.status == .usage)
      #expect(error?.message.hasSuffix("It has: stage, production") == true)
      let options = try ManifestOptions.parse(["--file", folder.appendingPathComponent("palco.yml").path])
      #expect(try options.load(environment: "stage").project == "shop")
      #expect(throws: CommandError.self) { try options.load(environment: "prod") }
    }
  }

  @Test func aFileThatIsNotThereIsAWarning() async throws {
    try await withManifest(right) { folder in
      let result = CheckResult(path: folder.appendingPathComponent("palco.yml").path, shown: "palco.yml")
      #expect(result.errors == nil)
      #expect(result.diagnostics.map(\.severity) == [.warning])
      #expect(result.diagnostics.first?.keyPath == "image.dockerfile")
      try Data().write(to: folder.appendingPathComponent("Dockerfile"))
      #expect(result.diagnostics.isEmpty)
    }
  }

  @Test func theJSONFormIsForMachines() async throws {
    try await withManifest(right.replacingOccurrences(of: "8080", with: "0")) { folder in
      let result = CheckResult(path: folder.appendingPathComponent("palco.yml").path, shown: "palco.yml")
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let json = String(decoding: try encoder.encode(CheckReport(result, blueprint: nil)), as: UTF8.self)
      #expect(
        json
          == #"{"diagnostics":[{"file":"palco.yml","fix":"write a number from 1 to 65535","keyPath":"service.port","#
          + #""message":"`0` is out of range","position":{"column":17,"line":3},"severity":"error"}],"#
          + #""environments":[],"file":"palco.yml","valid":false}"#)
    }
  }

  @Test func theNearestManifestUpwardsIsMeant() async throws {
    try await withManifest(right) { folder in
      let below = folder.appendingPathComponent("a/b")
      try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
      let found = try ManifestOptions.locate(given: nil, workingDirectory: below)
      #expect(found.path == folder.appendingPathComponent("palco.yml").standardizedFileURL.path)
      #expect(found.shown == "../../palco.yml")
      #expect(try ManifestOptions.locate(given: "x/y.yml", workingDirectory: below).path == below.path + "/x/y.yml")
    }
  }

  @Test func withoutAManifestTheWayOutIsSaid() async throws {
    try await withTemporaryDirectory { folder in
      let error = #expect(throws: CommandError.self) {
        try ManifestOptions.locate(given: nil, workingDirectory: folder)
      }
      #expect(error?.status == .invalidManifest)
      #expect(error?.message.contains("palco init") == true)
    }
  }

  @Test func aLongListIsCut() {
    let many = (1...60).map { number in
      Diagnostic(.error, file: "f", position: SourcePosition(line: number, column: 1), message: "m")
    }
    let text = ManifestReport.text(many, on: Terminal(isInteractive: false, hasColours: false, width: 80))
    #expect(text.hasSuffix("f:50:1: error: m\n… and 10 more"))
    let coloured = ManifestReport.text([many[0]], on: Terminal(isInteractive: true, hasColours: true, width: 80))
    #expect(coloured == "\u{1B}[31mf:1:1: error: m\u{1B}[0m")
  }
}
