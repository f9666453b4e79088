/// The manifest's keys that speak of AWS. With `target: local` they are read and have no effect.
extension ManifestDescription {
  /// The groups, in the order of the reference page.
  static let aws = [
    Field(
      key: "protected", shape: .boolean, defaultText: "false", defaultInProduction: "true",
      documentation:
        "Whether the environment is protected from deletion, and gets the defaults of a production: without it, "
        + "environments that are called `production`, `prod` or `live` are, and must be.", isForAWS: true),
    group("network", network, "The VPC: its addresses, zones, and ways out."),
    group("domain", domain, "The name in DNS. With one there is HTTPS; without, only HTTP."),
    group("capacity", capacity, "Where tasks run."),
    group("scaling", scaling, "How many tasks run, by load; `service.tasks` is how many there are at first."),
    group(
      "database", database, "A PostgreSQL database. The task is told of it in libpq's variables, `PGHOST` and so on."),
    group("access", access, "How people get in."),
    group("logs", logs, "What is kept of logs."),
    group("alarms", alarms, "When somebody is told, and when a release is rolled back."),
    Field(
      key: "tags", shape: .map(keys: tagKey, values: tagValue),
      documentation:
        "Tags of every resource. `owner` is required on AWS; `cost_centre` is the project's name unless it is given.",
      example: "{owner: team-shop, cost_centre: \"4711\"}", isForAWS: true),
    group("pipeline", pipeline, "Which pipelines may deploy, without any key: by OpenID Connect."),
  ]

  private static func group(_ key: String, _ section: Section, _ documentation: String) -> Field {
    Field(key: key, shape: .section(section), documentation: documentation, isForAWS: true)
  }

  // MARK: Network

  static let network = Section(fields: [
    Field(
      key: "cidr", shape: .text(cidr),
      documentation:
        "The VPC's addresses, /16 to /23. Without it a /16 within 10.0.0.0/8 that follows from the names of project and "
        + "environment. Changing it replaces everything.", example: "10.20.0.0/16", differsByNature: true),
    Field(
      key: "avoid", shape: .list(cidr),
      documentation: "Networks that will meet this one, such as an office's or another VPC's: an overlap is an error.",
      example: "[192.168.0.0/16]"),
    Field(
      key: "zones", shape: .number(2...3), defaultText: "2", documentation: "How many availability zones are used."),
    Field(
      key: "nat",
      shape: .choice([
        Choice(name: "gateway-per-zone", documentation: "a NAT gateway in each zone, so that a zone can fail alone"),
        Choice(name: "gateway", documentation: "one NAT gateway for all zones"),
        Choice(name: "instance", documentation: "a small EC2 instance, the cheapest, and the only one to care for"),
        Choice(name: "none", documentation: "no way to the internet; AWS is reached through `endpoints`"),
      ]), defaultText: "gateway", defaultInProduction: "gateway-per-zone",
      documentation: "How tasks reach the internet."),
    Field(
      key: "endpoints", shape: .list(endpoint),
      documentation:
        "AWS services that are reached inside the VPC, each for a price by the hour. S3's free endpoint is always there. "
        + "Without it those that tasks need when they do not reach the internet, and else none.",
      example: "[ecr.api, ecr.dkr, logs, secretsmanager]"),
    Field(
      key: "egress", shape: .list(egress),
      documentation:
        "What tasks may reach outside of the VPC, over TCP: addresses with a port, or 443. Without it every HTTPS server, "
        + "and nothing with `nat: none`.", example: "[0.0.0.0/0, \"198.51.100.7/32:587\"]"),
    Field(
      key: "flow_logs", shape: .boolean, defaultText: "true", documentation: "Whether the VPC's flows are logged."),
  ])

  static let domain = Section(fields: [
    Field(
      key: "name", shape: .text(hostName), documentation: "The name that clients use.", example: "shop.example.org",
      differsByNature: true),
    Field(
      key: "zone", shape: .text(hostName), documentation: "The hosted zone in Route 53 that the name is in.",
      example: "example.org"),
  ])

  // MARK: Tasks

  static let capacity = Section(
    fields: [
      Field(
        key: "kind",
        shape: .choice([
          Choice(name: "fargate", documentation: "AWS's own machines, paid by the task"),
          Choice(name: "ec2", documentation: "EC2 instances in an Auto Scaling group"),
        ]), defaultText: "fargate", documentation: "What tasks run on."),
      Field(
        key: "architecture",
        shape: .choice(
          AWSInfrastructure.Architecture.allCases.map { architecture in
            switch architecture {
            case .x86: Choice(name: architecture.rawValue, documentation: "Intel and AMD")
            case .arm: Choice(name: architecture.rawValue, documentation: "Graviton, about a fifth cheaper")
            }
          }), defaultText: "x86_64", documentation: "What the image is built for."),
      Field(
        key: "spot", shape: .number(0...100), defaultText: "0",
        documentation:
          "Percent of the tasks that AWS may take away with two minutes' notice, for about a third of the price.",
        variant: "fargate"),
      Field(
        key: "instance_type", shape: .text(machineType),
        documentation: "The instances' type. Without it `t3.medium`, or `t4g.medium` with `architecture: arm64`.",
        example: "t3.medium", variant: "ec2"),
      Field(
        key: "min", shape: .number(1...500), defaultText: "1", documentation: "The least number of instances.",
        variant: "ec2"),
      Field(
        key: "max", shape: .number(1...500),
        documentation:
          "The greatest number of instances. Without it as many as hold the greatest number of tasks twice over, which "
          + "is what a release needs.", example: "6", variant: "ec2"),
    ], variants: .value(of: "kind"))

