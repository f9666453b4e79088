import Foundation
import PalcoReliability
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

@Suite struct ReleaseRenderingTests {
  private let rendering = ReleaseRendering(
    environment: "production",
    release: RunningRelease(
      deploymentARN: "arn:aws:ecs:r:a:service-deployment/c/s/abcdefghijklm", revisionARN: "r", taskDefinitionARN: "t",
      image: PublishedImage(repositoryURI: "x/pulse", digest: "sha256:0123456789abcdef", version: "v2"),
      strategy: "BLUE_GREEN", startedAt: Date(timeIntervalSince1970: 0), liveGroupARN: "b", targetGroupARN: "g"),
    terminal: Terminal(isInteractive: true, hasColours: false, width: 80))

  private func progress(
    _ status: DeploymentSnapshot.Status = .inProgress, stage: String? = "PRODUCTION_TRAFFIC_SHIFT",
    weight: Double? = 100,
    complaint: String? = nil
  ) -> ReleaseProgress {
    ReleaseProgress(
      snapshot: DeploymentSnapshot(
        arn: "arn", status: status, lifecycleStage: stage,
        target: .init(revisionARN: "new", requested: 2, running: 1, pending: 1, productionWeight: weight),
        sources: [
          .init(revisionARN: "old", requested: 2, running: 2, pending: 0, productionWeight: weight.map { 100 - $0 })
        ]),
      elapsed: .seconds(12), new: .init(healthy: 1, registered: 2, complaint: complaint),
      old: .init(healthy: 2, registered: 2, complaint: nil))
  }

  @Test func theBlockShowsStageWeightsAndBothColours() {
    #expect(
      rendering.block(progress(), traffic: ["requests 7, failed 0"]) == [
        "production  v2  0123456789ab  blue/green  12 s",
        "  stage    production traffic shift",
        "  traffic  old 0 %   " + String(repeating: "█", count: 24) + "  new 100 %",
        "  new      1/2 tasks, 1 starting, 1 healthy",
        "  old      2/2 tasks, 2 healthy",
        "  requests 7, failed 0",
      ])
  }

  @Test func aPacedReleaseWaitsForEvidenceAndSaysHowItIsJudged() throws {
    var paced = rendering
    paced.isPaced = true
    var progress = progress(weight: 10)
    progress.snapshot.waiting = [.init(hookID: "ecs-pause-1")]
    #expect(paced.block(progress).contains("  waits    for evidence"))
    #expect(paced.block(progress)[0].contains("  paced  "))
    #expect(!paced.block(progress).contains { $0.contains("judged") })
    var judged = try JudgedRelease(
      ReleaseWatch(interval: 60, target: 0.99), history: ReleaseHistory(errors: []),
      begin: Date(timeIntervalSince1970: 0),
      minute: .seconds(60))
    judged.saw(weight: 10, at: Date(timeIntervalSince1970: 0))
    func counts(_ bad: Int, _ total: Int) throws -> RevisionCounts {
      RevisionCounts(errors: try #require(EventCounts(bad: bad, total: total)))
    }
    try judged.take(
      [
        ObservedInterval(
          start: Date(timeIntervalSince1970: 0), length: 60, blue: try counts(1, 900), green: try counts(0, 100))
      ], at: Date(timeIntervalSince1970: 60))
    progress.judged = judged
    #expect(paced.block(progress).contains("  judged   nothing against it; new failed 0 of 100, old 1 of 900"))
    progress.evidenceTrouble = "the metrics cannot be read: no answer"
    #expect(paced.block(progress).contains("  judged   the metrics cannot be read: no answer"))
  }

  @Test func requestsAndErrorsOfBothColoursAreShownWhereTheyAreMeasured() {
    var progress = progress(weight: 50)
    progress.newTraffic = ColourTraffic(requests: 40, errors: 3)
    progress.oldTraffic = ColourTraffic(requests: 41, errors: 0)
    let lines = rendering.block(progress)
    #expect(lines.contains("  new      1/2 tasks, 1 starting, 1 healthy  40 requests, 3 failed"))
    #expect(lines.contains("  old      2/2 tasks, 2 healthy  41 requests, 0 failed"))
    #expect(rendering.state(progress).hasSuffix("new  40 requests, 3 failed  old  41 requests, 0 failed"))
  }

  @Test func stepsAndWeightsOfACanaryAreShown() {
    var release = rendering.release
    release.strategy = "CANARY"
    release.trafficSteps = [2.5, 100]
    let canary = ReleaseRendering(environment: "production", release: release, terminal: rendering.terminal)
    #expect(canary.block(progress(weight: 2.5))[2].hasSuffix("  new 2.5 %  step 1 of 2"))
    #expect(canary.block(progress(weight: 100))[2].hasSuffix("  new 100 %  step 2 of 2"))
    #expect(canary.block(progress(weight: 0))[2].hasSuffix("  new 0 %"))
    #expect(canary.state(progress(weight: 2.5)).contains("traffic to new 2.5 %  step 1 of 2"))
  }

  @Test func aReleaseThatWaitsSaysUntilWhenAndHowItGoesOn() {
    var waiting = progress(stage: "POST_TEST_TRAFFIC_SHIFT", weight: 0)
    waiting.snapshot.waiting = [.init(hookID: "ecs-pause-x", expiresAt: Date(timeIntervalSince1970: 0))]
    let line = rendering.block(waiting).first { $0.hasPrefix("  waits") }
    #expect(line?.contains("then it is rolled back: `palco continue production`") == true, "\(line ?? "")")
    #expect(rendering.state(waiting).contains("waits: for somebody until "))
    waiting.snapshot.waiting[0].goesOnByItself = true
    #expect(rendering.state(waiting).contains("then it goes on"))
  }

  @Test func aRollingReleaseClaimsNoWeights() {
    let lines = rendering.block(progress(stage: nil, weight: nil))
    #expect(lines[1] == "  stage    replacing tasks")
    #expect(!lines.contains { $0.contains("traffic") })
  }

  @Test func anUnhealthyTargetIsSaid() {
    let progress = progress(.rollbackInProgress, complaint: "Target.ResponseCodeMismatch")
    #expect(rendering.block(progress).last == "  Target.ResponseCodeMismatch")
    #expect(rendering.state(progress).hasPrefix("rolling back"))
  }

  @Test func theStateDoesNotChangeWithTimeAlone() {
    var later = progress()
    later.elapsed = .seconds(20)
    #expect(rendering.state(progress()) == rendering.state(later))
  }

  @Test func aFailureTellsItsStoryBelowItsCause() {
    let story = ReleaseRun.story(
      FailureReport(
        reason: "breaker",
        tasks: [
          .init(id: "0123456789", reason: "Essential container in task exited", containerReason: nil, exitCode: 3)
        ],
        logLines: ["configuration is missing"]))
    #expect(
      story == "\n  ECS: breaker\n  task 01234567: Essential container in task exited; exit code 3"
        + "\n  its last lines:\n    configuration is missing")
  }
}
