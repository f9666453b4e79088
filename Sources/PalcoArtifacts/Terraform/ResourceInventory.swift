import PalcoBlueprint

/// What an environment consists of, counted by type, for `docs/aws-resources.md`.
public enum ResourceInventory {
  /// One type in one file.
  struct Row: Equatable {
    var file: String
    var type: String
    var count: Int
  }

  static func rows(of module: TerraformModule) -> [Row] {
    module.files.flatMap { file -> [Row] in
      var rows: [Row] = []
      for address in file.blocks.compactMap(\.address) where address.mode == .resource {
        if let index = rows.firstIndex(where: { $0.type == address.resourceType }) {
          rows[index].count += 1
        } else {
          rows.append(Row(file: file.name, type: address.resourceType, count: 1))
        }
      }
      return rows
    }
  }

  /// The page of some environments and their bootstrap module, as Markdown.
  ///
  /// - Parameters:
  ///   - environments: what each is called on the page, and its module
  ///   - bootstrap: the bootstrap module
  ///   - exceptions: the accepted findings of all modules
  public static func markdown(
    environments: [(title: String, module: TerraformModule)], bootstrap: TerraformModule, exceptions: [ScannerException]
  ) -> String {
    let modules = environments + [("bootstrap", bootstrap)]
    let counted = modules.map { (title: $0.title, rows: rows(of: $0.module)) }
    var keys: [Row] = []
    for row in counted.flatMap(\.rows) where !keys.contains(where: { $0.file == row.file && $0.type == row.type }) {
      let last = keys.lastIndex { $0.file == row.file }
      keys.insert(row, at: last.map { $0 + 1 } ?? keys.count)
    }
    var page = """
      # What Palco makes on AWS

      Counted from the generated Terraform, one column per root module; a test keeps this page true. `palco export
      terraform ENVIRONMENT FOLDER` writes the files for your own manifest.

      | file | resource | \(counted.map(\.title).joined(separator: " | ")) |
      |---|---|\(String(repeating: "--:|", count: counted.count))

      """
    for key in keys {
      let cells = counted.map { module in
        module.rows.first { $0.file == key.file && $0.type == key.type }.map { String($0.count) } ?? ""
      }
      page += "| `\(key.file).tf` | `\(key.type)` | \(cells.joined(separator: " | ")) |\n"
    }
    let totals = counted.map { String($0.rows.reduce(0) { $0 + $1.count }) }
    page += "| | **all** | \(totals.joined(separator: " | ")) |\n"
    page += """

      ## Accepted findings of scanners

      `trivy config` and `checkov` find nothing of weight in these files but what is named here. The reason stands beside
      each resource in the generated files.

      | scanner | finding | resource | why |
      |---|---|---|---|

      """
    var seen: Set<String> = []
    for exception in exceptions {
      let line =
        "| \(exception.scanner.rawValue) | \(exception.rule) | `\(exception.address)` | \(exception.reason) |\n"
      if seen.insert(line).inserted { page += line }
    }
    return page
  }
}
