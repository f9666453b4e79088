import PalcoCore

/// Makes what an environment consists of on AWS, and checks what no single value tells.
struct AWSBuilder {
  typealias Infrastructure = AWSInfrastructure

  let project: String
  let environment: String
  /// The environment's key in the file, for what is missing.
  let entry: YAMLEntry
  let reader: SectionReader
  let service: ServiceBlueprint
  var problems: DiagnosticCollector

  /// Builds, or reports and returns nil. Every part is looked at, so that all problems are told at once.
  mutating func build() -> AWSInfrastructure? {
    checkProtection()
    let region = self.region()
    let domain = self.domain()
    let scaling = self.scaling()
    let capacity = scaling.flatMap { self.capacity(for: $0) }
    let database = self.database()
    let access = self.access()
    let logs = self.logs()
    let task = taskSettings(architecture: capacity?.architecture ?? .x86, database: database ?? .none)
    let needed = neededEndpoints(task: task, capacity: capacity, database: database)
    let network = self.network(needed: needed, region: region)
    let pipeline = self.pipeline()
    let tags = self.tags()
    if let network, let scaling { checkRoom(network, scaling, capacity) }
    guard let region, let domain, let scaling, let capacity, let database, let access, let logs, let network,
      let pipeline, let tags
    else { return nil }

    let names = AWSNames(project: project, environment: environment)
    let alarms = reader.section("alarms")
    let hasHTTPS = domain.value != nil
    return AWSInfrastructure(
      region: region, isProtected: reader.isProtected, names: names, network: network,
      securityGroups: SecurityPlan(
        network: network, servicePort: service.port, hasHTTPS: hasHTTPS, testPort: hasHTTPS ? 8443 : 8080,
        capacity: capacity, database: database, access: access
      ).groups(),
      domain: domain.value,
      balancer: Infrastructure.Balancer(
        protocols: hasHTTPS ? .httpsWithRedirect : .http, productionPort: hasHTTPS ? 443 : 80,
        testPort: hasHTTPS ? 8443 : 8080,
        accessLogDays: reader.section("logs").boolean("requests") == true ? logs.retentionDays : nil,
        deletionProtection: reader.isProtected, idleTimeoutSeconds: 60),
      registry: Infrastructure.Registry(
        immutableTags: true, scanOnPush: true, keptImages: 100, untaggedDays: 14, encryptedWithOwnKey: true),
      cluster: Infrastructure.Cluster(containerInsights: true, sessions: access == .sessionManager),
      task: task, capacity: capacity, scaling: scaling,
      release: Infrastructure.ReleaseGuards(
        alarms: alarms.boolean("roll_back") == true ? [.deploymentErrors, .deploymentLatency] : []),
      database: database, access: access, logs: logs,
      alarms: AlarmPlan(
        prefix: names.prefix, errorPercent: alarms.number("errors") ?? 5,
        latencyMilliseconds: alarms.number("latency_ms") ?? 1000, databaseCPU: alarms.number("database_cpu") ?? 80,
        database: database, rollsBack: alarms.boolean("roll_back") == true
      ).alarms(),
      topic: Infrastructure.Topic(email: alarms.text("email")), pipeline: pipeline, tags: tags)
  }

  /// The environments that are productions by their names.
  static let productions = ["production", "prod", "live"]

  /// Whether an environment is protected: as it says, or else by its name.
  static func isProtected(_ environment: String, _ merged: YAMLValue?) -> Bool {
    SectionReader(ManifestDescription.environment, merged, isProtected: productions.contains(environment))
      .boolean("protected") ?? true
  }

  private mutating func checkProtection() {
    guard Self.productions.contains(environment), !reader.isProtected, let written = reader.written("protected") else {
      return
    }
    problems.add(
      at: written, "\(environment) must be protected from deletion",
      fix: "remove it; an environment that may be deleted at any time is called otherwise than "
        + Self.productions.joined(separator: ", "))
  }

  // MARK: Where and who

  private mutating func region() -> String? {
    guard let written = reader.written("region") else {
      problems.add(
        atKeyOf: entry, "has `target: aws` and no `region`", fix: "add one below it, as in `region: eu-west-1`")
      return nil
    }
    guard let region = reader.text("region") else { return nil }
    guard AWSRegions.zones[region] != nil else {
      let near = Spelling.nearest(to: region, among: AWSRegions.names).map { "did you mean `\($0)`?" }
      problems.add(
        at: written, "AWS has no region \(region.quotedForMessage)",
        fix: near ?? "the regions are " + AWSRegions.names.joined(separator: ", "))
      return nil
    }
    return region
  }

