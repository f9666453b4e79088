import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import ServiceLifecycle

@testable import LocalCloud

/// A whole local cloud in this process, on a port of its own.
struct DaemonFixture {
  let information: DaemonInformation
  private let http: HTTPClient

  /// Runs a test while the daemon serves, and ends it as SIGTERM does.
  static func run(_ options: DaemonOptions, _ body: @Sendable (DaemonFixture) async throws -> Void) async throws {
    let (ready, becomesReady) = AsyncStream.makeStream(of: DaemonInformation.self)
    let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let daemon = Running(daemon: LocalCloudDaemon(options: options, logger: quiet), ready: becomesReady)
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup)], logger: quiet))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { becomesReady.finish() }
        try await group.run()
      }
      if let information = await ready.first(where: { _ in true }) {
        let result: Result<Void, any Error>
        do {
          result = .success(try await body(DaemonFixture(information: information, http: HTTPClient.shared)))
        } catch {
          result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await tasks.next()
        try result.get()
      } else {
        try await tasks.next()
      }
    }
  }

  private struct Running: Service {
    let daemon: LocalCloudDaemon
    let ready: AsyncStream<DaemonInformation>.Continuation

    func run() async throws { try await daemon.run { ready.yield($0) } }
  }

  /// Sends an unsigned request.
  func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = R.service.codec
    let message = try codec.encodeRequest(request)
    let (status, headers, body) = try await exchange(.POST, "/", headers: message.headers, body: message.body)
    guard status == 200 else { throw codec.decodeError(status: status, headers: headers, body: body) }
    return try codec.decodeResponse(to: R.self, from: body)
  }

  /// Sends anything.
  func exchange(
    _ method: NIOHTTP1Method, _ path: String, headers: [(name: String, value: String)] = [], body: Data = Data()
  ) async throws -> (status: Int, headers: [(name: String, value: String)], body: Data) {
    var request = HTTPClientRequest(url: information.endpoint + path)
    request.method = .init(rawValue: method.rawValue)
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
    let response = try await http.execute(request, timeout: .seconds(20))
    let bytes = try await response.body.collect(upTo: 16 << 20)
    return (
      Int(response.status.code), response.headers.map { (name: $0.name, value: $0.value) },
      Data(bytes.readableBytesView)
    )
  }

  enum NIOHTTP1Method: String { case GET, POST, PUT }
}
