import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on a free port of 127.0.0.1 that answers what a test says.
public final class StubHTTPServer: Sendable {
  /// What a client asked.
  public struct Request: Sendable {
    /// The method, such as `GET`.
    public var method: String
    /// The path with its query, as it was sent.
    public var target: String
    /// The fields in order.
    public var headers: [(name: String, value: String)]
    /// The whole body.
    public var body: Data

    /// The first value of a field.
    public func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// What the server does.
  public enum Answer: Sendable {
    /// Answers.
    case response(status: Int, headers: [(name: String, value: String)] = [], body: Data = Data())
    /// Closes the connection without a word.
    case hangUp
    /// Promises a body of a length and answers only its beginning; then hangs up, or says nothing more.
    case partial(status: Int, length: Int, body: Data, hangsUp: Bool)

    /// Answers a text.
    public static func text(_ status: Int, _ text: String, headers: [(name: String, value: String)] = []) -> Answer {
      .response(status: status, headers: headers, body: Data(text.utf8))
    }
  }

  /// The port.
  public let port: Int
  private let handler: @Sendable (Request) async -> Answer
  private let log = Mutex<[Request]>([])

  /// Where the server is.
  public var url: URL {
    var parts = URLComponents()
    parts.scheme = "http"
    parts.host = "127.0.0.1"
    parts.port = port
    // A scheme, a host and a port are a URL.
    return parts.url ?? URL(filePath: "/")
  }

  /// The requests so far.
  public var requests: [Request] { log.withLock { $0 } }

  private init(port: Int, handler: @escaping @Sendable (Request) async -> Answer) {
    self.port = port
    self.handler = handler
  }

  /// Serves while `body` runs.
  public static func run<Result: Sendable>(
    _ handler: @escaping @Sendable (Request) async -> Answer,
    while body: (StubHTTPServer) async throws -> Result
  ) async throws -> Result {
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          return try NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>(
            wrappingChannelSynchronously: channel)
        }
      }
    let server = StubHTTPServer(port: listener.channel.localAddress?.port ?? 0, handler: handler)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await listener.executeThenClose { connections in
          try await withThrowingDiscardingTaskGroup { inner in
            for try await connection in connections {
              inner.addTask { try? await server.serve(connection) }
            }
          }
        }
      }
      let result: Swift.Result<Result, any Error>
      do { result = .success(try await body(server)) } catch { result = .failure(error) }
      group.cancelAll()
      // The listener ends by its cancellation.
      while (try? await group.next()) != nil {}
      return try result.get()
    }
  }

  private func serve(
    _ connection: NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
  ) async throws {
    try await connection.executeThenClose { inbound, outbound in
      var current: Request?
      for try await part in inbound {
        switch part {
        case .head(let head):
          current = Request(
            method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) },
            body: Data())
        case .body(let piece):
          current?.body.append(contentsOf: piece.readableBytesView)
        case .end:
          guard let request = current else { return }
          log.withLock { $0.append(request) }
          let answer = await handler(request)
          if case .partial(let status, let length, let body, let hangsUp) = answer {
            let head = HTTPResponseHead(
              version: .http1_1, status: .init(statusCode: status), headers: ["Content-Length": "\(length)"])
            try await outbound.write(.head(head))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body))))
            // The client ends it by closing its side.
            if hangsUp { return } else { continue }
          }
          guard case .response(let status, let fields, let body) = answer else { return }
          var headers = HTTPHeaders(fields.map { ($0.name, $0.value) })
          // The answer to HEAD tells the length of what GET would answer.
          if !headers.contains(name: "content-length") { headers.add(name: "Content-Length", value: "\(body.count)") }
          let code = HTTPResponseStatus(statusCode: status)
          try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: code, headers: headers)))
          if request.method != "HEAD", !body.isEmpty {
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body))))
          }
          try await outbound.write(.end(nil))
        }
      }
    }
  }
}
