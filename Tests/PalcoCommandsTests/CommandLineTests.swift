import ArgumentParser
import Testing

@testable import PalcoCommands

@Suite struct CommandLineTests {
  @Test func theCommandsOfTheHelpCanBeParsed() throws {
    let lines = [
      ["up", "stage"], ["down", "production", "--yes"], ["status"], ["status", "production", "--json"],
      ["deploy", "stage", "--label", "v2", "--force"], ["deploy", "stage", "--image", "v1", "--supersede", "-q"],
      ["promote", "stage", "production"], ["rollback", "production", "--to", "v1"],
      ["releases", "production", "-n", "5"], ["watch", "production", "--accept-unproven", "night"],
      ["deploy", "stage", "--resume"],
      ["logs", "stage", "-f", "--since", "2h", "--task", "3f2a"],
      ["up", "production", "--yes", "--replace-data", "--json"], ["bootstrap", "--json"], ["plan", "stage"],
      ["drift", "stage", "--json"], ["doctor", "stage", "--json"],
      ["judge"], ["judge", "--paced"], ["rehearse", "--down", "--minute", "500ms", "--rate", "50"],
    ]
    for line in lines { #expect(throws: Never.self, "\(line)") { try Palco.parseAsRoot(line) } }
  }

  @Test(arguments: [
    ["deploy"], ["promote", "stage"], ["releases", "production", "-n", "0"], ["rehearse", "--rate", "0"],
    ["logs", "stage", "--since", "yesterday"], ["deploy", "stage", "--resume", "--force"],
    ["watch", "stage", "--accept-unproven", " "], ["up", "stage", "--unknown"], ["plan"], ["doctor"],
    ["drift", "a", "b"],
  ])
  func whatCannotBeMeantIsRefusedAsUsage(line: [String]) {
    let error = #expect(throws: (any Error).self) { try Palco.parseAsRoot(line) }
    if let error { #expect(Palco.exitCode(for: error).rawValue == ExitStatus.usage.rawValue) }
  }
}
