import AWSWire
import PalcoBlueprint
import Testing

@testable import PalcoRelease

@Suite struct ServicePlanTests {
  private func plan(_ release: ReleaseStrategy, tasks: Int = 2) throws -> ServicePlan {
    try #require(ServicePlan(blueprint: Sample.blueprint(release, tasks: tasks), access: Sample.access))
  }

  @Test func theBreakerIsAlwaysOnWithRollback() throws {
    for strategy in [
      ReleaseStrategy.blueGreen(bakeMinutes: 3), .rolling(minimumHealthyPercent: 50, maximumPercent: 150),
      .canary(percent: 5, percentBakeMinutes: 1, bakeMinutes: 2),
      .linear(stepPercent: 5, stepBakeMinutes: 1, bakeMinutes: 2), .paced(stepPercent: 5, bakeMinutes: 2),
    ] {
      #expect(
        try plan(strategy).deploymentConfiguration.deploymentCircuitBreaker == .init(enable: true, rollback: true))
    }
  }

  @Test(arguments: [(100, 0), (0, 100)])
  func theGroupsOfABlueGreenServiceNeverSwapPlaces(blue: Int, green: Int) throws {
    let balancer = try plan(.blueGreen(bakeMinutes: 3)).loadBalancers(Sample.path(blue: blue, green: green))[0]
    #expect(balancer.targetGroupArn == "arn:blue")
    #expect(balancer.advancedConfiguration?.alternateTargetGroupArn == "arn:green")
    #expect(balancer.advancedConfiguration?.productionListenerRule == "arn:rule")
  }

  @Test func canaryAndLinearAreSaidAsECSCallsThem() throws {
    let canary = try plan(.canary(percent: 2.5, percentBakeMinutes: 15, bakeMinutes: 3))
    #expect(canary.deploymentConfiguration.strategy == "CANARY")
    #expect(canary.deploymentConfiguration.bakeTimeInMinutes == 3)
    #expect(
      canary.deploymentConfiguration.canaryConfiguration
        == .init(canaryPercent: 2.5, canaryBakeTimeInMinutes: 15))
    #expect(canary.deploymentConfiguration.linearConfiguration == nil)
    #expect(canary.loadBalancers(Sample.path(blue: 100, green: 0))[0].advancedConfiguration != nil)
    let linear = try plan(.linear(stepPercent: 20, stepBakeMinutes: 6, bakeMinutes: 3))
    #expect(linear.deploymentConfiguration.strategy == "LINEAR")
    #expect(
      linear.deploymentConfiguration.linearConfiguration == .init(stepPercent: 20, stepBakeTimeInMinutes: 6))
  }

  @Test func pacedIsLinearThatOnlyPausesWait() throws {
    let paced = try plan(.paced(stepPercent: 10, bakeMinutes: 3)).deploymentConfiguration
    #expect(paced.strategy == "LINEAR" && paced.bakeTimeInMinutes == 3)
    #expect(paced.linearConfiguration == .init(stepPercent: 10, stepBakeTimeInMinutes: 0))
    #expect(paced.trafficSteps.count == 10)
  }

  @Test func aRollingServiceUsesTheGroupThatIsLive() throws {
    let rolling = try plan(.rolling(minimumHealthyPercent: 100, maximumPercent: 200))
    let balancers = rolling.loadBalancers(Sample.path(blue: 0, green: 100))
    #expect(balancers.map(\.targetGroupArn) == ["arn:green"])
    #expect(balancers[0].advancedConfiguration == nil)
  }

  @Test func onlyWhatDiffersIsNamed() throws {
    let wanted = try plan(.blueGreen(bakeMinutes: 3))
    var service = ECS.Service(
      desiredCount: 2, deploymentConfiguration: wanted.deploymentConfiguration, healthCheckGracePeriodSeconds: 0)
    #expect(wanted.differences(from: service).isEmpty)
    service.desiredCount = 5
    service.deploymentConfiguration?.bakeTimeInMinutes = 10
    #expect(wanted.differences(from: service) == ["tasks", "bake time"])
    service.deploymentConfiguration?.lifecycleHooks = [.init(targetType: "PAUSE", lifecycleStages: ["PRE_SCALE_UP"])]
    #expect(wanted.differences(from: service) == ["tasks", "bake time", "pauses"])
    let steps = try plan(.canary(percent: 5, percentBakeMinutes: 1, bakeMinutes: 3))
    service = ECS.Service(
      desiredCount: 2, deploymentConfiguration: steps.deploymentConfiguration, healthCheckGracePeriodSeconds: 0)
    #expect(steps.differences(from: service).isEmpty)
    service.deploymentConfiguration?.canaryConfiguration?.canaryPercent = 6
    #expect(steps.differences(from: service) == ["traffic steps"])
  }
}
