import Foundation
import OCIImages
import PalcoArtifacts

/// A folder that files were exported to. A record beside them tells what was written, so that nothing of anybody else
/// is ever overwritten: neither a file that was there before, nor one that was changed since.
struct ExportFolder {
  /// The record's name.
  static let recordName = ".palco-export.json"

  /// What was done to one file.
  struct Change: Encodable, Equatable {
    enum Verb: String, Encodable { case written, unchanged, removed }
    var verb: Verb
    var file: String
  }

  /// The record: the SHA-256 of each file as it was written.
  private struct Record: Codable {
    var files: [String: String]
  }

  let url: URL

  private var recordURL: URL { url.appendingPathComponent(Self.recordName) }

  /// Writes files, and removes those of the last export that are no longer made.
  ///
  /// - Throws: `CommandError` with exit code 13, before anything is written, when a file is not the last export's
  func write(_ files: [RenderedFile]) throws -> [Change] {
    let manager = FileManager.default
    try manager.createDirectory(at: url, withIntermediateDirectories: true)
    let before = try record()
    var foreign: [String] = []
    var changes: [Change] = []
    for file in files {
      let present = try? Data(contentsOf: url.appendingPathComponent(file.name))
      if present == Data(file.contents.utf8) {
        changes.append(Change(verb: .unchanged, file: file.name))
      } else if let present, before.files[file.name] != Digest.sha256(present) {
        foreign.append(file.name)
      } else {
        changes.append(Change(verb: .written, file: file.name))
      }
    }
    let names = Set(files.map(\.name))
    for (name, digest) in before.files.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      guard let present = try? Data(contentsOf: url.appendingPathComponent(name)) else { continue }
      if Digest.sha256(present) == digest {
        changes.append(Change(verb: .removed, file: name))
      } else {
        foreign.append(name)
      }
    }
    guard foreign.isEmpty else {
      throw CommandError(
        .refused,
        "\(url.path) holds files that Palco did not write, or that were changed since: "
          + foreign.joined(separator: ", ") + "; move them away, or export to another folder. Nothing was written")
    }
    for change in changes where change.verb == .removed {
      try manager.removeItem(at: url.appendingPathComponent(change.file))
    }
    for file in files {
      try Data(file.contents.utf8).write(to: url.appendingPathComponent(file.name), options: .atomic)
    }
    let after = Record(
      files: Dictionary(files.map { ($0.name, Digest.sha256(Data($0.contents.utf8))) }) { _, last in last })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(after).write(to: recordURL, options: .atomic)
    return changes
  }

  private func record() throws -> Record {
    guard let data = try? Data(contentsOf: recordURL) else { return Record(files: [:]) }
    do {
      return try JSONDecoder().decode(Record.self, from: data)
    } catch {
      throw CommandError(
        .refused, "\(recordURL.path) cannot be read; remove it if the files beside it may not be overwritten either")
    }
  }
}