  /// A domain, none, or nil when what is written cannot be used.
  private mutating func domain() -> (value: Infrastructure.Domain?, Void)? {
    let section = reader.section("domain")
    guard let value = section.value, value.entries?.isEmpty == false else {
      problems.add(
        .warning, atKeyOf: entry,
        "has no `domain`: without one there is only plain HTTP, and everybody on the way reads it",
        fix: "add `domain: {name: shop.example.org, zone: example.org}` with a zone in Route 53")
      return (nil, ())
    }
    for (key, other) in [("name", "zone"), ("zone", "name")]
    where section.written(key) == nil && section.written(other) != nil {
      problems.add(
        at: value, "has no `\(key)`",
        fix: key == "zone"
          ? "add the hosted zone in Route 53 that the name is in, as in `zone: example.org`"
          : "add the name that clients use, as in `name: shop.example.org`")
    }
    guard let name = section.text("name"), let zone = section.text("zone") else { return nil }
    guard name == zone || name.hasSuffix("." + zone) else {
      if let written = section.written("zone") ?? section.written("name") {
        problems.add(
          at: written, "\(name.quotedForMessage) is not in the zone \(zone.quotedForMessage)",
          fix: "the name must end with `.\(zone)`, or be the zone's own")
      }
      return nil
    }
    return (Infrastructure.Domain(name: name, zone: zone), ())
  }

  private mutating func tags() -> Infrastructure.Tags? {
    let written = reader.map("tags")
    guard let owner = written.first(where: { $0.key == "owner" })?.value else {
      let fix = "add whom to ask about it, as in `tags: {owner: team-shop}`, above `environments` for all of them"
      if let value = reader.written("tags") {
        problems.add(at: value, "has no `owner`, which every resource on AWS must have", fix: fix)
      } else {
        problems.add(atKeyOf: entry, "has no `tags.owner`, which every resource on AWS must have", fix: fix)
      }
      return nil
    }
    let taken = ["owner", "cost_centre"]
    let others = written.filter { !taken.contains($0.key) }
    // AWS takes 50 tags a resource, and some get a name and ECS's own.
    if others.count > 40, let value = reader.written("tags") {
      problems.add(at: value, "has \(others.count) tags beside the required ones", fix: "AWS takes 50 in all: keep 40")
    }
    return Infrastructure.Tags(
      project: project, environment: environment, owner: owner,
      costCentre: written.first { $0.key == "cost_centre" }?.value ?? project,
      manifestHash: ManifestHash.text(project: project, environment: environment, reader.value),
      others: others.map { Infrastructure.Tag(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key })
  }

  private mutating func pipeline() -> Infrastructure.Pipeline? {
    let section = reader.section("pipeline")
    let organization = section.text("azure_organization")
    let connection = section.text("azure_connection")
    for (key, other) in [
      ("azure_organization", "azure_connection"), ("azure_connection", "azure_organization"),
    ] where section.written(key) != nil && section.written(other) == nil {
      guard let written = section.written(key) else { continue }
      problems.add(at: written, "goes with `\(other)`, which is missing", fix: "add it, or remove this one")
      return nil
    }
    return Infrastructure.Pipeline(
      github: section.text("github"),
      azure: organization.flatMap { id in
        connection.map { Infrastructure.AzureConnection(organizationID: id, connection: $0) }
      })
  }

  private mutating func logs() -> Infrastructure.Logs? {
    let section = reader.section("logs")
    guard let retention = section.number("retention"), let encrypted = section.boolean("encrypted") else { return nil }
    guard ManifestDescription.retentions.contains(retention) else {
      if let written = section.written("retention") {
        let near = ManifestDescription.retentions.first { $0 >= retention } ?? 3653
        problems.add(
          at: written, "CloudWatch cannot keep logs for \(retention) days",
          fix: "the next is \(near); it takes \(ManifestDescription.retentionInWords)")
      }
      return nil
    }
    return Infrastructure.Logs(retentionDays: retention, encryptedWithOwnKey: encrypted)
  }
}
