/// Where others learn how alarms stand: what the alarms of an ECS deployment need.
protocol AlarmSource: Sendable {
  /// The states (`OK`, `ALARM`, `INSUFFICIENT_DATA`) of alarms by name; an alarm that is not there is left out.
  func states(of names: [String]) async -> [String: String]
}
