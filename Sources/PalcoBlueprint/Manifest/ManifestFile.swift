import Foundation
import OrderedCollections
import PalcoCore

/// Reads `palco.yml`.
public enum ManifestFile {
  /// The name that a manifest usually has.
  public static let defaultName = "palco.yml"

  /// Reads and checks a manifest.
  ///
  /// - Parameters:
  ///   - path: the file; relative paths in it are relative to its folder
  ///   - shownAs: the path that diagnostics name, `path` when nil
  /// - Throws: everything that is wrong, at once
  public static func load(path: String, shownAs: String? = nil) throws(ManifestErrors) -> Manifest {
    let shown = shownAs ?? path
    func refused(_ message: String, fix: String? = nil) -> ManifestErrors {
      ManifestErrors(diagnostics: [Diagnostic(.error, file: shown, message: message, fix: fix)])
    }
    let url = URL(fileURLWithPath: path).standardizedFileURL
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
      throw refused("there is no such file", fix: "`palco init` writes one")
    }
    // A device or a pipe could go on for ever.
    let type = (try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path))?[.type]
    guard !isDirectory.boolValue, type as? FileAttributeType == .typeRegular else {
      throw refused("this is not a file", fix: "name the manifest itself, as in `--file \(defaultName)`")
    }
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      data = try handle.read(upToCount: YAMLDocument.sizeLimit + 1) ?? Data()
    } catch {
      throw refused("it cannot be read: \(error.localizedDescription)", fix: "check its permissions")
    }
    return try parse(data, file: shown, directory: url.deletingLastPathComponent())
  }

  /// Checks a manifest's bytes.
  ///
  /// - Parameters:
  ///   - data: the file's bytes
  ///   - file: the path that diagnostics name
  ///   - directory: the folder that its paths are relative to
  /// - Throws: everything that is wrong, at once
  public static func parse(_ data: Data, file: String, directory: URL) throws(ManifestErrors) -> Manifest {
    let document = YAMLDocument(data, file: file)
    guard let root = document.root else { throw ManifestErrors(diagnostics: document.problems.finished()) }
    let description = ManifestDescription.manifest

    var check = ShapeCheck(problems: document.problems)
    check.check(root, as: .section(description))
    guard root.entries != nil else { throw ManifestErrors(diagnostics: check.problems.finished()) }

    var overrides = Overrides(problems: check.problems)
    let base = overrides.base(root, section: description)
    let owns = root["environments"]?.entries ?? []
    for field in description.fields where field.isRequired && base[field.key] == nil {
      guard field.key == "name" || field.key == "environments" || owns.allSatisfy({ $0.value[field.key] == nil })
      else { continue }
      overrides.problems.add(at: root.position, path: field.key, "is missing", fix: field.documentation)
    }
    if let written = root["environments"], written.entries?.isEmpty == true {
      overrides.problems.add(at: written, "holds no environment", fix: "add `stage:` and `production:` below it")
    }

    let name = SectionReader(description, root).text("name")
    var inherited = base
    inherited.content = .map((base.entries ?? []).filter { ManifestDescription.environment[$0.key] != nil })
    // Without environments, what stands above them is checked nevertheless.
    let unnamed = YAMLEntry(
      key: "", keyPosition: root.position, value: YAMLValue(content: .map([]), position: root.position, path: ""))
    var blueprints: OrderedDictionary<String, Blueprint> = [:]
    var hostPaths: [HostPath] = []
    var written: [String: WrittenEnvironment] = [:]
    var onAWS: [EnvironmentsTogether.Member] = []
    for own in owns.isEmpty ? [unnamed] : owns {
      let merged = overrides.merged(base: inherited, own: own.value, shape: .section(ManifestDescription.environment))
      for field in description.fields
      where field.isRequired && ManifestDescription.environment[field.key] != nil && merged?[field.key] == nil
        && owns.contains(where: { $0.value[field.key] != nil })
      {
        overrides.problems.add(
          atKeyOf: own, "has no `\(field.key)`", fix: "add it here, or above `environments` for all of them")
      }
      var builder = BlueprintBuilder(
        project: name, entry: own, directory: directory, problems: overrides.problems)
      let blueprint = builder.build(merged)
      blueprints[own.key] = blueprint
      if let aws = blueprint?.aws { onAWS.append(EnvironmentsTogether.Member(entry: own, merged: merged, aws: aws)) }
      written[own.key] = WrittenEnvironment(
        merged: merged, own: own.value, base: inherited, isProtected: AWSBuilder.isProtected(own.key, merged),
        isOnAWS: blueprint?.target == .aws)
      hostPaths += builder.hostPaths
      overrides.problems = builder.problems
    }

    var together = EnvironmentsTogether(problems: overrides.problems)
    together.check(onAWS)
    overrides.problems = together.problems

    let diagnostics = overrides.problems.finished()
    guard !overrides.problems.hasErrors, let name else { throw ManifestErrors(diagnostics: diagnostics) }
    return Manifest(
      name: name, blueprints: blueprints, written: written, warnings: diagnostics, file: file, directory: directory,
      hostPaths: hostPaths, source: overrides.problems.source)
  }
}