  static let scaling = Section(fields: [
    Field(
      key: "min", shape: .number(1...5000), documentation: "The least number of tasks. Without it `service.tasks`.",
      example: "2"),
    Field(
      key: "max", shape: .number(1...5000),
      documentation: "The greatest number of tasks. Without it twice `service.tasks`.", example: "10"),
    Field(
      key: "cpu", shape: .number(10...95), defaultText: "60",
      documentation: "The CPU use in percent that scaling aims at."),
    Field(
      key: "memory", shape: .number(10...95), documentation: "The memory use in percent that scaling aims at.",
      example: "75"),
    Field(
      key: "requests", shape: .number(1...1_000_000),
      documentation: "The requests per task and minute that scaling aims at.", example: "1000"),
  ])

  // MARK: Database and access

  static let database = Section(
    fields: [
      Field(
        key: "kind",
        shape: .choice([
          Choice(name: "none", documentation: "no database"),
          Choice(name: "rds", documentation: "RDS: backups, updates and fail-over are AWS's work"),
          Choice(name: "ec2", documentation: "one EC2 instance with daily snapshots: cheap, and yours to care for"),
        ]), defaultText: "none", documentation: "Where it runs."),
      Field(
        key: "version", shape: .number(14...18), defaultText: "17", documentation: "PostgreSQL's major version.",
        variant: ["rds", "ec2"]),
      Field(
        key: "storage", shape: .number(20...16384), defaultText: "20", documentation: "The volume in GiB.",
        variant: ["rds", "ec2"]),
      Field(
        key: "backups", shape: .number(1...35), defaultText: "7", defaultInProduction: "14",
        documentation: "Days for which daily backups are kept.", variant: ["rds", "ec2"]),
      Field(
        key: "class", shape: .text(databaseClass), defaultText: "db.t4g.micro", defaultInProduction: "db.t4g.small",
        documentation: "The instance class.", variant: "rds"),
      Field(
        key: "max_storage", shape: .number(22...65536),
        documentation: "What the volume may grow to by itself, in GiB. Without it twice `storage`.", example: "100",
        variant: "rds"),
      Field(
        key: "multi_az", shape: .boolean, defaultText: "false", defaultInProduction: "true",
        documentation: "Whether a second instance stands by in another zone.", variant: "rds"),
      Field(
        key: "instance_type", shape: .text(machineType), defaultText: "t4g.small",
        documentation: "The instance's type.",
        variant: "ec2"),
    ], variants: .value(of: "kind"))

  static let access = Section(
    fields: [
      Field(
        key: "kind",
        shape: .choice([
          Choice(name: "session-manager", documentation: "AWS Systems Manager: no open port, no key"),
          Choice(name: "bastion", documentation: "an instance in a public subnet, with SSH only"),
        ]), defaultText: "session-manager", documentation: "How people get in."),
      Field(
        key: "key", shape: .text(keyName), documentation: "The name of an EC2 key pair; required.",
        example: "ops-2026", variant: "bastion"),
      Field(
        key: "from", shape: .list(cidr), documentation: "From where the bastion is reached; required.",
        example: "[203.0.113.4/32]", variant: "bastion"),
      Field(
        key: "allow_open_bastion", shape: .boolean, defaultText: "false",
        documentation: "Whether the bastion may be reached from everywhere. Do not.", variant: "bastion"),
    ], variants: .value(of: "kind"))

  // MARK: Logs, alarms, pipeline

  static let logs = Section(fields: [
    Field(
      key: "retention", shape: .number(1...3653), defaultText: "30", defaultInProduction: "365",
      documentation: "Days for which logs are kept, one of CloudWatch's numbers: \(retentionInWords)."),
    Field(
      key: "encrypted", shape: .boolean, defaultText: "true",
      documentation: "Whether log groups are encrypted with a KMS key of the environment's own."),
    Field(
      key: "requests", shape: .boolean, defaultText: "true",
      documentation: "Whether the load balancer logs every request in a bucket."),
  ])

