/// The instance classes that RDS has for PostgreSQL, with their memory in MiB
/// (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html).
enum RDSClasses {
  static func memory(of name: String) -> Int? { all[name] }
  static let names = all.keys.sorted()

  /// How many connections PostgreSQL takes by RDS's default: LEAST(DBInstanceClassMemory/9531392, 5000).
  static func connections(memory: Int) -> Int { min(memory * 1_048_576 / 9_531_392, 5000) }

  private static let all: [String: Int] = {
    var classes: [String: Int] = [:]
    for family in ["t3", "t4g"] {
      for (size, memory) in [
        ("micro", 1024), ("small", 2048), ("medium", 4096), ("large", 8192), ("xlarge", 16384), ("2xlarge", 32768),
      ] { classes["db.\(family).\(size)"] = memory }
    }
    let sizes = [
      ("large", 2), ("xlarge", 4), ("2xlarge", 8), ("4xlarge", 16), ("8xlarge", 32), ("12xlarge", 48), ("16xlarge", 64),
    ]
    for generation in ["5", "6g", "6i", "7g", "7i", "8g"] {
      for (size, processors) in sizes {
        classes["db.m\(generation).\(size)"] = processors * 4096
        classes["db.r\(generation).\(size)"] = processors * 8192
      }
    }
    return classes
  }()
}
