/// A type of EC2 instances.
struct MachineType: Sendable, Equatable {
  var name: String
  /// Virtual processors.
  var processors: Int
  /// Memory in MiB.
  var memory: Int
  var architecture: AWSInfrastructure.Architecture
  /// Network interfaces. A task with an address of its own takes one, and the instance itself another.
  var interfaces: Int

  /// How many tasks of a size fit onto one instance. ECS's agent and the system keep a tenth of the memory.
  func tasks(cpu: Int, memory size: Int) -> Int {
    max(0, min(processors * 1024 / cpu, memory * 9 / 10 / size, interfaces - 1))
  }
}

/// The types of EC2 instances that Palco knows: general purpose, compute and memory, of the current generations
/// (https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-type-specifications.html).
enum MachineTypes {
  static func named(_ name: String) -> MachineType? { all[name] }
  static let names = all.keys.sorted()

  private static let all: [String: MachineType] = {
    var types: [String: MachineType] = [:]
    func add(_ family: String, _ size: String, _ processors: Int, _ memory: Int, _ interfaces: Int) {
      let name = "\(family).\(size)"
      // The letter g behind the generation's digit is Graviton.
      let isARM = family.drop { !$0.isNumber }.dropFirst().hasPrefix("g")
      types[name] = MachineType(
        name: name, processors: processors, memory: memory, architecture: isARM ? .arm : .x86, interfaces: interfaces)
    }
    for family in ["t3", "t3a", "t4g"] {
      for (size, processors, memory, interfaces) in [
        ("nano", 2, 512, 2), ("micro", 2, 1024, 2), ("small", 2, 2048, family == "t3a" ? 2 : 3), ("medium", 2, 4096, 3),
        ("large", 2, 8192, 3), ("xlarge", 4, 16384, 4), ("2xlarge", 8, 32768, 4),
      ] { add(family, size, processors, memory, interfaces) }
    }
    let memoryPerProcessor = ["c": 2048, "m": 4096, "r": 8192]
    for (letter, memory) in memoryPerProcessor {
      for generation in ["5", "6a", "6g", "6i", "7a", "7g", "7i", "8g"] {
        for (size, processors, interfaces) in [
          ("large", 2, 3), ("xlarge", 4, 4), ("2xlarge", 8, 4), ("4xlarge", 16, 8), ("8xlarge", 32, 8),
        ] {
          // The first c5 came with other sizes than all others.
          let amount = letter == "c" && generation == "5" && processors == 32 ? nil : memory * processors
          if let amount { add(letter + generation, size, processors, amount, interfaces) }
        }
        if generation.hasSuffix("g") { add(letter + generation, "medium", 1, memory, 2) }
      }
    }
    return types
  }()
}
