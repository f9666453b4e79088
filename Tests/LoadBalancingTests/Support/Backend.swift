import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix

/// What a backend got.
struct SeenRequest: Sendable {
  var head: HTTPRequestHead
  var body = ByteBuffer()
  var trailers: HTTPHeaders?
  /// The number of the connection, from 1.
  var connection: Int

  subscript(_ name: String) -> String? { head.headers[name].first }
}

/// What a backend answers.
struct Reply: Sendable {
  var status = HTTPResponseStatus.ok
  var headers = HTTPHeaders()
  var body = ByteBuffer()
  /// Without it the body is chunked.
  var hasLength = true
  var trailers: HTTPHeaders?
  var delay = TimeAmount.zero
  var closes = false

  static func text(_ text: String, status: HTTPResponseStatus = .ok) -> Reply {
    Reply(status: status, body: ByteBuffer(string: text))
  }
}

/// A web server with another HTTP implementation than the balancer's. Answers health checks apart.
final class Backend: Sendable {
  private let channel: any Channel
  private let seenBox: NIOLockedValueBox<[SeenRequest]>
  private let connectionBox: NIOLockedValueBox<[any Channel]>
  private let healthBox: NIOLockedValueBox<Int>

  let port: Int
  var address: (host: String, port: Int) { ("127.0.0.1", port) }
  var seen: [SeenRequest] { seenBox.withLockedValue { $0 } }
  var connectionCount: Int { connectionBox.withLockedValue { $0.count } }

  /// - Parameter reply: Asked when a request is complete.
  init(_ reply: @escaping @Sendable (SeenRequest) -> Reply = { _ in .text("hello") }) async throws {
    let (seen, connections) = (NIOLockedValueBox<[SeenRequest]>([]), NIOLockedValueBox<[any Channel]>([]))
    let health = NIOLockedValueBox(200)
    (seenBox, connectionBox, healthBox) = (seen, connections, health)
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = connections.withLockedValue {
            $0.append(channel)
            return $0.count
          }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
          try channel.pipeline.syncOperations.addHandler(
            Handler(number: number, seen: seen, health: health, reply: reply))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  func setHealth(_ status: Int) { healthBox.withLockedValue { $0 = status } }

  /// Closes all connections, but still listens.
  func closeConnections() async {
    for channel in connectionBox.withLockedValue({ $0 }) { try? await channel.close() }
  }

  func stop() async {
    try? await channel.close()
    await closeConnections()
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    let number: Int
    let seen: NIOLockedValueBox<[SeenRequest]>
    let health: NIOLockedValueBox<Int>
    let reply: @Sendable (SeenRequest) -> Reply
    var current: SeenRequest?

    init(
      number: Int, seen: NIOLockedValueBox<[SeenRequest]>, health: NIOLockedValueBox<Int>,
      reply: @escaping @Sendable (SeenRequest) -> Reply
    ) {
      (self.number, self.seen, self.health, self.reply) = (number, seen, health, reply)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        current = SeenRequest(head: head, connection: number)
        if head.headers["Expect"].first == "100-continue" {
          context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
      case .body(var part): current?.body.writeBuffer(&part)
      case .end(let trailers):
        guard var request = current else { return }
        current = nil
        request.trailers = trailers
        if request.head.uri == "/healthz" {
          let status = HTTPResponseStatus(statusCode: health.withLockedValue { $0 })
          return send(Reply(status: status), context)
        }
        seen.withLockedValue { $0.append(request) }
        var reply = reply(request)
        if request.head.method == .HEAD {
          reply.headers.add(name: "Content-Length", value: "\(reply.body.readableBytes)")
          reply.body.clear()
        }
        if reply.delay == .zero { return send(reply, context) }
        context.eventLoop.assumeIsolated().scheduleTask(in: reply.delay) { self.send(reply, context) }
      }
    }

    private func send(_ reply: Reply, _ context: ChannelHandlerContext) {
      var head = HTTPResponseHead(version: .http1_1, status: reply.status, headers: reply.headers)
      if reply.hasLength, reply.status.code >= 200, ![204, 304].contains(reply.status.code),
        !head.headers.contains(name: "Content-Length")
      {
        head.headers.add(name: "Content-Length", value: "\(reply.body.readableBytes)")
      }
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(reply.body))), promise: nil)
      let end = context.writeAndFlush(wrapOutboundOut(.end(reply.trailers)))
      if reply.closes { end.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
