import Foundation

/// The commented manifest that `palco init` writes. Its comments are those of the description.
public struct Starter: Sendable, Equatable {
  /// What the image is made of.
  public enum Image: Sendable, Equatable {
    /// A Dockerfile beside the manifest.
    case dockerfile(String)
    /// Files of this machine: path in the image, path here.
    case files([FileRecipe], command: [String], directory: String?)
  }

  /// The project's name.
  public var name: String
  /// The image.
  public var image: Image
  /// The port that the program listens on.
  public var port: Int
  /// What the person should know first, as sentences.
  public var remarks: [String]

  /// Makes a starter; a name that does not fit is made to.
  public init(name: String, image: Image, port: Int = 8080, remarks: [String] = []) {
    let slug = ManifestDescription.slug(name, separator: "-")
    let fits = (try? ManifestDescription.projectName.read(YAMLScalar(slug, isPlain: false), described: "")) != nil
    self.name = fits ? slug : "app"
    self.image = image
    self.port = port
    self.remarks = remarks
  }

  /// The example of the reference page.
  static let example = Starter(
    name: "shop-api",
    image: .files(
      [FileRecipe(source: "build/server", path: "/app/server")], command: ["/app/server"], directory: nil)
  ).text

  /// The file's text.
  public var text: String {
    var lines = remarks.flatMap { Self.comment($0, indentation: 0) }
    if !lines.isEmpty { lines.append("") }
    var written: [String: String] = [
      "name": name, "service.port": String(port), "service.health.path": "/", "service.tasks": "1",
      "release.strategy": "blue_green", "release.bake": "1m",
    ]
    switch image {
    case .dockerfile(let file): written["image.dockerfile"] = Self.quoted(file)
    case .files(let files, let command, let directory):
      let entries = files.map { "\(Self.quoted($0.path)): \(Self.quoted($0.source))" }.joined(separator: ", ")
      written["image.files"] = "{\(entries)}"
      written["image.command"] = "[\(command.map(Self.quoted).joined(separator: ", "))]"
      written["image.directory"] = directory.map(Self.quoted)
    }
    for field in ManifestDescription.manifest.fields where !field.isForAWS {
      if field.key != "name" { lines.append("") }
      lines += Self.lines(field, path: field.key, indentation: 0, written: written)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ field: Field, path: String, indentation: Int, written: [String: String]) -> [String] {
    let blanks = String(repeating: " ", count: indentation)
    var lines = comment(field.documentation, indentation: indentation)
    switch field.shape {
    case .section(let section):
      let variants = chosenVariants(of: section, path: path, written: written)
      lines.append("\(blanks)\(field.key):")
      for inner in section.fields
      where !inner.isForAWS && inner.variant.map({ !variants.isDisjoint(with: $0.names) }) ?? true {
        lines += self.lines(inner, path: "\(path).\(inner.key)", indentation: indentation + 2, written: written)
      }
    case .environments:
      lines += [
        "\(blanks)\(field.key):", "\(blanks)  stage:", "\(blanks)    target: local", "\(blanks)  production:",
        "\(blanks)    target: local", "\(blanks)    service:", "\(blanks)      tasks: 2",
      ]
    default:
      if let value = written[path] {
        lines.append("\(blanks)\(field.key): \(value)")
      } else {
        // Not needed: shown as it could be written.
        lines.append("\(blanks)# \(field.key): \(field.defaultText ?? field.example ?? "")")
      }
    }
    return lines
  }

  /// The variants of a section that the starter shows.
  private static func chosenVariants(of section: Section, path: String, written: [String: String]) -> Set<String> {
    if case .value(let key)? = section.variants, let name = written["\(path).\(key)"] { return [name] }
    return Set(section.fields.filter { written["\(path).\($0.key)"] != nil }.compactMap(\.variant).flatMap(\.names))
  }

  /// A comment, wrapped.
  private static func comment(_ text: String, indentation: Int) -> [String] {
    let start = String(repeating: " ", count: indentation) + "#"
    var lines = [start]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count + 1 > 100 { lines.append(start) }
      lines[lines.count - 1] += " " + word
    }
    return lines
  }

  /// A text as YAML takes it anywhere, with quotes only where it needs them.
  private static func quoted(_ text: String) -> String {
    let isSafe =
      text.range(of: "\\A[A-Za-z_./][A-Za-z0-9_./-]*\\z", options: .regularExpression) != nil
      && YAMLScalar(text).kind == .text
    guard !isSafe else { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\u" + Self.fourDigits(scalar.value)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  private static func fourDigits(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
