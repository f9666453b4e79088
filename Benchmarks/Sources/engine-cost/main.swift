import Foundation

/// Judges the same kind of interval again and again, and prints the least and the median of several rounds.
func measure(_ name: String, blue: RevisionCounts, green: RevisionCounts) throws {
  let buckets = try LatencyBuckets(upperBounds: [10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 5000])
  let watch = ReleaseWatch(interval: 10, target: 0.999, latency: try .init(under: 500, buckets: buckets))
  // Errors one by one, or there is no boosting, which is the dear part.
  let minutes = Array(repeating: EventCounts(bad: 30, total: 30_000) ?? .none, count: 1440)
  let history = ReleaseHistory(errors: minutes, slow: minutes, latency: blue.latency)
  let start = try ReleaseJudge(watch, history: history)
  var rounds: [Double] = []
  for _ in 0..<9 {
    var judge = start
    let count = 2000
    // Of this process alone: other load disturbs it less than the time on the wall.
    let began = clock()
    for index in 0..<count {
      // A new release each hour, as long as a release is judged.
      if index % 360 == 0 { judge = start }
      try judge.judge(
        ReleaseInterval(elapsed: Double(10 * (index % 360 + 1)) + 30, weight: 0.1, blue: blue, green: green))
    }
    let spent = Double(clock() - began) / Double(CLOCKS_PER_SEC) * 1e6
    guard judge.judgement.verdict != .rollback else { fatalError("\(name): was rolled back, so nothing was measured") }
    rounds.append(spent / Double(count))
  }
  rounds.sort()
  print(String(format: "%@: least %.1f µs, median %.1f µs of CPU per interval", name, rounds[0], rounds[4]))
}

let blue = [1, 80, 900, 1200, 800, 700, 350, 250, 90, 60, 40, 15, 9, 4, 1]
let green = [0, 9, 100, 133, 89, 78, 39, 28, 10, 7, 4, 2, 1, 0, 0]
for bad in [1, 5, 50, 200, 1000] {
  guard let blueErrors = EventCounts(bad: bad - bad / 10, total: 4500),
    let greenErrors = EventCounts(bad: bad / 10, total: 500)
  else { fatalError("impossible counts") }
  try measure(
    "\(bad) errors, 15 latency buckets", blue: RevisionCounts(errors: blueErrors, latency: blue),
    green: RevisionCounts(errors: greenErrors, latency: green))
}