  static let retentions = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
  ]
  static let retentionInWords = retentions.map(String.init).joined(separator: ", ")

  static let alarms = Section(fields: [
    Field(
      key: "email", shape: .text(email), documentation: "Who is told. AWS asks the address first.",
      example: "ops@example.org"),
    Field(
      key: "errors", shape: .number(1...100), defaultText: "5",
      documentation: "Percent of requests that may be answered with 5xx."),
    Field(
      key: "latency_ms", shape: .number(10...60000), defaultText: "1000",
      documentation: "Milliseconds in which 95 % of the requests are answered."),
    Field(
      key: "database_cpu", shape: .number(10...99), defaultText: "80",
      documentation: "Percent of its CPU that the database may use for long."),
    Field(
      key: "roll_back", shape: .boolean, defaultText: "true",
      documentation: "Whether errors and latency roll a release back while it runs."),
  ])

  static let pipeline = Section(fields: [
    Field(
      key: "github", shape: .text(repository),
      documentation: "A repository on GitHub. Its jobs deploy from a GitHub environment of the same name.",
      example: "example/shop"),
    Field(
      key: "azure_organization", shape: .text(uuid),
      documentation: "The identifier of an organisation in Azure DevOps; goes with `azure_connection`.",
      example: "01234567-89ab-cdef-0123-456789abcdef"),
    Field(
      key: "azure_connection", shape: .text(azureConnection),
      documentation: "Organisation, project and service connection in Azure DevOps.", example: "example/shop/aws-stage",
      differsByNature: true),
  ])

  // MARK: Texts

  static let cidr = TextShape(
    pattern: "([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}", meaning: "a block of addresses", example: "10.20.0.0/16")
  static let egress = TextShape(
    pattern: "([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}(:[0-9]{1,5})?",
    meaning: "a block of addresses, with a port unless it is 443", example: "\"198.51.100.7/32:587\"")
  static let endpoint = TextShape(
    pattern: AWSInfrastructure.InterfaceEndpoint.allCases.map { $0.rawValue.replacing(".", with: "\\.") }
      .joined(separator: "|"),
    meaning: "one of "
      + AWSInfrastructure.InterfaceEndpoint.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "),
    example: "ecr.api")
  static let hostName = TextShape(
    pattern: "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}", length: 4...253,
    meaning: "a name in DNS, in lower case without a dot at its end", example: "shop.example.org",
    repair: { $0.lowercased().split(separator: ".").joined(separator: ".") })
  static let machineType = TextShape(
    pattern: "[a-z0-9-]+\\.[a-z0-9-]+", meaning: "a type of EC2 instances", example: "t3.medium")
  static let databaseClass = TextShape(
    pattern: "db\\.[a-z0-9-]+\\.[a-z0-9-]+", meaning: "a class of RDS instances", example: "db.t4g.micro",
    repair: { "db." + $0 })
  static let keyName = TextShape(
    pattern: "[!-~]([ -~]*[!-~])?", length: 1...255, meaning: "the name of an EC2 key pair", example: "ops-2026")
  static let email = TextShape(
    pattern: "[^@\\s]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+", length: 6...254, meaning: "an address of e-mail",
    example: "ops@example.org")
  static let repository = TextShape(
    pattern: "[A-Za-z0-9](-?[A-Za-z0-9])*/[A-Za-z0-9._-]+", length: 3...140, meaning: "owner and name of a repository",
    example: "example/shop")
  static let uuid = TextShape(
    pattern: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", meaning: "a UUID in lower case",
    example: "01234567-89ab-cdef-0123-456789abcdef", repair: { $0.lowercased() })
  static let azureConnection = TextShape(
    pattern: "[^/*?\\u0000-\\u001f]+/[^/*?\\u0000-\\u001f]+/[^/*?\\u0000-\\u001f]+",
    meaning: "`organisation/project/connection`", example: "example/shop/aws-stage")
  static let pauseStage = TextShape(
    pattern: PauseStage.allCases.map { $0.rawValue.lowercased() }.joined(separator: "|"),
    meaning: "one of "
      + PauseStage.allCases.map { "`\($0.rawValue.lowercased())`" }.joined(separator: ", "),
    example: "post_test_traffic_shift")
  static let tagKey = TextShape(
    pattern: "(?!aws:)[a-z][a-z0-9_.:/=+@-]*", length: 1...128,
    meaning: "a tag's key: lower-case letters, digits and _ . : / = + @ -, not beginning with `aws:`", example: "owner",
    reserved: Dictionary(uniqueKeysWithValues: AWSInfrastructure.Tags.reserved.map { ($0, "Palco sets it") }),
    repair: { $0.lowercased().replacing(" ", with: "_").replacing("-", with: "_") })
  static let tagValue = TextShape(
    pattern: "[A-Za-z0-9_.:/=+@-]+( +[A-Za-z0-9_.:/=+@-]+)*", length: 1...256,
    meaning: "a tag's value: letters, digits, blanks and _ . : / = + @ -", example: "team-shop", takesNumbers: true)
}
