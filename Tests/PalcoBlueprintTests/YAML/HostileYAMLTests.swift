import Foundation
import PalcoBlueprint
import Testing

@Suite struct HostileYAMLTests {
  static let unreadable: [(String, String)] = [
    ("", "1:1: error: the file is empty"),
    ("# only a comment\n", "1:1: error: the file is empty"),
    ("---\n", "1:1: error: the file is empty"),
    ("just a text", "1:1: error: must be a map, but is the text `just a text`"),
    ("- a\n- b\n", "1:1: error: must be a map, but is a list"),
    ("name: shop\n---\nname: shop\n", "2:1: error: the file holds a second document"),
    ("name: shop\nservice:\n\tport: 1\n", "3:1: error: this is not YAML: found character that cannot start any token"),
    ("name: [a, b\n", "2:1: error: this is not YAML: did not find expected ',' or ']'"),
    ("name: \"shop\n", "2:1: error: this is not YAML: found unexpected end of stream"),
    ("name: a: b\n", "1:8: error: this is not YAML: mapping values are not allowed in this context"),
    ("name: @shop\n", "1:7: error: this is not YAML: found character that cannot start any token"),
    ("name: *shop\n", "1:7: error: this is not YAML: found undefined alias"),
    ("name: \"\\ud800\"\n", "1:10: error: this is not YAML: found invalid Unicode character escape code"),
    ("name: a\u{1}b\n", "1:8: error: this is not YAML: control characters are not allowed"),
    ("a: &x 1\nb: *x\n", "2:4: error: anchors and aliases (`&name`, `*name`) are not used in palco.yml"),
    ("a: &x {b: 1}\n<<: *x\n", "2:5: error: anchors and aliases"),
  ]

  @Test(arguments: unreadable)
  func whatCannotBeReadIsSaidWithItsPlace(_ text: String, _ expected: String) {
    let found = Sample.headlines(text)
    #expect(found.first?.hasPrefix("palco.yml:" + expected) == true, "\(Sample.problems(text))")
  }

  @Test func aTabIsNamedInTheHelp() {
    #expect(Sample.problems("service:\n\tport: 1\n").contains("help: indent with spaces; YAML takes no tabs"))
  }

