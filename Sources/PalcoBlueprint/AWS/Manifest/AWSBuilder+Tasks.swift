extension AWSBuilder {
  // MARK: What a task is told

  func taskSettings(
    architecture: Infrastructure.Architecture, database: Infrastructure.Database
  ) -> Infrastructure.TaskSettings {
    typealias Variable = Infrastructure.TaskVariable
    typealias Secret = Infrastructure.TaskSecret
    var variables = service.environment.map { Variable(name: $0.name, value: .literal($0.value)) }
    variables.append(Variable(name: "PORT", value: .literal(String(service.port))))
    var secrets = service.secrets.map { Secret(name: $0.name, source: .reference($0.valueFrom)) }
    if database != .none {
      // What the manifest says itself comes first.
      let taken = Set(variables.map(\.name) + secrets.map(\.name))
      // libpq's variables (https://www.postgresql.org/docs/current/libpq-envars.html), which its bindings know too.
      variables += [
        Variable(name: "PGHOST", value: .databaseHost),
        Variable(name: "PGPORT", value: .literal(String(Infrastructure.Database.port))),
        Variable(name: "PGDATABASE", value: .literal(Infrastructure.Database.databaseName)),
        Variable(name: "PGSSLMODE", value: .literal("require")),
      ].filter { !taken.contains($0.name) }
      secrets += [
        Secret(name: "PGUSER", source: .database(field: "username")),
        Secret(name: "PGPASSWORD", source: .database(field: "password")),
      ].filter { !taken.contains($0.name) }
    }
    let section = reader.section("service")
    return Infrastructure.TaskSettings(
      cpu: service.cpu, memory: service.memory, architecture: architecture, readOnlyRoot: true,
      writablePaths: section.written("writable") == nil ? ["/tmp"] : section.list("writable"), environment: variables,
      secrets: secrets)
  }

  // MARK: How many

  mutating func scaling() -> Infrastructure.ServiceScaling? {
    let section = reader.section("scaling")
    let minimum = section.written("min") == nil ? service.tasks : section.number("min")
    let maximum =
      section.written("max") == nil ? min(max(service.tasks * 2, minimum ?? 1), 5000) : section.number("max")
    guard let minimum, let maximum, let cpu = section.number("cpu") else { return nil }
    guard minimum <= maximum else {
      if let written = section.written("max") {
        problems.add(
          at: written,
          section.written("min") == nil
            ? "is less than `service.tasks`, which is \(service.tasks)" : "is less than `min`, which is \(minimum)",
          fix: "write \(minimum) or more, or a smaller `min`")
      }
      return nil
    }
    guard (minimum...maximum).contains(service.tasks) else {
      if let written = section.written(service.tasks < minimum ? "min" : "max") {
        problems.add(
          at: written, "`service.tasks` is \(service.tasks), which is not from \(minimum) to \(maximum)",
          fix: "write `tasks` within `scaling`, or leave `min` and `max` out")
      }
      return nil
    }
    return Infrastructure.ServiceScaling(
      minimum: minimum, maximum: maximum, cpuPercent: cpu, memoryPercent: section.number("memory"),
      requestsPerTarget: section.number("requests"))
  }

  // MARK: On what

  mutating func capacity(for scaling: Infrastructure.ServiceScaling) -> Infrastructure.Capacity? {
    let section = reader.section("capacity")
    guard let architecture = section.text("architecture").flatMap(Infrastructure.Architecture.init(rawValue:)) else {
      return nil
    }
    switch section.text("kind") {
    case "fargate": return section.number("spot").map { .fargate(architecture: architecture, spotPercent: $0) }
    case "ec2": return containerInstances(section, architecture, scaling).map { .ec2($0) }
    default: return nil
    }
  }

  private mutating func containerInstances(
    _ section: SectionReader, _ architecture: Infrastructure.Architecture, _ scaling: Infrastructure.ServiceScaling
  ) -> Infrastructure.ContainerInstances? {
    let usual = architecture == .arm ? "t4g.medium" : "t3.medium"
    guard let name = section.written("instance_type") == nil ? usual : section.text("instance_type"),
      let type = machine(name, at: section.written("instance_type")), let minimum = section.number("min")
    else { return nil }
    let place = section.written("instance_type") ?? section.written("kind")
    guard type.architecture == architecture else {
      if let place {
        problems.add(
          at: place, "\(name) is \(type.architecture.rawValue), and the image is built for \(architecture.rawValue)",
          fix: "write `architecture: \(type.architecture.rawValue)`, or a type such as `\(usual)`")
      }
      return nil
    }
    let perInstance = type.tasks(cpu: service.cpu, memory: service.memory)
    guard perInstance > 0 else {
      if let place {
        problems.add(
          at: place,
          "no task of \(service.cpu) CPU units and \(Fargate.written(memory: service.memory)) fits onto a \(name), which "
            + "has \(type.processors * 1024) and \(Fargate.written(memory: type.memory)), a tenth of it for the system",
          fix: "write a larger type, or make the task smaller")
      }
      return nil
    }
    let needed = (scaling.maximum * 2 + perInstance - 1) / perInstance
    guard let maximum = section.written("max") == nil ? max(needed, minimum) : section.number("max") else { return nil }
    if minimum > maximum, let written = section.written("max") {
      problems.add(at: written, "is less than `min`, which is \(minimum)", fix: "write \(minimum) or more")
      return nil
    }
    if maximum < needed, let written = section.written("max") {
      problems.add(
        at: written,
        "\(maximum) instances hold \(maximum * perInstance) tasks, and a release of \(scaling.maximum) needs twice as many",
        fix: "write `max: \(needed)`, a larger type, or a smaller `scaling.max`")
      return nil
    }
    return Infrastructure.ContainerInstances(
      type: name, architecture: architecture, minimum: minimum, maximum: maximum, targetCapacityPercent: 100,
      diskGiB: 30)
  }

  /// A known type of instances, or reports.
  mutating func machine(_ name: String, at written: YAMLValue?) -> MachineType? {
    if let type = MachineTypes.named(name) { return type }
    if let written {
      let near = Spelling.nearest(to: name, among: MachineTypes.names).map { "did you mean `\($0)`?" }
      problems.add(
        at: written, "Palco knows no instance type \(name.quotedForMessage)",
        fix: near ?? "write one such as `t3.medium`, `t4g.small`, `m7g.large`, `c7i.xlarge` or `r7g.large`")
    }
    return nil
  }
}
