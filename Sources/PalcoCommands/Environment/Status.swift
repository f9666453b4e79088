import ArgumentParser
import PalcoBlueprint
import PalcoRelease

/// `palco status`: what serves where.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what serves where: version, tasks, colours with their weights, the release under way.",
    discussion: """
        palco status
        palco status production --json
      """)

  @Argument(help: "The environment; all of palco.yml when left out.")
  var environment: String?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print the status as JSON.")
  var json = false

  func run() async throws {
    let project = try project.load()
    let blueprints = try environment.map { [try project.blueprint($0)] } ?? project.blueprints()
    var statuses: [EnvironmentStatus] = []
    for blueprint in blueprints {
      statuses.append(try await StatusReader(access: project.access(to: blueprint), blueprint: blueprint).status())
    }
    if json {
      try JSONOutput.print(statuses)
    } else {
      Console.out(statuses.map { Self.text($0, terminal: .detect(descriptor: 1)) }.joined(separator: "\n\n"))
    }
  }

  /// The lines for people.
  static func text(_ status: EnvironmentStatus, terminal: Terminal) -> String {
    let style: Terminal.Style =
      switch status.state {
      case "steady": .green
      case "absent", "no release yet": .faint
      default: .yellow
      }
    let state = terminal.styled(status.state, style) + (status.release.map { ": \(ReleaseRendering.words($0))" } ?? "")
    var lines = ["\(terminal.styled(status.environment, .bold))  \(state)"]
    if status.state == "absent" { return lines[0] + "\n  make it with `palco up \(status.environment)`" }
    if status.isWaiting { lines.append("  waits    `palco continue \(status.environment)` lets it go on") }
    if let url = status.url { lines.append("  url      \(url)") }
    if let url = status.testURL { lines.append("  test     \(url)") }
    if let version = status.version, let digest = status.digest {
      lines.append("  version  \(version)  \(PublishedImage.short(digest))")
    }
    if let running = status.runningTasks, let desired = status.desiredTasks {
      lines.append("  tasks    \(running)/\(desired) running, \(ReleaseStrategy.name(ofWire: status.strategy))")
    }
    for colour in status.colours {
      lines.append(
        "  \(colour.name.padded(to: 9))weight \(String(colour.weight).aligned(to: 3))  "
          + "\(colour.healthy)/\(colour.registered) healthy")
    }
    if let event = status.lastEvent { lines.append("  \(event)") }
    return lines.joined(separator: "\n")
  }
}
