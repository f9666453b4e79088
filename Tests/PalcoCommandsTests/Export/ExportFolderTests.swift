import Foundation
import PalcoArtifacts
import PalcoTestSupport
import Testing

@testable import PalcoCommands

@Suite struct ExportFolderTests {
  static let first = [RenderedFile(name: "a.tf", contents: "a\n"), RenderedFile(name: "b.tf", contents: "b\n")]

  @Test func aSecondExportWritesOnlyWhatChangedAndRemovesWhatIsNoLongerMade() async throws {
    try await withTemporaryDirectory { directory in
      let folder = ExportFolder(url: directory.appendingPathComponent("infrastructure"))
      #expect(try folder.write(Self.first).map(\.verb) == [.written, .written])
      #expect(try folder.write(Self.first).map(\.verb) == [.unchanged, .unchanged])
      let changes = try folder.write([RenderedFile(name: "a.tf", contents: "other\n")])
      #expect(changes == [.init(verb: .written, file: "a.tf"), .init(verb: .removed, file: "b.tf")])
      #expect(try String(contentsOf: folder.url.appendingPathComponent("a.tf"), encoding: .utf8) == "other\n")
      #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("b.tf").path))
    }
  }

  @Test func aFileOfSomebodyElseIsNeverOverwritten() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appendingPathComponent("b.tf")
      try Data("mine\n".utf8).write(to: file)
      let error = #expect(throws: CommandError.self) { try ExportFolder(url: directory).write(Self.first) }
      #expect(error?.status == .refused)
      #expect(error?.message.contains("b.tf") == true)
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine\n")
      #expect(!FileManager.default.fileExists(atPath: directory.appendingPathComponent("a.tf").path))
    }
  }

  @Test(arguments: [first, [first[1]]])
  func aFileThatWasChangedSinceIsKept(next: [RenderedFile]) async throws {
    try await withTemporaryDirectory { directory in
      let folder = ExportFolder(url: directory)
      _ = try folder.write(Self.first)
      let file = directory.appendingPathComponent("a.tf")
      try Data("edited\n".utf8).write(to: file)
      #expect(throws: CommandError.self) { try folder.write(next) }
      #expect(try String(contentsOf: file, encoding: .utf8) == "edited\n")
    }
  }

  @Test func aRecordThatCannotBeReadIsSaid() async throws {
    try await withTemporaryDirectory { directory in
      try Data("{".utf8).write(to: directory.appendingPathComponent(ExportFolder.recordName))
      let error = #expect(throws: CommandError.self) { try ExportFolder(url: directory).write(Self.first) }
      #expect(error?.message.contains(ExportFolder.recordName) == true)
    }
  }
}
