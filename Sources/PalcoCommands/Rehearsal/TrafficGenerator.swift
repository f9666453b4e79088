import AsyncHTTPClient
import NIOCore

/// Live traffic for a rehearsal: a steady rate over keep-alive connections, every tenth request on a fresh one.
struct TrafficGenerator: Sendable {
  /// Where to.
  let url: String
  /// Requests a second, all workers together.
  let rate: Double
  /// How many requests may be under way at once.
  let workers: Int
  let client: HTTPClient
  let ledger: TrafficLedger
  /// From when on an answer is late.
  let patience: Duration

  /// Sends until the surrounding task is cancelled; requests under way then are finished and accounted for.
  func run() async {
    await withDiscardingTaskGroup { group in
      for worker in 0..<workers {
        group.addTask { await work(worker) }
      }
    }
  }

  private func work(_ worker: Int) async {
    let period = Duration.seconds(Double(workers) / rate)
    let clock = ContinuousClock()
    var due = clock.now + period * (Double(worker) / Double(workers))
    var number = worker
    while !Task.isCancelled {
      guard (try? await clock.sleep(until: due)) != nil else { return }
      // A worker that fell behind does not make up for it with a burst.
      due = max(due + period, clock.now)
      // In a task of its own: cancelling the generator must not cancel a request that was sent.
      let fresh = number % 10 == 0
      await Task { await send(fresh: fresh) }.value
      number += workers + 1
    }
  }

  private func send(fresh: Bool) async {
    var request = HTTPClientRequest(url: url)
    if fresh { request.headers.add(name: "Connection", value: "close") }
    let begin = ContinuousClock.now
    do {
      let response = try await client.execute(request, timeout: .seconds(10))
      for try await _ in response.body {}
      let version = response.headers.first(name: "X-Pulse-Version")
      if (200..<400).contains(response.status.code) {
        ledger.answered(version: version, isSlow: ContinuousClock.now - begin > patience)
      } else {
        ledger.failed("HTTP \(response.status.code)", version: version)
      }
    } catch {
      ledger.failed(String(describing: error))
    }
  }
}
