import Foundation

// All alarms.

extension CloudWatch {
  /// Something that happened to an alarm.
  public struct AlarmHistoryItem: Codable, Sendable, Equatable {
    /// The name of the alarm.
    public var alarmName: String?
    /// `MetricAlarm` or `CompositeAlarm`.
    public var alarmType: String?
    /// The instant.
    public var timestamp: Date?
    /// `ConfigurationUpdate`, `StateUpdate` or `Action`.
    public var historyItemType: String?
    /// What happened, in words.
    public var historySummary: String?
    /// What happened, as JSON.
    public var historyData: String?

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case alarmType = "AlarmType"
      case timestamp = "Timestamp"
      case historyItemType = "HistoryItemType"
      case historySummary = "HistorySummary"
      case historyData = "HistoryData"
    }

    /// Makes a value of its members.
    public init(
      alarmName: String? = nil, alarmType: String? = nil, timestamp: Date? = nil, historyItemType: String? = nil,
      historySummary: String? = nil, historyData: String? = nil
    ) {
      self.alarmName = alarmName
      self.alarmType = alarmType
      self.timestamp = timestamp
      self.historyItemType = historyItemType
      self.historySummary = historySummary
      self.historyData = historyData
    }
  }

  /// Reads alarms.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  public struct DescribeAlarmsRequest: CloudWatchRequest, Equatable {
    public typealias Response = DescribeAlarmsResponse
    public static let operation = "DescribeAlarms"

    /// The names of the alarms, at most 100.
    public var alarmNames: [String]?
    /// Only alarms whose name starts so.
    public var alarmNamePrefix: String?
    /// `MetricAlarm`, `CompositeAlarm`; metric alarms by default.
    public var alarmTypes: [String]?
    /// Only alarms that the rule of this composite alarm names.
    public var childrenOfAlarmName: String?
    /// Only composite alarms whose rule names this alarm.
    public var parentsOfAlarmName: String?
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    public var stateValue: String?
    /// Only alarms with an action whose ARN starts so.
    public var actionPrefix: String?
    /// How many to answer at most, 1–100.
    public var maxRecords: Int?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case alarmNames = "AlarmNames"
      case alarmNamePrefix = "AlarmNamePrefix"
      case alarmTypes = "AlarmTypes"
      case childrenOfAlarmName = "ChildrenOfAlarmName"
      case parentsOfAlarmName = "ParentsOfAlarmName"
      case stateValue = "StateValue"
      case actionPrefix = "ActionPrefix"
      case maxRecords = "MaxRecords"
      case nextToken = "NextToken"
    }

    /// Makes a request.
    public init(
      alarmNames: [String]? = nil, alarmNamePrefix: String? = nil, alarmTypes: [String]? = nil,
      childrenOfAlarmName: String? = nil, parentsOfAlarmName: String? = nil, stateValue: String? = nil,
      actionPrefix: String? = nil, maxRecords: Int? = nil, nextToken: String? = nil
    ) {
      self.alarmNames = alarmNames
      self.alarmNamePrefix = alarmNamePrefix
      self.alarmTypes = alarmTypes
      self.childrenOfAlarmName = childrenOfAlarmName
      self.parentsOfAlarmName = parentsOfAlarmName
      self.stateValue = stateValue
      self.actionPrefix = actionPrefix
      self.maxRecords = maxRecords
      self.nextToken = nextToken
    }
  }

  /// What DescribeAlarms answers.
  public struct DescribeAlarmsResponse: Codable, Sendable, Equatable {
    /// The composite alarms.
    public var compositeAlarms: [CompositeAlarm]?
    /// The metric alarms.
    public var metricAlarms: [MetricAlarm]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case compositeAlarms = "CompositeAlarms"
      case metricAlarms = "MetricAlarms"
      case nextToken = "NextToken"
    }

    /// Makes an answer.
    public init(
      compositeAlarms: [CompositeAlarm]? = nil, metricAlarms: [MetricAlarm]? = nil, nextToken: String? = nil
    ) {
      self.compositeAlarms = compositeAlarms
      self.metricAlarms = metricAlarms
      self.nextToken = nextToken
    }
  }

  /// Deletes alarms.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html
  public struct DeleteAlarmsRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteAlarms"

    /// The names of the alarms, at most 100.
    public var alarmNames: [String]

    enum CodingKeys: String, CodingKey {
      case alarmNames = "AlarmNames"
    }

    /// Makes a request.
    public init(alarmNames: [String]) {
      self.alarmNames = alarmNames
    }
  }

  /// Sets the state of an alarm until its next evaluation.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
  public struct SetAlarmStateRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "SetAlarmState"

    /// The name of the alarm.
    public var alarmName: String
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    public var stateValue: String
    /// Why the state is what it is.
    public var stateReason: String
    /// The reason as JSON.
    public var stateReasonData: String?

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case stateValue = "StateValue"
      case stateReason = "StateReason"
      case stateReasonData = "StateReasonData"
    }

    /// Makes a request.
    public init(alarmName: String, stateValue: String, stateReason: String, stateReasonData: String? = nil) {
      self.alarmName = alarmName
      self.stateValue = stateValue
      self.stateReason = stateReason
      self.stateReasonData = stateReasonData
    }
  }

  /// Lets alarms take actions.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html
  public struct EnableAlarmActionsRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "EnableAlarmActions"

    /// The names of the alarms, at most 100.
    public var alarmNames: [String]

    enum CodingKeys: String, CodingKey {
      case alarmNames = "AlarmNames"
    }

    /// Makes a request.
    public init(alarmNames: [String]) {
      self.alarmNames = alarmNames
    }
  }

  /// Keeps alarms from taking actions.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html
  public struct DisableAlarmActionsRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DisableAlarmActions"

    /// The names of the alarms, at most 100.
    public var alarmNames: [String]

    enum CodingKeys: String, CodingKey {
      case alarmNames = "AlarmNames"
    }

    /// Makes a request.
    public init(alarmNames: [String]) {
      self.alarmNames = alarmNames
    }
  }

  /// Reads what happened to alarms.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
  public struct DescribeAlarmHistoryRequest: CloudWatchRequest, Equatable {
    public typealias Response = DescribeAlarmHistoryResponse
    public static let operation = "DescribeAlarmHistory"

    /// The name of the alarm.
    public var alarmName: String?
    /// `MetricAlarm`, `CompositeAlarm`; metric alarms by default.
    public var alarmTypes: [String]?
    /// `ConfigurationUpdate`, `StateUpdate` or `Action`.
    public var historyItemType: String?
    /// The first instant.
    public var startDate: Date?
    /// The last instant.
    public var endDate: Date?
    /// How many to answer at most, 1–100.
    public var maxRecords: Int?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// `TimestampDescending` or `TimestampAscending`.
    public var scanBy: String?

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case alarmTypes = "AlarmTypes"
      case historyItemType = "HistoryItemType"
      case startDate = "StartDate"
      case endDate = "EndDate"
      case maxRecords = "MaxRecords"
      case nextToken = "NextToken"
      case scanBy = "ScanBy"
    }

    /// Makes a request.
    public init(
      alarmName: String? = nil, alarmTypes: [String]? = nil, historyItemType: String? = nil, startDate: Date? = nil,
      endDate: Date? = nil, maxRecords: Int? = nil, nextToken: String? = nil, scanBy: String? = nil
    ) {
      self.alarmName = alarmName
      self.alarmTypes = alarmTypes
      self.historyItemType = historyItemType
      self.startDate = startDate
      self.endDate = endDate
      self.maxRecords = maxRecords
      self.nextToken = nextToken
      self.scanBy = scanBy
    }
  }

  /// What DescribeAlarmHistory answers.
  public struct DescribeAlarmHistoryResponse: Codable, Sendable, Equatable {
    /// The items.
    public var alarmHistoryItems: [AlarmHistoryItem]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case alarmHistoryItems = "AlarmHistoryItems"
      case nextToken = "NextToken"
    }

    /// Makes an answer.
    public init(alarmHistoryItems: [AlarmHistoryItem]? = nil, nextToken: String? = nil) {
      self.alarmHistoryItems = alarmHistoryItems
      self.nextToken = nextToken
    }
  }
}
