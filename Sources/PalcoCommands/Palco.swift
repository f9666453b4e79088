import ArgumentParser
import Foundation

/// The root command. Nothing here may do work before a subcommand is chosen: `palco --version` starts in milliseconds.
public struct Palco: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "palco",
    abstract: "Takes a containerised web service from an image to stage and production on AWS ECS.",
    discussion: """
      Every step can be rehearsed on this machine first: the local cloud speaks the wire protocols of AWS, runs the \
      tasks as processes and balances real traffic.

      EXAMPLES:
        palco init                          write a commented palco.yml here
        palco up stage                      make the environment 'stage'
        palco deploy stage                  build the image and release it to stage
        palco promote stage production      release the digest that stage proved
        palco status                        what serves where
        palco rollback production           go back to what served before
        palco rehearse                      all of this in a minute, on live traffic

      \(ExitStatus.table)
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Manifest",
        subcommands: [ManifestInit.self, ManifestCheck.self, DiffCommand.self, ManifestSchemaCommand.self]),
      CommandGroup(name: "Environments", subcommands: [Up.self, Down.self, Status.self, Export.self]),
      CommandGroup(
        name: "On AWS",
        subcommands: [BootstrapCommand.self, PlanCommand.self, DriftCommand.self, DoctorCommand.self]),
      CommandGroup(
        name: "Releases",
        subcommands: [
          Deploy.self, Promote.self, Watch.self, Continue.self, RollBack.self, Releases.self, Why.self, SLOCommand.self,
          LogsCommand.self, JudgeCommand.self,
        ]),
      CommandGroup(
        name: "On this machine", subcommands: [Rehearse.self, Secret.self, Cloud.self, EventsCommand.self]),
    ])

  public init() {}

  /// Runs the command line of this process and ends the process with an exit code of ``ExitStatus``.
  public static func main() async {
    await run(arguments: Array(CommandLine.arguments.dropFirst()))
  }

  private static func run(arguments: [String]) async -> Never {
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      Foundation.exit(ExitStatus.success.rawValue)
    } catch {
      if let known = CommandError(error) {
        Console.note("palco: error: \(known.message)")
        Foundation.exit(known.status.rawValue)
      }
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if code == .success {
        if !text.isEmpty { Console.out(text) }
      } else if !text.isEmpty {
        // ArgumentParser writes "Error: …" and then how the command is used.
        Console.note(text.hasPrefix("Error: ") ? "palco: error: " + text.dropFirst("Error: ".count) : text)
      }
      Foundation.exit(code.rawValue)
    }
  }
}
