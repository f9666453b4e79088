import Foundation

// The words that a deployment is spoken of with.
extension ServiceDeploymentMachine {
  enum Strategy: String, Codable, Sendable, CaseIterable {
    case rolling = "ROLLING"
    case blueGreen = "BLUE_GREEN"
    case linear = "LINEAR"
    case canary = "CANARY"

    /// Whether both revisions run beside each other and traffic goes over, or tasks take each other's places.
    var shiftsTraffic: Bool { self != .rolling }
  }

  enum Status: String, Codable, Sendable, CaseIterable {
    case pending = "PENDING"
    case inProgress = "IN_PROGRESS"
    case successful = "SUCCESSFUL"
    case stopRequested = "STOP_REQUESTED"
    case stopped = "STOPPED"
    case rollbackRequested = "ROLLBACK_REQUESTED"
    case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
    case rollbackSuccessful = "ROLLBACK_SUCCESSFUL"
    case rollbackFailed = "ROLLBACK_FAILED"

    var isTerminal: Bool {
      switch self {
      case .successful, .stopped, .rollbackSuccessful, .rollbackFailed: true
      case .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress: false
      }
    }
  }

  /// The stages of a deployment that shifts traffic, in order.
  ///
  /// While it rolls back, the two shift stages and the clean-up are gone through again, in the other direction.
  enum Stage: String, Codable, Sendable, CaseIterable {
    case reconcileService = "RECONCILE_SERVICE"
    case preScaleUp = "PRE_SCALE_UP"
    case scaleUp = "SCALE_UP"
    case postScaleUp = "POST_SCALE_UP"
    case testTrafficShift = "TEST_TRAFFIC_SHIFT"
    case postTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT"
    case preProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT"
    case productionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT"
    case postProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT"
    case bakeTime = "BAKE_TIME"
    case cleanUp = "CLEAN_UP"

    /// As `lifecycleStage` says it: its enumeration has no PRE_PRODUCTION_TRAFFIC_SHIFT.
    var lifecycleStage: String {
      self == .preProductionTrafficShift ? Self.productionTrafficShift.rawValue : rawValue
    }
  }

  /// What is seen of the service.
  struct Observation: Sendable, Equatable {
    /// How many revisions besides the target have tasks or are to have some.
    var sources = 0
    /// Whether the target's tasks are as many as desired, and healthy.
    var targetIsReady = false
    /// Whether as many tasks of the target are healthy as the early success criteria want.
    var targetSuffices = false
    /// Whether a task of the target runs and is healthy.
    var targetServes = false
    /// Whether nothing of the target runs.
    var targetIsGone = true
    /// Whether the source's tasks are as many as desired, and healthy.
    var sourceIsReady = false
    /// Whether a task of the source runs and is healthy.
    var sourceServes = false
    /// Whether nothing of the sources runs.
    var sourcesAreGone = true
    /// The target's share of production traffic in percent, by the rules; `nil` without a rule.
    var productionWeight: Double?
    /// The target's share of test traffic in percent, by the rules; `nil` without a rule.
    var testWeight: Double?
    /// What is wrong with the load balancer's rules.
    var networkFault: String?
  }

  /// How many tasks one side shall have.
  enum Tasks: Sendable, Equatable {
    case none
    case desired
    /// Those that are there, and no new ones.
    case existing
  }

  /// Something that happened, for events and golden traces.
  enum Transition: Sendable, Equatable {
    case status(Status)
    case stage(Stage)
  }

  /// Why it goes back, and since when.
  struct Rollback: Codable, Sendable, Equatable {
    var reason: String
    var startedAt: Date
  }
}
