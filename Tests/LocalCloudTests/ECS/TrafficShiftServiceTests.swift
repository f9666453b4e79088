import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// LINEAR, CANARY, hooks and alarms, as clients see them.
@Suite struct TrafficShiftServiceTests {
  private static let function = "arn:aws:lambda:eu-west-1:123456789012:function:check"

  private func configuration(
    _ strategy: String, hooks: [ECS.DeploymentLifecycleHook] = [], alarms: ECS.DeploymentAlarms? = nil,
    _ change: (inout ECS.DeploymentConfiguration) -> Void = { _ in }
  ) -> ECS.DeploymentConfiguration {
    var configuration = ECS.DeploymentConfiguration(deploymentCircuitBreaker: ECSFixture.breaker)
    configuration.strategy = strategy
    configuration.bakeTimeInMinutes = 1
    configuration.lifecycleHooks = hooks
    configuration.alarms = alarms
    if strategy == "CANARY" {
      configuration.canaryConfiguration = .init(canaryPercent: 2.5, canaryBakeTimeInMinutes: 5)
    }
    if strategy == "LINEAR" { configuration.linearConfiguration = .init(stepPercent: 40, stepBakeTimeInMinutes: 5) }
    change(&configuration)
    return configuration
  }

  /// A first release without hooks and alarms, so that green is the live group.
  private func release(_ cloud: ECSFixture, _ configuration: ECS.DeploymentConfiguration, test: String? = nil)
    async throws
  {
    var plain = configuration
    plain.strategy = "BLUE_GREEN"
    plain.canaryConfiguration = nil
    plain.linearConfiguration = nil
    plain.lifecycleHooks = []
    plain.alarms = nil
    try await cloud.create(try await cloud.define(["VERSION": "v1"]), test: test, plain)
    #expect(try await cloud.ended().status == "SUCCESSFUL")
    #expect(await cloud.productionWeights == [0, 100])
  }

  private func update(
    _ cloud: ECSFixture, _ configuration: ECS.DeploymentConfiguration? = nil,
    _ environment: [String: String] = ["VERSION": "v2"]
  ) async throws {
    let definition = try await cloud.define(environment)
    try await cloud.update {
      $0.taskDefinition = definition
      $0.deploymentConfiguration = configuration
    }
  }

  private func pause(_ stages: String..., minutes: Int? = nil, action: String? = nil) -> ECS.DeploymentLifecycleHook {
    .init(
      targetType: "PAUSE", lifecycleStages: stages,
      timeoutConfiguration: minutes.map { .init(timeoutInMinutes: $0, action: action) })
  }

  private func lambda(_ stages: String..., details: JSONValue? = nil) -> ECS.DeploymentLifecycleHook {
    .init(hookTargetArn: Self.function, roleArn: "arn:aws:iam::1:role/r", lifecycleStages: stages, hookDetails: details)
  }

