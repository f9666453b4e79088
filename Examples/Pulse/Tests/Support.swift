import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Pulse

extension Logger {
  static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Keeps answers in memory, and can be out of order.
actor MemoryStore: AnswerStore {
  struct OutOfOrder: Error {}
  private(set) var answers: [Answer] = []
  private let isOutOfOrder: Bool

  init(isOutOfOrder: Bool = false) { self.isOutOfOrder = isOutOfOrder }

  func add(_ answer: Answer) throws {
    try check()
    answers.append(answer)
  }
  func tally() throws -> Tally {
    try check()
    var tally = Tally()
    for answer in answers {
      switch Category(score: answer.score) {
      case .promoter: tally.promoters += 1
      case .passive: tally.passives += 1
      case .detractor: tally.detractors += 1
      }
    }
    return tally
  }
  func check() throws { if isOutOfOrder { throw OutOfOrder() } }
  func close() {}
}

/// Asks a Pulse of these settings.
func withPulse<Value: Sendable>(
  _ environment: [String: String] = [:], store: any AnswerStore = MemoryStore(), metrics: Metrics = Metrics(),
  draw: @escaping @Sendable () -> Double = { 0.5 },
  _ body: @Sendable (any TestClientProtocol) async throws -> Value
) async throws -> Value {
  let application = try PulseApplication.make(
    settings: Settings(environment: environment, version: "v1"), store: store, logger: .quiet, metrics: metrics,
    draw: draw, now: { Date(timeIntervalSince1970: 1_700_000_000) })
  return try await application.test(.router, body)
}

extension TestClientProtocol {
  func send(_ form: String, type: String = "application/x-www-form-urlencoded") async throws -> TestResponse {
    try await execute(
      uri: "/answers", method: .post, headers: [.contentType: type], body: ByteBuffer(string: form)
    ) { $0 }
  }

  func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
    try await execute(uri: uri, method: .get, headers: headers) { $0 }
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}

/// Gives a folder that is removed afterwards.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pulse-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// Waits for something that another process does.
func eventually(within limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record("it did not come to pass within \(limit)")
      throw CancellationError()
    }
    try await Task.sleep(for: .milliseconds(10))
  }
}
