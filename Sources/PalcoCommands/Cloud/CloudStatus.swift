import ArgumentParser
import Foundation
import LocalCloud

/// `palco cloud status`: whether the daemon runs, and where.
struct CloudStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether the local cloud runs, and where.",
    discussion: """
      The exit code is 0 when it runs and 3 when it does not.

        palco cloud status
        palco cloud status --json | jq -r .endpoint
      """)

  @OptionGroup var state: StateOptions

  @Flag(help: "Print the status as JSON.")
  var json = false

  func run() async throws {
    let directory = state.directory
    let running = DaemonInformation.ofRunning(stateDirectory: directory)
    let status = running.map { CloudState($0, stateDirectory: directory) } ?? CloudState(stoppedAt: directory)
    if json { try JSONOutput.print(status) } else { Console.out(status.text(now: Date())) }
    // As `systemctl status` has it.
    if !status.running { throw ExitCode(3) }
  }
}
