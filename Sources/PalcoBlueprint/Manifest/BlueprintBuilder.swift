import Foundation
import PalcoCore

/// Makes the blueprint of one environment, and checks what no single value tells.
struct BlueprintBuilder {
  let project: String?
  /// The environment's entry in the file.
  let entry: YAMLEntry
  /// The folder that paths are relative to.
  let directory: URL
  var problems: DiagnosticCollector
  /// The paths of this machine that the environment names.
  private(set) var hostPaths: [HostPath] = []

  init(project: String?, entry: YAMLEntry, directory: URL, problems: DiagnosticCollector) {
    self.project = project
    self.entry = entry
    self.directory = directory
    self.problems = problems
  }

  /// Builds, or reports and returns nil.
  mutating func build(_ merged: YAMLValue?) -> Blueprint? {
    let environment = entry.key
    let reader = SectionReader(
      ManifestDescription.environment, merged, isProtected: AWSBuilder.isProtected(environment, merged))
    let image = image(reader.section("image"))
    let service = service(reader.section("service"))
    let release = release(reader.section("release"), tasks: service?.tasks)
    var promises = ObjectivesBuilder(problems: problems)
    let promised = promises.build(reader.section("objectives"))
    problems = promises.problems
    guard let project, let image, let service, let release, let promised,
      let target = reader.text("target").flatMap(TargetKind.init(rawValue:))
    else { return nil }
    var blueprint = Blueprint(
      project: project, environment: environment, target: target, region: reader.text("region"), image: image,
      service: service, release: release, objectives: promised.objectives, prometheus: promised.prometheus,
      pauses: release.movesTraffic ? pauses(reader.section("release")) : nil)
    guard target == .aws else { return blueprint }
    var builder = AWSBuilder(
      project: project, environment: environment, entry: entry, reader: reader, service: service,
      problems: problems)
    blueprint.aws = builder.build()
    problems = builder.problems
    return blueprint.aws == nil ? nil : blueprint
  }

  // MARK: Image

  private mutating func image(_ reader: SectionReader) -> ImageRecipe? {
    guard let value = reader.value, value.entries != nil else { return nil }
    if let written = reader.written("dockerfile") {
      guard let file = reader.text("dockerfile"), let context = reader.text("context") else { return nil }
      return .dockerfile(
        context: hostPath(context, reader.written("context")), file: hostPath(file, written),
        arguments: Dictionary(reader.map("args").map { ($0.key, $0.value) }) { first, _ in first })
    }
    guard let written = reader.written("files") else {
      problems.add(
        at: value, "names neither `dockerfile` nor `files`",
        fix: "add `dockerfile: Dockerfile`, or `files:` and `command:` for an image that needs no container engine")
      return nil
    }
    let entries = reader.map("files")
    if entries.isEmpty, written.entries != nil {
      problems.add(at: written, "holds no file", fix: "add a line such as `/app/server: build/server`")
    }
    guard let command = reader.written("command") else {
      problems.add(
        at: written.position, path: value.path + ".command", "is missing", fix: "add `command: [/app/server]`")
      return nil
    }
    let arguments = reader.list("command")
    if let program = arguments.first,
      !entries.contains(where: { program == $0.key || program.hasPrefix($0.key + "/") }),
      program.hasPrefix("/"),
      let near = Spelling.nearest(to: program, among: entries.map(\.key).filter { $0.hasPrefix("/") })
    {
      problems.add(
        .warning, at: command, "\(program.quotedForMessage) is none of the image's files",
        fix: "did you mean `\(near)`?")
    }
    let files = entries.map { FileRecipe(source: hostPath($0.value, $0.entry.value), path: $0.key) }
    return .files(files, command: arguments, workingDirectory: reader.text("directory"))
  }

  /// A path of this machine, made absolute.
  private mutating func hostPath(_ path: String, _ written: YAMLValue?) -> String {
    // Links are not followed: a path stays as it was written, and `.build/debug` may point elsewhere tomorrow.
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : directory.path + "/" + path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let absolute = "/" + parts.joined(separator: "/")
    if let written { hostPaths.append(HostPath(path: absolute, value: written)) }
    return absolute
  }

  // MARK: Service

  private mutating func service(_ reader: SectionReader) -> ServiceBlueprint? {
    guard let value = reader.value, value.entries != nil else { return nil }
    if reader.written("port") == nil {
      problems.add(
        at: value.position, path: value.path + ".port", "is missing",
        fix: "add the port that the program listens on: `port: 8080`")
    }
    let health = health(reader.section("health"))
    let size = size(reader)
    let variables = reader.map("environment")
    let secrets = reader.map("secrets")
    for secret in secrets {
      guard let variable = variables.first(where: { $0.key == secret.key }) else { continue }
      problems.add(
        atKeyOf: secret.entry, "is in `environment` too, in line \(variable.entry.keyPosition.line)",
        fix: "keep the secret, remove the variable")
    }
    let listener = reader.number("listener")
    let testListener = reader.number("test_listener")
    if let listener, listener == testListener, let written = reader.written("test_listener") {
      problems.add(
        at: written, "is the port of `listener` too", fix: "write another one, as in `\(listener % 65535 + 1)`")
    }
    guard let port = reader.number("port"), let tasks = reader.number("tasks"), let size, let health,
      let stop = reader.number("stop_timeout"), let drain = reader.number("drain"),
      let grace = reader.number("health_grace")
    else { return nil }
    return ServiceBlueprint(
      port: port, listenerPort: listener, testListenerPort: testListener, cpu: size.cpu, memory: size.memory,
      tasks: tasks,
      healthCheck: health, environment: variables.map { EnvironmentVariable(name: $0.key, value: $0.value) },
      secrets: secrets.map { SecretReference(name: $0.key, valueFrom: $0.value) }, stopTimeoutSeconds: stop,
      deregistrationDelaySeconds: drain, healthCheckGraceSeconds: grace)
  }

