import AWSWire
import ArgumentParser
import Foundation
import LocalCloud

/// `palco events`: what happened in the local cloud, in the form of EventBridge.
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Show what happened in the local cloud: deployments, tasks, alarms, scaling.",
    discussion: """
      The events are those that AWS would send to EventBridge; the newest 10,000 are kept.

        palco events
        palco events --follow --source aws.ecs
        palco events --follow --json | jq -r 'select(."detail-type" == "ECS Deployment State Change") | .detail.reason'
      """)

  @Flag(name: .shortAndLong, help: "Go on as events come; Ctrl-C ends it.")
  var follow = false

  @Option(help: ArgumentHelp("Only events of one service, such as aws.ecs or aws.cloudwatch.", valueName: "source"))
  var source: String?

  @Option(help: ArgumentHelp("Only events of one detail type, such as 'ECS Task State Change'.", valueName: "text"))
  var type: String?

  @Option(help: ArgumentHelp("How many of the newest to begin with, 1 to 1000.", valueName: "count"))
  var last = 100

  @Flag(help: "Print each event as EventBridge would deliver it: one JSON object a line.")
  var json = false

  @OptionGroup var state: StateOptions

  /// How often a follower looks for new events.
  private static let interval = Duration.milliseconds(300)
  private static let pageSize = 1000

  func validate() throws {
    guard (1...Self.pageSize).contains(last) else { throw ValidationError("--last takes 1 to 1000, not \(last)") }
  }

  func run() async throws {
    let access = try Project.access(toCloudOf: state.directory)
    let terminal = Terminal.detect(descriptor: 1)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var request = LocalCloudAPI.ListEventsRequest(source: source, detailType: type, maxResults: last)
    while true {
      let page = try await access.aws.send(request)
      for event in page.events {
        Console.out(
          json
            ? String(decoding: try encoder.encode(event), as: UTF8.self) : EventLine(event).rendered(on: terminal))
      }
      guard follow else { return }
      let isFull = request.after != nil && page.events.count == request.maxResults
      request.after = page.last
      request.maxResults = Self.pageSize
      if !isFull { try await Task.sleep(for: Self.interval) }
    }
  }
}
