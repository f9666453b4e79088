import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the kernel says of one process.
struct ProcessFacts: Sendable, Equatable {
  var identifier: Int32
  var parent: Int32
  var group: Int32
  var session: Int32
  /// When it started, in the kernel's unit. With the identifier it names one process between two starts of the machine.
  var startTime: UInt64
  /// It has ended, and its parent has not asked how.
  var isZombie: Bool
}

#if os(Linux)
  /// The processes of this machine, read from `/proc`.
  enum ProcessTable {
    /// One process, or `nil` when there is none of this number.
    static func facts(of identifier: Int32) -> ProcessFacts? {
      guard let text = contents("/proc/\(identifier)/stat"), let nameEnd = text.lastIndex(of: ")") else { return nil }
      // proc(5): after the name, which may hold anything, come state, ppid, pgrp, session, … and as 20th the start time.
      let fields = text[text.index(after: nameEnd)...].split(separator: " ")
      guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
        let session = Int32(fields[3]), let startTime = UInt64(fields[19])
      else { return nil }
      return ProcessFacts(
        identifier: identifier, parent: parent, group: group, session: session, startTime: startTime,
        isZombie: fields[0] == "Z" || fields[0] == "X")
    }

    /// Every process that this one may see.
    static func all() -> [ProcessFacts] { names(in: "/proc").compactMap { Int32($0) }.compactMap(facts) }

    /// The processes that have one of these pipes open, by pipe.
    static func holders(ofPipes inodes: Set<UInt64>) -> [UInt64: Set<Int32>] {
      guard !inodes.isEmpty else { return [:] }
      let pipes = Dictionary(uniqueKeysWithValues: inodes.map { ("pipe:[\($0)]", $0) })
      var found: [UInt64: Set<Int32>] = [:]
      for identifier in names(in: "/proc").compactMap({ Int32($0) }) {
        let folder = "/proc/\(identifier)/fd"
        for name in names(in: folder) {
          if let pipe = SymbolicLink.target("\(folder)/\(name)").flatMap({ pipes[$0] }) {
            found[pipe, default: []].insert(identifier)
          }
        }
      }
      return found
    }

    /// Names the time since the machine was started last.
    static func bootIdentifier() -> String {
      contents("/proc/sys/kernel/random/boot_id")?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }

    private static func contents(_ path: String) -> String? {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      return withUnsafeTemporaryAllocation(byteCount: 2048, alignment: 16) { buffer in
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
      }
    }

    private static func names(in folder: String) -> [String] {
      guard let directory = opendir(folder) else { return [] }
      defer { closedir(directory) }
      var names: [String] = []
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(name) }
      }
      return names
    }
  }
#else
  /// The processes of this machine, from libproc.
  enum ProcessTable {
    /// One process, or `nil` when there is none of this number.
    static func facts(of identifier: Int32) -> ProcessFacts? {
      var information = proc_bsdinfo()
      let size = Int32(MemoryLayout<proc_bsdinfo>.size)
      guard proc_pidinfo(identifier, PROC_PIDTBSDINFO, 0, &information, size) == size else { return nil }
      return ProcessFacts(
        identifier: identifier, parent: Int32(information.pbi_ppid), group: Int32(information.pbi_pgid),
        session: getsid(identifier),
        startTime: information.pbi_start_tvsec * 1_000_000 + information.pbi_start_tvusec,
        isZombie: information.pbi_status == UInt32(SZOMB))
    }

    /// Every process that this one may see.
    static func all() -> [ProcessFacts] {
      let bytes = proc_listpids(UInt32(PROC_ALL_PIDS), 0, nil, 0)
      guard bytes > 0 else { return [] }
      var identifiers = [Int32](repeating: 0, count: Int(bytes) / MemoryLayout<Int32>.size + 64)
      let size = Int32(identifiers.count * MemoryLayout<Int32>.size)
      let filled = proc_listpids(UInt32(PROC_ALL_PIDS), 0, &identifiers, size)
      return identifiers.prefix(Int(filled) / MemoryLayout<Int32>.size).compactMap(facts)
    }

    /// Nobody: macOS does not tell cheaply whose pipe a descriptor is. A program that leaves its session there is not
    /// found again.
    static func holders(ofPipes inodes: Set<UInt64>) -> [UInt64: Set<Int32>] { [:] }

    /// Nothing to tell: start times are on the wall clock here, so they do not come again after a start of the machine.
    static func bootIdentifier() -> String { "" }
  }
#endif