  @Test func anAnchorAloneIsRefused() {
    let text = Sample.least.replacingOccurrences(of: "8080", with: "&p 8080")
    #expect(
      Sample.headlines(text) == ["palco.yml:3:17: error: service.port: anchors (`&name`) are not used in palco.yml"])
  }

  @Test(arguments: ["!Ref shop", "!!python/object:os.system shop", "!!int shop"])
  func aTagIsRefused(_ value: String) {
    let text = Sample.problems(Sample.least.replacingOccurrences(of: "name: shop", with: "name: \(value)"))
    #expect(text.hasPrefix("palco.yml:1:7: error: name: the tag `"), "\(text)")
  }

  @Test func signsInsideOfTextsAreNoAliases() {
    let text = Sample.least.replacingOccurrences(
      of: "{dockerfile: Dockerfile}",
      with: "{files: {/a: a}, command: [sh, -c, \"a &b && c *d; e *.txt\"]}")
    #expect(Sample.problems(text) == "")
  }

  @Test func aBombOfValuesIsRefusedAtOnce() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(within(seconds: 2) { Sample.headlines(text) }.first?.contains("anchors and aliases") == true)
  }

  /// The parser hashes keys, so a bomb in a key goes off before any value is looked at.
  @Test func aBombOfKeysIsRefusedAtOnce() {
    var text = "a0: &a0 {x: x}\n"
    for level in 1...30 { text += "a\(level): &a\(level) {? *a\(level - 1) : 1, b: *a\(level - 1)}\n" }
    text += "? *a30\n: 1\n"
    #expect(within(seconds: 2) { Sample.headlines(text) }.first?.contains("anchors and aliases") == true)
  }

  @Test(arguments: [40, 900, 100_000])
  func deepNestingIsRefused(_ depth: Int) {
    let flow = "name: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let found = Sample.problems(flow)
    #expect(found.contains("nested too deeply") || found.contains("this is not YAML"), "\(found.prefix(300))")
    let maps = "name: " + String(repeating: "{a: ", count: depth) + String(repeating: "}", count: depth)
    #expect(Sample.problems(maps).contains("error"))
  }

  @Test func aHugeFileIsRefused() {
    let text = "# " + String(repeating: "x", count: 1 << 20)
    #expect(Sample.problems(text).hasPrefix("palco.yml: error: the file is larger than 1 MiB"))
  }

  @Test func manyValuesAreRefused() {
    let text = "name: [" + String(repeating: "1,", count: 30_000) + "1]"
    #expect(Sample.headlines(text).first?.contains("the file holds too many values") == true)
  }

  @Test func manyDuplicatesEndSoon() {
    let text = String(repeating: "a: 1\n", count: 200)
    let found = within(seconds: 5) { Sample.headlines(text) }
    #expect(found == ["palco.yml:16:1: error: `a` is written twice"])
  }

  @Test func duplicatesInSeveralMapsAreAllReported() {
    let text = """
      name: shop
      "name": shop
      image: {dockerfile: Dockerfile}
      service: {port: 1, port: 2, tasks: 0}
      environments:
        stage: {target: local, target: local, target: local}
      """
    #expect(
      Sample.headlines(text) == [
        "palco.yml:2:1: error: name: is written twice; it stands in line 1 already",
        "palco.yml:4:20: error: service.port: is written twice; it stands in line 4 already",
        "palco.yml:4:36: error: service.tasks: `0` is out of range",
        "palco.yml:6:26: error: environments.stage.target: is written twice; it stands in line 6 already",
        "palco.yml:6:41: error: environments.stage.target: is written twice; it stands in line 6 already",
      ])
  }

  @Test func aKeyThatIsNoWordIsRefused() {
    let text = Sample.least + "\n? [a, b]\n: 1\n"
    #expect(Sample.headlines(text) == ["palco.yml:5:3: error: a key must be a word, not a list or a map"])
  }

  @Test func whatIsNotUTF8IsSaidWithItsPlace() {
    let found = Sample.problems(Data("name: sh".utf8) + [0xF6] + Data("p\n".utf8))
    #expect(
      found == """
        palco.yml:1:9: error: the file is not UTF-8 from here on
          name: sh
                  ^
          help: save it as UTF-8
        """)
  }

  @Test func aByteOrderMarkAndWindowsLineEndsAreFine() {
    let text = "\u{FEFF}" + Sample.least.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(Sample.problems(text) == "")
    let wrong = text.replacingOccurrences(of: "8080", with: "0")
    #expect(
      Sample.problems(wrong).contains(
        "palco.yml:3:17: error: service.port: `0` is out of range\n  service: {port: 0}\n"))
  }

  @Test func whatATerminalWouldObeyIsNotRepeated() {
    let text = Sample.problems(Sample.least.replacingOccurrences(of: "8080", with: "\"\\e[31mred\""))
    #expect(text.contains("but is the text `\\u{1B}[31mred`"), "\(text)")
    #expect(!text.contains("\u{1B}"))
  }

  private func within<Result>(seconds: Double, _ body: () -> Result) -> Result {
    let start = ContinuousClock.now
    let result = body()
    #expect(start.duration(to: .now) < .seconds(seconds))
    return result
  }
}

@Suite struct ManifestFileTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-manifest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func refusal(_ path: String) -> String {
    do {
      _ = try ManifestFile.load(path: path, shownAs: "palco.yml")
      return ""
    } catch { return error.description }
  }

  @Test func aFileThatIsNotThereIsSaid() {
    #expect(
      refusal("/nowhere/palco.yml")
        == "palco.yml: error: there is no such file\n  help: `palco init` writes one")
  }

  @Test func aFolderOrADeviceIsRefused() throws {
    try withFolder { folder in
      #expect(refusal(folder.path).hasPrefix("palco.yml: error: this is not a file"))
      #expect(refusal("/dev/zero").hasPrefix("palco.yml: error: this is not a file"))
    }
  }

  @Test func pathsAreRelativeToTheFilesFolder() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("palco.yml")
      try Data(Sample.least.replacingOccurrences(of: "Dockerfile}", with: "../x/Dockerfile, context: ..}").utf8)
        .write(to: file)
      let image = try ManifestFile.load(path: file.path).blueprint(for: "stage").image
      let parent = folder.deletingLastPathComponent().path
      #expect(image == .dockerfile(context: parent, file: "\(parent)/x/Dockerfile", arguments: [:]))
    }
  }
}
