import AWSWire
import Foundation

/// Alarms and dashboards, as a value: operations and evaluations change a copy, the service writes it through.
struct CloudWatchState: Sendable {
  var alarms = RecordTable<AlarmRecord>()
  var dashboards = RecordTable<DashboardRecord>()
  var insightRules = RecordTable<InsightRuleRecord>()
  /// What happened to alarms since the state was written last.
  var events: [AlarmEvent] = []

  var hasChanges: Bool {
    !alarms.changedKeys.isEmpty || !dashboards.changedKeys.isEmpty || !insightRules.changedKeys.isEmpty
      || !events.isEmpty
  }

  mutating func written() {
    alarms.written()
    dashboards.written()
    insightRules.written()
    events = []
  }

  /// All alarms, by name.
  var sortedAlarms: [AlarmRecord] { alarms.values.values.sorted { $0.name < $1.name } }

  /// The alarm that a name or an ARN means.
  func alarm(_ reference: String) -> AlarmRecord? {
    let name = reference.hasPrefix("arn:") ? Self.alarmName(ofARN: reference) : reference
    return name.flatMap { alarms[$0] } ?? alarms[reference]
  }

  static func alarmName(ofARN arn: String) -> String? {
    let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[2] == "cloudwatch", parts[5] == "alarm" else { return nil }
    return String(parts[6])
  }

  // MARK: Putting

  mutating func put(_ request: CloudWatch.PutMetricAlarmRequest, in cloud: CloudContext) throws(AWSError) {
    try AlarmValidation.check(request)
    var stored = request
    stored.tags = nil
    try put(.metric(stored), request.actionsEnabled, request.tags, in: cloud)
  }

  mutating func put(_ request: CloudWatch.PutCompositeAlarmRequest, in cloud: CloudContext) throws(AWSError) {
    let rule = try AlarmValidation.check(request)
    let missing = rule.alarms.filter { alarm($0) == nil }
    guard missing.isEmpty else {
      throw CloudWatchError.validation(
        "Could not save the composite alarm as alarms [\(missing.joined(separator: ", "))] in the alarm rule do not "
          + "exist")
    }
    guard !reaches(request.alarmName, from: rule) else {
      throw CloudWatchError.validation("Could not save the composite alarm as its alarm rule would contain a cycle")
    }
    var stored = request
    stored.tags = nil
    try put(.composite(stored), request.actionsEnabled, request.tags, in: cloud)
    settle(at: cloud.time.now())
  }

  private func reaches(_ name: String, from rule: AlarmRule) -> Bool {
    rule.alarms.contains { reference in
      guard let child = alarm(reference) else { return false }
      return child.name == name || (child.rule.map { reaches(name, from: $0) } ?? false)
    }
  }

  private mutating func put(
    _ kind: AlarmRecord.Kind, _ actionsEnabled: Bool?, _ tags: [CloudWatch.Tag]?, in cloud: CloudContext
  ) throws(AWSError) {
    let now = cloud.time.now()
    var record = AlarmRecord(
      arn: "", kind: kind, actionsEnabled: actionsEnabled ?? true, tags: [:], configurationUpdated: now,
      stateUpdated: now, stateTransitioned: now)
    record.arn = cloud.arn("cloudwatch", "alarm:\(record.name)")
    let before = alarms[record.name]
    if let before {
      guard before.isComposite == record.isComposite else {
        throw CloudWatchError.validation(
          "An alarm of the type \(before.typeName) with the name \(record.name) exists already.")
      }
      // The state lives on; tags are of the first put alone.
      (record.tags, record.state, record.stateReason) = (before.tags, before.state, before.stateReason)
      (record.stateReasonData, record.stateUpdated) = (before.stateReasonData, before.stateUpdated)
      record.stateTransitioned = before.stateTransitioned
    } else {
      record.tags = try CloudWatchTags.added(tags ?? [], to: [:])
    }
    alarms[record.name] = record
    events.append(configuration(record, before == nil ? "created" : "updated", at: now))
  }

  private func configuration(_ alarm: AlarmRecord, _ verb: String, at now: Date) -> AlarmEvent {
    let type = ["created": "Create", "updated": "Update", "deleted": "Delete"][verb] ?? verb
    return AlarmEvent(
      alarm: alarm.name, alarmType: alarm.typeName, instant: now, kind: .configuration,
      summary: "Alarm \"\(alarm.name)\" \(verb)",
      data: JSONText.object(["version": "1.0", "type": type, "alarmArn": alarm.arn]))
  }

  // MARK: Deleting, and the state

  mutating func delete(_ names: [String], at now: Date) throws(AWSError) {
    guard (1...100).contains(names.count) else {
      throw CloudWatchError.validation("1 to 100 alarm names must be given, not \(names.count).")
    }
    let found = Set(names).compactMap { alarms[$0] }
    guard found.count(where: \.isComposite) <= 1 else {
      throw CloudWatchError.validation("Only one composite alarm can be deleted at a time.")
    }
    for alarm in found {
      let parents = sortedAlarms.filter { parent in
        parent.name != alarm.name && !names.contains(parent.name)
          && parent.rule?.alarms.contains { self.alarm($0)?.name == alarm.name } == true
      }
      guard parents.isEmpty else {
        throw CloudWatchError.validation(
          "Cannot delete \(alarm.name) as there are composite alarms that depend on it: "
            + parents.map(\.name).joined(separator: ", "))
      }
    }
    for alarm in found.sorted(by: { $0.name < $1.name }) {
      alarms[alarm.name] = nil
      events.append(configuration(alarm, "deleted", at: now))
    }
  }

