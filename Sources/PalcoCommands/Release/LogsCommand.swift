import ArgumentParser
import Foundation
import PalcoRelease

/// `palco logs`: what the tasks of an environment write.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Show what the tasks of an environment write.",
    discussion: """
        palco logs stage
        palco logs production --follow
        palco logs production --since 2h --task 3f2a9c1b
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Flag(name: .shortAndLong, help: "Go on as lines come; Ctrl-C ends it.")
  var follow = false

  @Option(help: ArgumentHelp("How far back, such as 30s, 10m or 2h.", valueName: "duration"))
  var since = DurationArgument(.seconds(600))

  @Option(help: "The id of one task, or the beginning of it.")
  var task: String?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print each line as a JSON object.")
  var json = false

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let reader = LogReader(access: try project.access(to: blueprint), blueprint: blueprint)
    let terminal = Terminal.detect(descriptor: 1)
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try await reader.read(since: Date().addingTimeInterval(-since.duration.seconds), task: task, follow: follow) {
      [json] line in
      if json {
        Console.out(String(decoding: try encoder.encode(line), as: UTF8.self))
      } else {
        let head = "\(line.timestamp.tableText)  \(line.task.prefix(8))"
        Console.out("\(terminal.styled(head, .faint))  \(line.text)")
      }
    }
  }
}
