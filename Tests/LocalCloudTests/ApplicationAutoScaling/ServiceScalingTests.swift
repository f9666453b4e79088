import AWSWire
import Testing

@testable import LocalCloud

/// What scaling sees of ECS, and does to it.
@Suite struct ServiceScalingTests {
  @Test func theDesiredCountIsSetWithoutADeployment() async throws {
    try await ECSFixture.run { fixture in
      #expect(await fixture.service.scalableService("web", in: "walk") == nil)
      try await fixture.createRolling(try await fixture.define(), count: 1)
      #expect(await fixture.service.scalableService("web", in: "walk")?.isDeploying == true)
      try await fixture.ended()
      #expect(
        await fixture.service.scalableService("web", in: "walk")
          == ScalableService(desired: 1, running: 1, isDeploying: false))
      try await fixture.service.setDesiredCount(3, of: "web", in: "walk")
      #expect(await fixture.until { await fixture.service.scalableService("web", in: "walk")?.running == 3 })
      #expect(try await fixture.deployments().count == 1)
      #expect(try await fixture.described().desiredCount == 3)
      #expect(await fixture.service.scalableService("web", in: "elsewhere") == nil)
      await #expect(throws: AWSError.self) { try await fixture.service.setDesiredCount(2, of: "gone", in: "walk") }
    }
  }

  @Test func aServiceThatIsBeingDeletedIsNotScaled() async throws {
    try await ECSFixture.run { fixture in
      try await fixture.createRolling(try await fixture.define(), count: 1)
      try await fixture.ended()
      var request = ECS.DeleteServiceRequest(service: "web")
      request.cluster = "walk"
      request.force = true
      try await fixture.send(request)
      #expect(await fixture.service.scalableService("web", in: "walk") == nil)
    }
  }
}
