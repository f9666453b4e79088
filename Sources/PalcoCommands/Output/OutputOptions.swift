import ArgumentParser
import PalcoRelease

/// How a command tells what it does.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show no progress; only the result and errors.")
  var quiet = false

  /// Prints progress, unless it is unwanted.
  func note(_ text: String) {
    if !quiet { Console.note(text) }
  }

  /// Prints a result for people, when no machine reads.
  func result(_ text: String) {
    if !json { Console.out(text) }
  }
}

extension OutputOptions {
  /// Prints a resource's change as progress.
  func note(_ change: ResourceChange) {
    let sign =
      switch change.verb {
      case .created: "+"
      case .changed: "~"
      case .deleted: "-"
      case .unchanged, .absent, .kept: " "
      }
    let what = "\(change.kind) \(change.name)"
    let rest = change.detail.map { " (\($0))" } ?? ""
    note("  \(sign) \(change.verb.rawValue.padded(to: 10))\(what)\(rest)")
  }
}
