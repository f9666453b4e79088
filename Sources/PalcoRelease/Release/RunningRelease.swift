import Foundation
import PalcoReliability

/// A release that ECS has begun.
public struct RunningRelease: Sendable, Equatable {
  /// The service deployment.
  public var deploymentARN: String
  /// The service revision that is to serve.
  public var revisionARN: String
  /// Its task definition.
  public var taskDefinitionARN: String
  /// The image.
  public var image: PublishedImage
  /// The strategy's name on the wire, as in `BLUE_GREEN`.
  public var strategy: String
  /// The percents of traffic that the new tasks get one after the other, up to 100; empty where traffic does not move
  /// in steps.
  public var trafficSteps: [Double] = []
  /// When it began.
  public var startedAt: Date
  /// The target group that served when it began.
  var liveGroupARN: String
  /// The target group of the new tasks; the live one in a rolling release.
  var targetGroupARN: String

  /// The beginning of the service deployment's id, by which people name the release.
  public var id: String { Self.id(deploymentARN) }

  static func id(_ deploymentARN: String) -> String {
    String((deploymentARN.split(separator: "/").last ?? "").prefix(8))
  }
}

/// What is seen of a release while it runs.
public struct ReleaseProgress: Sendable, Equatable {
  /// Health of one target group.
  public struct Targets: Sendable, Equatable {
    /// Targets that pass their health checks.
    public var healthy: Int
    /// All targets but those that drain.
    public var registered: Int
    /// Why a target is not healthy, in the load balancer's words.
    public var complaint: String?
  }

  /// The deployment.
  public var snapshot: DeploymentSnapshot
  /// Time since its begin.
  public var elapsed: Duration
  /// The targets of the colour that is to serve.
  public var new: Targets?
  /// The targets of the colour that served; `nil` in a rolling release, which has one group.
  public var old: Targets?
  /// What the colour that is to serve has got since the begin, when it is measured.
  public var newTraffic: ColourTraffic?
  /// Likewise for the colour that served.
  public var oldTraffic: ColourTraffic?
  /// The release as it is judged, when it is.
  public var judged: JudgedRelease?
  /// Why the metrics cannot be read, when they cannot.
  public var evidenceTrouble: String?
}

/// How a release ended, with all that is known of why.
public struct ReleaseReport: Sendable {
  /// The release.
  public var release: RunningRelease
  /// How it ended.
  public var outcome: ReleaseOutcome
  /// How long it took.
  public var duration: Duration
  /// What went wrong, when something did.
  public var failure: FailureReport?
  /// How it was judged, when it was.
  public var judged: JudgedRelease?
  /// What it was expected to be able to tell, when there was traffic before.
  public var forecast: Forecast?
  /// What it has shown, when it serves and was to be judged.
  public var proof: ReleaseProof?
}
