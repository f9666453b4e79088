import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoCommands

@Suite struct DiffCommandTests {
  private func text(_ stage: String, _ production: String) throws -> [String] {
    let manifest = try ManifestFile.parse(
      Data(
        """
        name: shop
        image: {dockerfile: Dockerfile}
        service: {port: 8080}
        environments: {stage: {\(stage)}, production: {\(production)}}
        """.utf8), file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
    let difference = try manifest.difference(between: "stage", and: "production")
    let plain = Terminal(isInteractive: false, hasColours: false, width: 120)
    return DifferenceReport.text(difference, on: plain).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  @Test func environmentsThatAreAlikeAreSaidToBe() throws {
    #expect(try text("", "") == ["stage and production do not differ"])
  }

  @Test func whatIsProbablyAMistakeComesFirst() throws {
    let found = try text(
      "service: {drain: 10s, environment: {FLAG: on}}", "service: {drain: 20s, tasks: 4}")
    #expect(
      found == [
        "Probably a mistake:",
        "KEY                       STAGE  PRODUCTION  WHY",
        "service.environment.FLAG  on     -           only in stage",
        "service.drain             10s    20s         both write it, nothing stands above",
        "Write what is the same above `environments`, and only what differs below them.",
        "",
        "As the manifest says:",
        "KEY            STAGE  PRODUCTION  WHY",
        "service.tasks  1      4           overridden",
      ])
  }
}
