import Foundation

// Alarms over alarms.

extension CloudWatch {
  /// An alarm over other alarms.
  public struct CompositeAlarm: Codable, Sendable, Equatable {
    /// Whether actions are taken.
    public var actionsEnabled: Bool?
    /// The ARNs of what is done when the state becomes `ALARM`.
    public var alarmActions: [String]?
    /// The ARN of the alarm.
    public var alarmArn: String?
    /// When the alarm was put last.
    public var alarmConfigurationUpdatedTimestamp: Date?
    /// What the alarm is for.
    public var alarmDescription: String?
    /// The name of the alarm.
    public var alarmName: String?
    /// The rule over the states of other alarms.
    public var alarmRule: String?
    /// The ARNs of what is done when the state becomes `INSUFFICIENT_DATA`.
    public var insufficientDataActions: [String]?
    /// The ARNs of what is done when the state becomes `OK`.
    public var okActions: [String]?
    /// Why the state is what it is.
    public var stateReason: String?
    /// The reason as JSON.
    public var stateReasonData: String?
    /// When the state was set last.
    public var stateUpdatedTimestamp: Date?
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    public var stateValue: String?
    /// When the state changed last.
    public var stateTransitionedTimestamp: Date?
    /// Who suppresses actions: `WaitPeriod`, `ExtensionPeriod` or `Alarm`.
    public var actionsSuppressedBy: String?
    /// Why actions are suppressed.
    public var actionsSuppressedReason: String?
    /// The alarm that suppresses actions.
    public var actionsSuppressor: String?
    /// How long the suppressor is waited for, in seconds.
    public var actionsSuppressorWaitPeriod: Int?
    /// How long actions stay suppressed afterwards, in seconds.
    public var actionsSuppressorExtensionPeriod: Int?

    enum CodingKeys: String, CodingKey {
      case actionsEnabled = "ActionsEnabled"
      case alarmActions = "AlarmActions"
      case alarmArn = "AlarmArn"
      case alarmConfigurationUpdatedTimestamp = "AlarmConfigurationUpdatedTimestamp"
      case alarmDescription = "AlarmDescription"
      case alarmName = "AlarmName"
      case alarmRule = "AlarmRule"
      case insufficientDataActions = "InsufficientDataActions"
      case okActions = "OKActions"
      case stateReason = "StateReason"
      case stateReasonData = "StateReasonData"
      case stateUpdatedTimestamp = "StateUpdatedTimestamp"
      case stateValue = "StateValue"
      case stateTransitionedTimestamp = "StateTransitionedTimestamp"
      case actionsSuppressedBy = "ActionsSuppressedBy"
      case actionsSuppressedReason = "ActionsSuppressedReason"
      case actionsSuppressor = "ActionsSuppressor"
      case actionsSuppressorWaitPeriod = "ActionsSuppressorWaitPeriod"
      case actionsSuppressorExtensionPeriod = "ActionsSuppressorExtensionPeriod"
    }

    /// Makes a value of its members.
    public init(
      actionsEnabled: Bool? = nil, alarmActions: [String]? = nil, alarmArn: String? = nil,
      alarmConfigurationUpdatedTimestamp: Date? = nil, alarmDescription: String? = nil, alarmName: String? = nil,
      alarmRule: String? = nil, insufficientDataActions: [String]? = nil, okActions: [String]? = nil,
      stateReason: String? = nil, stateReasonData: String? = nil, stateUpdatedTimestamp: Date? = nil,
      stateValue: String? = nil, stateTransitionedTimestamp: Date? = nil, actionsSuppressedBy: String? = nil,
      actionsSuppressedReason: String? = nil, actionsSuppressor: String? = nil,
      actionsSuppressorWaitPeriod: Int? = nil, actionsSuppressorExtensionPeriod: Int? = nil
    ) {
      self.actionsEnabled = actionsEnabled
      self.alarmActions = alarmActions
      self.alarmArn = alarmArn
      self.alarmConfigurationUpdatedTimestamp = alarmConfigurationUpdatedTimestamp
      self.alarmDescription = alarmDescription
      self.alarmName = alarmName
      self.alarmRule = alarmRule
      self.insufficientDataActions = insufficientDataActions
      self.okActions = okActions
      self.stateReason = stateReason
      self.stateReasonData = stateReasonData
      self.stateUpdatedTimestamp = stateUpdatedTimestamp
      self.stateValue = stateValue
      self.stateTransitionedTimestamp = stateTransitionedTimestamp
      self.actionsSuppressedBy = actionsSuppressedBy
      self.actionsSuppressedReason = actionsSuppressedReason
      self.actionsSuppressor = actionsSuppressor
      self.actionsSuppressorWaitPeriod = actionsSuppressorWaitPeriod
      self.actionsSuppressorExtensionPeriod = actionsSuppressorExtensionPeriod
    }
  }

  /// Makes or changes an alarm over other alarms.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
  public struct PutCompositeAlarmRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutCompositeAlarm"

    /// Whether actions are taken.
    public var actionsEnabled: Bool?
    /// The ARNs of what is done when the state becomes `ALARM`.
    public var alarmActions: [String]?
    /// What the alarm is for.
    public var alarmDescription: String?
    /// The name of the alarm.
    public var alarmName: String
    /// The rule over the states of other alarms.
    public var alarmRule: String
    /// The ARNs of what is done when the state becomes `INSUFFICIENT_DATA`.
    public var insufficientDataActions: [String]?
    /// The ARNs of what is done when the state becomes `OK`.
    public var okActions: [String]?
    /// The tags.
    public var tags: [Tag]?
    /// The alarm that suppresses actions.
    public var actionsSuppressor: String?
    /// How long the suppressor is waited for, in seconds.
    public var actionsSuppressorWaitPeriod: Int?
    /// How long actions stay suppressed afterwards, in seconds.
    public var actionsSuppressorExtensionPeriod: Int?

    enum CodingKeys: String, CodingKey {
      case actionsEnabled = "ActionsEnabled"
      case alarmActions = "AlarmActions"
      case alarmDescription = "AlarmDescription"
      case alarmName = "AlarmName"
      case alarmRule = "AlarmRule"
      case insufficientDataActions = "InsufficientDataActions"
      case okActions = "OKActions"
      case tags = "Tags"
      case actionsSuppressor = "ActionsSuppressor"
      case actionsSuppressorWaitPeriod = "ActionsSuppressorWaitPeriod"
      case actionsSuppressorExtensionPeriod = "ActionsSuppressorExtensionPeriod"
    }

    /// Makes a request.
    public init(
      actionsEnabled: Bool? = nil, alarmActions: [String]? = nil, alarmDescription: String? = nil, alarmName: String,
      alarmRule: String, insufficientDataActions: [String]? = nil, okActions: [String]? = nil, tags: [Tag]? = nil,
      actionsSuppressor: String? = nil, actionsSuppressorWaitPeriod: Int? = nil,
      actionsSuppressorExtensionPeriod: Int? = nil
    ) {
      self.actionsEnabled = actionsEnabled
      self.alarmActions = alarmActions
      self.alarmDescription = alarmDescription
      self.alarmName = alarmName
      self.alarmRule = alarmRule
      self.insufficientDataActions = insufficientDataActions
      self.okActions = okActions
      self.tags = tags
      self.actionsSuppressor = actionsSuppressor
      self.actionsSuppressorWaitPeriod = actionsSuppressorWaitPeriod
      self.actionsSuppressorExtensionPeriod = actionsSuppressorExtensionPeriod
    }
  }
}
