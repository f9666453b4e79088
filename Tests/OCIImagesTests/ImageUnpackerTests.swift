import Foundation
import Testing

@testable import OCIImages

@Suite struct ImageUnpackerTests {
  @Test func laterLayersReplaceMergeAndHide() throws {
    try withFolder { folder in
      var layers = Layers(folder)
      try layers.add(
        Archive.of {
          $0.file("app/old", "1")
          $0.file("app/kept", "1")
          $0.file("data/a", "1")
          $0.file("data/sub/b", "1")
          $0.file("turns", "file")
          $0.folder("folder/")
          $0.file("folder/x", "1")
        })
      try layers.add(
        Archive.of {
          $0.file("app/.wh.old", "")
          $0.file("app/new", "2", mode: 0o755)
          // The mark comes after what it must not hide.
          $0.file("data/sub/c", "2")
          $0.file("data/.wh..wh..opq", "")
          $0.folder("turns/")
          $0.file("turns/now", "2")
          $0.file("folder", "2")
          $0.file("app/.wh..wh.plnk", "")
        })
      try layers.unpack()
      #expect(!layers.exists("app/old"))
      #expect(layers.text("app/kept") == "1")
      #expect(layers.text("app/new") == "2")
      #expect(try layers.mode("app/new") == 0o755)
      #expect(!layers.exists("data/a"))
      #expect(!layers.exists("data/sub/b"))
      #expect(layers.text("data/sub/c") == "2")
      #expect(layers.text("turns/now") == "2")
      #expect(layers.text("folder") == "2")
      #expect(!layers.exists("app/.wh.old") && !layers.exists("app/.wh..wh.plnk"))
    }
  }

