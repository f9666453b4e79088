import NIOCore
import NIOPosix

/// Performs one health check: a GET on a connection of its own, as ALB's checker sends it.
enum HealthProbe {
  static func run(
    _ check: HealthCheckConfiguration, on target: TargetAddress, loop: any EventLoop
  ) async -> HealthCheckResult {
    let port = check.port ?? target.port
    let result = loop.makePromise(of: HealthCheckResult.self)
    let request =
      "GET \(check.path) HTTP/1.1\r\nHost: \(target.host):\(port)\r\nConnection: close\r\n"
      + "User-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n"
    let timeout = TimeAmount(check.timeout)
    let deadline = loop.scheduleTask(in: timeout) { result.succeed(.timedOut) }
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(timeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(HealthProbeHandler(request: request, result: result))
        }
      }
      .connect(host: target.host, port: port)
    connection.whenFailure { error in
      if case ChannelError.connectTimeout = error { result.succeed(.timedOut) } else { result.succeed(.failed) }
    }
    // However it ends, nothing of it is left.
    result.futureResult.whenComplete { _ in
      deadline.cancel()
      connection.whenSuccess { $0.close(promise: nil) }
    }
    do { return try await result.futureResult.get() } catch { return .failed }
  }
}

/// Sends the request of a check and waits for the head of the answer.
private final class HealthProbeHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let request: String
  private let result: EventLoopPromise<HealthCheckResult>
  private var parser = HeadParser(.response)
  private var received = ByteBuffer()

  init(request: String, result: EventLoopPromise<HealthCheckResult>) {
    self.request = request
    self.result = result
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.writeBuffer(&part)
    do {
      while try received.withUnsafeReadableBytes({ try parser.parse($0) }) {
        guard parser.status < 200 else { return result.succeed(.answered(parser.status)) }
        received.moveReaderIndex(forwardBy: parser.length)
        parser.reset()
      }
    } catch {
      result.succeed(.failed)
    }
  }

  func channelInactive(context: ChannelHandlerContext) { result.succeed(.failed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    result.succeed(.failed)
    context.close(promise: nil)
  }
}
