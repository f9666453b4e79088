import Foundation
import PalcoTerraform
import PalcoTestSupport
import Testing

@Suite struct WorkDirectoryTests {
  @Test func takesAwayWhatIsNotGeneratedAnyMore() async throws {
    try await withTemporaryDirectory { folder in
      let directory = WorkDirectory(folder.appending(path: "deep/stage"))
      try directory.write([WorkFile(name: "a.tf", text: "# a"), WorkFile(name: "b.tf", text: "# b")])
      try Data("{}".utf8).write(to: directory.url.appending(path: "mine_override.tf.json"))
      try directory.write([WorkFile(name: "b.tf", text: "# new")])
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.url.path).sorted()
      #expect(names == [".palco-files", "b.tf", "mine_override.tf.json"])
      #expect(try String(contentsOf: directory.url.appending(path: "b.tf"), encoding: .utf8) == "# new")
    }
  }

  @Test func isForItsOwnerOnly() async throws {
    try await withTemporaryDirectory { folder in
      let directory = WorkDirectory(folder.appending(path: "stage"))
      try directory.write([])
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.url.path)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
  }
}
