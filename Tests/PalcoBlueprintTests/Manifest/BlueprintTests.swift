import Foundation
import PalcoBlueprint
import PalcoCore
import PalcoReliability
import Testing

@Suite struct BlueprintTests {
  @Test func theLeastManifestHasTheDocumentedDefaults() throws {
    let blueprint = try Sample.parse(Sample.least).blueprint(for: "stage")
    #expect(
      blueprint
        == Blueprint(
          project: "shop", environment: "stage", target: .local,
          image: .dockerfile(context: "/project", file: "/project/Dockerfile", arguments: [:]),
          service: ServiceBlueprint(
            port: 8080, listenerPort: nil, cpu: 256, memory: 512, tasks: 1,
            healthCheck: HealthCheck(
              path: "/", intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 2,
              successCodes: "200"),
            environment: [], secrets: [], stopTimeoutSeconds: 30, deregistrationDelaySeconds: 30,
            healthCheckGraceSeconds: 0),
          release: .rolling(minimumHealthyPercent: 100, maximumPercent: 200)))
  }

  @Test func pulseIsABlueGreenServiceOfTwoTasks() throws {
    let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
    let manifest = try ManifestFile.load(path: "\(root)/Examples/Pulse/palco.yml")
    #expect(manifest.name == "pulse")
    #expect(manifest.environments == ["stage", "production"])
    #expect(manifest.warnings.isEmpty)
    let production = try manifest.blueprint(for: "production")
    let objectives = try ServiceObjectives(
      availability: .availability("98%"),
      latency: .init(under: "1s", target: "95%", buckets: LatencyBuckets(upperBounds: [300, 1000, 3000])),
      isDeclared: true)
    #expect(
      production
        == Blueprint(
          project: "pulse", environment: "production", target: .local,
          image: .files(
            [FileRecipe(source: "\(root)/.build/debug/pulse", path: "/app/pulse")], command: ["/app/pulse"],
            workingDirectory: nil),
          service: ServiceBlueprint(
            port: 8080, tasks: 2, healthCheck: HealthCheck(path: "/healthz", intervalSeconds: 5, timeoutSeconds: 2),
            environment: [EnvironmentVariable(name: "PULSE_DB", value: "/tmp/pulse-production.sqlite")],
            deregistrationDelaySeconds: 300),
          release: .blueGreen(bakeMinutes: 1),
          objectives: objectives))
    #expect(try manifest.blueprint(for: "stage").names.cluster == "pulse-stage")
  }

  @Test func everyKeyArrivesInTheBlueprint() throws {
    let blueprint = try Sample.parse(
      """
      name: shop-api
      image:
        files: {/app/server: build/server, /etc/shop.conf: /opt/shop.conf}
        command: [/app/server, --threads, 4]
        directory: /app
      service:
        port: 3000
        listener: 8080
        cpu: 0.5 vCPU
        memory: 1 GiB
        tasks: 3
        health: {path: /ok?x=1, interval: 1m, timeout: 20s, healthy: 3, unhealthy: 4, codes: "200-204,301"}
        environment: {B: "2", A: yes, EMPTY: "", PI: 3.14}
        secrets: {DATABASE_URL: /shop/database-url, KEY: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:k-Ab1:key::"}
        stop_timeout: 2m
        drain: 0s
        health_grace: 1h
      release: {strategy: rolling, minimum_healthy: 50, maximum: 150}
      environments:
        production: {target: aws, region: eu-west-1, tags: {owner: me}}
      """
    ).blueprint(for: "production")
    #expect(blueprint.target == .aws)
    #expect(blueprint.region == "eu-west-1")
    #expect(
      blueprint.image
        == .files(
          [
            FileRecipe(source: "/project/build/server", path: "/app/server"),
            FileRecipe(source: "/opt/shop.conf", path: "/etc/shop.conf"),
          ], command: ["/app/server", "--threads", "4"], workingDirectory: "/app"))
    #expect(
      blueprint.service
        == ServiceBlueprint(
          port: 3000, listenerPort: 8080, cpu: 512, memory: 1024, tasks: 3,
          healthCheck: HealthCheck(
            path: "/ok?x=1", intervalSeconds: 60, timeoutSeconds: 20, healthyThreshold: 3, unhealthyThreshold: 4,
            successCodes: "200-204,301"),
          environment: [
            EnvironmentVariable(name: "B", value: "2"), EnvironmentVariable(name: "A", value: "yes"),
            EnvironmentVariable(name: "EMPTY", value: ""), EnvironmentVariable(name: "PI", value: "3.14"),
          ],
          secrets: [
            SecretReference(name: "DATABASE_URL", valueFrom: "/shop/database-url"),
            SecretReference(
              name: "KEY", valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:k-Ab1:key::"),
          ], stopTimeoutSeconds: 120, deregistrationDelaySeconds: 0, healthCheckGraceSeconds: 3600))
    #expect(blueprint.release == .rolling(minimumHealthyPercent: 50, maximumPercent: 150))
  }

  @Test func aBlueprintSurvivesJSON() throws {
    let blueprint = try Sample.parse(Sample.least).blueprint(for: "stage")
    #expect(try JSONDecoder().decode(Blueprint.self, from: JSONEncoder().encode(blueprint)) == blueprint)
  }

  @Test func aShortIntervalShortensTheTimeoutThatIsNotWritten() throws {
    let text = Sample.least.replacingOccurrences(of: "8080}", with: "8080, health: {interval: 5s}}")
    #expect(try Sample.parse(text).blueprint(for: "stage").service.healthCheck.timeoutSeconds == 4)
  }

  @Test func memoryFollowsTheProcessor() throws {
    let text = Sample.least.replacingOccurrences(of: "8080}", with: "8080, cpu: 2 vCPU}")
    let service = try Sample.parse(text).blueprint(for: "stage").service
    #expect(service.cpu == 2048 && service.memory == 4096)
  }

  @Test func anUnknownEnvironmentIsRefusedWithTheKnownOnes() throws {
    let manifest = try Sample.parse(Sample.least.replacingOccurrences(of: "stage: ", with: "stage: , production: "))
    let unknown = #expect(throws: UnknownEnvironment.self) { try manifest.blueprint(for: "prodution") }
    #expect(
      unknown?.description
        == "palco.yml has no environment `prodution`; did you mean `production`? It has: stage, production")
  }

  @Test func aFileThatIsNotThereIsAWarningOnRequest() throws {
    let manifest = try Sample.parse(Sample.least)
    #expect(manifest.warnings.isEmpty)
    #expect(
      manifest.missingFiles().map(\.rendered) == [
        """
        palco.yml:2:21: warning: image.dockerfile: there is no `/project/Dockerfile`
          image: {dockerfile: Dockerfile}
                              ^~~~~~~~~~
          help: build it before you release, or correct the path; it is relative to the folder of palco.yml
        """
      ])
  }
}

