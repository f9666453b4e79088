import NIOCore

/// A client's connection: reads one request after the other, has each answered, and writes the answers in order.
///
/// The whole life of a request happens here and in the ``UpstreamConnection`` it is given, by plain calls on one event
/// loop. Files beside this one hold the parts: the request's way, the answer's way, and the timeouts.
final class ClientConnection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase {
    /// Between requests, or in the head of one.
    case head
    case exchange
    /// Raw bytes, both ways.
    case tunnel
    /// All is written; waits for the client to close, because closing first could destroy what it has not read yet.
    case lingering
    case closed
  }

  /// Why nothing is read from the client for now.
  struct Hold: OptionSet {
    let rawValue: UInt8
    /// The target takes no more.
    static let target = Hold(rawValue: 1)
    /// There is no connection to the target yet.
    static let connecting = Hold(rawValue: 2)
    /// Requests have piled up behind the one in flight.
    static let backlog = Hold(rawValue: 4)
  }

  let loop: LoopState
  let listener: LoopListener
  var context: ChannelHandlerContext?
  private(set) var clientAddress = ""
  private(set) var clientAddressBytes: [UInt8] = []

  var phase = Phase.head
  var parser = HeadParser(.request)
  /// What has come and is not used yet.
  var inbound = ByteBuffer()
  /// What is to be sent next, to either side; kept between requests so that its memory is.
  var out = ByteBuffer()
  var isOutPending = false
  var exchange = Exchange()

  var lastActivity = NIODeadline.now()
  /// When the first byte of the head came that is incomplete.
  var headStarted: NIODeadline?
  var lingerDeadline: NIODeadline?
  var timer: Scheduled<Void>?
  var timerDeadline = NIODeadline.distantFuture

  private var isAdvancing = false
  private var holds: Hold = []
  private var isReadHeld = false

  /// Requests may pile up to this size.
  private static let backlogLimit = 64 << 10

  init(loop: LoopState, listener: LoopListener) {
    self.loop = loop
    self.listener = listener
  }

  // MARK: The connection

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if let address = context.channel.remoteAddress {
      clientAddress = address.ipAddress ?? "unknown"
      clientAddressBytes = AddressBlock.bytes(of: address) ?? []
    }
    listener.add(self)
    armTimer()
  }

  func handlerRemoved(context: ChannelHandlerContext) { left() }

  func channelInactive(context: ChannelHandlerContext) { left() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// The client has gone, or the connection has been given up.
  private func left() {
    guard phase != .closed else { return }
    let wasTunnel = phase == .tunnel
    phase = .closed
    context = nil
    timer?.cancel()
    timer = nil
    // Closed and not pooled: the target may still be sending.
    if wasTunnel { exchange.upstream?.closeAfterWrites() } else { exchange.upstream?.close() }
    endExchange()
    listener.remove(self)
  }

  /// Closes at once; for a client that must notice that something is wrong.
  func abort() { context?.close(promise: nil) }

  /// Stops after what is under way.
  func closeWhenIdle() {
    if phase == .head, parser.isEmpty, inbound.readableBytes == 0 { abort() }
    exchange.keepsAlive = false
  }

  /// Closes once everything written is out and the client has had time to read it.
  func closeGently() {
    guard phase != .closed, let context else { return }
    phase = .lingering
    inbound = ByteBuffer()
    unhold([.target, .connecting, .backlog])
    context.close(mode: .output).assumeIsolated().whenComplete { [weak self] _ in
      guard let self, phase == .lingering else { return }
      lingerDeadline = .now() + .seconds(2)
      armTimer()
    }
  }

  // MARK: Bytes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    lastActivity = .now()
    listener.statistics.receivedBytes += bytes.readableBytes
    switch phase {
    case .lingering, .closed: return
    case .tunnel: toTarget(bytes)
    case .head, .exchange:
      if inbound.readableBytes > 0 { inbound.writeBuffer(&bytes) } else { inbound = bytes }
      advance()
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) { exchange.upstream?.flush() }

  func read(context: ChannelHandlerContext) {
    if holds.isEmpty { context.read() } else { isReadHeld = true }
  }

  func hold(_ reason: Hold) { holds.insert(reason) }

  func unhold(_ reason: Hold) {
    holds.subtract(reason)
    if holds.isEmpty, isReadHeld {
      isReadHeld = false
      context?.read()
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    // A slow client that takes what it is sent is not idle.
    noteActivity()
    exchange.upstream?.holdReads(!context.channel.isWritable)
    if context.channel.isWritable, phase == .head {
      unhold(.backlog)
      advance()
    }
  }

  /// Uses what has come, as far as it can be used now.
  func advance() {
    // What is done below may end a request, which asks to go on here: the loop goes on already.
    guard !isAdvancing else { return }
    isAdvancing = true
    defer { isAdvancing = false }
    while phase == .head || phase == .exchange {
      if phase == .exchange {
        if !exchange.isRequestDone { passBody() }
        guard phase == .head else {
          if exchange.isRequestDone, inbound.readableBytes > Self.backlogLimit { hold(.backlog) }
          return
        }
        continue
      }
      guard inbound.readableBytes > 0 else {
        // The buffer goes back to where it came from.
        inbound = ByteBuffer()
        return
      }
      // A client that sends requests and does not take the answers must not fill the memory with them.
      guard context?.channel.isWritable == true else { return hold(.backlog) }
      do {
        guard try inbound.withUnsafeReadableBytes({ try parser.parse($0) }) else { return headIsIncomplete() }
      } catch {
        return refuse(error as? HTTPFault ?? .badRequest)
      }
      headStarted = nil
      beginExchange()
    }
  }

  // MARK: Timeouts

  func timeoutsChanged() { armTimer() }

  private func headIsIncomplete() {
    guard headStarted == nil else { return }
    headStarted = lastActivity
    armTimer()
  }

  /// When this connection has waited too long, if nothing more happens.
  private var deadline: NIODeadline {
    switch phase {
    case .head: min(lastActivity + listener.idleTimeout, headStarted.map { $0 + loop.headTimeout } ?? .distantFuture)
    case .exchange, .tunnel: lastActivity + listener.idleTimeout
    case .lingering: lingerDeadline ?? lastActivity + listener.idleTimeout
    case .closed: .distantFuture
    }
  }

  /// There is one timer a connection, which looks when it fires: cheaper than one set for every request.
  func armTimer() {
    let wanted = deadline
    guard phase != .closed, timer == nil || wanted < timerDeadline else { return }
    timer?.cancel()
    timerDeadline = wanted
    timer = loop.eventLoop.assumeIsolated().scheduleTask(deadline: wanted) { [weak self] in self?.timerFired() }
  }

  private func timerFired() {
    timer = nil
    if deadline <= .now() { timedOut() }
    armTimer()
  }

  private func timedOut() {
    switch phase {
    case .head: if parser.isEmpty { abort() } else { refuse(.requestTimeout) }
    case .exchange:
      // Whoever keeps the other waiting is at fault.
      let isClientSlow = !exchange.isRequestDone && exchange.upstream?.isWritable == true
      exchange.upstream?.close()
      if isClientSlow { exchange.keepsAlive = false }
      targetFailed(isClientSlow ? .requestTimeout : .gatewayTimeout)
    case .tunnel, .lingering: abort()
    case .closed: break
    }
  }
}
