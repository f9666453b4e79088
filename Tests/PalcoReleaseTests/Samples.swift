import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import PalcoBlueprint
import PalcoCore

@testable import PalcoRelease

/// Values that the tests of this room share.
enum Sample {
  static let digest = "sha256:" + String(repeating: "0123456789abcdef", count: 4)

  static func blueprint(_ release: ReleaseStrategy = .blueGreen(bakeMinutes: 1), tasks: Int = 2) -> Blueprint {
    Blueprint(
      project: "pulse", environment: "stage", target: .local,
      image: .files(
        [FileRecipe(source: "/tmp/pulse", path: "/app/pulse")], command: ["/app/pulse"], workingDirectory: nil),
      service: ServiceBlueprint(
        port: 8080, tasks: tasks, healthCheck: HealthCheck(path: "/healthz"),
        environment: [EnvironmentVariable(name: "MODE", value: "test")],
        secrets: [SecretReference(name: "TOKEN", valueFrom: "token")], stopTimeoutSeconds: 7),
      release: release)
  }

  static func image(_ version: String = "v1") -> PublishedImage {
    PublishedImage(repositoryURI: "127.0.0.1:4650/pulse", digest: digest, version: version)
  }

  static let placement = CloudAccess.Placement(
    vpcID: "vpc-1", subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"],
    infrastructureRoleARN: "arn:aws:iam::000000000000:role/infrastructure")

  /// An access that nothing is asked through.
  static var access: CloudAccess { access() }

  /// An access to a server.
  static func access(_ ownership: CloudAccess.Ownership = .palco(placement), at endpoint: URL? = nil) -> CloudAccess {
    let configuration = AWSConfiguration(
      region: "eu-west-1", endpoint: endpoint,
      credentials: StaticCredentials(AWSCredentials(accessKey: "a", secretKey: "b")))
    let logger = Logger(label: "test")
    return CloudAccess(
      aws: AWSClient(configuration: configuration, http: .shared, logger: logger),
      registry: { RegistryClient(endpoint: $0, authorization: $1, http: .shared, logger: logger) },
      ownership: ownership,
      pollInterval: .milliseconds(10), actor: "ada@host", logger: logger)
  }

  /// A traffic path whose production rule gives blue and green some weights.
  static func path(blue: Int, green: Int) -> TrafficPath {
    let forward = ELBv2.Action(
      type: "forward",
      forwardConfig: .init(targetGroups: [
        .init(targetGroupArn: "arn:blue", weight: blue), .init(targetGroupArn: "arn:green", weight: green),
      ]))
    return TrafficPath(
      loadBalancer: .init(loadBalancerArn: "arn:lb", dnsName: "127.1.2.3", loadBalancerName: "pulse-stage"),
      listener: .init(listenerArn: "arn:listener", port: 8080, protocol: "HTTP"),
      rule: .init(ruleArn: "arn:rule", priority: "default", conditions: [], actions: [forward], isDefault: true),
      blue: .init(targetGroupArn: "arn:blue", targetGroupName: "blue"),
      green: .init(targetGroupArn: "arn:green", targetGroupName: "green"))
  }
}