@Suite struct ResourceNamesTests {
  @Test func namesAreReadable() {
    let names = ResourceNames(project: "pulse", environment: "stage")
    #expect(names.cluster == "pulse-stage")
    #expect(names.service == "pulse")
    #expect(names.repository == "pulse")
    #expect(names.family == "pulse-stage")
    #expect(names.logGroup == "/palco/pulse/stage")
    #expect(names.loadBalancer == "pulse-stage")
    #expect(names.blueTargetGroup == "pulse-stage-blue")
    #expect(names.greenTargetGroup == "pulse-stage-green")
    #expect(names.container == "web")
  }

  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html: 32 characters,
  /// letters, digits and hyphens, no hyphen at an end.
  @Test func longNamesAreCutToWhatELBv2TakesAndStayApart() {
    var seen: Set<String> = []
    for project in ["averyveryverylongpro", "averyveryverylong-pr", "a-b-c-d-e-f-g-h-i-jk"] {
      for environment in ["productioneuropewest", "productioneuropeeast", "stage"] {
        let names = ResourceNames(project: project, environment: environment)
        for name in [names.loadBalancer, names.blueTargetGroup, names.greenTargetGroup] {
          #expect(name.count <= 32)
          #expect(name.range(of: "^[a-z]([a-z0-9-]*[a-z0-9])?$", options: .regularExpression) != nil)
          #expect(seen.insert(name).inserted, "\(name) is used twice")
        }
        #expect(names.blueTargetGroup.hasSuffix("-blue") && names.greenTargetGroup.hasSuffix("-green"))
      }
    }
  }

  @Test func aCutNameIsTheSameOnEveryMachine() {
    let names = ResourceNames(project: "averyveryverylongpro", environment: "productioneuropewest")
    #expect(
      names.loadBalancer
        == ResourceNames(project: "averyveryverylongpro", environment: "productioneuropewest").loadBalancer)
    #expect(names.blueTargetGroup == "averyveryverylongp-ae204d5e-blue")
  }
}
