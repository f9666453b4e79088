import AWSWire
import Foundation

/// An event in one line for people.
struct EventLine {
  private let event: LocalCloudAPI.Event
  private let detail: [String: JSONValue]

  init(_ event: LocalCloudAPI.Event) {
    self.event = event
    if case .object(let members) = event.detail { detail = members } else { detail = [:] }
  }

  /// The line: when, what kind, of what, and what happened.
  func rendered(on terminal: Terminal) -> String {
    let time = (try? Date(event.time, strategy: .iso8601)).map(\.tableText) ?? event.time
    let head = terminal.styled("\(time)  \(kind.padded(to: 10))", .faint)
    let (subject, text, style) = what
    return "\(head)  \(subject)  \(style.map { terminal.styled(text, $0) } ?? text)"
  }

  private var kind: String {
    switch event.detailType {
    case "ECS Deployment State Change": "deployment"
    case "ECS Service Action": "service"
    case "ECS Task State Change": "task"
    case "ECS Hook State Change": "hook"
    case "CloudWatch Alarm State Change": "alarm"
    case "Application Auto Scaling Scaling Activity State Change": "scaling"
    default: event.detailType
    }
  }

  private var what: (subject: String, text: String, style: Terminal.Style?) {
    switch event.detailType {
    case "ECS Deployment State Change": (resource, text("reason"), outcome)
    case "ECS Task State Change": (text("group").droppingPrefix("service:"), task, taskOutcome)
    case "ECS Hook State Change": (name(ofARN: text("serviceArn")), hook, outcome)
    case "CloudWatch Alarm State Change":
      (
        text("alarmName"), "\(text("previousState", "value")) → \(text("state", "value")): \(text("state", "reason"))",
        alarmOutcome
      )
    case "Application Auto Scaling Scaling Activity State Change":
      (
        text("resourceId").droppingPrefix("service/"),
        "\(text("oldDesiredCapacity")) → \(text("newDesiredCapacity")) tasks (\(text("statusCode")))", nil
      )
    default: (resource, text("eventName").words, outcome)
    }
  }

  private var task: String {
    let status = text("lastStatus")
    // Why, when it is to stop and when it has stopped; not at each step between.
    let reason = ["RUNNING", "STOPPED"].contains(status) ? text("stoppedReason") : ""
    let wish = text("desiredStatus") == "STOPPED" && status == "RUNNING" ? ", to stop" : ""
    return "\(name(ofARN: text("taskArn")).prefix(8)) \(status)\(wish)\(reason.isEmpty ? "" : ": \(reason)")"
  }

  private var hook: String {
    "\(text("hookType")) hook at \(text("lifecycleStage")): \(text("eventName").droppingPrefix("HOOK_").words)"
  }

  private var outcome: Terminal.Style? {
    let name = text("eventName")
    if text("eventType") == "ERROR" || name.hasSuffix("FAILED") || name.hasSuffix("TIMED_OUT") { return .red }
    if text("eventType") == "WARN" || name.hasSuffix("AWAITING_ACTION") { return .yellow }
    return ["COMPLETED", "STEADY_STATE", "SUCCEEDED"].contains { name.hasSuffix($0) } ? .green : nil
  }

  private var taskOutcome: Terminal.Style? {
    switch text("stopCode") {
    case "EssentialContainerExited", "TaskFailedToStart": .red
    default: text("lastStatus") == "RUNNING" && text("desiredStatus") == "RUNNING" ? .green : nil
    }
  }

  private var alarmOutcome: Terminal.Style? {
    switch text("state", "value") {
    case "ALARM": .red
    case "OK": .green
    default: .yellow
    }
  }

  private var resource: String { name(ofARN: event.resources.first ?? "") }

  private func name(ofARN arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }

  /// The text or number at a place of the detail; empty when there is none.
  private func text(_ path: String...) -> String {
    var value = JSONValue.object(detail)
    for name in path {
      guard case .object(let members) = value, let member = members[name] else { return "" }
      value = member
    }
    switch value {
    case .string(let text): return text
    case .number(let number): return number.formatted(.number.grouping(.never))
    default: return ""
    }
  }
}

extension String {
  fileprivate func droppingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }

  /// `SERVICE_STEADY_STATE` as `service steady state`.
  fileprivate var words: String { replacing("_", with: " ").lowercased() }
}
