import NIOCore

/// A connection to a target: sends the request of one client at a time and reads the answer.
final class UpstreamConnection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State {
    case head
    case body(BodyFraming)
    /// The answer is complete; the request may not be.
    case answered(isReusable: Bool)
    case tunnel
  }

  private var context: ChannelHandlerContext?
  private var target: LoopTarget?
  /// Whose request this is; `nil` at rest.
  private var client: ClientConnection?
  private var state = State.head
  private var parser = HeadParser(.response)
  private var inbound = ByteBuffer()
  private var holdsReads = false
  private var isReadHeld = false

  /// Whether it has served a request before, so that the target may close it at any time.
  private(set) var isReused = false
  /// Whether any byte of the answer has come.
  private(set) var hasAnswered = false
  private(set) var idleSince = NIODeadline.distantPast

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  var isWritable: Bool { context?.channel.isWritable ?? false }

  // MARK: What the client's side asks

  func attach(to client: ClientConnection, target: LoopTarget) {
    self.client = client
    self.target = target
    state = .head
    hasAnswered = false
    parser.reset()
  }

  func write(_ bytes: ByteBuffer) { context?.write(wrapOutboundOut(bytes), promise: nil) }

  func flush() { context?.flush() }

  /// Stops and starts reading, so that no more is held in memory than the client takes.
  func holdReads(_ holds: Bool) {
    holdsReads = holds
    if !holds, isReadHeld {
      isReadHeld = false
      context?.read()
    }
  }

  /// Gives the connection back after a request whose answer is complete.
  func release(now: NIODeadline, loop: LoopState) {
    guard case .answered(let isReusable) = state, let target, isReusable, context?.channel.isActive == true else {
      return close()
    }
    client = nil
    isReused = true
    idleSince = now
    holdReads(false)
    if target.keep(self) { loop.sweepLater() } else { close() }
  }

  func close() {
    client = nil
    context?.close(promise: nil)
  }

  /// Closes once everything written is out.
  func closeAfterWrites() {
    client = nil
    guard let context else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer()))
      .assumeIsolated().whenComplete { [weak self] _ in self?.context?.close(promise: nil) }
  }

  // MARK: What the target sends

  func read(context: ChannelHandlerContext) {
    if holdsReads { isReadHeld = true } else { context.read() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let client else {
      // Bytes that nobody asked for would be taken for the answer to the next request.
      target?.forget(self)
      return close()
    }
    var bytes = unwrapInboundIn(data)
    if !hasAnswered {
      hasAnswered = true
      client.targetAnswers()
    }
    client.noteActivity()
    if case .head = state, inbound.readableBytes > 0 {
      inbound.writeBuffer(&bytes)
      swap(&inbound, &bytes)
      inbound = ByteBuffer()
    }
    take(&bytes, for: client)
  }

  func channelReadComplete(context: ChannelHandlerContext) { client?.flushAnswer() }

  private func take(_ bytes: inout ByteBuffer, for client: ClientConnection) {
    while true {
      switch state {
      case .head:
        do {
          guard try bytes.withUnsafeReadableBytes({ try parser.parse($0) }) else {
            if bytes.readableBytes > 0 { inbound = bytes }
            return
          }
        } catch {
          return fail(client)
        }
        guard let framing = client.answerHead(parser, bytes) else { return fail(client) }
        bytes.moveReaderIndex(forwardBy: parser.length)
        if parser.status == 101 {
          state = .tunnel
          client.tunnel()
        } else if parser.status >= 200 {
          state = .body(framing)
        }
        if parser.status < 200 { parser.reset() }
        if bytes.readableBytes == 0, case .head = state { return }
      case .body(var framing):
        guard takeBody(&bytes, &framing, for: client) else { return }
        if framing.isDone {
          let keepsAlive = parser.minorVersion == 1 ? !parser.saysClose : parser.saysKeepAlive
          state = .answered(isReusable: keepsAlive && bytes.readableBytes == 0)
          client.answerEnded(now: client.lastActivity)
          return
        }
        state = .body(framing)
        return
      case .answered:
        state = .answered(isReusable: false)
        return
      case .tunnel:
        if bytes.readableBytes > 0 { client.answerBody(bytes) }
        return
      }
    }
  }

  /// - Returns: Whether the answer is still sound.
  private func takeBody(_ bytes: inout ByteBuffer, _ framing: inout BodyFraming, for client: ClientConnection) -> Bool {
    guard bytes.readableBytes > 0 else { return true }
    var data: [Range<Int>]?
    let count: Int?
    if client.wantsBareData, case .chunked = framing {
      var ranges: [Range<Int>] = []
      count = bytes.withUnsafeReadableBytes { framing.consume($0) { ranges.append($0) } }
      data = ranges
    } else {
      count = bytes.withUnsafeReadableBytes { framing.consume($0) }
    }
    guard let count, let part = bytes.readSlice(length: count) else {
      fail(client)
      return false
    }
    if let data {
      for range in data {
        if let slice = part.getSlice(at: part.readerIndex + range.lowerBound, length: range.count) {
          client.answerBody(slice)
        }
      }
    } else if count > 0 {
      client.answerBody(part)
    }
    return true
  }

  /// The target does not speak HTTP.
  private func fail(_ client: ClientConnection) {
    close()
    client.targetFailed(.badGateway)
  }

  // MARK: The connection

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    client?.targetIsWritable(context.channel.isWritable)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Broken off, and not ended: an answer that lasts until the connection's end must not look complete.
    if case .body(.untilClose) = state { state = .body(.length(1)) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard let client else {
      target?.forget(self)
      return
    }
    self.client = nil
    switch state {
    case .body(.untilClose):
      state = .answered(isReusable: false)
      client.answerEnded(now: .now())
    case .answered: client.targetLeft()
    case .tunnel: client.tunnelEnded()
    case .head, .body: client.targetBroke(self)
    }
  }
}
