import AWSWire
import PalcoBlueprint
import Testing

@testable import PalcoRelease

@Suite struct TaskDefinitionPlanTests {
  private func plan(_ image: PublishedImage, _ blueprint: Blueprint = Sample.blueprint()) throws -> TaskDefinitionPlan {
    try TaskDefinitionPlan(image: image, blueprint: blueprint, access: Sample.access, newest: nil)
  }

  @Test func theImageIsNamedByDigestAndNeverByTag() throws {
    let plan = try self.plan(Sample.image())
    let container = try #require(plan.request.containerDefinitions.first)
    #expect(container.image == "127.0.0.1:4650/pulse@\(Sample.digest)")
    #expect(container.stopTimeout == 7)
    #expect(container.secrets == [ECS.Secret(name: "TOKEN", valueFrom: "token")])
    #expect(container.logConfiguration?.options?["awslogs-group"] == "/palco/pulse/stage")
    #expect(container.logConfiguration?.options?["awslogs-region"] == "eu-west-1")
  }

  @Test func equalDefinitionsHaveEqualHashesWhateverTheyAreCalled() throws {
    let one = try plan(Sample.image("v1"))
    let same = try plan(Sample.image("v2"))
    #expect(one.hash == same.hash)
    var blueprint = Sample.blueprint()
    blueprint.service.environment[0].value = "other"
    let other = try plan(Sample.image("v1"), blueprint)
    #expect(one.hash != other.hash)
  }

  @Test func whatIsRegisteredIsReadBack() throws {
    let plan = try self.plan(Sample.image("v7"))
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
