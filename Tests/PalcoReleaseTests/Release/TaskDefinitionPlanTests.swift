import AWSWire
import PalcoBlueprint
import Testing

@testable import PalcoRelease

@Suite struct TaskDefinitionPlanTests {
  @Test func theImageIsNamedByDigestAndNeverByTag() throws {
    let plan = try TaskDefinitionPlan(image: Sample.image(), blueprint: Sample.blueprint(), access: Sample.access)
    let container = try #require(plan.request.containerDefinitions.first)
    #expect(container.image == "127.0.0.1:4650/pulse@\(Sample.digest)")
    #expect(container.stopTimeout == 7)
    #expect(container.secrets == [ECS.Secret(name: "TOKEN", valueFrom: "token")])
    #expect(container.logConfiguration?.options?["awslogs-group"] == "/palco/pulse/stage")
    #expect(container.logConfiguration?.options?["awslogs-region"] == "eu-west-1")
  }

  @Test func equalDefinitionsHaveEqualHashesWhateverTheyAreCalled() throws {
    let one = try TaskDefinitionPlan(image: Sample.image("v1"), blueprint: Sample.blueprint(), access: Sample.access)
    let same = try TaskDefinitionPlan(image: Sample.image("v2"), blueprint: Sample.blueprint(), access: Sample.access)
    #expect(one.hash == same.hash)
    var blueprint = Sample.blueprint()
    blueprint.service.environment[0].value = "other"
    let other = try TaskDefinitionPlan(image: Sample.image("v1"), blueprint: blueprint, access: Sample.access)
    #expect(one.hash != other.hash)
  }

  @Test func whatIsRegisteredIsReadBack() throws {
    let plan = try TaskDefinitionPlan(image: Sample.image("v7"), blueprint: Sample.blueprint(), access: Sample.access)
    let read = RegisteredDefinition(
      ECS.DescribeTaskDefinitionResponse(
        taskDefinition: ECS.TaskDefinition(
          taskDefinitionArn: "arn:td", containerDefinitions: plan.request.containerDefinitions),
        tags: plan.request.tags), container: "web")
    #expect(read.image == Sample.image("v7"))
    #expect(read.hash == plan.hash)
    #expect(read.actor == "ada@host")
  }

  @Test func aDefinitionOfSomebodyElseWithATagHasNoDigest() {
    let read = RegisteredDefinition(
      ECS.DescribeTaskDefinitionResponse(
        taskDefinition: ECS.TaskDefinition(containerDefinitions: [.init(name: "web", image: "nginx:latest")])),
      container: "web")
    #expect(read.image == nil)
  }
}
