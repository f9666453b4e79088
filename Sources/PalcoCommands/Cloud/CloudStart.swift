import ArgumentParser

/// `palco cloud start`: the daemon in the background.
struct CloudStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Start the local cloud in the background.",
    discussion: """
      Returns once it answers. Does nothing when it runs already. Its log is the file daemon.log of the state folder.

        palco cloud start --minute 1s
        eval "$(palco cloud start --export)"; aws ecs list-clusters
      """)

  @OptionGroup var arguments: DaemonArguments

  @Flag(help: "Print what was started as JSON.")
  var json = false

  @Flag(help: "Print the shell commands that point AWS clients at it.")
  var export = false

  func run() async throws {
    let state = arguments.state.directory
    let start = try await DaemonLauncher(stateDirectory: state, arguments: arguments.commandLine).start()
    if json {
      try JSONOutput.print(CloudState(start.information, stateDirectory: state))
    } else if export {
      Console.out(CloudState.exports(start.information, stateDirectory: state, verified: arguments.verifySignatures))
    } else {
      let verb = start.wasRunning ? "already runs" : "started"
      Console.out("palco cloud \(verb) at \(start.information.endpoint) (state \(state.path))")
    }
  }
}
