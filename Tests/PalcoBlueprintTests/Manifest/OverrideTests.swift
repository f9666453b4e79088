import PalcoBlueprint
import Testing

@Suite struct OverrideTests {
  private let manifest = """
    name: shop
    image: {dockerfile: Dockerfile, args: {A: "1", B: "2"}}
    service:
      port: 8080
      tasks: 2
      health: {path: /healthz, codes: "200"}
      environment: {LOG_LEVEL: info, REGION: eu}
    release: {strategy: blue_green, bake: 10m}
    environments:
      stage:

    """

  private func stage(_ overrides: String) throws -> Blueprint {
    let lines = overrides.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return try Sample.parse(manifest + lines).blueprint(for: "stage")
  }

  private func problems(_ overrides: String) -> [String] {
    Sample.headlines(manifest + overrides.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
  }

  @Test func nothingOverriddenIsEverythingInherited() throws {
    let blueprint = try stage("")
    #expect(blueprint.service.tasks == 2)
    #expect(blueprint.release == .blueGreen(bakeMinutes: 10))
  }

  @Test func mapsAreMergedAndScalarsReplaced() throws {
    let blueprint = try stage("service: {tasks: 5, health: {interval: 20s}, environment: {LOG_LEVEL: debug, NEW: x}}")
    #expect(blueprint.service.port == 8080)
    #expect(blueprint.service.tasks == 5)
    #expect(blueprint.service.healthCheck.path == "/healthz")
    #expect(blueprint.service.healthCheck.intervalSeconds == 20)
    #expect(
      blueprint.service.environment.map { "\($0.name)=\($0.value)" } == ["LOG_LEVEL=debug", "REGION=eu", "NEW=x"])
  }

  @Test func buildArgumentsAreMerged() throws {
    let blueprint = try stage("image: {args: {B: \"3\"}}")
    #expect(
      blueprint.image
        == .dockerfile(context: "/project", file: "/project/Dockerfile", arguments: ["A": "1", "B": "3"]))
  }

  @Test func listsAreReplaced() throws {
    let text = """
      name: shop
      image: {files: {/a: a}, command: [/a, one, two]}
      service: {port: 1}
      environments: {stage: {image: {command: [/a, three]}}}
      """
    let blueprint = try Sample.parse(text).blueprint(for: "stage")
    #expect(
      blueprint.image
        == .files([FileRecipe(source: "/project/a", path: "/a")], command: ["/a", "three"], workingDirectory: nil))
  }

  @Test func anotherStrategyInheritsNothingOfTheFirst() throws {
    let blueprint = try stage("release: {strategy: rolling, maximum: 150}")
    #expect(blueprint.release == .rolling(minimumHealthyPercent: 100, maximumPercent: 150))
  }

  @Test func anotherKindOfImageInheritsNothingOfTheFirst() throws {
    let blueprint = try stage("image: {files: {/app: app}, command: [/app]}")
    #expect(
      blueprint.image
        == .files([FileRecipe(source: "/project/app", path: "/app")], command: ["/app"], workingDirectory: nil))
  }

  @Test func whatDoesNotGoWithTheInheritedStrategyIsAMistake() {
    #expect(
      problems("release: {maximum: 150}") == [
        "palco.yml:11:15: error: environments.stage.release.maximum: does not go with `strategy: blue_green`"
      ])
    #expect(
      problems("release: {strategy: rolling, bake: 1m}") == [
        "palco.yml:11:34: error: environments.stage.release.bake: does not go with `strategy: rolling`"
      ])
  }

  @Test func aPairThatOnlyAnEnvironmentMakesWrongIsReportedWhereItIsWritten() {
    #expect(
      problems("service: {memory: 4 GiB}") == [
        "palco.yml:11:23: error: environments.stage.service.memory: Fargate has no task of 256 CPU units and 4 GiB"
      ])
  }

  @Test func aMistakeAboveTheEnvironmentsIsReportedOnce() {
    let text = """
      name: shop
      image: {dockerfile: Dockerfile, files: {/a: a}}
      service: {port: 1, memory: 600}
      release: {bake: 1m}
      environments: {stage: , production: }
      """
    #expect(
      Sample.headlines(text) == [
        "palco.yml:2:33: error: image.files: does not go with `dockerfile`",
        "palco.yml:3:28: error: service.memory: Fargate has no task of 256 CPU units and 600 MiB",
        "palco.yml:4:11: error: release.bake: does not go with `strategy: rolling`",
      ])
  }

  @Test func anEnvironmentMayHoldWhatTheOthersLack() throws {
    let text = """
      name: shop
      service: {port: 1}
      environments:
        stage: {image: {dockerfile: Dockerfile}}
        production: {service: {tasks: 2}}
      """
    #expect(Sample.headlines(text) == ["palco.yml:5:3: error: environments.production: has no `image`"])
  }

  @Test func anEnvironmentAloneMayDescribeEverything() throws {
    let text = "{name: shop, environments: {stage: {image: {dockerfile: D}, service: {port: 1}}}}"
    #expect(try Sample.parse(text).blueprint(for: "stage").service.port == 1)
  }
}
