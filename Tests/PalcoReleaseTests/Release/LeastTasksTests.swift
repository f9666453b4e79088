import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Testing

@testable import PalcoRelease

/// What a release on AWS asks of the scaler, against a server that answers as Application Auto Scaling does.
@Suite struct LeastTasksTests {
  private static let manifest = """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080, tasks: 2}
    scaling: {min: 2, max: 6}
    tags: {owner: me}
    environments:
      stage: {target: aws, region: eu-west-1}
    """

  /// The bodies of what is sent, when the target has a least number already, or is not there.
  private func sent(_ minimum: Int?, _ text: String = manifest) async throws -> [String] {
    let manifest = try ManifestFile.parse(Data(text.utf8), file: "palco.yml", directory: URL(filePath: "/nowhere"))
    let blueprint = try manifest.blueprint(for: "stage")
    let target = minimum.map {
      """
      {"ServiceNamespace":"ecs","ResourceId":"service/shop-stage/shop","ScalableDimension":"ecs:service:DesiredCount",\
      "MinCapacity":\($0),"MaxCapacity":6,"RoleARN":"arn:role","CreationTime":1}
      """
    }
    return try await StubHTTPServer.run { request in
      request.header("X-Amz-Target")?.hasSuffix(".DescribeScalableTargets") == true
        ? .text(200, "{\"ScalableTargets\":[\(target ?? "")]}") : .text(200, "{}")
    } while: { server in
      try await Deployer(access: Sample.access(.terraform, at: server.url), blueprint: blueprint).keepLeastTasks()
      return server.requests.map { String(decoding: $0.body, as: UTF8.self) }
    }
  }

  @Test func theFirstReleaseSetsTheLeastNumber() async throws {
    let bodies = try await sent(0)
    #expect(bodies.count == 2)
    #expect(bodies.last?.contains("\"MinCapacity\":2") == true)
    #expect(bodies.last?.replacing("\\/", with: "/").contains("service/shop-stage/shop") == true)
    #expect(bodies.last?.contains("MaxCapacity") == false)
  }

  @Test func whatIsRightAlreadyIsLeftAlone() async throws { #expect(try await sent(2).count == 1) }

  @Test func withoutATargetNothingIsRegistered() async throws { #expect(try await sent(nil).count == 1) }

  @Test func whereNothingScalesNothingIsAsked() async throws {
    let fixed = Self.manifest.replacing("{min: 2, max: 6}", with: "{min: 2, max: 2}")
    #expect(try await sent(2, fixed).isEmpty)
  }
}
