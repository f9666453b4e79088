import Foundation
import OCIImages
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct UnpackedImagesTests {
  private func build(_ name: String, in directory: URL) throws -> ResolvedImage {
    let built = try ImageBuilder(
      files: [ImageFile(path: "/\(name)/file", content: .data(Data(name.utf8)), mode: 0o444)], command: ["/x"],
      environment: [], workingDirectory: "/"
    ).build(into: directory.appendingPathComponent("blobs"))
    return ResolvedImage(digest: built.digest, manifest: built.manifest) { built.blobFile($0) }
  }

  @Test func whatNoTaskNeedsGoesADayAfterItsLastUse() async throws {
    try await withTemporaryDirectory { directory in
      let clock = TestClock()
      let folder = directory.appendingPathComponent("images")
      let images = UnpackedImages(directory: folder, time: clock.timeSource)
      func names() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.count ?? 0 }
      let (used, recent, old) = (
        try build("used", in: directory), try build("recent", in: directory), try build("old", in: directory)
      )
      for image in [used, recent, old] { _ = try await images.unpack(image) }
      let root = try await images.unpack(old).root
      // A folder that nothing may be removed from, and what an unpacking left that a crash cut short.
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: root.appendingPathComponent("old").path)
      let left = folder.appendingPathComponent(".unpacking-left")
      try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.modificationDate: clock.now], ofItemAtPath: left.path)

      clock.advance(by: .seconds(86_000))
      _ = try await images.unpack(recent)
      await images.collect(keeping: [])
      #expect(names() == 4)
      clock.advance(by: .seconds(401))
      await images.collect(keeping: [used.digest])
      #expect(names() == 2)
      #expect(!FileManager.default.fileExists(atPath: root.path))
      let again = try await images.unpack(old).root
      #expect(try String(contentsOf: again.appendingPathComponent("old/file"), encoding: .utf8) == "old")
    }
  }
}