  @Test func linksStayInsideAndSpecialFilesAreLeftOut() throws {
    try withFolder { folder in
      var layers = Layers(folder)
      try layers.add(
        Archive.of {
          $0.folder("usr/lib/")
          $0.file("usr/lib/x", "x")
          $0.link("lib", to: "usr/lib")
          $0.link("usr/absolute", to: "/usr/lib/x")
          $0.link("usr/lib/up", to: "../../root-file")
          $0.file("root-file", "r")
          $0.hardLink("hard", to: "lib/x")
          $0.entry("dev/null", type: "3")
          $0.entry("pipe", type: "6")
          $0.file("set", "s", mode: 0o6755)
          $0.folder("closed", mode: 0o000)
          $0.file("closed/in", "c", mode: 0o000)
          $0.link("dangling", to: "/proc/mounts")
          $0.link("below-a-file", to: "set/nothing")
        })
      // Through a link of a lower layer, as distributions with a merged /usr do.
      try layers.add(Archive.of { $0.file("lib/y", "y") })
      try layers.unpack()
      #expect(layers.text("usr/lib/y") == "y")
      #expect(layers.text("usr/absolute") == "x")
      #expect(layers.text("usr/lib/up") == "r")
      #expect(layers.text("hard") == "x")
      #expect(!layers.exists("dev/null") && !layers.exists("pipe"))
      #expect(try layers.mode("set") == 0o755)
      #expect(try layers.mode("closed") == 0o700)
      #expect(try layers.mode("closed/in") == 0o600)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: layers.root.appendingPathComponent("dangling").path)
          == "proc/mounts")
    }
  }

  @Test func gzipWithSeveralMembersAndLongNamesOfBothKinds() throws {
    try withFolder { folder in
      let long = String(repeating: "d/", count: 80) + "file"
      let big = String(repeating: "0123456789abcdef", count: 100_000)
      let archive = Archive.of {
        $0.records(Tar.record("path", long) + Tar.record("mtime", "1.5"))
        $0.file("cut", "pax")
        $0.entry("././@LongLink", type: "L", content: Data((long + "-gnu\0").utf8))
        $0.file("cut", "gnu")
        $0.entry("././@LongLink", type: "K", content: Data((long + "\0").utf8))
        $0.link("long-link", to: "cut")
        $0.file("big", big)
        $0.file("after", "2")
      }
      var layers = Layers(folder)
      let half = archive.count / 2
      try layers.add(
        gzip(archive.prefix(half)) + gzip(archive.dropFirst(half)), mediaType: ImageMediaType.layer + "+gzip")
      try layers.unpack()
      #expect(layers.text(long) == "pax")
      #expect(layers.text(long + "-gnu") == "gnu")
      #expect(layers.text("long-link") == "pax")
      #expect(layers.text("big") == big)
      #expect(layers.text("after") == "2")
    }
  }

  static let hostile: [(String, OCIImageError.Code, Data)] = [
    ("climbs", .badPath, Archive.of { $0.file("../evil", "x") }),
    ("climbs inside", .badPath, Archive.of { $0.file("a/../../evil", "x") }),
    ("link above", .linkLeavesRoot, Archive.of { $0.link("l", to: "../outside") }),
    ("absolute link above", .linkLeavesRoot, Archive.of { $0.link("l", to: "/../outside") }),
    ("hard link above", .badPath, Archive.of { $0.hardLink("l", to: "../../etc/passwd") }),
    ("hard link to nothing", .corrupt, Archive.of { $0.hardLink("l", to: "/etc/passwd") }),
    (
      "links that climb through one another", .linkLeavesRoot,
      Archive.of {
        $0.folder("a")
        $0.link("a/self", to: "..")
        $0.link("out", to: "a/self/../outside")
      }
    ),
    (
      "a file through such links", .linkLeavesRoot,
      Archive.of {
        $0.folder("a")
        $0.link("a/self", to: "..")
        $0.link("out", to: "a/self/..")
        $0.file("out/evil", "x")
      }
    ),
    (
      "a circle", .linkLeavesRoot,
      Archive.of {
        $0.link("a", to: "b")
        $0.link("b", to: "a")
        $0.file("a/x", "x")
      }
    ),
    ("whiteout of the parent", .badPath, Archive.of { $0.file("a/.wh...", "") }),
    ("whiteout of nothing", .badPath, Archive.of { $0.file("a/.wh.", "") }),
    ("the root as a file", .badPath, Archive.of { $0.file(".", "x") }),
    (
      "a file as a folder", .corrupt,
      Archive.of {
        $0.file("a", "x")
        $0.file("a/b", "x")
      }
    ),
    ("unknown type", .unsupported, Archive.of { $0.entry("a", type: "Z") }),
    ("old sparse file", .unsupported, Archive.of { $0.entry("a", type: "S") }),
    (
      "pax sparse file", .unsupported,
      Archive.of {
        $0.records(Tar.record("GNU.sparse.major", "1"))
        $0.file("a", "x")
      }
    ),
    (
      "zero byte in a pax path", .badPath,
      Archive.of {
        $0.records(Tar.record("path", "a\0b"))
        $0.file("a", "x")
      }
    ),
    (
      "damaged pax record", .corrupt,
      Archive.of {
        $0.records("999 path=a\n")
        $0.file("a", "x")
      }
    ),
    (
      "negative pax size", .corrupt,
      Archive.of {
        $0.records(Tar.record("size", "-5"))
        $0.file("a", "x")
      }
    ),
    ("endless long name", .corrupt, Archive.of { $0.entry("a", type: "L", size: 1 << 30) }),
    ("ends inside a file", .corrupt, Archive.of { $0.entry("a", type: "0", size: 1 << 20) }),
    ("ends inside a header", .corrupt, Archive.of { $0.file("a", "x") }.prefix(700)),
    ("no archive", .corrupt, Data(repeating: 65, count: 2048)),
    ("damaged gzip", .corrupt, Data([0x1f, 0x8b, 8, 0, 1, 2, 3]) + Data(repeating: 0xff, count: 200)),
    ("cut gzip", .corrupt, gzip(Archive.of { $0.file("a", "x") }).dropLast(12)),
    ("zstd", .unsupported, Data([0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0])),
    (
      "too long a name", .badPath,
      Archive.of {
        $0.records(Tar.record("path", String(repeating: "x", count: 5000)))
        $0.file("a", "x")
      }
    ),
  ]

  @Test(arguments: hostile.indices) func aHostileArchiveIsRefused(index: Int) throws {
    let (name, code, archive) = Self.hostile[index]
    let error = try Layers.refusal(archive)
    #expect(error?.code == code, "\(name): \(error?.message ?? "was unpacked")")
    #expect(error?.message.contains("layer sha256:") == true || error?.code == .linkLeavesRoot)
  }

  @Test func nothingIsEverWrittenOutside() throws {
    for (name, _, archive) in Self.hostile {
      try withFolder { folder in
        let inner = folder.appendingPathComponent("inner")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        var layers = Layers(inner)
        try layers.add(archive)
        _ = try fault { try layers.unpack() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["inner"], "\(name)")
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: inner.path)).subtracting(["root"]).count == 1)
      }
    }
  }

  @Test func anyByteThatIsChangedIsFound() throws {
    let archive = Archive.of {
      $0.folder("app/")
      $0.file("app/web", "program", mode: 0o755)
      $0.link("web", to: "app/web")
    }
    let digest = Digest.sha256(archive)
    var random = SystemRandomNumberGenerator()
    for bytes in [archive, gzip(archive)] {
      for _ in 0..<60 {
        try withFolder { folder in
          var damaged = bytes
          damaged[Int.random(in: 0..<damaged.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
          var layers = Layers(folder)
          try layers.add(damaged, digest: bytes == archive ? digest : Digest.sha256(bytes))
          #expect(try fault { try layers.unpack() } != nil)
        }
      }
    }
  }

  @Test func aBlobThatIsNotWhatItsDigestSaysIsCalledSo() throws {
    try withFolder { folder in
      var layers = Layers(folder)
      try layers.add(Archive.of { $0.file("a", "x") }, digest: Digest.sha256(Data("other".utf8)))
      #expect(try fault { try layers.unpack() }?.code == .digestMismatch)
    }
    try withFolder { folder in
      var layers = Layers(folder)
      try layers.add(Archive.of { $0.file("a", "x") }, mediaType: ImageMediaType.layer + "+zstd")
      let error = try fault { try layers.unpack() }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("zstd") == true)
    }
  }

  @Test func whateverBytesComeTheFolderHolds() throws {
    let archive = Archive.of {
      $0.folder("a/")
      $0.records(Tar.record("path", "a/long"))
      $0.file("cut", "text", mode: 0o755)
      $0.entry("././@LongLink", type: "L", content: Data("a/gnu\0".utf8))
      $0.file("cut", "text")
      $0.link("a/link", to: "../b")
      $0.hardLink("c", to: "a/long")
      $0.file("a/.wh.gnu", "")
    }
    // Repeatable: a failure can be found again.
    var seed: UInt64 = 42
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var unpacked = 0
    for _ in 0..<400 {
      var damaged = archive
      for _ in 0...random(3) {
        // Mostly where the fields are, with a checksum that fits, so that the damage is believed.
        let block = random(damaged.count / 512) * 512
        damaged[block + [random(100), 124 + random(12), 156, 157 + random(100), random(512)][random(5)]] = UInt8(
          [0, 0x2e, 0x2f, 0x31, 0x32, 0x35, 0xff, random(256)][random(8)])
        let sum =
          damaged[block..<block + 512].reduce(0) { $0 + Int($1) }
          - damaged[block + 148..<block + 156].reduce(0) { $0 + Int($1) } + 8 * 32
        damaged.replaceSubrange(
          block + 148..<block + 155, with: Data((String(sum, radix: 8) + "\0\0\0\0\0\0").utf8.prefix(7)))
      }
      try withFolder { folder in
        let inner = folder.appendingPathComponent("inner")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        var layers = Layers(inner)
        try layers.add(damaged)
        if try fault({ try layers.unpack() }) == nil { unpacked += 1 }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["inner"])
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: inner.path)).subtracting(["root"]).count == 1)
      }
    }
    // Neither all nor none: the damage reaches the reader.
    #expect((20...380).contains(unpacked))
  }
}
