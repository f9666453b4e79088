import AWSWire
import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Testing

@testable import PalcoRelease

/// What a release sets where Terraform made the environment.
@Suite struct OwnershipTests {
  /// The first revision as Terraform registers it, and ECS completes it.
  private func registered(
    environment: [ECS.KeyValuePair] = [.init(name: "OLD", value: "1")], tags: [ECS.Tag] = [], revision: Int = 1
  ) -> RegisteredDefinition {
    RegisteredDefinition(
      .init(
        taskDefinition: ECS.TaskDefinition(
          taskDefinitionArn: "arn:aws:ecs:eu-west-1:1:task-definition/pulse-stage:\(revision)",
          containerDefinitions: [
            ECS.ContainerDefinition(name: "agent", image: "agent:1", environment: [.init(name: "A", value: "b")]),
            ECS.ContainerDefinition(
              name: "web", image: "registry/pulse:unreleased", environment: environment,
              secrets: [ECS.Secret(name: "TOKEN", valueFrom: "arn:secret")], readonlyRootFilesystem: true,
              logConfiguration: ECS.LogConfiguration(logDriver: "awslogs", options: ["awslogs-group": "other"])),
          ], family: "pulse-stage", taskRoleArn: "arn:task", executionRoleArn: "arn:execution", networkMode: "awsvpc",
          revision: revision, volumes: [ECS.Volume(name: "tmp")], status: "ACTIVE",
          runtimePlatform: ECS.RuntimePlatform(cpuArchitecture: "ARM64"), requiresCompatibilities: ["FARGATE"],
          cpu: "512", memory: "1024"), tags: tags), container: "web")
  }

  private func plan(
    on newest: RegisteredDefinition?, _ image: PublishedImage = Sample.image(),
    _ ownership: CloudAccess.Ownership = .terraform
  ) throws -> TaskDefinitionPlan {
    try TaskDefinitionPlan(
      image: image, blueprint: Sample.blueprint(), access: Sample.access(ownership), newest: newest)
  }

  @Test func imageAndEnvironmentAreNewAndAllElseStays() throws {
    let base = registered()
    let request = try plan(on: base).request
    #expect(request.taskRoleArn == "arn:task")
    #expect(request.executionRoleArn == "arn:execution")
    #expect(request.volumes == [ECS.Volume(name: "tmp")])
    #expect(request.runtimePlatform?.cpuArchitecture == "ARM64")
    #expect(request.cpu == "512" && request.memory == "1024")
    #expect(request.containerDefinitions[0] == base.definition.containerDefinitions?[0])
    var expected = try #require(base.definition.containerDefinitions?[1])
    expected.image = Sample.image().reference
    expected.environment = [ECS.KeyValuePair(name: "MODE", value: "test")]
    #expect(request.containerDefinitions[1] == expected)
  }

  @Test func whatWasReleasedOnceIsKnownAgain() throws {
    let first = try plan(on: registered())
    let released = registered(
      environment: [.init(name: "MODE", value: "test")], tags: first.request.tags ?? [], revision: 2)
    let second = try plan(on: released)
    #expect(second.hash == first.hash)
    #expect(second.request.tags?.first { $0.key == "palco:base" }?.value == "pulse-stage:1")
    #expect(try plan(on: released, Sample.image("v2")).hash == first.hash)
  }

  @Test func theOrderOfVariablesMeansNothing() throws {
    var blueprint = Sample.blueprint()
    func hash() throws -> String {
      try TaskDefinitionPlan(
        image: Sample.image(), blueprint: blueprint, access: Sample.access(.terraform), newest: registered()
      ).hash
    }
    blueprint.service.environment.append(EnvironmentVariable(name: "ALSO", value: "1"))
    let one = try hash()
    blueprint.service.environment.reverse()
    #expect(try hash() == one)
  }

  @Test func tagsOfOthersStayAndThoseOfECSAreLeftOut() throws {
    let tags = [
      ECS.Tag(key: "owner", value: "team"), ECS.Tag(key: "aws:ecs:x", value: "y"),
      ECS.Tag(key: "palco:project", value: "stale"),
    ]
    let found = try #require(try plan(on: registered(tags: tags)).request.tags)
    #expect(found.first { $0.key == "owner" }?.value == "team")
    #expect(found.filter { $0.key == "palco:project" }.map(\.value) == ["pulse"])
    #expect(!found.contains { $0.key?.hasPrefix("aws:") == true })
  }

  @Test func aDefinitionOfSomebodyElseIsStoodOnEverywhere() throws {
    let plan = try plan(on: registered(), Sample.image(), .palco(Sample.placement))
    #expect(plan.request.executionRoleArn == "arn:execution")
    #expect(plan.request.tags?.contains { $0.key == "palco:base" } == true)
  }

