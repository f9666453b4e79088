/// Finds what somebody probably meant.
enum Spelling {
  /// The known word nearest to a wrong one, or nil when none is near.
  static func nearest(to word: String, among known: [String]) -> String? {
    guard word.count <= 64 else { return nil }
    let plain = normalised(word)
    if let same = known.first(where: { normalised($0) == plain }) { return same }
    let ranked = known.map { (name: $0, distance: distance(plain, normalised($0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, min(plain.count, best.name.count) / 3) ? best.name : nil
  }

  /// Lower case without separators: `stop-timeout`, `stopTimeout` and `stop_timeout` are one.
  private static func normalised(_ word: String) -> String {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left), Array(right))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { current[j] = min(current[j], older[j - 2] + 1) }
      }
      (older, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
