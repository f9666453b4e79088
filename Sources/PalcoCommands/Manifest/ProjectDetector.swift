import Foundation
import PalcoBlueprint

/// Finds out what a folder holds, so that `palco init` writes a manifest that fits.
struct ProjectDetector {
  let directory: URL

  /// The starter for the folder: the first kind that is found, of the more certain ones first.
  func starter(name: String?) -> Starter {
    let name = name ?? directory.lastPathComponent
    return dockerfile(name) ?? swiftPackage(name) ?? nodePackage(name) ?? python(name) ?? anything(name)
  }

  private func dockerfile(_ name: String) -> Starter? {
    for file in ["Dockerfile", "Containerfile"] {
      guard let text = text(of: file) else { continue }
      let port = firstMatch(of: "(?im)^\\s*EXPOSE\\s+([0-9]+)", in: text).flatMap { Int($0) }
      return Starter(
        name: name, image: .dockerfile(file), port: port.flatMap { (1...65535).contains($0) ? $0 : nil } ?? 8080)
    }
    return nil
  }

  private func swiftPackage(_ name: String) -> Starter? {
    guard let text = text(of: "Package.swift") else { return nil }
    let product =
      firstMatch(of: "\\.executable\\(\\s*name:\\s*\"([A-Za-z0-9_-]+)\"", in: text)
      ?? firstMatch(of: "\\.executableTarget\\(\\s*name:\\s*\"([A-Za-z0-9_-]+)\"", in: text)
    guard let product else { return nil }
    return Starter(
      name: name, image: files(["/app/\(product)": ".build/release/\(product)"], ["/app/\(product)"]),
      remarks: ["The program is made by: swift build -c release --static-swift-stdlib"])
  }

  private func nodePackage(_ name: String) -> Starter? {
    guard let text = text(of: "package.json"),
      let package = try? JSONDecoder().decode(NodePackage.self, from: Data(text.utf8))
    else { return nil }
    let candidates = [package.main, "server.js", "index.js", "app.js"].compactMap { $0 }
    let main = candidates.first { isSafe($0) && exists($0) } ?? "server.js"
    var contents = ["/app/package.json": "package.json", "/app/\(main)": main]
    for folder in ["node_modules", "src", "lib", "public", "views"]
    where exists(folder) && !main.hasPrefix(folder + "/") {
      contents["/app/\(folder)"] = folder
    }
    return Starter(
      name: name, image: files(contents, ["node", "/app/\(main)"], directory: "/app"), remarks: [interpreter("node")])
  }

  private func python(_ name: String) -> Starter? {
    let main = ["app.py", "main.py", "server.py", "wsgi.py"].first(where: exists)
    guard let main else { return nil }
    return Starter(
      name: name, image: files(["/app/\(main)": main], ["python3", "/app/\(main)"], directory: "/app"),
      remarks: [interpreter("python3")])
  }

  private func anything(_ name: String) -> Starter {
    Starter(
      name: name, image: files(["/app/server": "build/server"], ["/app/server"]),
      remarks: ["No Dockerfile and no program was found here: put yours in place of build/server."])
  }

  private func interpreter(_ program: String) -> String {
    "The local cloud runs this with the \(program) of this machine. On AWS the image must bring its own: "
      + "write a Dockerfile then."
  }

  private func files(_ contents: [String: String], _ command: [String], directory: String? = nil) -> Starter.Image {
    .files(
      contents.sorted { $0.key < $1.key }.map { FileRecipe(source: $0.value, path: $0.key) }, command: command,
      directory: directory)
  }

  // MARK: Looking

  private struct NodePackage: Decodable { var main: String? }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appendingPathComponent(name).path)
  }

  /// Whether a path from a file stays below the folder and may be written into a manifest.
  private func isSafe(_ path: String) -> Bool {
    path.range(of: "\\A(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]*\\z", options: .regularExpression) != nil
  }

  /// The beginning of a text file, if it is one.
  private func text(of name: String) -> String? {
    let file = directory.appendingPathComponent(name)
    let type = (try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path))?[.type]
    guard type as? FileAttributeType == .typeRegular, let handle = try? FileHandle(forReadingFrom: file) else {
      return nil
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: 1 << 20) ?? Data() else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  private func firstMatch(of pattern: String, in text: String) -> String? {
    guard let expression = try? NSRegularExpression(pattern: pattern),
      let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)),
      let range = Range(match.range(at: 1), in: text)
    else { return nil }
    return String(text[range])
  }
}
