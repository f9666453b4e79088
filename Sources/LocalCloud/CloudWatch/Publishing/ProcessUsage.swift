import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a process has used.
struct ProcessUsage: Sendable, Equatable {
  var identifier: Int32
  var group: Int32
  /// When it started, in the kernel's unit: another process of the same number has another.
  var startTime: UInt64
  /// Seconds of processor time since it started.
  var processorSeconds: Double
  /// Bytes of memory that are in use now.
  var residentBytes: Double

  /// Reads a line of `/proc/<pid>/stat`; `nil` for anything else.
  ///
  /// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  init?(statLine text: String, ticksPerSecond: Double, pageSize: Double) {
    // The name may hold anything, a parenthesis too.
    guard let nameEnd = text.lastIndex(of: ")"), let identifier = Int32(text.prefix { $0 != " " }) else { return nil }
    let fields = text[text.index(after: nameEnd)...].split(separator: " ")
    guard fields.count > 21, let group = Int32(fields[2]), let user = Double(fields[11]),
      let system = Double(fields[12]), let startTime = UInt64(fields[19]), let pages = Double(fields[21])
    else { return nil }
    self.identifier = identifier
    self.group = group
    self.startTime = startTime
    processorSeconds = (user + system) / ticksPerSecond
    residentBytes = pages * pageSize
  }

  /// The processes of some groups. Empty where there is no `/proc` (macOS): nothing is published there then.
  static func all(inGroups groups: Set<Int32>) -> [ProcessUsage] {
    #if os(Linux)
      guard !groups.isEmpty, let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else {
        return []
      }
      let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
      let page = Double(sysconf(Int32(_SC_PAGESIZE)))
      return names.filter { $0.utf8.allSatisfy(\.isASCIIDigit) }.compactMap { name -> ProcessUsage? in
        // A process that has just ended has no file any more.
        guard let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
          let usage = ProcessUsage(statLine: text, ticksPerSecond: ticks, pageSize: page),
          groups.contains(usage.group)
        else { return nil }
        return usage
      }
    #else
      return []
    #endif
  }
}