  private mutating func size(_ reader: SectionReader) -> (cpu: Int, memory: Int)? {
    guard let cpu = reader.number("cpu") else { return nil }
    guard let written = reader.written("memory") else { return Fargate.leastMemory(cpu: cpu).map { (cpu, $0) } }
    guard let memory = reader.number("memory") else { return nil }
    guard Fargate.isPair(cpu: cpu, memory: memory) else {
      let near = Fargate.nearest(cpu: cpu, memory: memory)
      problems.add(
        at: written, "Fargate has no task of \(cpu) CPU units and \(Fargate.written(memory: memory))",
        fix: "the nearest is `cpu: \(near.cpu)` with `memory: \(Fargate.written(memory: near.memory))`")
      return nil
    }
    return (cpu, memory)
  }

  private mutating func health(_ reader: SectionReader) -> HealthCheck? {
    guard let path = reader.text("path"), let interval = reader.number("interval"),
      var timeout = reader.number("timeout"), let healthy = reader.number("healthy"),
      let unhealthy = reader.number("unhealthy"), let codes = reader.text("codes")
    else { return nil }
    if reader.written("timeout") == nil { timeout = min(timeout, interval - 1) }
    if timeout >= interval, let written = reader.written("timeout") {
      problems.add(
        at: written, "must be less than the interval, which is \(DurationText.written(interval))",
        fix: "write `\(interval - 1)s` or less, or a longer interval")
    }
    for range in codes.split(separator: ",") {
      let bounds = range.split(separator: "-").compactMap { Int($0) }
      if bounds.count == 2, bounds[0] > bounds[1], let written = reader.written("codes") {
        problems.add(at: written, "the range `\(range)` is empty", fix: "write `\(bounds[1])-\(bounds[0])`")
      }
    }
    return HealthCheck(
      path: path, intervalSeconds: interval, timeoutSeconds: timeout, healthyThreshold: healthy,
      unhealthyThreshold: unhealthy, successCodes: codes)
  }

  // MARK: Release

  private mutating func release(_ reader: SectionReader, tasks: Int?) -> ReleaseStrategy? {
    switch reader.text("strategy") {
    case "blue_green": return reader.number("bake").map { .blueGreen(bakeMinutes: $0 / 60) }
    case "canary":
      guard let percent = reader.percent("canary_percent"), let wait = reader.number("canary_bake"),
        let bake = reader.number("bake")
      else { return nil }
      return .canary(percent: percent, percentBakeMinutes: wait / 60, bakeMinutes: bake / 60)
    case "linear":
      guard let step = reader.percent("step_percent"), let wait = reader.number("step_bake"),
        let bake = reader.number("bake")
      else { return nil }
      checkLength(reader, step: step, stepBake: wait, bake: bake)
      return .linear(stepPercent: step, stepBakeMinutes: wait / 60, bakeMinutes: bake / 60)
    case "paced":
      guard let step = reader.percent("step_percent"), let bake = reader.number("bake") else { return nil }
      // Above, green would get most of the traffic before anything is known of it.
      if step > 30, let written = reader.written("step_percent") {
        problems.add(
          at: written, "a paced release would begin with \(Int(step)) % of the traffic on what nobody has seen yet",
          fix: "write 30 or less")
      }
      return .paced(stepPercent: step, bakeMinutes: bake / 60)
    case "rolling":
      guard let minimum = reader.number("minimum_healthy"), let maximum = reader.number("maximum") else { return nil }
      // ECS rounds the least up and the most down.
      if let tasks, (tasks * minimum + 99) / 100 >= tasks, tasks * maximum / 100 <= tasks,
        let written = reader.written("maximum") ?? reader.written("minimum_healthy")
      {
        let enough = 100 + (100 + tasks - 1) / tasks
        problems.add(
          at: written,
          "a release could never move: of \(tasks) tasks none may stop, and none may start beside them",
          fix: "write `maximum: \(enough)` or more, or a smaller `minimum_healthy`")
      }
      return .rolling(minimumHealthyPercent: minimum, maximumPercent: maximum)
    default: return nil
    }
  }

  /// ECS ends a deployment after 30 days, whatever it is doing.
  private mutating func checkLength(_ reader: SectionReader, step: Double, stepBake: Int, bake: Int) {
    let limit = 30 * 86400
    let waits = Int((100 / step).rounded(.up)) - 1
    let length = waits * stepBake + bake
    guard length > limit, let written = reader.written("step_bake") else { return }
    problems.add(
      at: written,
      "\(waits) waits of \(DurationText.written(stepBake, step: 60)) make a release of "
        + "\(length / 86400) days, and ECS ends one after 30",
      fix: "write `\(DurationText.written((limit - bake) / waits / 60 * 60, step: 60))` or less, or larger steps")
  }

  private func pauses(_ reader: SectionReader) -> ReleasePauses? {
    if reader.text("strategy") == "paced" {
      return reader.number("step_timeout").map {
        ReleasePauses(stages: [.preProductionTrafficShift], timeoutMinutes: $0 / 60)
      }
    }
    let written = reader.list("pause")
    let stages = PauseStage.allCases.filter { written.contains($0.rawValue.lowercased()) }
    guard !stages.isEmpty, let timeout = reader.number("pause_timeout"),
      let action = reader.text("pause_action").flatMap(ReleasePauses.TimeoutAction.init(rawValue:))
    else { return nil }
    return ReleasePauses(stages: stages, timeoutMinutes: timeout / 60, timeoutAction: action)
  }
}

/// A path of this machine that a manifest names.
struct HostPath: Sendable {
  var path: String
  var value: YAMLValue
}
