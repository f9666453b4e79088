/// The manifest's keys: the one description that reading, JSON Schema, reference page and starter follow.
enum ManifestDescription {
  /// The whole file.
  static let manifest = Section(
    fields: [
      Field(
        key: "name", shape: .text(projectName), isRequired: true,
        documentation: "What the project is called; cluster, service, repository and load balancer are named after it.",
        example: "shop-api")
    ] + shared + [
      Field(
        key: "environments", shape: .environments(keys: environmentName, environment), isRequired: true,
        documentation:
          "The environments, in the order of promotion. Each inherits everything above and may override any of it: "
          + "maps are merged, texts, numbers and lists are replaced.")
    ])

  /// What stands above the environments for all of them, and below one for it alone.
  private static let shared =
    [
      Field(
        key: "image", shape: .section(image), isRequired: true,
        documentation: "What the container image is made of: a Dockerfile, or files of this machine."),
      Field(
        key: "service", shape: .section(service), isRequired: true,
        documentation: "What runs: tasks of one container behind a load balancer."),
      Field(
        key: "release", shape: .section(release),
        documentation: "How a new image takes over. A release whose tasks do not become healthy is always rolled back."),
      Field(
        key: "objectives", shape: .section(objectives),
        documentation:
          "What users are promised: releases are judged by it, and what may go wrong beside it is the error budget."),
    ] + aws

  // MARK: Sections

  static let image = Section(
    fields: [
      Field(
        key: "dockerfile", shape: .text(hostPath),
        documentation:
          "The Dockerfile, beside palco.yml unless a path is given. Built with docker, podman or buildah.",
        example: "Dockerfile", variant: "dockerfile"),
      Field(
        key: "context", shape: .text(hostPath), defaultText: ".",
        documentation: "The folder that the Dockerfile copies from.", example: "..", variant: "dockerfile"),
      Field(
        key: "args", shape: .map(keys: argumentName, values: freeText), documentation: "Build arguments (`ARG`).",
        example: "{VERSION: \"1.0\"}", variant: "dockerfile"),
      Field(
        key: "files", shape: .map(keys: imagePath, values: hostPath),
        documentation:
          "Path in the image: file or folder on this machine. Palco writes the image itself; no container engine is "
          + "needed.", example: "{/app/server: build/server}", variant: "files"),
      Field(
        key: "command", shape: .list(freeText), isRequired: true,
        documentation: "The program in the image and its arguments.", example: "[/app/server]", variant: "files"),
      Field(
        key: "directory", shape: .text(imagePath), documentation: "The program's working folder in the image.",
        example: "/app", variant: "files"),
    ], variants: .key(["dockerfile", "files"]))

  static let service = Section(fields: [
    Field(
      key: "port", shape: .number(1...65535), isRequired: true,
      documentation: "The port that the program listens on. It is told so in `PORT`.", example: "8080"),
    Field(
      key: "listener", shape: .number(1...65535),
      documentation: "The load balancer's port. Without it `palco up` picks a free one in the local cloud.",
      example: "8080"),
    Field(
      key: "test_listener", shape: .number(1...65535),
      documentation:
        "The load balancer's port where the new tasks of a release answer before production traffic moves, unless the "
        + "strategy is rolling. On AWS there is always one: 8443 with a domain, 8080 without, inside the VPC only.",
      example: "8081"),
    Field(
      key: "cpu", shape: .processor, defaultText: "256",
      documentation:
        "CPU of one task: units of 1/1024 vCPU, or as in `0.25 vCPU`. Fargate takes certain pairs of `cpu` "
        + "and `memory` only."),
    Field(
      key: "memory", shape: .memory,
      documentation:
        "Memory of one task: MiB, or as in `512 MiB` and `2 GiB`. Without it the least that goes with `cpu`.",
      example: "512 MiB"),
    Field(key: "tasks", shape: .number(1...5000), defaultText: "1", documentation: "How many tasks run."),
    Field(
      key: "health", shape: .section(health), documentation: "When the load balancer takes a task for healthy."),
    Field(
      key: "environment", shape: .map(keys: variableName, values: freeText),
      documentation: "Plain environment variables. Secrets do not belong here.", example: "{LOG_LEVEL: info}"),
    Field(
      key: "secrets", shape: .map(keys: variableName, values: secretReference),
      documentation:
        "Environment variables whose values are fetched when a task starts: where the secret is, never the secret.",
      example: "{DATABASE_URL: /shop/stage/database-url}", differsByNature: true),
    Field(
      key: "writable", shape: .list(imagePath), defaultText: "[/tmp]",
      documentation: "Folders that the program may write to. All others are read-only.", isForAWS: true),
    Field(
      key: "stop_timeout", shape: .duration(1...120, step: 1), defaultText: "30s",
      documentation: "The time between SIGTERM and SIGKILL."),
    Field(
      key: "drain", shape: .duration(0...3600, step: 1), defaultText: "30s",
      documentation: "How long a task that leaves the load balancer may finish its requests (the deregistration delay)."
    ),
    Field(
      key: "health_grace", shape: .duration(0...86400, step: 1), defaultText: "0s",
      documentation: "The time after a task's start in which failing health checks do not count."),
  ])

