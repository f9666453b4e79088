import AWSWire
import Foundation

/// What the function of a lifecycle hook answered.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
enum HookAnswer: Sendable, Equatable {
  case succeeded
  /// The reason is a sentence.
  case failed(String)
  /// It wants to be invoked again after so many seconds of AWS's time, and be told the details then.
  case inProgress(callBackDelay: TimeInterval, details: [String: JSONValue])

  private static let defaultDelay = 30.0

  /// Reads an answer; one that does not say how the hook stands has failed.
  init(_ body: Data, from functionARN: String) {
    func unreadable(_ why: String) -> HookAnswer {
      .failed("ECS was unable to parse the response from \(functionARN) due to \(why)")
    }
    guard case .object(let members) = try? JSONDecoder().decode(JSONValue.self, from: body) else {
      self = unreadable("HookStatus must not be null")
      return
    }
    switch members["hookStatus"] {
    case .string("SUCCEEDED"): self = .succeeded
    case .string("FAILED"): self = .failed("Lifecycle hook target \(functionARN) returned FAILED status.")
    case .string("IN_PROGRESS"):
      var delay = Self.defaultDelay
      if case .number(let seconds) = members["callBackDelay"] { delay = max(0, seconds) }
      var details: [String: JSONValue] = [:]
      if case .object(let added) = members["hookDetails"] { details = added }
      self = .inProgress(callBackDelay: delay, details: details)
    case .string(let other): self = unreadable("HookStatus '\(other)' is none of SUCCEEDED, FAILED, IN_PROGRESS")
    default: self = unreadable("HookStatus must not be null")
    }
  }
}
