import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Testing

@testable import PalcoCommands

@Suite struct ManifestInitTests {
  /// A kind of folder: its files, and the image and port that its manifest must have.
  struct Kind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    var port = 8080
    var image: @Sendable (String) -> ImageRecipe
  }

  static let kinds: [Kind] = [
    Kind(
      testDescription: "a Dockerfile that exposes a port", files: ["Dockerfile": "FROM x\nexpose 3000/tcp\n"],
      port: 3000
    ) {
      .dockerfile(context: $0, file: "\($0)/Dockerfile", arguments: [:])
    },
    Kind(testDescription: "a Containerfile beside a Swift package", files: ["Containerfile": "", "Package.swift": ""]) {
      .dockerfile(context: $0, file: "\($0)/Containerfile", arguments: [:])
    },
    Kind(
      testDescription: "a Swift package",
      files: ["Package.swift": "products: [.executable(\n name: \"serve-it\", targets: [\"S\"])]"]
    ) {
      .files(
        [FileRecipe(source: "\($0)/.build/release/serve-it", path: "/app/serve-it")], command: ["/app/serve-it"],
        workingDirectory: nil)
    },
    Kind(testDescription: "a Swift package with a library alone", files: ["Package.swift": ".library(name: \"L\")"]) {
      .files(
        [FileRecipe(source: "\($0)/build/server", path: "/app/server")], command: ["/app/server"], workingDirectory: nil
      )
    },
    Kind(
      testDescription: "a Node package",
      files: ["package.json": #"{"main": "lib/web.js", "x": 1}"#, "lib/web.js": "", "node_modules/a": ""]
    ) {
      .files(
        [
          FileRecipe(source: "\($0)/lib/web.js", path: "/app/lib/web.js"),
          FileRecipe(source: "\($0)/node_modules", path: "/app/node_modules"),
          FileRecipe(source: "\($0)/package.json", path: "/app/package.json"),
        ], command: ["node", "/app/lib/web.js"], workingDirectory: "/app")
    },
    Kind(
      testDescription: "a Node package that points out of its folder",
      files: ["package.json": #"{"main": "../../etc/passwd"}"#, "index.js": ""]
    ) {
      .files(
        [
          FileRecipe(source: "\($0)/index.js", path: "/app/index.js"),
          FileRecipe(source: "\($0)/package.json", path: "/app/package.json"),
        ], command: ["node", "/app/index.js"], workingDirectory: "/app")
    },
    Kind(testDescription: "a Python program", files: ["main.py": ""]) {
      .files(
        [FileRecipe(source: "\($0)/main.py", path: "/app/main.py")], command: ["python3", "/app/main.py"],
        workingDirectory: "/app")
    },
    Kind(testDescription: "an empty folder", files: [:]) {
      .files(
        [FileRecipe(source: "\($0)/build/server", path: "/app/server")], command: ["/app/server"], workingDirectory: nil
      )
    },
  ]

  @Test(arguments: kinds)
  func theStarterFitsTheFolderAndPassesTheCheck(_ kind: Kind) async throws {
    try await withTemporaryDirectory { folder in
      let project = folder.appendingPathComponent("My_Shop 2")
      try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
      for (name, text) in kind.files {
        let file = project.appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      _ = try ManifestInit.write(into: project, name: nil, force: false, shown: "palco.yml")
      let manifest = try ManifestFile.load(path: project.appendingPathComponent("palco.yml").path)
      #expect(manifest.warnings.isEmpty)
      #expect(manifest.name == "my-shop-2")
      #expect(manifest.environments == ["stage", "production"])
      let production = try manifest.blueprint(for: "production")
      #expect(production.image == kind.image(project.standardizedFileURL.path))
      #expect(production.service.port == kind.port)
      #expect(production.service.tasks == 2)
      #expect(production.release == .blueGreen(bakeMinutes: 1))
    }
  }

  @Test func aManifestThatIsThereIsNotTouchedWithoutForce() async throws {
    try await withTemporaryDirectory { folder in
      let file = folder.appendingPathComponent("palco.yml")
      try Data("mine".utf8).write(to: file)
      let refused = #expect(throws: CommandError.self) {
        try ManifestInit.write(into: folder, name: "shop", force: false, shown: "palco.yml")
      }
      #expect(refused?.status == .refused)
      #expect(refused?.message == "palco.yml is there already; replace it with --force")
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
      _ = try ManifestInit.write(into: folder, name: "shop", force: true, shown: "palco.yml")
      #expect(try ManifestFile.load(path: file.path).name == "shop")
    }
  }

  @Test func aNameThatDoesNotFitIsRefusedWithOneThatDoes() async throws {
    try await withTemporaryDirectory { folder in
      let refused = #expect(throws: CommandError.self) {
        try ManifestInit.write(into: folder, name: "My Shop", force: false, shown: "palco.yml")
      }
      #expect(refused?.status == .usage)
      #expect(refused?.message.contains("perhaps `my-shop`") == true)
    }
  }

  @Test(arguments: ["123", "-", "internal", "日本", ""])
  func aFolderWhoseNameCannotBeUsedIsCalledApp(_ name: String) {
    #expect(Starter(name: name, image: .dockerfile("Dockerfile")).name == "app")
  }

  @Test func oddFileNamesAreQuoted() throws {
    let files = [FileRecipe(source: "a: \"b\" #c", path: "/app/x y"), FileRecipe(source: "true", path: "/app/[z]")]
    let starter = Starter(name: "x1", image: .files(files, command: ["/app/x y", "12", "*a", ""], directory: nil))
    let manifest = try ManifestFile.parse(
      Data(starter.text.utf8), file: "palco.yml", directory: URL(fileURLWithPath: "/p"))
    #expect(
      try manifest.blueprint(for: "stage").image
        == .files(
          [
            FileRecipe(source: "/p/a: \"b\" #c", path: "/app/x y"), FileRecipe(source: "/p/true", path: "/app/[z]"),
          ], command: ["/app/x y", "12", "*a", ""], workingDirectory: nil))
  }
}