  static let health = Section(fields: [
    Field(
      key: "path", shape: .text(requestPath), defaultText: "/", documentation: "The path that is asked for."),
    Field(
      key: "interval", shape: .duration(5...300, step: 1), defaultText: "10s",
      documentation: "The time from check to check."),
    Field(
      key: "timeout", shape: .duration(2...120, step: 1), defaultText: "5s",
      documentation: "The time after which no answer is a failure; less than `interval`. Without it 5 s, or less when "
        + "`interval` is shorter."),
    Field(
      key: "healthy", shape: .number(2...10), defaultText: "2",
      documentation: "Successes in a row that make a task healthy."),
    Field(
      key: "unhealthy", shape: .number(2...10), defaultText: "2",
      documentation: "Failures in a row that make a task unhealthy."),
    Field(
      key: "codes", shape: .text(statusCodes), defaultText: "\"200\"", documentation: "The status codes of success."),
  ])

  static let release = Section(
    fields: [
      Field(
        key: "strategy",
        shape: .choice([
          Choice(name: "rolling", documentation: "tasks are replaced a few at a time"),
          Choice(
            name: "blue_green",
            documentation: "a second set of tasks is started beside the first, and all traffic moves at once"),
          Choice(
            name: "canary",
            documentation: "a second set of tasks is started, a part of the traffic moves first, and later the rest"),
          Choice(name: "linear", documentation: "a second set of tasks is started, and traffic moves in equal steps"),
          Choice(
            name: "paced",
            documentation:
              "a second set of tasks is started, and traffic moves in equal steps, each as soon as the evidence covers it"
          ),
        ]), defaultText: "rolling", documentation: "How tasks and traffic move."),
      Field(
        key: "bake", shape: .duration(0...86400, step: 60), defaultText: "5m",
        documentation: "How long the old tasks stand by after all traffic has moved, so that a rollback takes seconds.",
        variant: ["blue_green", "canary", "linear", "paced"]),
      Field(
        key: "canary_percent", shape: .percent(tenths: 1...1000), defaultText: "5",
        documentation: "Percent of the traffic that moves first.", variant: "canary"),
      Field(
        key: "canary_bake", shape: .duration(0...86400, step: 60), defaultText: "10m",
        documentation: "How long only that part is on the new tasks.", variant: "canary"),
      Field(
        key: "step_percent", shape: .percent(tenths: 30...1000), defaultText: "10",
        documentation:
          "Percent of the traffic that moves in one step; the last step is what is left. At most 30 with `paced`.",
        variant: ["linear", "paced"]),
      Field(
        key: "step_bake", shape: .duration(0...86400, step: 60), defaultText: "6m",
        documentation: "The wait after each step but the last.", variant: "linear"),
      Field(
        key: "step_timeout", shape: .duration(60...1_209_600, step: 60), defaultText: "1h",
        documentation:
          "How long a step waits for Palco or `palco continue` to let it go on; then ECS rolls the release back.",
        variant: "paced"),
      Field(
        key: "pause", shape: .list(pauseStage),
        documentation:
          "Where a release stops and waits until `palco continue` lets it go on. With `canary` and `linear`, "
          + "`pre_production_traffic_shift` comes before every step.",
        example: "[post_test_traffic_shift]", variant: ["blue_green", "canary", "linear"]),
      Field(
        key: "pause_timeout", shape: .duration(60...1_209_600, step: 60), defaultText: "24h",
        documentation: "How long a pause waits.", variant: ["blue_green", "canary", "linear"]),
      Field(
        key: "pause_action",
        shape: .choice([
          Choice(name: "roll_back", documentation: "the release is rolled back"),
          Choice(name: "continue", documentation: "the release goes on"),
        ]), defaultText: "roll_back", documentation: "What happens when nobody let it go on in time.",
        variant: ["blue_green", "canary", "linear"]),
      Field(
        key: "minimum_healthy", shape: .number(0...100), defaultText: "100",
        documentation: "Percent of `tasks` that keep running meanwhile, rounded up.", variant: "rolling"),
      Field(
        key: "maximum", shape: .number(100...200), defaultText: "200",
        documentation: "Percent of `tasks` that may exist meanwhile, rounded down.", variant: "rolling"),
    ], variants: .value(of: "strategy"))

