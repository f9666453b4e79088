import Foundation
import PalcoBlueprint
import Testing

@testable import PalcoCommands

@Suite struct BootstrapRegionsTests {
  private func regions(_ environments: [String]) throws -> BootstrapRegions {
    let text =
      "name: shop\nimage: {dockerfile: Dockerfile}\nservice: {port: 8080}\ntags: {owner: me}\nenvironments:\n"
      + environments.map { "  \($0)\n" }.joined()
    let manifest = try ManifestFile.parse(
      Data(text.utf8), file: "palco.yml", directory: URL(filePath: "/nowhere"))
    return BootstrapRegions(try manifest.environments.map { try manifest.blueprint(for: $0) })
  }

  private let three = [
    "test: {}", "stage: {target: aws, region: eu-west-1}", "production: {target: aws, region: us-east-1}",
    "demo: {target: aws, region: eu-west-1}",
  ]

  @Test func eachRegionIsNamedOnceInTheOrderOfTheEnvironments() throws {
    let regions = try regions(three)
    #expect(regions.names == ["eu-west-1", "us-east-1"])
    #expect(regions.blueprints(in: "eu-west-1").map(\.environment) == ["stage", "demo"])
  }

  @Test func oneOfSeveralRegionsMustBeNamed() throws {
    let regions = try regions(three)
    let error = #expect(throws: CommandError.self) { try regions.only(nil) }
    #expect(error?.message.contains("eu-west-1 and us-east-1") == true)
    #expect(try regions.only("us-east-1").map(\.environment) == ["production"])
    #expect(throws: CommandError.self) { try regions.only("eu-central-1") }
  }

  @Test func theOnlyRegionNeedNotBeNamed() throws {
    #expect(try regions(["stage: {target: aws, region: eu-west-1}"]).only(nil).map(\.environment) == ["stage"])
  }
}
