import ArgumentParser
import PalcoBlueprint

/// `palco diff`: what differs between two environments.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what differs between two environments of palco.yml, and what of it is probably a mistake.",
    discussion: """
      Compares what the manifest says, defaults included; nothing is asked of any cloud. A difference needs a look when \
      both environments write a key and nothing stands above them that they override, or when only one of them has a \
      variable, a secret or a tag.

        palco diff stage production
        palco diff stage production --json | jq '.items[] | select(.reason == "unintended")'
      """)

  @OptionGroup var manifest: ManifestOptions

  @Argument(help: "An environment.")
  var left: String

  @Argument(help: "Another environment.")
  var right: String

  @Flag(help: "Print the result as JSON.")
  var json = false

  func run() throws {
    let manifest = try manifest.load()
    let difference: EnvironmentDifference
    do {
      difference = try manifest.difference(between: left, and: right)
    } catch {
      throw CommandError(.usage, error.description)
    }
    if json {
      try JSONOutput.print(difference)
    } else {
      Console.out(DifferenceReport.text(difference, on: .detect(descriptor: 1)))
    }
  }
}

/// A difference for people.
enum DifferenceReport {
  static func text(_ difference: EnvironmentDifference, on terminal: Terminal) -> String {
    let (left, right) = (difference.left, difference.right)
    guard !difference.items.isEmpty else { return "\(left) and \(right) do not differ" }
    let suspects = difference.unintended
    var parts: [String] = []
    if !suspects.isEmpty {
      parts.append(
        terminal.styled("Probably a mistake:", .yellow) + "\n" + table(suspects, difference, terminal) + "\n"
          + "Write what is the same above `environments`, and only what differs below them.")
    }
    let others = difference.items.filter { !suspects.contains($0) }
    if !others.isEmpty {
      parts.append("As the manifest says:\n" + table(others, difference, terminal))
    }
    return parts.joined(separator: "\n\n")
  }

  private static func table(
    _ items: [EnvironmentDifference.Item], _ difference: EnvironmentDifference, _ terminal: Terminal
  ) -> String {
    Table(
      header: ["KEY", difference.left.uppercased(), difference.right.uppercased(), "WHY"],
      rows: items.map { item in
        [item.keyPath, (item.left ?? "-").cut(to: 40), (item.right ?? "-").cut(to: 40), why(item, difference)]
      }
    ).rendered(on: terminal)
  }

  private static func why(_ item: EnvironmentDifference.Item, _ difference: EnvironmentDifference) -> String {
    switch item.reason {
    case .unintended: "both write it, nothing stands above"
    case .oneSided: "only in \(item.left == nil ? difference.right : difference.left)"
    case .overridden: "overridden"
    case .byDefault: "protected environments have another default"
    case .byNature: "differs by its nature"
    }
  }
}
