import Foundation
import PalcoBlueprint
import Testing

/// The golden files hold what was once looked at by eye. `PALCO_RECORD=1 swift test --filter AWSGolden` writes them anew.
@Suite struct AWSGoldenTests {
  @Test(arguments: [("short", "stage"), ("full", "stage"), ("full", "production")])
  func anEnvironmentIsWhatItWas(_ file: String, _ environment: String) throws {
    let blueprint = try AWSSample.manifest("\(file).yml").blueprint(for: environment)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(blueprint.aws), as: UTF8.self) + "\n"
    let golden = AWSSample.fixtures.appendingPathComponent("golden/\(file)-\(environment).json")
    if ProcessInfo.processInfo.environment["PALCO_RECORD"] == "1" {
      try Data(text.utf8).write(to: golden)
    }
    let lines = text.split(separator: "\n")
    let expected = try String(contentsOf: golden, encoding: .utf8).split(separator: "\n")
    for (line, other) in zip(lines, expected) where line != other {
      Issue.record("\(golden.lastPathComponent): found \(line), expected \(other)")
      break
    }
    #expect(lines.count == expected.count)
    // What Terraform is made of may travel as JSON.
    #expect(try JSONDecoder().decode(AWSInfrastructure.self, from: Data(text.utf8)) == blueprint.aws)
  }
}

@Suite struct AWSMatrixTests {
  @Test func theMatrixHasEveryKindOfEverything() throws {
    let all = try AWSSample.matrix.flatMap { file in
      let manifest = try AWSSample.manifest(file)
      return try manifest.environments.compactMap { try manifest.blueprint(for: $0).aws }
    }
    #expect(Set(all.map(\.network.nat)).count == AWSInfrastructure.NAT.allCases.count)
    #expect(Set(all.map(\.network.zones)) == [2, 3])
    #expect(Set(all.map { $0.domain == nil }) == [true, false])
    #expect(Set(all.map(\.isProtected)) == [true, false])
    #expect(Set(all.map { $0.access == .sessionManager }) == [true, false])
    #expect(Set(all.map(\.capacity.architecture)) == [.x86, .arm])
    let kinds = all.map { environment -> String in
      let capacity = if case .ec2 = environment.capacity { "ec2" } else { "fargate" }
      let database =
        switch environment.database {
        case .none: "none"
        case .rds: "rds"
        case .ec2: "ec2"
        }
      return "\(capacity) \(database)"
    }
    #expect(Set(kinds) == ["ec2 none", "ec2 rds", "ec2 ec2", "fargate none", "fargate rds", "fargate ec2"])
  }

  @Test(arguments: AWSSample.matrix)
  func aManifestOfTheMatrixHasNoProblem(_ file: String) throws {
    let manifest = try AWSSample.manifest(file)
    for environment in manifest.environments {
      let aws = try #require(try manifest.blueprint(for: environment).aws)
      check(aws, file)
    }
    // Plain HTTP is said aloud, and nothing else is there to say.
    let plain = try manifest.environments.filter { try manifest.blueprint(for: $0).aws?.domain == nil }
    #expect(manifest.warnings.count == plain.count)
    #expect(manifest.warnings.allSatisfy { $0.message.contains("plain HTTP") })
  }

