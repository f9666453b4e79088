import Foundation
import Testing

@testable import OCIImages

@Suite struct ImageBuilderTests {
  private func files(_ folder: URL) throws -> [ImageFile] {
    let program = folder.appendingPathComponent("program")
    try Data(repeating: 7, count: 3 << 20).write(to: program)
    return [
      ImageFile(path: "/app/web", content: .file(program), mode: 0o775),
      ImageFile(path: "/app/settings.json", content: .data(Data("{}".utf8)), mode: 0o600),
    ]
  }

  @Test func theSameInputGivesTheSameDigestWhateverTheOrderAndTime() throws {
    try withFolder { folder in
      let files = try files(folder)
      let first = try ImageBuilder(files: files, command: ["/app/web"], labels: ["a": "1", "b": "2", "c": "3"])
        .build(into: folder.appendingPathComponent("one"))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
        ofItemAtPath: folder.appendingPathComponent("program").path)
      let second = try ImageBuilder(
        files: files.reversed(), command: ["/app/web"], labels: ["c": "3", "b": "2", "a": "1"]
      ).build(into: folder.appendingPathComponent("two"))
      #expect(first.digest == second.digest)
      let other = try ImageBuilder(files: files, command: ["/app/web", "-v"])
        .build(into: folder.appendingPathComponent("three"))
      #expect(other.digest != first.digest)
      #expect(other.manifest.layers == first.manifest.layers)
    }
  }

  @Test func whatIsBuiltHoldsFilesFoldersAndNormalModes() throws {
    try withFolder { folder in
      let image = try ImageBuilder(
        files: files(folder), command: ["/app/web"], environment: [("B", "2"), ("A", "1")], workingDirectory: "/app",
        exposedPort: 8080
      ).build(into: folder.appendingPathComponent("image"))
      #expect(image.digest == Digest.sha256(image.manifestBytes))
      #expect(image.manifest.layers.map(\.mediaType) == [ImageMediaType.layer])
      #expect(image.size > 3 << 20)
      for blob in image.manifest.layers + [image.manifest.config] {
        #expect(try Digest.sha256(of: image.blobFile(blob.digest)) == blob.digest)
      }
      let configuration = try image.configuration()
      #expect(configuration.config?.environment == ["B=2", "A=1"])
      #expect(configuration.config?.command == ["/app/web"])
      #expect(configuration.config?.workingDirectory == "/app")
      #expect(configuration.config?.exposedPorts?.keys.sorted() == ["8080/tcp"])
      #expect(configuration.rootfs.diffIDs == image.manifest.layers.map(\.digest))

      let root = folder.appendingPathComponent("root")
      try ImageUnpacker.unpack(image.manifest, blobs: image.blobFile, into: root)
      let attributes = FileManager.default
      func mode(_ path: String) throws -> NSNumber? {
        try attributes.attributesOfItem(atPath: root.appendingPathComponent(path).path)[.posixPermissions] as? NSNumber
      }
      #expect(try mode("app/web") == 0o755)
      #expect(try mode("app/settings.json") == 0o644)
      #expect(
        try Digest.sha256(of: root.appendingPathComponent("app/web"))
          == Digest.sha256(of: folder.appendingPathComponent("program")))
    }
  }

  @Test func aFolderIsWalkedWithLinksAndExecutables() throws {
    try withFolder { folder in
      let site = folder.appendingPathComponent("site")
      let deep = site.appendingPathComponent(String(repeating: "long-name-", count: 12) + "/ä")
      try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
      try Data("page".utf8).write(to: deep.appendingPathComponent("index.html"))
      try Data("run".utf8).write(to: site.appendingPathComponent("run"))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: site.appendingPathComponent("run").path)
      try FileManager.default.createSymbolicLink(
        atPath: site.appendingPathComponent("start").path, withDestinationPath: "run")
      let image = try ImageBuilder(
        files: [ImageFile(path: "/srv/www/", content: .file(site))], command: ["/srv/www/start"]
      ).build(into: folder.appendingPathComponent("image"))
      let root = folder.appendingPathComponent("root")
      try ImageUnpacker.unpack(image.manifest, blobs: image.blobFile, into: root)
      let unpacked = root.appendingPathComponent("srv/www")
      #expect(try String(contentsOf: unpacked.appendingPathComponent("start"), encoding: .utf8) == "run")
      #expect(FileManager.default.isExecutableFile(atPath: unpacked.appendingPathComponent("start").path))
      let page = unpacked.appendingPathComponent(String(repeating: "long-name-", count: 12) + "/ä/index.html")
      #expect(try String(contentsOf: page, encoding: .utf8) == "page")
    }
  }

  @Test(arguments: ["/etc/passwd", "../outside", "sub/../../outside"])
  func aLinkOutOfTheFolderIsRefused(target: String) throws {
    try withFolder { folder in
      let site = folder.appendingPathComponent("site")
      try FileManager.default.createDirectory(at: site, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: site.appendingPathComponent("link").path, withDestinationPath: target)
      let error = try fault {
        try ImageBuilder(files: [ImageFile(path: "/srv", content: .file(site))], command: ["/x"])
          .build(into: folder.appendingPathComponent("image"))
      }
      #expect(error?.code == .linkLeavesRoot)
      #expect(error?.message.contains(target) == true)
    }
  }

  @Test(arguments: [
    ("app/web", OCIImageError.Code.badPath), ("/", .badPath), ("/../web", .badPath), ("/a/../../web", .badPath),
  ])
  func aBadPathIsRefused(path: String, code: OCIImageError.Code) throws {
    try withFolder { (folder: URL) throws in
      let builder = ImageBuilder(files: [ImageFile(path: path, content: .data(Data()))], command: ["/x"])
      #expect(try fault { try builder.build(into: folder) }?.code == code)
    }
  }

  @Test func aMissingFileIsNamed() throws {
    try withFolder { folder in
      let missing = folder.appendingPathComponent("nowhere/web")
      let builder = ImageBuilder(files: [ImageFile(path: "/web", content: .file(missing))], command: ["/web"])
      let error = try fault { try builder.build(into: folder) }
      #expect(error?.code == .unreadable)
      #expect(error?.message.contains("\(missing.path) does not exist") == true)
    }
  }

  @Test func onePathTwiceOrAFileAsAFolderIsRefused() throws {
    try withFolder { (folder: URL) throws in
      func build(_ paths: [String]) throws -> OCIImageError.Code? {
        let files = paths.map { ImageFile(path: $0, content: .data(Data())) }
        return try fault { try ImageBuilder(files: files, command: ["/x"]).build(into: folder) }?.code
      }
      #expect(try build(["/a", "/./a"]) == .badPath)
      #expect(try build(["/a", "/a/b"]) == .badPath)
      #expect(try build(["/a/b", "/a"]) == .badPath)
      #expect(try build(["/a/b", "/a/c"]) == nil)
    }
  }

  @Test(.enabled(if: Counterpart.isThere("tar"))) func tarReadsTheLayer() throws {
    try withFolder { folder in
      let name = "/" + String(repeating: "directory/", count: 15) + "file"
      let image = try ImageBuilder(
        files: [ImageFile(path: name, content: .data(Data("x".utf8)), mode: 0o755)], command: ["/x"]
      ).build(into: folder)
      let layer = image.blobFile(image.manifest.layers[0].digest).path
      let listing = try Counterpart.run("tar", "-tvf", layer)
      let lines = listing.split(separator: "\n")
      #expect(lines.count == 16)
      #expect(lines.last?.hasPrefix("-rwxr-xr-x 0/0") == true)
      #expect(lines.last?.hasSuffix(String(name.dropFirst())) == true)
    }
  }
}
