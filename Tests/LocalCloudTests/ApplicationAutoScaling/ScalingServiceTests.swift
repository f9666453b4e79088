import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ScalingServiceTests {
  private typealias Wire = ApplicationAutoScaling

  @Test func aPolicyMakesTheAlarmsThatAWSMakes() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      let answer = try await fixture.send(ScalingFixture.policy())
      let prefix = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:"
      #expect(answer.policyARN.hasPrefix(prefix))
      #expect(answer.policyARN.hasSuffix(":resource/ecs/service/shop/web:policyName/cpu"))
      let (high, low) = (try await fixture.alarms()[0], try await fixture.alarms()[1])
      #expect(high.alarmName?.hasPrefix("TargetTracking-service/shop/web-AlarmHigh-") == true)
      #expect(low.alarmName?.hasPrefix("TargetTracking-service/shop/web-AlarmLow-") == true)
      #expect(answer.alarms?.map { $0.alarmName } == [high.alarmName, low.alarmName].compactMap { $0 })
      #expect(answer.alarms?.map { $0.alarmARN } == [high.alarmArn, low.alarmArn].compactMap { $0 })
      #expect((high.threshold, high.evaluationPeriods, high.period) == (50, 3, 60))
      #expect((low.threshold, low.evaluationPeriods, low.period) == (45, 15, 60))
      #expect(high.comparisonOperator == "GreaterThanThreshold" && low.comparisonOperator == "LessThanThreshold")
      #expect(high.statistic == "Average" && high.namespace == "AWS/ECS" && high.metricName == "CPUUtilization")
      #expect(high.alarmActions == [answer.policyARN] && low.alarmActions == [answer.policyARN])
      let again = try await fixture.send(ScalingFixture.policy(target: 80))
      #expect(again == answer)
      #expect(try await fixture.alarms().map(\.threshold) == [80, 72])
      let described = try await fixture.send(Wire.DescribeScalingPoliciesRequest(serviceNamespace: "ecs"))
      #expect(described.scalingPolicies?.first?.targetTrackingScalingPolicyConfiguration?.targetValue == 80)
      #expect(described.scalingPolicies?.first?.policyType == "TargetTrackingScaling")
    }
  }

  @Test func requestsPerTargetAndOwnMetricsAreWatchedAsTheyAreNamed() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(
        ScalingFixture.policy("requests") {
          $0.predefinedMetricSpecification = .init(
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: "app/web/0123456789abcdef/targetgroup/blue/fedcba9876543210")
        })
      let alarm = try #require(try await fixture.alarms().first)
      #expect(alarm.namespace == "AWS/ApplicationELB" && alarm.metricName == "RequestCountPerTarget")
      #expect(alarm.statistic == "Sum")
      #expect(
        alarm.dimensions == [
          .init(name: "TargetGroup", value: "targetgroup/blue/fedcba9876543210"),
          .init(name: "LoadBalancer", value: "app/web/0123456789abcdef"),
        ])
      try await fixture.send(ScalingFixture.deletion("requests"))
      try await fixture.send(
        ScalingFixture.policy("queue") {
          $0.predefinedMetricSpecification = nil
          $0.customizedMetricSpecification = .init(
            metrics: [
              .init(
                id: "m", metricStat: .init(metric: .init(metricName: "waiting", namespace: "Shop"), stat: "Sum"),
                returnData: false),
              .init(id: "e", expression: "m / 10", returnData: true),
            ])
        })
      let math = try #require(try await fixture.alarms().first?.metrics)
      #expect(math.map(\.expression) == [nil, "m / 10"])
      #expect(math.first?.metricStat?.period == 60)
    }
  }

  @Test func threeMinutesAboveTheTargetScaleOutInProportion() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(ScalingFixture.policy())
      await fixture.minutes(3, cpu: 50)
      #expect(await fixture.services.desired == 2)
      await fixture.minutes(2, cpu: 120)
      #expect(await fixture.services.desired == 2)
      await fixture.minutes(1, cpu: 120)
      #expect(await fixture.services.desired == 5)
      let activity = try #require(try await fixture.activities().first)
      #expect(activity.description == "Setting desired count to 5.")
      #expect(activity.cause.hasPrefix("monitor alarm TargetTracking-service/shop/web-AlarmHigh-"))
      #expect(activity.cause.hasSuffix(" in state ALARM triggered policy cpu"))
      #expect(activity.statusCode == "InProgress" && activity.endTime == nil)
      await fixture.services.settle()
      await fixture.minutes(1, cpu: 48)
      let ended = try #require(try await fixture.activities().first)
      #expect(ended.statusCode == "Successful" && ended.endTime != nil)
      #expect(ended.statusMessage == "Successfully set desired count to 5. Change successfully fulfilled by ecs.")
      let events = try await EventLog(store: fixture.store)
        .list(.init(after: 0, source: "aws.application-autoscaling")).events
      #expect(events.map(\.detailType).allSatisfy { $0 == "Application Auto Scaling Scaling Activity State Change" })
      let details = events.compactMap { if case .object(let detail) = $0.detail { detail } else { nil } }
      #expect(details.map { $0["statusCode"] } == [.string("InProgress"), .string("Successful")])
      #expect(details.allSatisfy { $0["oldDesiredCapacity"] == .number(2) && $0["newDesiredCapacity"] == .number(5) })
      #expect(details.first?["direction"] == .string("scale-out"))
    }
  }

  @Test func fifteenMinutesWellBelowTheTargetScaleInAndThenTheCoolDownHolds() async throws {
    try await ScalingFixture.run { fixture in
      await fixture.services.change { $0 = .init(desired: 8, running: 8, isDeploying: false) }
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(ScalingFixture.policy())
      // Between nine tenths of the target and the target nothing happens.
      await fixture.minutes(18, cpu: 46)
      #expect(await fixture.services.desired == 8)
      await fixture.minutes(14, cpu: 25)
      #expect(await fixture.services.desired == 8)
      await fixture.minutes(1, cpu: 25)
      #expect(await fixture.services.desired == 4)
      await fixture.minutes(1, cpu: 25)
      #expect(await fixture.services.desired == 4)
      await fixture.minutes(1, cpu: 25)
      #expect(await fixture.services.desired == 2)
    }
  }

  @Test func aDeploymentHoldsScaleInsBackAndIsNamedAsTheReason() async throws {
    try await ScalingFixture.run { fixture in
      await fixture.services.change { $0 = .init(desired: 8, running: 8, isDeploying: true) }
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(ScalingFixture.policy())
      await fixture.minutes(18, cpu: 25)
      #expect(await fixture.services.desired == 8)
      #expect(try await fixture.activities().isEmpty)
      let activities = try await fixture.activities(notScaled: true)
      #expect(activities.map { $0.notScaledReasons?.first?.code } == ["TargetServicePutResourceAsUnscalable"])
      #expect(activities.first?.notScaledReasons?.first?.currentCapacity == 8)
      await fixture.services.change { $0?.isDeploying = false }
      await fixture.minutes(1, cpu: 25)
      #expect(await fixture.services.desired == 4)
      await fixture.services.change { $0?.isDeploying = true }
      await fixture.minutes(3, cpu: 100)
      #expect(await fixture.services.desired == 8)
    }
  }

  @Test func aPolicyThatNeverScalesInHasNoAlarmForIt() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(ScalingFixture.policy())
      let answer = try await fixture.send(ScalingFixture.policy { $0.disableScaleIn = true })
      #expect(answer.alarms?.count == 1)
      #expect(try await fixture.alarms().compactMap(\.alarmName).allSatisfy { $0.contains("AlarmHigh") })
      await fixture.services.change { $0 = .init(desired: 8, running: 8, isDeploying: false) }
      await fixture.minutes(20, cpu: 1)
      #expect(await fixture.services.desired == 8)
    }
  }

  @Test func withAPolicyOrATargetItsAlarmsGo() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      try await fixture.send(ScalingFixture.policy())
      try await fixture.send(ScalingFixture.deletion())
      #expect(try await fixture.alarms().isEmpty)
      #expect(try await fixture.refusal(of: ScalingFixture.deletion())?.code == "ObjectNotFoundException")
      try await fixture.send(ScalingFixture.policy())
      try await fixture.send(ScalingFixture.deregistration)
      #expect(try await fixture.alarms().isEmpty)
      let policies = try await fixture.send(Wire.DescribeScalingPoliciesRequest(serviceNamespace: "ecs"))
      #expect(policies.scalingPolicies == [])
      #expect(try await fixture.refusal(of: ScalingFixture.deregistration)?.code == "ObjectNotFoundException")
      #expect(try await fixture.refusal(of: ScalingFixture.policy())?.code == "ObjectNotFoundException")
    }
  }

  @Test func newBoundsBringTheServiceBetweenThem() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target(4, 6))
      #expect(await fixture.services.desired == 4)
      #expect(try await fixture.activities().first?.cause == "minimum capacity was set to 4")
      await fixture.services.settle()
      try await fixture.send(ScalingFixture.target(1, 3))
      #expect(await fixture.services.desired == 3)
      try await fixture.send(ScalingFixture.target(nil, 8))
      let target = try #require(
        try await fixture.send(Wire.DescribeScalableTargetsRequest(serviceNamespace: "ecs")).scalableTargets?.first)
      #expect((target.minCapacity, target.maxCapacity) == (1, 8))
      #expect(target.suspendedState?.dynamicScalingInSuspended == false)
      #expect(target.roleARN.hasSuffix("AWSServiceRoleForApplicationAutoScaling_ECSService"))
    }
  }

  @Test func whatIsSuspendedWaits() async throws {
    try await ScalingFixture.run { fixture in
      var request = ScalingFixture.target()
      request.suspendedState = .init(dynamicScalingOutSuspended: true)
      try await fixture.send(request)
      try await fixture.send(ScalingFixture.policy())
      await fixture.minutes(4, cpu: 100)
      #expect(await fixture.services.desired == 2)
      request.suspendedState = .init(dynamicScalingOutSuspended: false)
      try await fixture.send(request)
      await fixture.minutes(1, cpu: 100)
      #expect(await fixture.services.desired == 4)
    }
  }

  @Test func aStepPolicyFollowsTheAlarmThatNamesIt() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      var policy = ScalingFixture.policy("steps")
      policy.policyType = "StepScaling"
      policy.targetTrackingScalingPolicyConfiguration = nil
      policy.stepScalingPolicyConfiguration = .init(
        adjustmentType: "ChangeInCapacity",
        stepAdjustments: [
          .init(scalingAdjustment: 1, metricIntervalLowerBound: 0, metricIntervalUpperBound: 20),
          .init(scalingAdjustment: 3, metricIntervalLowerBound: 20),
        ], cooldown: 60)
      let arn = try await fixture.send(policy).policyARN
      #expect(try await fixture.alarms().isEmpty)
      try await fixture.send(
        CloudWatch.PutMetricAlarmRequest(
          alarmName: "busy", alarmActions: [arn], metricName: "CPUUtilization", namespace: "AWS/ECS",
          statistic: "Average",
          dimensions: [.init(name: "ClusterName", value: "shop"), .init(name: "ServiceName", value: "web")], period: 60,
          evaluationPeriods: 1, threshold: 60, comparisonOperator: "GreaterThanThreshold"))
      await fixture.minutes(1, cpu: 70)
      #expect(await fixture.services.desired == 3)
      #expect(try await fixture.activities().first?.cause == "monitor alarm busy in state ALARM triggered policy steps")
      await fixture.minutes(1, cpu: 90)
      #expect(await fixture.services.desired == 6)
      await fixture.minutes(3, cpu: 90)
      #expect(await fixture.services.desired == 10)
    }
  }

  @Test func aScheduledActionSetsBoundsAtItsTime() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      // The clock is at 22:14 of 2023-11-14.
      try await fixture.send(
        Wire.PutScheduledActionRequest(
          serviceNamespace: "ecs", scheduledActionName: "morning", resourceId: ScalingFixture.resource,
          scalableDimension: "ecs:service:DesiredCount", schedule: "cron(16 22 * * ? *)",
          scalableTargetAction: .init(minCapacity: 5)))
      await fixture.minutes(1, cpu: nil)
      #expect(await fixture.services.desired == 2)
      await fixture.minutes(1, cpu: nil)
      #expect(await fixture.services.desired == 5)
      #expect(
        try await fixture.activities().map(\.cause) == [
          "minimum capacity was set to 5", "scheduled action name morning was triggered",
        ])
      let action = Wire.DeleteScheduledActionRequest(
        serviceNamespace: "ecs", scheduledActionName: "morning", resourceId: ScalingFixture.resource,
        scalableDimension: "ecs:service:DesiredCount")
      #expect(
        try await fixture.send(Wire.DescribeScheduledActionsRequest(serviceNamespace: "ecs")).scheduledActions?.count
          == 1)
      try await fixture.send(action)
      #expect(try await fixture.refusal(of: action)?.code == "ObjectNotFoundException")
    }
  }

  @Test func everythingSurvivesAKill() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target())
      let policy = try await fixture.send(ScalingFixture.policy())
      await fixture.minutes(3, cpu: 50)
      await fixture.minutes(3, cpu: 100)
      #expect(await fixture.services.desired == 4)
      let next = try await fixture.restarted()
      let described = try await next.send(Wire.DescribeScalingPoliciesRequest(serviceNamespace: "ecs"))
      #expect(described.scalingPolicies?.first?.policyARN == policy.policyARN)
      #expect(try await next.activities().map(\.statusCode) == ["InProgress"])
      await next.services.settle()
      // The cool-down is remembered too, so that the same load adds nothing.
      await next.minutes(1, cpu: 100)
      #expect(try await next.activities().map(\.statusCode) == ["Successful"])
      try next.store.close()
    }
  }

  @Test func whatECSRefusesIsAFailedActivity() async throws {
    try await ScalingFixture.run { fixture in
      await fixture.services.refuse()
      try await fixture.send(ScalingFixture.target(3))
      let activity = try #require(try await fixture.activities().first)
      #expect(activity.statusCode == "Failed")
      #expect(activity.statusMessage?.hasPrefix("Failed to set desired count to 3. Reason: ") == true)
    }
  }

  @Test func aDesiredCountThatSomebodyElseSetsOverridesAnActivity() async throws {
    try await ScalingFixture.run { fixture in
      try await fixture.send(ScalingFixture.target(3))
      await fixture.services.change { $0?.desired = 7 }
      await fixture.minutes(1, cpu: nil)
      #expect(try await fixture.activities().map(\.statusCode) == ["Overridden"])
    }
  }

  @Test func theNewestActivitiesAreKept() async throws {
    try await ScalingFixture.run { fixture in
      for round in 0..<240 {
        try await fixture.send(ScalingFixture.target(1, round % 2 == 0 ? 1 : 10))
        await fixture.services.change { $0?.desired = 2 }
      }
      try await fixture.send(ScalingFixture.target(9, 10))
      var count = 0
      var token: String?
      repeat {
        let page = try await fixture.send(
          Wire.DescribeScalingActivitiesRequest(serviceNamespace: "ecs", maxResults: 40, nextToken: token))
        if token == nil { #expect(page.scalingActivities?.first?.description == "Setting desired count to 9.") }
        count += page.scalingActivities?.count ?? 0
        token = page.nextToken
      } while token != nil
      #expect(count == 100)
    }
  }

  @Test func tagsAreOfTheTarget() async throws {
    try await ScalingFixture.run { fixture in
      var request = ScalingFixture.target()
      request.tags = ["a": "1"]
      let arn = try #require(try await fixture.send(request).scalableTargetARN)
      try await fixture.send(Wire.TagResourceRequest(resourceARN: arn, tags: ["b": "2"]))
      try await fixture.send(Wire.UntagResourceRequest(resourceARN: arn, tagKeys: ["a"]))
      #expect(try await fixture.send(Wire.ListTagsForResourceRequest(resourceARN: arn)).tags == ["b": "2"])
      let gone = Wire.ListTagsForResourceRequest(resourceARN: arn + "0")
      #expect(try await fixture.refusal(of: gone)?.code == "ResourceNotFoundException")
    }
  }

  @Test func whatAWSRefusesIsRefused() async throws {
    try await ScalingFixture.run { fixture in
      func code(_ change: (inout Wire.RegisterScalableTargetRequest) -> Void) async throws -> String? {
        var request = ScalingFixture.target()
        change(&request)
        return try await fixture.refusal(of: request)?.code
      }
      #expect(try await code { $0.serviceNamespace = "dynamodb" } == "ValidationException")
      #expect(try await code { $0.resourceId = "service/web" } == "ValidationException")
      #expect(try await code { $0.resourceId = "service/shop/gone" } == "ValidationException")
      #expect(try await code { $0.scalableDimension = "ecs:service:Size" } == "ValidationException")
      #expect(try await code { $0.minCapacity = nil } == "ValidationException")
      #expect(try await code { $0.minCapacity = 11 } == "ValidationException")
      #expect(try await code { $0.minCapacity = -1 } == "ValidationException")
      try await fixture.send(ScalingFixture.target())
      func refused(
        _ change: (inout Wire.TargetTrackingScalingPolicyConfiguration) -> Void
      ) async throws -> String? {
        try await fixture.refusal(of: ScalingFixture.policy(change: change))?.code
      }
      #expect(try await refused { $0.targetValue = 0 } == "ValidationException")
      #expect(try await refused { $0.scaleInCooldown = -1 } == "ValidationException")
      #expect(try await refused { $0.predefinedMetricSpecification = nil } == "ValidationException")
      #expect(
        try await refused { $0.predefinedMetricSpecification?.predefinedMetricType = "ALBRequestCountPerTarget" }
          == "ValidationException")
      #expect(
        try await refused { $0.predefinedMetricSpecification?.predefinedMetricType = "EC2SpotFleetRequestAverageCPU" }
          == "ValidationException")
      #expect(
        try await refused { $0.predefinedMetricSpecification?.resourceLabel = "app/a/1" } == "ValidationException")
      #expect(
        try await refused { $0.customizedMetricSpecification = .init(metricName: "m") } == "ValidationException")
      var predictive = ScalingFixture.policy()
      predictive.policyType = "PredictiveScaling"
      #expect(try await fixture.refusal(of: predictive)?.message.contains("not supported") == true)
      let page = Wire.DescribeScalingPoliciesRequest(serviceNamespace: "ecs", nextToken: "x")
      #expect(try await fixture.refusal(of: page)?.code == "InvalidNextTokenException")
      #expect(
        try await fixture.refusal(of: Wire.DescribeScalingPoliciesRequest(serviceNamespace: "ecs", maxResults: 51))?
          .code == "ValidationException")
    }
  }
}
