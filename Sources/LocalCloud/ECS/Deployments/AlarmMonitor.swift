/// The CloudWatch alarms of a deployment: one that goes off fails it.
///
/// Alarms of which one is red when the deployment starts are ignored to its end.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
struct AlarmMonitor: Codable, Sendable, Equatable {
  var isEnabled: Bool
  /// Whether an alarm rolls the deployment back, or only stops it.
  var rollsBack: Bool
  var names: [String]
  /// The alarms that went off; those that were red at the start when all are ignored.
  private(set) var triggered: [String] = []
  /// Whether the alarms have no say in this deployment.
  private(set) var isIgnored = false

  init(isEnabled: Bool, rollsBack: Bool, names: [String]) {
    self.isEnabled = isEnabled
    self.rollsBack = rollsBack
    self.names = names
  }

  /// Whether somebody has to look at the alarms.
  var watches: Bool { isEnabled && !isIgnored }

  /// Whether an alarm went off and failed the deployment.
  var isTriggered: Bool { !isIgnored && !triggered.isEmpty }

  /// The deployment starts.
  ///
  /// - Parameter states: The states by name; an alarm that is not there is left out.
  mutating func start(_ states: [String: String]) {
    guard isEnabled else { return }
    triggered = red(states)
    isIgnored = !triggered.isEmpty
  }

  /// Looks at the alarms.
  ///
  /// - Returns: Whether one went off that had not before.
  mutating func record(_ states: [String: String]) -> Bool {
    guard watches, triggered.isEmpty else { return false }
    triggered = red(states)
    return !triggered.isEmpty
  }

  private func red(_ states: [String: String]) -> [String] { names.filter { states[$0] == "ALARM" } }

  func status(isFinished: Bool) -> MonitorStatus {
    guard watches else { return .disabled }
    if isTriggered { return .triggered }
    return isFinished ? .monitoringComplete : .monitoring
  }
}
