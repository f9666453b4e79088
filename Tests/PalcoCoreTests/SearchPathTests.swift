import Foundation
import PalcoCore
import Testing

@Suite struct SearchPathTests {
  @Test func onlyAbsoluteFoldersAreLookedInto() {
    #expect(SearchPath("/usr/bin::.:bin:/bin").folders == ["/usr/bin", "/bin"])
    #expect(SearchPath("").folders.isEmpty && SearchPath(nil).folders.isEmpty)
  }

  @Test func theFirstProgramThatMayBeRunIsFound() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "palco-path-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    func make(_ path: String, mode: Int) throws {
      let file = directory.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("#!/bin/sh\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
    try make("plain/tool", mode: 0o644)
    try make("folder/tool/inside", mode: 0o755)
    try make("one/tool", mode: 0o755)
    try make("two/tool", mode: 0o755)
    let folders = ["plain", "folder", "gone", "one", "two"].map { directory.appending(path: $0).path }
    let path = SearchPath(folders.joined(separator: ":"))
    #expect(path.program(named: "tool") == directory.appending(path: "one/tool").path)
    #expect(path.program(named: "other") == nil)
    #expect(SearchPath(nil).program(named: "sh") == nil)
  }
}