  static let environment = Section(
    fields: [
      Field(
        key: "target",
        shape: .choice([
          Choice(name: "local", documentation: "the local cloud on this machine"),
          Choice(name: "aws", documentation: "AWS"),
        ]), defaultText: "local", documentation: "Where it lives.", differsByNature: true),
      Field(
        key: "region", shape: .text(region),
        documentation: "The AWS region; required with `target: aws`.", example: "eu-west-1", differsByNature: true),
    ] + shared)

  // MARK: Texts

  static let projectName = TextShape(
    pattern: "(?!internal(-|$))[a-z][a-z0-9]*(-[a-z0-9]+)*", length: 2...20,
    meaning: "2 to 20 lower-case letters, digits and single hyphens, beginning with a letter and not with `internal`",
    example: "shop-api", repair: { slug($0, separator: "-") })
  static let environmentName = TextShape(
    pattern: "[a-z][a-z0-9]*", length: 1...20,
    meaning: "1 to 20 lower-case letters and digits, beginning with a letter", example: "stage",
    repair: { slug($0, separator: "") })
  static let argumentName = TextShape(
    pattern: "[A-Za-z_][A-Za-z0-9_]*", length: 1...255,
    meaning: "letters, digits and underscores, not beginning with a digit", example: "LOG_LEVEL")
  static let variableName: TextShape = {
    var shape = argumentName
    shape.reserved = ["PORT": "it tells the program its port, see `service.port`"]
    return shape
  }()
  static let freeText = TextShape(
    pattern: "[^\\u0000]*", length: 0...32768, meaning: "a text without NUL characters", example: "info",
    takesNumbers: true)
  static let hostPath = TextShape(
    pattern: "[^\\u0000-\\u001f]+", length: 1...4096, meaning: "a path, relative to the folder of palco.yml",
    example: "build/server")
  static let imagePath = TextShape(
    pattern: "(?!.*/\\.\\.?(/|$))(/[^/\\u0000-\\u001f]+)+", length: 2...4096,
    meaning: "an absolute path in the image, without `..`, `//` or a slash at its end", example: "/app/server",
    repair: { "/" + $0.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/") })
  static let requestPath = TextShape(
    pattern: "/[!-~]*", meaning: "a path that begins with `/`, in ASCII without blanks", example: "/healthz",
    repair: { "/" + $0 })
  static let statusCodes = TextShape(
    pattern: "[2-4][0-9]{2}(-[2-4][0-9]{2})?(,[2-4][0-9]{2}(-[2-4][0-9]{2})?)*",
    meaning: "status codes from 200 to 499", example: "\"200-299\"", takesNumbers: true,
    repair: { $0.filter { $0 != " " } })
  static let region = TextShape(
    pattern: "[a-z]{2}(-[a-z]+)+-[0-9]", meaning: "a region of AWS", example: "eu-west-1")
  static let secretReference = TextShape(
    pattern: "arn:aws[a-z-]*:(secretsmanager|ssm):[a-z0-9-]+:[0-9]{12}:[!-~]+|(/[A-Za-z0-9_.-]+)+", length: 2...2048,
    meaning: "a reference to a secret, never the secret itself: the ARN of a Secrets Manager secret or of an SSM "
      + "parameter, or the parameter's name beginning with `/`",
    example: "/shop/stage/database-url", isSecretReference: true)

  /// A text in lower case, with what is no ASCII letter or digit replaced.
  static func slug(_ text: String, separator: String) -> String {
    let parts = text.lowercased().unicodeScalars.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
    let joined = parts.map { String($0) }.joined(separator: separator)
    return String(joined.drop { $0.isNumber || $0 == "-" }.prefix(20).reversed().drop { $0 == "-" }.reversed())
  }
}