  @Test func aDefinitionOfPalcoAloneIsMadeAnewFromTheBlueprint() throws {
    let tags = [ECS.Tag(key: "palco:definition", value: "abc")]
    let plan = try plan(on: registered(tags: tags), Sample.image(), .palco(Sample.placement))
    #expect(plan.request.executionRoleArn == nil)
    #expect(plan.request.cpu == "256")
  }

  @Test func withoutTerraformsDefinitionThereIsNothingToReleaseOn() throws {
    let error = try #require(throws: ReleaseError.self) { try plan(on: nil) }
    #expect(error.code == .environmentMissing)
    #expect(error.message.contains("palco up stage"))
  }

  @Test func aDefinitionWithoutPalcosContainerIsRefused() throws {
    let other = RegisteredDefinition(
      .init(taskDefinition: ECS.TaskDefinition(containerDefinitions: [.init(name: "other", image: "x")])),
      container: "web")
    let error = try #require(throws: ReleaseError.self) { try plan(on: other) }
    #expect(error.message.contains("no container 'web'"))
  }

  private func update(_ ownership: CloudAccess.Ownership, desired: Int, serving: String) -> ECS.UpdateServiceRequest {
    Deployer(access: Sample.access(ownership), blueprint: Sample.blueprint()).updateRequest(
      ECS.Service(desiredCount: desired, taskDefinition: serving), definition: "arn:td:2",
      Sample.path(blue: 100, green: 0))
  }

  @Test func onAWSAReleaseSetsTheTaskDefinitionAndNothingElse() {
    #expect(
      update(.terraform, desired: 5, serving: "arn:td:1")
        == ECS.UpdateServiceRequest(service: "pulse", cluster: "pulse-stage", taskDefinition: "arn:td:2"))
  }

  @Test func pausesAreTheReleasesToSetAndHooksThatCallFunctionsStay() throws {
    var blueprint = Sample.blueprint()
    blueprint.pauses = ReleasePauses(stages: [.postTestTrafficShift], timeoutMinutes: 30, timeoutAction: .continue)
    let function = ECS.DeploymentLifecycleHook(targetType: "AWS_LAMBDA", hookTargetArn: "arn:function")
    let old = ECS.DeploymentLifecycleHook(targetType: "PAUSE", lifecycleStages: ["PRE_SCALE_UP"])
    let alarms = ECS.DeploymentAlarms(alarmNames: ["a"], rollback: true, enable: true)
    var service = ECS.Service(
      desiredCount: 2, taskDefinition: "arn:td:1",
      deploymentConfiguration: .init(
        alarms: alarms, strategy: "CANARY", lifecycleHooks: [old, function], canaryConfiguration: .init()))
    func configuration(_ pauses: ReleasePauses?) -> ECS.DeploymentConfiguration? {
      blueprint.pauses = pauses
      return Deployer(access: Sample.access(.terraform), blueprint: blueprint).updateRequest(
        service, definition: "arn:td:2", Sample.path(blue: 100, green: 0)
      ).deploymentConfiguration
    }
    let wanted = try #require(blueprint.pauses)
    let set = try #require(configuration(wanted))
    #expect(set.lifecycleHooks == [function, wanted.hook])
    #expect(set.alarms == alarms && set.strategy == "CANARY")
    #expect(wanted.hook.timeoutConfiguration == .init(timeoutInMinutes: 30, action: "CONTINUE"))
    #expect(wanted.hook.hookTargetArn == nil && wanted.hook.roleArn == nil)
    // What is just so already is not sent again.
    service.deploymentConfiguration = set
    #expect(configuration(wanted) == nil)
    #expect(configuration(nil)?.lifecycleHooks == [function])
  }

  @Test func theSameTaskDefinitionIsForced() {
    #expect(update(.terraform, desired: 5, serving: "arn:td:2").forceNewDeployment == true)
  }

  @Test func theFirstReleaseStartsTheTasks() {
    #expect(update(.terraform, desired: 0, serving: "arn:td:1").desiredCount == 2)
  }

  @Test func whatPalcoMadeItSetsAltogether() {
    let request = update(.palco(Sample.placement), desired: 5, serving: "arn:td:1")
    #expect(request.desiredCount == 2)
    #expect(request.deploymentConfiguration?.strategy == "BLUE_GREEN")
    #expect(request.loadBalancers?.count == 1)
  }

  @Test func theProductionRuleIsTheFirstThatForwards() {
    func rule(_ name: String, _ priority: String, _ action: ELBv2.Action) -> ELBv2.Rule {
      ELBv2.Rule(
        ruleArn: name, priority: priority, conditions: [], actions: [action], isDefault: priority == "default")
    }
    let forward = ELBv2.Action(type: "forward", targetGroupArn: "arn:blue")
    let fixed = ELBv2.Action(type: "fixed-response")
    let rules = [rule("a", "1", fixed), rule("b", "2", forward), rule("c", "default", fixed)]
    #expect(TrafficPath.trafficRule(among: rules)?.ruleArn == "b")
    #expect(TrafficPath.trafficRule(among: [rule("c", "default", forward)])?.ruleArn == "c")
  }
}
