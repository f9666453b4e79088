import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A target that does just what a test says with the bytes it gets. Answers health checks apart.
final class RawTarget: Sendable {
  /// What to do next on a connection.
  enum Step: Sendable {
    case write(String)
    case close
    case reset
  }

  private let channel: any Channel
  private let box: NIOLockedValueBox<[Seen]>
  let port: Int

  /// What came on one connection.
  struct Seen: Sendable {
    var bytes = Data()
    var isClosed = false
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The connections in the order of their first byte.
  var seen: [Seen] { box.withLockedValue { $0 } }

  /// - Parameter script: Asked whenever bytes come, with all that came on the connection and the connection's number
  ///   from 0.
  init(_ script: @escaping @Sendable (String, Int) -> [Step]) async throws {
    let box = NIOLockedValueBox<[Seen]>([])
    self.box = box
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(box: box, script: script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  func stop() async { try? await channel.close() }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let box: NIOLockedValueBox<[Seen]>
    let script: @Sendable (String, Int) -> [Step]
    var index: Int?

    init(box: NIOLockedValueBox<[Seen]>, script: @escaping @Sendable (String, Int) -> [Step]) {
      (self.box, self.script) = (box, script)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      if index == nil, String(buffer: bytes).hasPrefix("GET /healthz ") {
        let answer = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        return
      }
      let (text, number) = box.withLockedValue { seen in
        if index == nil {
          index = seen.count
          seen.append(Seen())
        }
        let number = index ?? 0
        seen[number].bytes.append(contentsOf: bytes.readableBytesView)
        return (seen[number].text, number)
      }
      for step in script(text, number) {
        switch step {
        case .write(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .close: context.close(promise: nil)
        case .reset:
          let channel = context.channel
          if let provider = channel as? any SocketOptionProvider {
            provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
          }
        }
      }
    }

    func channelInactive(context: ChannelHandlerContext) {
      if let index { box.withLockedValue { $0[index].isClosed = true } }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}
