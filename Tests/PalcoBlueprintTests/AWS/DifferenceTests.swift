import Foundation
import PalcoBlueprint
import Testing

@Suite struct DifferenceTests {
  private func difference(_ stage: String, _ production: String, above: String = "") throws -> EnvironmentDifference {
    let text = """
      name: shop
      image: {dockerfile: Dockerfile}
      service: {port: 8080}
      tags: {owner: me}
      \(above)
      environments:
        stage: {\(stage)}
        production: {\(production)}
      """
    return try Sample.parse(text).difference(between: "stage", and: "production")
  }

  private func lines(_ difference: EnvironmentDifference) -> [String] {
    difference.items.map { "\($0.keyPath) \($0.left ?? "-") \($0.right ?? "-") \($0.reason.rawValue)" }
  }

  @Test func environmentsThatInheritEverythingDoNotDiffer() throws {
    #expect(try difference("", "").items.isEmpty)
  }

  @Test func anOverrideOfWhatStandsAboveOrOfADefaultIsMeant() throws {
    let found = try difference("", "service: {tasks: 4, drain: 1m}", above: "release: {strategy: blue_green, bake: 5m}")
    #expect(lines(found) == ["service.tasks 1 4 overridden", "service.drain 30s 1m overridden"])
    #expect(found.unintended.isEmpty)
  }

  @Test func aKeyThatBothWriteWithNothingAboveIsSuspicious() throws {
    let found = try difference("service: {stop_timeout: 20s}", "service: {stop_timeout: 25s}")
    #expect(lines(found) == ["service.stop_timeout 20s 25s unintended"])
    #expect(found.unintended.count == 1)
  }

  @Test func theSameIsNoOverrideProblemWithAValueAbove() throws {
    let found = try difference(
      "release: {bake: 1m}", "release: {bake: 9m}", above: "release: {strategy: blue_green, bake: 5m}")
    #expect(lines(found) == ["release.bake 1m 9m overridden"])
  }

  @Test func aVariableThatOnlyOneHasIsSuspicious() throws {
    let found = try difference("service: {environment: {FLAG: on}}", "service: {secrets: {KEY: /shop/key}}")
    #expect(lines(found) == ["service.environment.FLAG on - oneSided", "service.secrets.KEY - /shop/key oneSided"])
    #expect(found.unintended.count == 2)
  }

  @Test func secretsOfTwoEnvironmentsDifferByNature() throws {
    let found = try difference("service: {secrets: {KEY: /stage/key}}", "service: {secrets: {KEY: /live/key}}")
    #expect(lines(found) == ["service.secrets.KEY /stage/key /live/key byNature"])
  }

  @Test func whatLooksLikeASecretIsNotShown() throws {
    let found = try difference(
      "service: {environment: {DB_PASSWORD: hunter2hunter2}}", "service: {environment: {DB_PASSWORD: other2other2}}")
    #expect(found.items.map(\.left) == ["(not shown)"] && found.items.map(\.right) == ["(not shown)"])
  }

  @Test func theDefaultsOfProductionAreToldApart() throws {
    let found = try difference("target: aws, region: eu-west-1", "target: aws, region: eu-west-1")
    #expect(
      lines(found) == [
        "protected false true byDefault", "network.nat gateway gateway-per-zone byDefault",
        "logs.retention 30 365 byDefault",
      ])
  }

  @Test func betweenTheLocalCloudAndAWSOnlyCommonKeysCount() throws {
    let found = try difference("", "target: aws, region: eu-west-1, logs: {retention: 90}")
    #expect(lines(found) == ["target local aws byNature", "region - eu-west-1 byNature"])
  }

  @Test func anotherStrategyDiffersInItsOwnKeys() throws {
    let found = try difference("", "release: {strategy: blue_green, bake: 2m}")
    #expect(
      lines(found) == [
        "release.strategy rolling blue_green overridden", "release.bake - 2m overridden",
        "release.pause_timeout - 24h byDefault", "release.pause_action - roll_back byDefault",
        "release.minimum_healthy 100 - byDefault", "release.maximum 200 - byDefault",
      ])
  }

  @Test func anUnknownEnvironmentIsRefused() throws {
    let manifest = try Sample.parse(Sample.least)
    #expect(throws: UnknownEnvironment.self) { try manifest.difference(between: "stage", and: "live") }
  }

  @Test func aDifferenceSurvivesJSON() throws {
    let found = try difference("service: {tasks: 2}", "service: {tasks: 3}")
    #expect(try JSONDecoder().decode(EnvironmentDifference.self, from: JSONEncoder().encode(found)) == found)
  }
}
