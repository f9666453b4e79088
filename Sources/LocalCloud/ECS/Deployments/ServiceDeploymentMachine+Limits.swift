import Foundation

// How long a deployment that shifts traffic, and each of its stages, may take.
extension ServiceDeploymentMachine {
  /// An instant at which a deployment under way goes back, and why.
  struct Limit: Sendable, Equatable {
    var at: Date
    /// What follows "because ".
    var reason: String
  }

  /// The limits that hold now.
  ///
  /// A stage may take 24 hours, and each step of the shift is one. A pause has a time-out of its own, of up to 14 days:
  /// while one waits there is no limit, and the stage's day begins when it is answered. In CLEAN_UP there is no way back.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
  var limits: [Limit] {
    guard status == .inProgress, strategy.shiftsTraffic, stage != .cleanUp, let startedAt else { return [] }
    var limits: [Limit] = []
    if let stage, let stageStartedAt, !hooks.isPaused {
      let began = max(stageStartedAt, hooks.pauseEndedAt ?? stageStartedAt)
      limits.append(
        Limit(at: began + day, reason: "the \(stage.rawValue) stage took longer than its limit of 24 hours."))
    }
    limits.append(Limit(at: startedAt + 30 * day, reason: "the deployment took longer than its limit of 30 days."))
    return limits
  }
}
