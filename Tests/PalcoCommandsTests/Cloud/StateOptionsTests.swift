import Foundation
import Testing

@testable import PalcoCommands

@Suite struct StateOptionsTests {
  /// A folder `a/b` below one with `palco.yml`, removed afterwards.
  private func inProject(_ body: (_ project: URL, _ below: URL) throws -> Void) throws {
    let project = FileManager.default.temporaryDirectory.appendingPathComponent("palco-state-\(UUID().uuidString)")
    let below = project.appendingPathComponent("a/b", isDirectory: true)
    try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: project) }
    try Data().write(to: project.appendingPathComponent("palco.yml"))
    try body(project, below)
  }

  @Test func theOptionComesFirstThenTheEnvironment() throws {
    try inProject { _, below in
      func path(_ given: String?, _ environment: [String: String]) -> String {
        StateOptions.directory(given: given, environment: environment, workingDirectory: below).path
      }
      #expect(path("/x/y", ["PALCO_STATE": "/z"]) == "/x/y")
      #expect(path("../s", [:]) == below.deletingLastPathComponent().appendingPathComponent("s").path)
      #expect(path(nil, ["PALCO_STATE": "/z"]) == "/z")
    }
  }

  @Test func theNearestManifestUpwardsSaysWhereOtherwise() throws {
    try inProject { project, below in
      let found = StateOptions.directory(given: nil, environment: ["PALCO_STATE": ""], workingDirectory: below)
      #expect(found.path == project.appendingPathComponent(".palco").path)
    }
  }

  @Test func withoutAManifestItIsTheWorkingFolder() {
    let folder = URL(fileURLWithPath: "/nowhere/at/all", isDirectory: true)
    #expect(
      StateOptions.directory(given: nil, environment: [:], workingDirectory: folder).path == "/nowhere/at/all/.palco")
  }
}
