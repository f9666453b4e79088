import ArgumentParser

/// A duration on the command line: `500ms`, `1s`, `2m`, `1h`.
struct DurationArgument: ExpressibleByArgument, Equatable, CustomStringConvertible {
  /// The duration.
  var duration: Duration

  init(_ duration: Duration) { self.duration = duration }

  init?(argument: String) {
    let units: [(suffix: String, milliseconds: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
    guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }) else { return nil }
    let digits = argument.dropLast(unit.suffix.count)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), let number = Double(digits)
    else { return nil }
    let milliseconds = (number * unit.milliseconds).rounded()
    // 100 days: whatever is longer is a mistake, and an overflow further on.
    guard milliseconds >= 1, milliseconds <= 8.64e9 else { return nil }
    duration = .milliseconds(Int64(milliseconds))
  }

  var description: String {
    let milliseconds = Int64((duration / .milliseconds(1)).rounded())
    for (suffix, size) in [("h", 3_600_000 as Int64), ("m", 60_000), ("s", 1000)] where milliseconds % size == 0 {
      return "\(milliseconds / size)\(suffix)"
    }
    return "\(milliseconds)ms"
  }

  var defaultValueDescription: String { description }
}