  @Test func everyCombinationOfTheGroupsHasNoProblem() throws {
    var count = 0
    for capacity in ["{kind: fargate}", "{kind: ec2}"] {
      for nat in ["gateway-per-zone", "gateway", "instance", "none"] {
        for database in ["none", "rds", "ec2"] {
          for access in ["{kind: session-manager}", "{kind: bastion, key: k, from: [203.0.113.4/32]}"] {
            for domain in ["", "domain: {name: a.example.org, zone: example.org}\n"] {
              for zones in [2, 3] {
                let text = """
                  name: shop
                  image: {dockerfile: Dockerfile}
                  service: {port: 8080, secrets: {KEY: /shop/key}}
                  tags: {owner: me}
                  capacity: \(capacity)
                  network: {nat: \(nat), zones: \(zones)}
                  database: {kind: \(database)}
                  access: \(access)
                  \(domain)environments: {production: {target: aws, region: eu-west-1}}
                  """
                let manifest = try Sample.parse(text)
                #expect(manifest.warnings.count == (domain.isEmpty ? 1 : 0))
                check(try #require(try manifest.blueprint(for: "production").aws), text)
                count += 1
              }
            }
          }
        }
      }
    }
    #expect(count == 192)
  }

  /// What holds in every environment.
  private func check(_ aws: AWSInfrastructure, _ name: String) {
    // Subnets: of every tier in every zone, in the VPC, apart from each other, large enough for a load balancer.
    let subnets = aws.network.subnets
    #expect(subnets.count == 3 * aws.network.zones, "\(name)")
    for (index, subnet) in subnets.enumerated() {
      #expect(aws.network.cidr.contains(subnet.cidr) && subnet.cidr.prefix <= 27, "\(name)")
      #expect(!subnets[..<index].contains { $0.cidr.overlaps(subnet.cidr) }, "\(name)")
    }
    // Groups name only groups that are there, hold no rule twice, and say both ends of a connection.
    let roles = aws.securityGroups.map(\.role)
    #expect(Set(roles).count == roles.count)
    for group in aws.securityGroups {
      #expect(Set(group.rules.map { "\($0.direction) \($0.peer) \($0.port)" }).count == group.rules.count, "\(name)")
      for rule in group.rules {
        guard case .securityGroup(let peer) = rule.peer else { continue }
        let other = aws.securityGroups.first { $0.role == peer }
        let isAnswered =
          other?.rules.contains {
            $0.direction != rule.direction && $0.peer == .securityGroup(group.role) && $0.port == rule.port
          } ?? false
        #expect(isAnswered, "\(group.role) → \(peer):\(rule.port) has no other end in \(name)")
      }
      // The internet comes in to the load balancer alone.
      let isOpen = group.rules.contains { $0.direction == .ingress && $0.peer == .internet }
      #expect(isOpen == (group.role == .balancer), "\(name)")
      #expect(group.rules.allSatisfy { $0.reason.utf8.count <= 255 && $0.reason.allSatisfy(\.isASCII) })
    }
    // Without a way out, what tasks need is in the VPC, and no group lets anything out to the internet.
    if !aws.network.reachesInternet {
      #expect(Set(aws.network.endpoints).isSuperset(of: [.ecrAPI, .ecrDocker, .logs]), "\(name)")
    }
    if aws.network.nat == .none {
      #expect(
        !aws.securityGroups.flatMap(\.rules).contains { $0.direction == .egress && $0.peer == .internet }, "\(name)")
    }
    #expect(aws.balancer.deletionProtection == aws.isProtected)
    #expect(aws.alarms.allSatisfy { $0.name.count <= 255 } && Set(aws.alarms.map(\.role)).count == aws.alarms.count)
    #expect(Set(aws.release.alarms).isSubset(of: aws.alarms.map(\.role)))
  }
}

@Suite struct AWSBlueprintTests {
  @Test func theLocalTargetTakesTheKeysAndDoesWithoutThem() throws {
    let text = """
      name: shop
      image: {dockerfile: Dockerfile}
      service: {port: 8080}
      network: {nat: none, cidr: 10.0.0.0/16}
      database: {kind: rds}
      release: {strategy: blue_green, pause: [pre_scale_up]}
      environments: {stage: , production: }
      """
    let manifest = try Sample.parse(text)
    #expect(manifest.warnings.isEmpty)
    #expect(try manifest.blueprint(for: "production").aws == nil)
  }

  @Test func anEnvironmentOverridesTheGroupsDeep() throws {
    let aws = try AWSSample.aws(
      "network: {zones: 3, nat: instance}\nlogs: {retention: 90}",
      stage: "network: {nat: none}, logs: {encrypted: false}")
    #expect(aws.network.zones == 3 && aws.network.nat == .none)
    #expect(aws.logs.retentionDays == 90 && !aws.logs.encryptedWithOwnKey)
  }

  @Test func productionHasTheSaferDefaults() throws {
    let production = try AWSSample.aws("database: {kind: rds}", name: "production")
    let stage = try AWSSample.aws("database: {kind: rds}")
    #expect(production.network.nat == .gatewayPerZone && stage.network.nat == .gateway)
    #expect(production.logs.retentionDays == 365 && stage.logs.retentionDays == 30)
    guard case .rds(let safe) = production.database, case .rds(let small) = stage.database else {
      Issue.record("no RDS")
      return
    }
    #expect(safe.multiAZ && safe.deletionProtection && safe.backupDays == 14)
    #expect(!small.multiAZ && !small.deletionProtection && small.backupDays == 7)
  }