  mutating func set(_ request: CloudWatch.SetAlarmStateRequest, at now: Date) throws(AWSError) {
    if let data = request.stateReasonData {
      guard (try? JSONSerialization.jsonObject(with: Data(data.utf8))) != nil else {
        throw AWSError("InvalidFormatFault", "StateReasonData must be valid JSON.")
      }
    }
    try CloudWatchError.checkLength(request.stateReason, "stateReason", in: 0...1023)
    guard alarms[request.alarmName] != nil else {
      throw CloudWatchError.notFound("The alarm \(request.alarmName) does not exist.")
    }
    guard let state = AlarmState(rawValue: request.stateValue) else {
      throw CloudWatchError.constraint(
        request.stateValue, "stateValue", "satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]")
    }
    set(state, of: request.alarmName, reason: request.stateReason, data: request.stateReasonData, at: now)
    settle(at: now)
  }

  private mutating func set(_ state: AlarmState, of name: String, reason: String, data: String?, at now: Date) {
    guard var alarm = alarms[name] else { return }
    let before = (alarm.state, alarm.stateReason)
    alarm.set(state, reason: reason, data: data, at: now)
    alarms[name] = alarm
    guard before.0 != state else { return }
    events.append(
      AlarmEvent(
        alarm: name, alarmType: alarm.typeName, instant: now, kind: .state,
        summary: "Alarm updated from \(before.0.rawValue) to \(state.rawValue)",
        data: JSONText.transition(from: (before.0.rawValue, before.1), to: (state.rawValue, reason), data: data)))
  }

  /// Names of alarms that are not there are no error, as on AWS.
  mutating func setActions(enabled: Bool, of names: [String]) {
    for name in names { alarms[name]?.actionsEnabled = enabled }
  }

  // MARK: Evaluating

  /// Evaluates the metric alarms on what is known, and the composite alarms on them.
  ///
  /// - Returns: Why alarms could not be evaluated, by their name.
  mutating func evaluate(_ table: MetricTable, at now: Date) -> [String: AWSError] {
    var failures: [String: AWSError] = [:]
    for alarm in sortedAlarms {
      guard case .metric(let configuration) = alarm.kind else { continue }
      do {
        let evaluation = try AlarmEvaluation(configuration)
        let verdict = evaluation.machine.evaluate(try evaluation.range(at: now.milliseconds, in: table))
        guard let state = verdict.state else { continue }
        // Only a change is news; but a new alarm has been checked now.
        guard state != alarm.state || alarm.stateReason.hasPrefix("Unchecked") else { continue }
        let data = evaluation.reasonData(verdict, at: now)
        set(state, of: alarm.name, reason: verdict.reason, data: data, at: now)
      } catch {
        failures[alarm.name] = error
      }
    }
    settle(at: now)
    return failures
  }

  /// Makes composite alarms follow the alarms that they name. Their rules contain no cycle, so this ends.
  private mutating func settle(at now: Date) {
    var isSettled = false
    while !isSettled {
      isSettled = true
      for composite in sortedAlarms {
        guard let rule = composite.rule else { continue }
        let state: AlarmState = rule.holds { alarm($0)?.state } ? .alarm : .ok
        guard state != composite.state else { continue }
        isSettled = false
        let cause = rule.alarms.compactMap { alarm($0) }.max { $0.stateTransitioned < $1.stateTransitioned }
        let reason =
          cause.map { "\($0.arn) transitioned to \($0.state.rawValue) at \($0.stateTransitioned.formatted(.iso8601))" }
          ?? "The alarm rule is constant."
        let data = cause.map { JSONText.triggering($0) }
        set(state, of: composite.name, reason: reason, data: data, at: now)
      }
    }
  }
}

/// The JSON texts in the history of alarms.
enum JSONText {
  /// An object of texts.
  static func object(_ members: [String: String]) -> String { text(.object(members.mapValues { .string($0) })) }

  static func transition(from old: (String, String), to new: (String, String), data: String?) -> String {
    func state(_ state: (String, String), _ data: String?) -> JSONValue {
      var members: [String: JSONValue] = ["stateValue": .string(state.0), "stateReason": .string(state.1)]
      if let data, let value = try? JSONDecoder().decode(JSONValue.self, from: Data(data.utf8)) {
        members["stateReasonData"] = value
      }
      return .object(members)
    }
    return text(.object(["version": .string("1.0"), "oldState": state(old, nil), "newState": state(new, data)]))
  }

  static func triggering(_ alarm: AlarmRecord) -> String {
    text(
      .object([
        "triggeringAlarms": .array([
          .object([
            "arn": .string(alarm.arn),
            "state": .object([
              "value": .string(alarm.state.rawValue), "timestamp": .string(alarm.stateTransitioned.alarmText),
            ]),
          ])
        ])
      ]))
  }

  private static func text(_ value: JSONValue) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
