import Foundation

/// The pairs of CPU and memory that Fargate takes
/// (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html).
enum Fargate {
  /// CPU units, each with the amounts of memory in MiB that go with it.
  static let pairs: [(cpu: Int, memory: [Int])] = [
    (256, [512, 1024, 2048]),
    (512, Array(stride(from: 1024, through: 4096, by: 1024))),
    (1024, Array(stride(from: 2048, through: 8192, by: 1024))),
    (2048, Array(stride(from: 4096, through: 16384, by: 1024))),
    (4096, Array(stride(from: 8192, through: 30720, by: 1024))),
    (8192, Array(stride(from: 16384, through: 61440, by: 4096))),
    (16384, Array(stride(from: 32768, through: 122_880, by: 8192))),
  ]

  /// The memory for an amount of CPU when none is named: the least.
  static func leastMemory(cpu: Int) -> Int? { pairs.first { $0.cpu == cpu }?.memory.first }

  static func isPair(cpu: Int, memory: Int) -> Bool {
    pairs.contains { $0.cpu == cpu && $0.memory.contains(memory) }
  }

  /// The smallest pair that gives at least both amounts, or else the largest pair that there is.
  static func nearest(cpu: Int, memory: Int) -> (cpu: Int, memory: Int) {
    for pair in pairs where pair.cpu >= cpu {
      if let enough = pair.memory.first(where: { $0 >= memory }) { return (pair.cpu, enough) }
    }
    return (16384, 122_880)
  }

  /// The processor texts that are taken beside the numbers: `0.25 vCPU`.
  static let processorPattern = "(0?\\.25|0?\\.5|1|2|4|8|16) ?vCPU"
  static let memoryPattern = "[0-9]{1,6} ?MiB|[0-9]{1,3}(\\.5)? ?GiB"

  static func readProcessor(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> Int {
    let units = pairs.map(\.cpu)
    var text = scalar.text
    if text.hasSuffix("vCPU") {
      text = text.dropLast(4).trimmingCharacters(in: .whitespaces)
      if let count = Double(text), let found = units.first(where: { Double($0) == count * 1024 }) { return found }
    } else if scalar.kind == .number, let number = Int(text), units.contains(number), !text.hasPrefix("+") {
      return number
    } else if scalar.kind == .number, let count = Double(text), units.contains(where: { Double($0) == count * 1024 }) {
      throw ScalarProblem(message: "must be CPU units, but is \(described)", fix: "write `\(text) vCPU`")
    }
    throw ScalarProblem(
      message: "must be an amount of CPU that Fargate has, but is \(described)",
      fix: "write \(units.map(String.init).joined(separator: ", ")) (1024 are one vCPU), or as in `0.25 vCPU`")
  }

  static func readMemory(_ scalar: YAMLScalar, described: String) throws(ScalarProblem) -> Int {
    let wrong = ScalarProblem(
      message: "must be an amount of memory, but is \(described)", fix: "write MiB as in `512`, `512 MiB` or `2 GiB`")
    let text = scalar.text
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text[digits.endIndex...].trimmingCharacters(in: .whitespaces)
    guard let amount = Double(digits), amount > 0, amount < 1_000_000 else { throw wrong }
    let factor: Double
    switch unit {
    case "" where scalar.kind == .number: factor = 1
    case "MiB": factor = 1
    case "GiB": factor = 1024
    case "MB", "GB", "M", "G", "Mi", "Gi":
      throw ScalarProblem(
        message: "must be in MiB or GiB, but is \(described)", fix: "write `\(digits) \(unit.prefix(1))iB`")
    default: throw wrong
    }
    guard let megabytes = Int(exactly: amount * factor) else { throw wrong }
    return megabytes
  }

  /// An amount of memory as it is written.
  static func written(memory: Int) -> String { memory % 1024 == 0 ? "\(memory / 1024) GiB" : "\(memory) MiB" }
}
