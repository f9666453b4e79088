import PalcoBlueprint
import Testing

@Suite struct AWSProblemTests {
  /// Lines at the top of the file, and the headline that they must give.
  @Test(arguments: [
    ("network: {cidr: 10.0.0.0/24}", "network.cidr: /24 is too small: each zone needs a /27"),
    ("network: {cidr: 10.0.0.0/8}", "network.cidr: /8 is larger than a VPC can be"),
    ("network: {cidr: 10.0.1.0/16}", "network.cidr: `10.0.1.0/16` has bits behind its prefix"),
    ("network: {cidr: 10.0.300.0/16}", "network.cidr: `10.0.300.0/16` is no block of addresses"),
    ("network: {cidr: 8.8.0.0/16}", "network.cidr: 8.8.0.0/16 is not for private networks"),
    (
      "network: {cidr: 10.1.0.0/16, avoid: [10.0.0.0/8]}",
      "network.cidr: 10.1.0.0/16 overlaps with 10.0.0.0/8, which is to be avoided"
    ),
    ("network: {avoid: [10.0.0.0/8]}", "network.avoid: 10."),
    ("network: {zones: 4}", "network.zones: `4` is out of range"),
    ("network: {zones: 1}", "network.zones: `1` is out of range"),
    ("network: {nat: gateway_per_zone}", "network.nat: must be `gateway-per-zone` or"),
    (
      "network: {nat: none, endpoints: [ecr.api, logs]}",
      "network.endpoints: tasks do not reach the internet, and miss `ecr.dkr` to pull images, `ssmmessages` for sessions"
    ),
    (
      "network: {egress: [203.0.113.0/24], endpoints: [ecr.api, ecr.dkr, logs]}",
      "network.endpoints: tasks do not reach the internet, and miss `ssmmessages` for sessions"
    ),
    ("network: {endpoints: [s3]}", "network.endpoints[0]: `s3` must be one of `ecr.api`"),
    ("network: {nat: none, egress: [0.0.0.0/0]}", "network.egress: does not go with `nat: none`"),
    ("network: {egress: [\"0.0.0.0/0:70000\"]}", "network.egress[0]: `0.0.0.0/0:70000` has no port from 1 to 65535"),
    ("network: {flow_logs: yes}", "network.flow_logs: must be true or false, but is the text `yes`"),
    (
      "network: {cidr: 10.0.0.0/23}\nscaling: {max: 40}",
      "scaling.max: a release of 40 tasks needs 80 addresses, and the tasks' subnets in 10.0.0.0/23 have 54"
    ),
    ("scaling: {min: 5, max: 4}", "scaling.max: is less than `min`, which is 5"),
    ("scaling: {max: 1}", "scaling.max: is less than `service.tasks`, which is 2"),
    ("scaling: {min: 3, max: 4}", "scaling.min: `service.tasks` is 2, which is not from 3 to 4"),
    ("scaling: {cpu: 100}", "scaling.cpu: `100` is out of range"),
    ("capacity: {spot: 101}", "capacity.spot: `101` is out of range"),
    ("capacity: {kind: ec2, spot: 10}", "capacity.spot: does not go with `kind: ec2`"),
    ("capacity: {architecture: arm}", "capacity.architecture: must be `x86_64` or `arm64`"),
    (
      "capacity: {kind: ec2, instance_type: t4g.small}",
      "capacity.instance_type: t4g.small is arm64, and the image is built for x86_64"
    ),
    (
      "capacity: {kind: ec2, architecture: arm64, instance_type: m7i.large}",
      "capacity.instance_type: m7i.large is x86_64, and the image is built for arm64"
    ),
    ("capacity: {kind: ec2, instance_type: t3.smal}", "capacity.instance_type: Palco knows no instance type `t3.smal`"),
    (
      "capacity: {kind: ec2, instance_type: t3.nano}",
      "capacity.instance_type: no task of 256 CPU units and 512 MiB fits onto a t3.nano, which has 2048 and 512 MiB"
    ),
    ("capacity: {kind: ec2, min: 5, max: 4}", "capacity.max: is less than `min`, which is 5"),
    (
      "capacity: {kind: ec2, max: 2}",
      "capacity.max: 2 instances hold 4 tasks, and a release of 4 needs twice as many"
    ),
    ("database: {kind: rds, class: db.t4g.micra}", "database.class: RDS has no class `db.t4g.micra` for PostgreSQL"),
    ("database: {kind: rds, class: t4g.micro}", "database.class: `t4g.micro` must be a class of RDS instances"),
    ("database: {kind: rds, storage: 10}", "database.storage: `10` is out of range"),
    ("database: {kind: rds, backups: 36}", "database.backups: `36` is out of range"),
    (
      "database: {kind: rds, storage: 100, max_storage: 105}",
      "database.max_storage: must be a tenth more than `storage`"
    ),
    ("database: {kind: ec2, version: 18}", "database.version: Amazon Linux 2023 has no PostgreSQL 18"),
    (
      "database: {kind: ec2, instance_type: t4g.tiny}",
      "database.instance_type: Palco knows no instance type `t4g.tiny`"
    ),
    ("database: {class: db.t4g.micro}", "database.class: does not go with `kind: none`"),
    ("database: {storage: 100}", "database.storage: does not go with `kind: none`"),
    ("access: {kind: bastion, from: [203.0.113.4/32]}", "access.kind: a bastion needs `key`"),
    ("access: {kind: bastion, key: k}", "access.kind: a bastion needs `from`"),
    ("access: {kind: bastion, key: k, from: [0.0.0.0/0]}", "access.from[0]: the bastion would be open to the world"),
    (
      "access: {kind: bastion, key: k, from: [0.0.0.0/1, 128.0.0.0/1]}",
      "access.from[0]: the bastion would be open to half the world"
    ),
    ("database: {kind: none, class: db.t4g.micro}", "database.class: does not go with `kind: none`"),
    (
      "access: {kind: session-manager, from: [10.0.0.0/8]}", "access.from: does not go with `kind: session-manager`"
    ),
    ("access: {key: k}", "access.key: does not go with `kind: session-manager`"),
    ("logs: {retention: 31}", "logs.retention: CloudWatch cannot keep logs for 31 days"),
    ("logs: {retention: 4000}", "logs.retention: `4000` is out of range"),
    ("alarms: {email: nobody}", "alarms.email: `nobody` must be an address of e-mail"),
    ("pipeline: {github: shop}", "pipeline.github: `shop` must be owner and name of a repository"),
    (
      "pipeline: {azure_connection: example/shop/aws}",
      "pipeline.azure_connection: goes with `azure_organization`, which is missing"
    ),
    (
      "release: {strategy: blue_green, pause: [test_traffic_shift]}",
      "release.pause[0]: `test_traffic_shift` must be one of"
    ),
    ("release: {pause: [pre_scale_up]}", "release.pause: does not go with `strategy: rolling`"),
    ("service2: {}", "service2: is not a key that Palco knows"),
  ])
  func aMistakeIsToldInOneLine(_ lines: String, _ expected: String) {
    let found = Sample.headlines(AWSSample.text(lines))
    #expect(found.count == 1 && found[0].contains("error: \(expected)"), "\(found.joined(separator: "\n"))")
  }

