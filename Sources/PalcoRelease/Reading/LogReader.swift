import AWSWire
import Foundation
import PalcoBlueprint

/// One line that a task wrote.
public struct LogLine: Sendable, Equatable, Encodable {
  /// When.
  public var timestamp: Date
  /// The task's id.
  public var task: String
  /// The text.
  public var text: String
}

/// Reads the output of an environment's tasks.
public struct LogReader: Sendable {
  private let access: CloudAccess
  private let names: ResourceNames

  /// A reader of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    names = blueprint.names
  }

  /// Reads lines in the order they were written, and goes on as they come when `follow` is set.
  ///
  /// - Parameters:
  ///   - since: The earliest instant.
  ///   - task: The id of a task, or the beginning of one; all tasks when `nil`.
  ///   - follow: Whether to wait for more, until the surrounding task is cancelled.
  /// - Throws: ``ReleaseError`` with `environmentMissing` when there is no log group.
  public func read(
    since: Date, task: String?, follow: Bool, line: @Sendable (LogLine) throws -> Void
  ) async throws {
    var start = Int(since.timeIntervalSince1970 * 1000)
    // Events of the newest millisecond are asked for again, so that none is missed, and told once.
    var told: Set<String> = []
    while true {
      let prefix = task.map { "\(TaskDefinitionPlan.logStreamPrefix)/\(names.container)/\($0)" }
      var request = Logs.FilterLogEventsRequest(
        logGroupName: names.logGroup, logStreamNamePrefix: prefix, startTime: start)
      repeat {
        guard
          let page = try await access.aws.sendIfPresent(request, absentCodes: ["ResourceNotFoundException"])
        else {
          throw ReleaseError(
            .environmentMissing, "there is no log group '\(names.logGroup)'; make the environment with `palco up` first"
          )
        }
        for event in page.events ?? [] {
          let instant = event.timestamp ?? start
          let id = event.eventId ?? "\(instant) \(event.logStreamName ?? "") \(event.message ?? "")"
          guard told.insert(id).inserted else { continue }
          if instant > start {
            start = instant
            told = [id]
          }
          try line(
            LogLine(
              timestamp: Date(timeIntervalSince1970: Double(instant) / 1000),
              task: event.logStreamName?.split(separator: "/").last.map(String.init) ?? "", text: event.message ?? ""))
        }
        request.nextToken = page.nextToken
      } while request.nextToken != nil
      guard follow else { return }
      try await access.time.sleep(.milliseconds(500))
    }
  }
}
