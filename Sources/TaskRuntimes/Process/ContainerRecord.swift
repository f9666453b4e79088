import Foundation

/// What is kept on disk of a running container, so that a later daemon can find its processes.
///
/// It is written once before the program starts (then only the pipes are known) and once after. It holds no environment
/// and no command line.
struct ContainerRecord: Codable, Sendable, Equatable {
  /// The container's identifier.
  var id: String
  /// The time since the machine's start in which it ran; process numbers mean nothing in another.
  var boot: String
  /// The pipes of its output, which it and its children hold.
  var pipes: Set<UInt64>
  /// The signal that asks it to stop.
  var stopSignal: Int32
  /// The program's process, which leads its session and group.
  var leader: Leader?

  struct Leader: Codable, Sendable, Equatable {
    var identifier: Int32
    /// Tells the process from a later one of the same number.
    var startTime: UInt64
  }
}

/// The records of a state folder, one small file each.
struct ContainerRecords: Sendable {
  let directory: URL

  /// Makes the folder if need be, readable by its owner alone.
  init(directory: URL) throws {
    self.directory = directory
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Writes or replaces a record. A reader sees the old one or the new one.
  func write(_ record: ContainerRecord) throws {
    try JSONEncoder().encode(record).write(to: file(record.id), options: .atomic)
  }

  /// Removes a record, if it is there.
  func remove(_ id: String) { try? FileManager.default.removeItem(at: file(id)) }

  /// All records, and the names of the files that hold none.
  func all() throws -> (records: [ContainerRecord], unreadable: [String]) {
    var records: [ContainerRecord] = []
    var unreadable: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    where name.hasSuffix(Self.suffix) {
      do {
        let data = try Data(contentsOf: directory.appendingPathComponent(name))
        records.append(try JSONDecoder().decode(ContainerRecord.self, from: data))
      } catch {
        unreadable.append(name)
      }
    }
    return (records, unreadable)
  }

  private static let suffix = ".container.json"

  private func file(_ id: String) -> URL {
    let name = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return directory.appendingPathComponent(name + Self.suffix)
  }
}