  private func pauses(_ cloud: ECSFixture) async throws -> ECS.DeploymentLifecycleHookDetail {
    #expect(
      await cloud.until { (try? await cloud.newest().lifecycleHookDetails?.first?.status) == "AWAITING_ACTION" })
    return try cloud.unwrap(try await cloud.newest().lifecycleHookDetails?.first)
  }

  @discardableResult private func answer(_ cloud: ECSFixture, _ id: String, _ action: String? = nil) async throws
    -> AWSError?
  {
    let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
    return try await cloud.refusal(
      of: ECS.ContinueServiceDeploymentRequest(serviceDeploymentArn: arn, hookId: id, action: action))
  }

  // MARK: Steps

  @Test(arguments: [
    ("LINEAR", ["weights [40, 60]", "weights [80, 20]", "weights [100, 0]"]),
    ("CANARY", ["weights [25, 975]", "weights [100, 0]"]),
  ])
  func productionTrafficGoesOverInSteps(_ strategy: String, _ writes: [String]) async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration(strategy)
      try await release(cloud, configuration)
      let before = await cloud.balancer.calls.filter { $0.hasPrefix("weights") }.count
      try await update(cloud, configuration)
      let deployment = try await cloud.ended()
      #expect(deployment.status == "SUCCESSFUL" && deployment.lifecycleStage == "CLEAN_UP")
      #expect(await cloud.balancer.calls.filter { $0.hasPrefix("weights") }.dropFirst(before) == writes[...])
      #expect(cloud.versions == ["v2", "v2"])
      let started = try cloud.unwrap(deployment.startedAt)
      let finished = try cloud.unwrap(deployment.finishedAt)
      #expect(finished.timeIntervalSince(started) >= Double(5 * (writes.count - 1) + 1), "in minutes of a second")
      #expect(deployment.deploymentConfiguration?.strategy == strategy)
    }
  }

  @Test func theWeightsThatAreAskedForAreTold() async throws {
    try await ECSFixture.run { cloud in
      try await release(cloud, configuration("CANARY"))
      try await update(cloud, configuration("CANARY") { $0.canaryConfiguration?.canaryBakeTimeInMinutes = 1440 })
      #expect(await cloud.until { await cloud.productionWeights == [25, 975] })
      let deployment = try await cloud.newest()
      #expect(deployment.lifecycleStage == "PRODUCTION_TRAFFIC_SHIFT")
      #expect(deployment.targetServiceRevision?.requestedProductionTrafficWeight == 2.5)
      #expect(deployment.sourceServiceRevisions?.first?.requestedProductionTrafficWeight == 97.5)
      #expect(cloud.versions == ["v1", "v1", "v2", "v2"], "both in full size, whatever the share")
      // A new count holds for both.
      try await cloud.update { $0.desiredCount = 1 }
      #expect(await cloud.until { cloud.versions == ["v1", "v2"] })
    }
  }

  @Test func aRollbackFromAStepIsOneWrite() async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("LINEAR")
      await cloud.balancer.set(ECSFixture.weights(100, 0), ofRule: ECSFixture.test)
      try await release(cloud, configuration, test: ECSFixture.test)
      try await update(cloud, configuration)
      #expect(await cloud.until { await cloud.productionWeights == [80, 20] })
      let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
      let before = await cloud.balancer.calls.filter { $0.hasPrefix("weights") }.count
      try await cloud.send(ECS.StopServiceDeploymentRequest(serviceDeploymentArn: arn))
      #expect(try await cloud.ended().status == "ROLLBACK_SUCCESSFUL")
      #expect(
        await cloud.balancer.calls.filter { $0.hasPrefix("weights") }.dropFirst(before)
          == ["weights [0, 100]", "weights [0, 100]"], "production, then test")
      #expect(cloud.versions == ["v1", "v1"])
    }
  }

  @Test func aReleaseSupersededInTheMiddleOfItsShiftGivesTrafficBackFirst() async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("LINEAR") { $0.linearConfiguration?.stepBakeTimeInMinutes = 1440 }
      try await release(cloud, configuration)
      try await update(cloud, configuration)
      #expect(await cloud.until { await cloud.productionWeights == [40, 60] })
      try await update(cloud, self.configuration("BLUE_GREEN"), ["VERSION": "v3"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "SUCCESSFUL" && deployment.sourceServiceRevisions?.count == 2)
      #expect(try await cloud.deployments().map(\.status) == ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"])
      #expect(
        await cloud.balancer.calls.filter { $0.hasPrefix("weights") }
          == ["weights [0, 100]", "weights [40, 60]", "weights [0, 100]", "weights [100, 0]"])
      #expect(cloud.versions == ["v3", "v3"])
    }
  }

  @Test func nothingIsTakenAwayBeforeTheNextReleaseHasSeenWhatServes() async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("BLUE_GREEN") { $0.bakeTimeInMinutes = 1440 }
      try await release(cloud, self.configuration("BLUE_GREEN"))
      try await update(cloud, configuration)
      try await cloud.reaches("BAKE_TIME")
      var state = await cloud.service.state
      let service = try cloud.unwrap(state.services.values.keys.first)
      let request = ECS.UpdateServiceRequest(service: "web", cluster: "walk", forceNewDeployment: true)
      _ = try state.update(request, LoadBalancerFacts(), at: cloud.clock.now, in: cloud.context)
      // A pass that looked at the world before that call was there.
      var pass = ServiceReconciler(
        state, seen: ECSObservation(), now: cloud.clock.now, cloud: cloud.context, service: service)
      pass.run()
      #expect(pass.state.deployments(of: service).map(\.machine.status) == [.successful, .stopped, .pending])
      #expect(pass.state.tasks(of: service).filter(\.machine.isActive).count == 4)
    }
  }

  @Test func stoppingTheFirstReleaseWhileItBakesEndsIt() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.create(try await cloud.define(), configuration("CANARY") { $0.bakeTimeInMinutes = 1440 })
      try await cloud.reaches("BAKE_TIME")
      let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
      try await cloud.send(ECS.StopServiceDeploymentRequest(serviceDeploymentArn: arn))
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_FAILED" && deployment.rollback?.serviceRevisionArn == nil)
      #expect(await cloud.productionWeights == [100, 0] && cloud.runtime.running.isEmpty)
    }
  }

  // MARK: Pauses

  @Test func aPauseHoldsTheReleaseUntilItIsAnswered() async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("CANARY", hooks: [pause("PRE_PRODUCTION_TRAFFIC_SHIFT", minutes: 60)])
      try await release(cloud, configuration)
      try await update(cloud, configuration)
      let first = try await pauses(cloud)
      let deployment = try await cloud.newest()
      #expect(deployment.status == "IN_PROGRESS" && deployment.lifecycleStage == "PRODUCTION_TRAFFIC_SHIFT")
      #expect(first.targetType == "PAUSE" && first.targetArn == nil && first.timeoutAction == "ROLLBACK")
      #expect(try cloud.unwrap(first.expiresAt).timeIntervalSince(cloud.clock.now) > 50)
      let id = try cloud.unwrap(first.hookId)
      #expect(await cloud.productionWeights == [0, 100])
      #expect(try await answer(cloud, id) == nil)
      // Before the second step it is asked again, by another name.
      #expect(await cloud.until { await cloud.productionWeights == [25, 975] })
      let second = try await pauses(cloud)
      #expect(second.hookId != id)
      #expect(
        try await answer(cloud, id)?.message
          == "Provided hookId is either completed, unavailable, or not associated with the given Resource ARN")
      #expect(try await answer(cloud, try cloud.unwrap(second.hookId), "CONTINUE") == nil)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(try await cloud.newest().lifecycleHookDetails == [])
    }
  }

  @Test func aPauseCanSendTheReleaseBack() async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("BLUE_GREEN", hooks: [pause("POST_PRODUCTION_TRAFFIC_SHIFT")])
      try await release(cloud, configuration)
      try await update(cloud, configuration)
      let id = try cloud.unwrap(try await pauses(cloud).hookId)
      #expect(await cloud.productionWeights == [100, 0])
      #expect(try await answer(cloud, id, "ROLLBACK") == nil)
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL" && deployment.rollback?.reason == deployment.statusReason)
      #expect(await cloud.productionWeights == [0, 100])
    }
  }

  @Test(arguments: [("ROLLBACK", "ROLLBACK_SUCCESSFUL"), ("CONTINUE", "SUCCESSFUL")])
  func aPauseThatNobodyAnswersDoesWhatItsTimeoutSays(_ action: String, _ status: String) async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration("BLUE_GREEN", hooks: [pause("POST_SCALE_UP", minutes: 20160, action: action)])
      try await release(cloud, configuration)
      try await update(cloud, configuration)
      _ = try await pauses(cloud)
      cloud.clock.advance(by: .seconds(20160))
      let deployment = try await cloud.ended()
      #expect(deployment.status == status)
      if action == "ROLLBACK" {
        #expect(
          deployment.statusReason == "Service deployment rolled back because POST_SCALE_UP pause hook timed out.")
      }
    }
  }

  @Test func whatCannotBeContinuedIsRefused() async throws {
    try await ECSFixture.run { cloud in
      try await release(cloud, configuration("BLUE_GREEN"))
      let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
      func refusal(_ arn: String, _ id: String, _ action: String? = nil) async throws -> AWSError? {
        try await cloud.refusal(
          of: ECS.ContinueServiceDeploymentRequest(serviceDeploymentArn: arn, hookId: id, action: action))
      }
      #expect(
        try await refusal(arn, "pause-1")?.message
          == "Invalid hookId: hookId must follow the format: ecs-{hookType}-{id}")
      #expect(
        try await refusal(arn, "ecs-pause-1")?.message
          == "Continuing a service deployment is not allowed for service deployment in terminal states.")
      #expect(try await refusal("arn:aws:ecs:x", "ecs-pause-1")?.code == "ServiceDeploymentNotFoundException")
      #expect(try await refusal(arn, "ecs-pause-1", "STOP")?.code == "InvalidParameterException")
    }
  }

  @Test func aPauseSurvivesARestart() async throws {
    try await withTemporaryDirectory { directory in
      let before = try await ECSFixture(directory: directory)
      try await before.send(ECS.CreateClusterRequest(clusterName: "walk"))
      var paused: ECS.DeploymentLifecycleHookDetail?
      try await before.running {
        let configuration = configuration("BLUE_GREEN", hooks: [pause("POST_TEST_TRAFFIC_SHIFT")])
        try await release(before, configuration)
        try await update(before, configuration)
        paused = try await pauses(before)
      }
      let after = try await ECSFixture(directory: directory, after: before)
      try await after.running {
        #expect(try await after.newest().lifecycleHookDetails?.first == paused)
        try await answer(after, try after.unwrap(paused?.hookId))
        #expect(try await after.ended().status == "SUCCESSFUL")
      }
    }
  }

  // MARK: Functions

  @Test func aFunctionIsToldTheWeightsAndAskedUntilItHasAnAnswer() async throws {
    try await ECSFixture.run { cloud in
      let hook = lambda(
        "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT",
        details: .object(["bucket": .string("b")]))
      let configuration = configuration("CANARY", hooks: [hook])
      try await release(cloud, configuration)
      await cloud.functions.answer(
        #"{"hookStatus": "IN_PROGRESS", "callBackDelay": 600, "hookDetails": {"try": 1}}"#,
        #"{"hookStatus": "SUCCEEDED"}"#)
      try await update(cloud, configuration)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      let events = await cloud.functions.events
      let deployment = try await cloud.newest()
      let green = try cloud.unwrap(deployment.targetServiceRevision?.arn)
      let blue = try cloud.unwrap(deployment.sourceServiceRevisions?.first?.arn)
      #expect(
        events.map(\.lifecycleStage) == [
          "POST_SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT",
          "PRODUCTION_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT",
        ])
      #expect(
        events.map(\.executionDetails.productionTrafficWeights) == [
          [:], [:], [:], [green: 0, blue: 100], [green: 2.5, blue: 97.5], [green: 2.5, blue: 97.5],
          [green: 100, blue: 0],
        ])
      #expect(events[2].executionDetails.testTrafficWeights == [green: 100, blue: 0])
      #expect(events.allSatisfy { $0.resourceArn == deployment.serviceDeploymentArn })
      #expect(events[0].executionId == events[1].executionId && events[1].executionId != events[2].executionId)
      #expect(events[0].hookDetails == ["bucket": .string("b")])
      #expect(events[1].hookDetails == ["bucket": .string("b"), "try": .number(1)])
    }
  }

  @Test(arguments: [
    (#"{"hookStatus": "FAILED"}"#, "Lifecycle hook target \(function) returned FAILED status."),
    ("null", "ECS was unable to parse the response from \(function) due to HookStatus must not be null"),
    ("unreachable", "Lifecycle hook target \(function) could not be invoked: it is not there."),
  ])
  func aFunctionThatDoesNotSucceedSendsTheReleaseBack(_ answer: String, _ words: String) async throws {
    try await ECSFixture.run { cloud in
      let configuration = configuration(
        "BLUE_GREEN", hooks: [lambda("POST_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT")])
      try await release(cloud, configuration)
      await cloud.functions.answer(#"{"hookStatus": "SUCCEEDED"}"#, answer)
      try await update(cloud, configuration)
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      let stage = try cloud.unwrap(
        await cloud.functions.events.first { $0.lifecycleStage != "PRODUCTION_TRAFFIC_SHIFT" }
      ).lifecycleStage
      #expect(
        deployment.statusReason
          == "Service deployment rolled back because \(stage) lifecycle hook(s) failed. \(words)")
      // While going back it is told of blue's weights.
      let last = try cloud.unwrap(await cloud.functions.events.last)
      #expect(last.lifecycleStage == "PRODUCTION_TRAFFIC_SHIFT")
      #expect(last.executionDetails.productionTrafficWeights[last.executionDetails.targetServiceRevisionArn] == 0)
    }
  }

  // MARK: Alarms

  private static let alarms = ECS.DeploymentAlarms(alarmNames: ["errors"], rollback: true, enable: true)

  @Test func anAlarmDuringTheBakeSendsTheReleaseBack() async throws {
    try await ECSFixture.run { cloud in
      await cloud.alarms.set("OK", of: "errors")
      let configuration = configuration("BLUE_GREEN", alarms: Self.alarms) { $0.bakeTimeInMinutes = 1440 }
      try await release(cloud, self.configuration("BLUE_GREEN"))
      try await update(cloud, configuration)
      try await cloud.reaches("BAKE_TIME")
      #expect(
        try await cloud.newest().alarms == .init(status: "MONITORING", alarmNames: ["errors"], triggeredAlarmNames: []))
      await cloud.alarms.set("ALARM", of: "errors")
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      #expect(deployment.alarms == .init(status: "TRIGGERED", alarmNames: ["errors"], triggeredAlarmNames: ["errors"]))
      #expect(deployment.rollback?.reason?.hasSuffix("CloudWatch alarm(s) went into the ALARM state: errors.") == true)
      #expect(await cloud.productionWeights == [0, 100])
      #expect(try await cloud.events().contains { $0.hasSuffix("deployment failed: alarm detected.") })
    }
  }

  @Test func anAlarmThatIsRedAtTheStartIsIgnoredAndThatIsSaid() async throws {
    try await ECSFixture.run { cloud in
      await cloud.alarms.set("ALARM", of: "errors")
      let configuration = configuration("BLUE_GREEN", alarms: Self.alarms)
      try await release(cloud, configuration)
      try await update(cloud, configuration)
      let deployment = try await cloud.ended()
      #expect(deployment.status == "SUCCESSFUL")
      #expect(deployment.alarms == .init(status: "DISABLED", alarmNames: ["errors"], triggeredAlarmNames: ["errors"]))
      #expect(try await cloud.events().contains { $0.contains("alarms are ignored") && $0.hasSuffix(": errors.") })
    }
  }

  @Test(arguments: [true, false]) func aRollingReleaseIsWatchedUntilItsBakeEnds(_ rollsBack: Bool) async throws {
    try await ECSFixture.run { cloud in
      await cloud.alarms.set("OK", of: "errors")
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]))
      try await cloud.ended()
      var configuration = ECS.DeploymentConfiguration(alarms: Self.alarms)
      configuration.alarms?.rollback = rollsBack
      try await update(cloud, configuration)
      #expect(await cloud.until { cloud.versions == ["v2", "v2"] })
      #expect(try await cloud.newest().status == "IN_PROGRESS")
      await cloud.alarms.set("ALARM", of: "errors")
      let deployment = try await cloud.ended()
      #expect(deployment.status == (rollsBack ? "ROLLBACK_SUCCESSFUL" : "STOPPED"))
      #expect(cloud.versions == (rollsBack ? ["v1", "v1"] : ["v2", "v2"]) || !rollsBack)
      await cloud.alarms.set("OK", of: "errors")
      try await update(cloud, nil, ["VERSION": "v3"])
      let next = try await cloud.ended()
      #expect(next.status == "SUCCESSFUL" && next.alarms?.status == "MONITORING_COMPLETE")
      let lasted = try cloud.unwrap(next.finishedAt).timeIntervalSince(try cloud.unwrap(next.startedAt))
      #expect(lasted >= 3, "three minutes of a second")
    }
  }

  // MARK: What is refused

  @Test func settingsOutOfTheirRangesAreRefused() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      func refusal(
        _ strategy: String, hooks: [ECS.DeploymentLifecycleHook] = [],
        _ change: (inout ECS.DeploymentConfiguration) -> Void = { _ in }
      ) async throws -> String {
        let request = ECSFixture.request(
          definition, balancers: [ECSFixture.blueGreenBalancer()], configuration(strategy, hooks: hooks, change))
        let error = try await cloud.refusal(of: request)
        #expect(error?.code == "InvalidParameterException")
        return error?.message ?? "accepted"
      }
      for percent in [0, 0.05, 100.1, 2.55] {
        let message = try await refusal("CANARY") { $0.canaryConfiguration?.canaryPercent = percent }
        #expect(message == "canaryPercent must be a multiple of 0.1 between 0.1 and 100.0, not \(percent).")
      }
      for percent in [2.9, 101] {
        let message = try await refusal("LINEAR") { $0.linearConfiguration?.stepPercent = percent }
        #expect(message == "stepPercent must be a multiple of 0.1 between 3.0 and 100.0, not \(percent).")
      }
      try await #expect(
        refusal("CANARY") { $0.canaryConfiguration?.canaryBakeTimeInMinutes = 1441 }
          == "canaryBakeTimeInMinutes must be between 0 and 1440, not 1441.")
      try await #expect(
        refusal("LINEAR") { $0.linearConfiguration?.stepBakeTimeInMinutes = -1 }
          == "stepBakeTimeInMinutes must be between 0 and 1440, not -1.")
      try await #expect(
        refusal("BLUE_GREEN") { $0.canaryConfiguration = .init() }
          == "canaryConfiguration is only valid with the deployment strategy CANARY.")
      try await #expect(refusal("SUDDEN").hasPrefix("Deployment strategy 'SUDDEN' is not valid."))
      try await #expect(
        refusal("BLUE_GREEN", hooks: [.init(targetType: "SNS", lifecycleStages: ["PRE_SCALE_UP"])])
          == "Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE")
      for stage in ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"] {
        try await #expect(
          refusal("BLUE_GREEN", hooks: [pause(stage)]) == "Invalid lifecycle stage provided for Pause Hook")
      }
      for stage in ["SCALE_UP", "BAKE_TIME", "CLEAN_UP", "NOWHERE"] {
        try await #expect(
          refusal("BLUE_GREEN", hooks: [pause(stage)]).hasPrefix("lifecycleStages '\(stage)' is not valid."))
      }
      try await #expect(
        refusal("BLUE_GREEN", hooks: [pause("PRE_SCALE_UP", minutes: 20161)])
          == "timeoutInMinutes must be between 1 and 20160, not 20161.")
      var slow = lambda("PRE_SCALE_UP")
      slow.timeoutConfiguration = .init(timeoutInMinutes: 1441)
      try await #expect(
        refusal("BLUE_GREEN", hooks: [slow]) == "timeoutInMinutes must be between 1 and 1440, not 1441.")
      try await #expect(
        refusal("BLUE_GREEN", hooks: [.init(hookTargetArn: "check", lifecycleStages: ["PRE_SCALE_UP"])])
          == "hookTargetArn must be the ARN of a Lambda function, not 'check'.")
      try await #expect(
        refusal("BLUE_GREEN", hooks: Array(repeating: pause("PRE_SCALE_UP"), count: 11))
          == "A service can have 10 lifecycle hooks of the type PAUSE, not 11.")
      try await #expect(
        refusal("BLUE_GREEN", hooks: [lambda("PRE_SCALE_UP", details: .string("x"))])
          == "hookDetails must be a JSON object.")
      try await #expect(
        refusal("ROLLING", hooks: [pause("PRE_SCALE_UP")]).contains(
          "lifecycleHooks with the deployment strategy ROLLING"))
      try await #expect(
        refusal("BLUE_GREEN") { $0.alarms = .init(alarmNames: [], rollback: true, enable: true) }
          == "alarmNames must have at least one entry when alarms are enabled.")
      let bare = ECSFixture.request(definition, balancers: [], configuration("LINEAR"))
      #expect(
        try await cloud.refusal(of: bare)?.message.hasPrefix("The deployment strategy LINEAR needs a load balancer")
          == true)
    }
  }

  @Test func whatIsLeftOutGetsAWSsDefaults() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.create(
        try await cloud.define(), count: 0, configuration("CANARY") { $0.canaryConfiguration = nil })
      let canary = try cloud.unwrap(try await cloud.described().deploymentConfiguration)
      #expect(canary.canaryConfiguration == .init(canaryPercent: 5, canaryBakeTimeInMinutes: 10))
      try await cloud.update { $0.deploymentConfiguration = .init(strategy: "LINEAR") }
      let linear = try cloud.unwrap(try await cloud.described().deploymentConfiguration)
      #expect(linear.linearConfiguration == .init(stepPercent: 10, stepBakeTimeInMinutes: 6))
      #expect(linear.canaryConfiguration == nil)
      #expect(try await cloud.deployments().count == 1, "how to deploy is no reason to deploy")
    }
  }
}
