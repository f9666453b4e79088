import Foundation

/// The reference page of `palco.yml`, `docs/manifest-reference.md`.
public enum ManifestReference {
  /// The page as Markdown, without a line break at its end.
  public static func markdown() -> String {
    var page = """
      # palco.yml

      One file describes a web service and its environments. `palco init` writes a starter, `palco check` says everything
      that is wrong with a file, and `palco schema` prints a JSON Schema for editors. This page is made by
      `palco schema --reference`; a test keeps it true.

      - Paths are relative to the folder of palco.yml.
      - Durations are written with their unit: `30s`, `2m`, `1h`.
      - Anchors, aliases and tags of YAML are not used; environments inherit instead. `yes`, `no`, `on` and `off` are texts.

      ```yaml
      \(Starter.example.trimmingCharacters(in: .newlines))
      ```

      """
    page += section(ManifestDescription.manifest, title: "The file", path: "", intro: nil)
    page += "\n## Pairs of `cpu` and `memory`\n\nWhat Fargate takes, and so the local cloud too.\n\n"
    page += "| cpu | memory |\n|---|---|\n"
    page += Fargate.pairs.map { pair in
      "| \(pair.cpu) | \(pair.memory.map(Fargate.written(memory:)).joined(separator: ", ")) |"
    }.joined(separator: "\n")
    return page
  }

  private static func section(_ section: Section, title: String, path: String, intro: String?) -> String {
    var text = "\n## \(title)\n\n"
    if let intro { text += intro + "\n\n" }
    text += "| key | value | default | meaning |\n|---|---|---|---|\n"
    for field in section.fields {
      var meaning = field.documentation + (field.isForAWS ? " AWS only." : "")
      if case .choice(let choices) = field.shape {
        meaning += " " + choices.map { "`\($0.name)`: \($0.documentation)." }.joined(separator: " ")
      }
      if let variant = field.variant, variant.names != [field.key] {
        let prefix = if case .value(let key)? = section.variants { "\(key): " } else { "" }
        meaning += " Goes with " + variant.names.map { "`\(prefix)\($0)`" }.joined(separator: " or ") + "."
      }
      let cells = [
        "`\(field.key)`", value(field, path: path), byDefault(field), meaning,
      ]
      text += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    for field in section.fields {
      let below = path.isEmpty ? field.key : "\(path).\(field.key)"
      switch field.shape {
      case .section(let inner)
      where !(path.hasPrefix("environments") && ManifestDescription.manifest[field.key] != nil):
        text += self.section(inner, title: "`\(below)`", path: below, intro: field.documentation)
      case .environments(_, let inner):
        text += self.section(inner, title: "`\(below).NAME`", path: below, intro: field.documentation)
      default: break
      }
    }
    return text
  }

  private static func byDefault(_ field: Field) -> String {
    let ordinary = field.defaultText.map { "`\($0)`" } ?? (field.isRequired ? "required" : "")
    return ordinary + (field.defaultInProduction.map { "; protected: `\($0)`" } ?? "")
  }

  private static func value(_ field: Field, path: String) -> String {
    let example = field.example.map { ", as in `\($0)`" } ?? ""
    switch field.shape {
    case .text(let text): return text.meaning + ", as in `\(field.example ?? text.example)`"
    case .number(let range): return "\(range.inWords)"
    case .percent(let tenths):
      return "\(PercentText.written(tenths.lowerBound)) to \(PercentText.written(tenths.upperBound)), in tenths"
    case .share: return "a percentage with its sign" + example
    case .responseTime: return "milliseconds or seconds" + example
    case .duration(let range, let step):
      let steps = step == 60 ? ", whole minutes" : ""
      return
        "\(DurationText.written(range.lowerBound, step: step)) to \(DurationText.written(range.upperBound))\(steps)"
    case .processor: return Fargate.pairs.map { String($0.cpu) }.joined(separator: ", ") + ", or vCPUs"
    case .memory: return "MiB" + example
    case .boolean: return "`true`, `false`"
    case .choice(let choices): return choices.map { "`\($0.name)`" }.joined(separator: ", ")
    case .list: return "a list" + example
    case .map(_, let values): return "a map" + (values.isSecretReference ? " of references" : "") + example
    case .section:
      let home = path.hasPrefix("environments") ? "" : path.isEmpty ? "" : path + "."
      return "see `\(home)\(field.key)`"
    case .environments(let keys, _): return "a map; names are \(keys.meaning)"
    }
  }
}