  /// Changes of the whole text, and the headline.
  @Test(arguments: [
    (", region: eu-west-1", "", "6:16: error: environments.stage: has `target: aws` and no `region`"),
    ("eu-west-1", "eu-wst-1", "6:45: error: environments.stage.region: AWS has no region `eu-wst-1`"),
    ("eu-west-1", "xx-nowhere-9", "AWS has no region `xx-nowhere-9`"),
    (
      "region: eu-west-1", "region: us-west-1, network: {zones: 3}",
      "environments.stage.network.zones: us-west-1 has 2 availability zones"
    ),
    ("tags: {owner: team-shop}\n", "", "5:16: error: environments.stage: has no `tags.owner`"),
    ("{owner: team-shop}", "{cost_centre: x}", "5:7: error: tags: has no `owner`"),
    ("{owner: team-shop}", "{owner: team-shop, project: x}", "tags.project: `project` is taken: Palco sets it"),
    ("{owner: team-shop}", "{Owner: team-shop, owner: x}", "tags.Owner: `Owner` must be a tag's key"),
    ("{owner: team-shop}", "{owner: \"a;b\"}", "tags.owner: `a;b` must be a tag's value"),
    (", zone: example.org}", "}", "4:9: error: domain: has no `zone`"),
    ("name: shop.example.org, ", "", "4:9: error: domain: has no `name`"),
    ("zone: example.org", "zone: example.com", "domain.zone: `shop.example.org` is not in the zone `example.com`"),
    ("zone: example.org", "zone: ple.org", "domain.zone: `shop.example.org` is not in the zone `ple.org`"),
    ("shop.example.org", "Shop.example.org", "domain.name: `Shop.example.org` must be a name in DNS"),
    (
      "{stage: {", "{production: {protected: false, ",
      "environments.production.protected: production must be protected from deletion"
    ),
    (
      "tasks: 2}", "tasks: 2, cpu: 512, memory: 512}",
      "service.memory: Fargate has no task of 512 CPU units and 512 MiB"
    ),
  ])
  func aMistakeAmongSeveralKeysIsTold(_ old: String, _ new: String, _ expected: String) {
    var text = AWSSample.text().replacingOccurrences(of: old, with: new)
    // The first occurrence of the owner may stand in an environment too.
    text = text.replacingOccurrences(of: "\n\n", with: "\n")
    let found = Sample.headlines(text)
    #expect(found.contains { $0.contains(expected) }, "\(found.joined(separator: "\n"))")
    #expect(found.count { $0.contains("error") } == 1, "\(found.joined(separator: "\n"))")
  }

