import Foundation

/// What ECS told of one service deployment at one moment.
public struct DeploymentSnapshot: Sendable, Equatable {
  /// The status of a service deployment.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
  public enum Status: String, Sendable {
    case pending = "PENDING"
    case inProgress = "IN_PROGRESS"
    case successful = "SUCCESSFUL"
    case stopRequested = "STOP_REQUESTED"
    case stopped = "STOPPED"
    case rollbackRequested = "ROLLBACK_REQUESTED"
    case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
    case rollbackSuccessful = "ROLLBACK_SUCCESSFUL"
    case rollbackFailed = "ROLLBACK_FAILED"
  }

  /// One colour of the release: the revision that is to serve, or one that serves until then.
  public struct Colour: Sendable, Equatable {
    /// The service revision.
    public var revisionARN: String
    /// Tasks asked for.
    public var requested: Int
    /// Tasks that run.
    public var running: Int
    /// Tasks that are being started.
    public var pending: Int
    /// Percent of production traffic, 0–100; `nil` for a rolling release, which has no weights.
    public var productionWeight: Double?

    /// Makes a colour.
    public init(revisionARN: String, requested: Int, running: Int, pending: Int, productionWeight: Double?) {
      self.revisionARN = revisionARN
      self.requested = requested
      self.running = running
      self.pending = pending
      self.productionWeight = productionWeight
    }
  }

  /// A pause that waits for somebody.
  public struct Pause: Sendable, Equatable {
    /// What ECS calls it.
    public var hookID: String
    /// When it ends by itself.
    public var expiresAt: Date?
    /// Whether the release goes on then; else it is rolled back.
    public var goesOnByItself: Bool

    /// Makes a pause.
    public init(hookID: String, expiresAt: Date? = nil, goesOnByItself: Bool = false) {
      self.hookID = hookID
      self.expiresAt = expiresAt
      self.goesOnByItself = goesOnByItself
    }
  }

  /// The deployment.
  public var arn: String
  /// Where it stands.
  public var status: Status
  /// Why, when ECS says.
  public var statusReason: String?
  /// The lifecycle stage, such as `BAKE_TIME`; `nil` for a rolling release.
  public var lifecycleStage: String?
  /// The revision that is to serve: green.
  public var target: Colour
  /// The revisions that served at the start: blue.
  public var sources: [Colour]
  /// Why it rolls back, when it does.
  public var rollbackReason: String?
  /// The pauses that wait for somebody.
  public var waiting: [Pause]

  /// Whether its reason says that somebody asked for the rollback: ECS has no status for that.
  public var wasStoppedOnRequest: Bool { Self.isRequest(statusReason ?? rollbackReason) }

  static func isRequest(_ reason: String?) -> Bool {
    let text = (reason ?? "").lowercased()
    return text.contains("stopservicedeployment") || text.contains("by user") || text.contains("user request")
  }

  /// Makes a snapshot.
  public init(
    arn: String, status: Status, statusReason: String? = nil, lifecycleStage: String? = nil, target: Colour,
    sources: [Colour] = [], rollbackReason: String? = nil, waiting: [Pause] = []
  ) {
    self.arn = arn
    self.status = status
    self.statusReason = statusReason
    self.lifecycleStage = lifecycleStage
    self.target = target
    self.sources = sources
    self.rollbackReason = rollbackReason
    self.waiting = waiting
  }
}