  @Test func anEnvironmentOfAnyNameCanBeProtected() throws {
    let aws = try AWSSample.aws("protected: true")
    #expect(aws.isProtected && aws.balancer.deletionProtection && aws.network.nat == .gatewayPerZone)
  }

  @Test func theTaskIsToldOfItsDatabaseUnlessTheManifestSaysItself() throws {
    let aws = try AWSSample.aws(
      "database: {kind: rds}", stage: "service: {environment: {PGDATABASE: other}, secrets: {PGUSER: /shop/user}}")
    #expect(
      aws.task.environment.map(\.name) == ["PGDATABASE", "PORT", "PGHOST", "PGPORT", "PGSSLMODE"])
    #expect(aws.task.environment[0].value == .literal("other"))
    #expect(aws.task.environment[2].value == .databaseHost)
    #expect(aws.task.secrets.map(\.name) == ["PGUSER", "PGPASSWORD"])
    #expect(aws.task.secrets.map(\.source) == [.reference("/shop/user"), .database(field: "password")])
  }

  @Test func aThirdZoneMovesNoSubnet() throws {
    let two = try AWSSample.aws().network.subnets
    let three = try AWSSample.aws("network: {zones: 3}").network.subnets
    #expect(two.allSatisfy(three.contains) && three.count == 9)
  }

  @Test func theNetworkFollowsFromTheNamesAlone() throws {
    let alone = try AWSSample.aws().network.cidr
    #expect(alone == (try AWSSample.aws("scaling: {max: 9}").network.cidr))
    #expect(alone != (try AWSSample.aws(name: "production").network.cidr))
  }

  @Test func theHashFollowsWhatIsSaidAndNotHow() throws {
    let hash = try AWSSample.aws().tags.manifestHash
    #expect(hash.count == 16)
    let reordered = AWSSample.text().split(separator: "\n").reversed().joined(separator: " # a remark\n")
    #expect(try Sample.parse(reordered).blueprint(for: "stage").aws?.tags.manifestHash == hash)
    #expect(try AWSSample.aws(stage: "service: {tasks: 3}").tags.manifestHash != hash)
    #expect(try AWSSample.aws(name: "production").tags.manifestHash != hash)
  }

  @Test func tagsAreSortedAndComplete() throws {
    let text = AWSSample.text().replacingOccurrences(of: "{owner: team-shop}", with: "{owner: team-shop, area: web}")
    let tags = try #require(try Sample.parse(text).blueprint(for: "stage").aws?.tags)
    #expect(
      tags.all.map { "\($0.key)=\($0.value)" } == [
        "area=web", "cost_centre=shop", "environment=stage", "managed_by=palco", "owner=team-shop",
        "palco_manifest=\(tags.manifestHash)", "project=shop",
      ])
  }

  @Test func instancesAreAsManyAsAReleaseNeeds() throws {
    // A t3.medium has three interfaces, so it holds two tasks; a release of four takes eight places.
    let aws = try AWSSample.aws("capacity: {kind: ec2}")
    guard case .ec2(let instances) = aws.capacity else {
      Issue.record("no instances")
      return
    }
    #expect(instances.type == "t3.medium" && instances.minimum == 1 && instances.maximum == 4)
  }

  @Test func alarmsTakeAReleaseBackUnlessTheyMustNot() throws {
    let aws = try AWSSample.aws()
    #expect(aws.release.alarms == [.deploymentErrors, .deploymentLatency])
  }

  @Test func aBastionMayBeOpenedOnlyInSoManyWords() throws {
    let aws = try AWSSample.aws("access: {kind: bastion, key: k, from: [0.0.0.0/0], allow_open_bastion: true}")
    let bastion = aws.securityGroups.first { $0.role == .bastion }
    #expect(bastion?.rules.first?.peer == .internet)
  }

  @Test func namesFitTheirServicesWithTheLongestOfBoth() {
    let names = AWSNames(project: String(repeating: "p", count: 20), environment: String(repeating: "e", count: 20))
    // IAM takes 64 characters for a role, RDS 63 for an identifier.
    let roles = [names.executionRole, names.taskRole, names.infrastructureRole, names.flowLogsRole, names.deployRole]
    #expect(roles.allSatisfy { $0.count <= 64 } && names.database.count <= 63)
  }
}