  @Test func allMistakesAreToldAtOnce() {
    let found = Sample.headlines(
      AWSSample.text("logs: {retention: 31}\naccess: {kind: bastion, key: k}\ndatabase: {kind: rds, class: db.x.y}"))
    #expect(found.count == 3)
  }

  @Test func withoutADomainPlainHTTPIsSaidAloud() throws {
    let text = AWSSample.text().split(separator: "\n").filter { !$0.hasPrefix("domain") }.joined(separator: "\n")
    let warnings = try Sample.parse(text).warnings
    #expect(warnings.count == 1 && warnings[0].message.contains("only plain HTTP"))
  }

  @Test func environmentsDoNotShareAddressesOrNames() {
    let text = """
      name: shop
      image: {dockerfile: Dockerfile}
      service: {port: 8080}
      tags: {owner: me}
      network: {cidr: 10.0.0.0/16}
      domain: {name: shop.example.org, zone: example.org}
      environments:
        stage: {target: aws, region: eu-west-1}
        production:
          target: aws
          region: eu-west-1
          network: {cidr: 10.0.128.0/20}
      """
    #expect(
      Sample.headlines(text) == [
        "palco.yml:9:3: error: environments.production: domain.name: `shop.example.org` is the name of `stage` too",
        "palco.yml:12:21: error: environments.production.network.cidr: 10.0.128.0/20 overlaps with the network of "
          + "`stage`, 10.0.0.0/16",
      ])
  }

  @Test func whatAnEnvironmentInheritsForAnotherKindGivesWay() throws {
    let aws = try AWSSample.aws(
      "database: {kind: rds, storage: 100, class: db.m7g.large}\nnetwork: {egress: [0.0.0.0/0]}",
      stage: "database: {kind: none}, network: {nat: none}")
    #expect(aws.database == .none && aws.network.egress.isEmpty)
  }
}
