import NIOCore
import NIOPosix

// The request's way: from its head to the target.
extension ClientConnection {
  private enum Decision {
    case own(OwnAnswer)
    case fault(HTTPFault)
    case forward(LoopTarget)
    /// No target: counted as the balancer's own failure.
    case unavailable
  }

  /// Bodies up to this size can be sent once more; larger ones get a new connection, which no target closes as idle.
  private static let replayLimit = 64 << 10

  /// Bodies up to this size are sent together with the head.
  private static let joinLimit = 8 << 10

  /// Decides about a request whose head is complete.
  func beginExchange() {
    listener.statistics.requests += 1
    let attempt = exchange.connectAttempt
    exchange = Exchange()
    exchange.connectAttempt = attempt + 1
    exchange.minorVersion = parser.minorVersion
    exchange.keepsAlive = (parser.minorVersion == 1 ? !parser.saysClose : parser.saysKeepAlive) && !listener.isClosing
    exchange.requestBody = BodyFraming(request: parser)
    exchange.isRequestDone = exchange.requestBody.isDone
    exchange.awaitsContinue = parser.expectsContinue && parser.minorVersion == 1 && !exchange.isRequestDone
    exchange.wantsWebSocket = parser.wantsWebSocket && exchange.isRequestDone && parser.minorVersion == 1
    exchange.started = lastActivity
    phase = .exchange
    out.clear(minimumCapacity: 1024)
    let decision = inbound.withUnsafeReadableBytes { decide($0) }
    inbound.moveReaderIndex(forwardBy: parser.length)
    parser.reset()
    switch decision {
    case .fault(let fault): refuse(fault)
    case .own(let answer):
      listener.statistics.ruleAnswers += 1
      give(answer)
    case .unavailable:
      listener.statistics.own5xx += 1
      give(OwnAnswer(.serviceUnavailable))
    case .forward(let target): forward(to: target)
    }
  }

  /// Finds the rule and the target, and writes the head for it.
  private func decide(_ bytes: UnsafeRawBufferPointer) -> Decision {
    let request: RequestView
    do throws(HTTPFault) {
      request = try RequestView(parser, bytes, clientAddress: clientAddressBytes)
    } catch {
      return .fault(error)
    }
    exchange.isHead = ASCII.equal(request.method, "head")
    guard let rule = listener.rules.first(where: { $0.matches(request) }) else { return .unavailable }
    switch rule.action {
    case .fixedResponse(let status, let contentType, let body):
      return .own(OwnAnswer(status: status, contentType: contentType, body: body))
    case .redirect(let redirect):
      let location = redirect.location(for: request, port: listener.port)
      var answer = OwnAnswer(status: redirect.status)
      answer.location = location
      return .own(answer)
    case .forward:
      guard let group = chooseGroup(of: rule, request), let target = chooseTarget(of: group, request) else {
        return .unavailable
      }
      HeadWriter.writeRequest(
        parser, request,
        HeadWriter.RequestAdditions(
          clientAddress: clientAddress, port: listener.port, host: "\(target.address.host):\(target.address.port)",
          traceNumber: loop.traceNumber(), now: HTTPDate.now(), isWebSocket: exchange.wantsWebSocket,
          dropsInvalidFields: listener.dropsInvalidFields),
        into: &out)
      return .forward(target)
    }
  }

  private func chooseGroup(of rule: LoopRule, _ request: RequestView) -> LoopGroup? {
    guard let seconds = rule.groupStickiness else { return rule.nextGroup() }
    let mark = Stickiness.mark(of: Stickiness.groupCookie, in: request, now: HTTPDate.now())
    // A group without weight gets no new request, whoever asks.
    let kept = rule.groups.first { $0.group.mark == mark && $0.weight > 0 }?.group
    let group = kept ?? rule.nextGroup()
    exchange.groupCookie = group.map { ($0.mark, seconds) }
    return group
  }

  private func chooseTarget(of group: LoopGroup, _ request: RequestView) -> LoopTarget? {
    guard let seconds = group.stickiness else { return group.nextTarget() }
    let mark = Stickiness.mark(of: Stickiness.targetCookie, in: request, now: HTTPDate.now())
    let target = group.targets.first { $0.mark == mark } ?? group.nextTarget()
    exchange.targetCookie = target.map { ($0.mark, seconds) }
    return target
  }

  private func forward(to target: LoopTarget) {
    exchange.target = target
    target.begin()
    var rest: ByteBuffer?
    if !exchange.isRequestDone {
      guard let part = takeBody() else { return }
      if part.readableBytes > 0 { exchange.awaitsContinue = false }
      if part.readableBytes <= Self.joinLimit { out.writeImmutableBuffer(part) } else { rest = part }
    }
    // Whatever cannot be sent once more must not go where it may have to be.
    var isReplayable = exchange.isRequestDone
    if case .length(let missing) = exchange.requestBody {
      isReplayable = missing + (rest?.readableBytes ?? 0) + out.readableBytes <= Self.replayLimit
    }
    if isReplayable, let upstream = target.takeIdle() {
      exchange.replay = out
      use(upstream, target)
      toTarget(out, isRecorded: true)
      if let rest { toTarget(rest) }
      upstream.flush()
    } else {
      exchange.waiting = [out]
      if let rest { exchange.waiting.append(rest) }
      connect(to: target)
    }
  }

  private func use(_ upstream: UpstreamConnection, _ target: LoopTarget) {
    exchange.upstream = upstream
    upstream.attach(to: self, target: target)
    if context?.channel.isWritable == false { upstream.holdReads(true) }
  }

  // MARK: The body

  /// Passes on what has come of the body.
  func passBody() {
    guard inbound.readableBytes > 0, let part = takeBody() else { return }
    exchange.awaitsContinue = false
    if part.readableBytes > 0 { toTarget(part) }
    guard exchange.isRequestDone else { return }
    unhold([.target])
    if exchange.isAnswerDone {
      exchange.upstream?.flush()
      finishExchange()
    }
  }

  /// The next part of the body; `nil` when its framing is broken, which has been answered then.
  private func takeBody() -> ByteBuffer? {
    let count = inbound.withUnsafeReadableBytes { exchange.requestBody.consume($0) }
    guard let count, let part = inbound.readSlice(length: count) else {
      // A part is with the target already, which must not take what follows for another request.
      exchange.upstream?.close()
      exchange.upstream = nil
      refuse(.badRequest)
      return nil
    }
    if inbound.readableBytes == 0 { inbound = ByteBuffer() }
    exchange.isRequestDone = exchange.requestBody.isDone
    return part
  }

  func toTarget(_ bytes: ByteBuffer, isRecorded: Bool = false) {
    if !isRecorded { exchange.replay?.writeImmutableBuffer(bytes) }
    if let upstream = exchange.upstream {
      upstream.write(bytes)
      if !upstream.isWritable, phase == .tunnel || !exchange.isRequestDone { hold(.target) }
    } else if !exchange.isAnswerDone {
      exchange.waiting.append(bytes)
    }
  }

  func targetIsWritable(_ isWritable: Bool) {
    if isWritable {
      unhold(.target)
    } else if phase == .tunnel || !exchange.isRequestDone {
      hold(.target)
    }
  }

  // MARK: The connection to the target

  private func connect(to target: LoopTarget) {
    guard let socket = target.socket else { return targetFailed(.badGateway) }
    exchange.connectAttempt += 1
    let attempt = exchange.connectAttempt
    // Small bodies may pile up meanwhile; a large one waits at the client's.
    if !exchange.isRequestDone { hold(.connecting) }
    ClientBootstrap(group: loop.eventLoop)
      .connectTimeout(loop.connectTimeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(UpstreamConnection())
        }
      }
      .connect(to: socket)
      .assumeIsolated()
      .whenComplete { [self] result in
        let isAwaited = phase == .exchange && !exchange.isAnswerDone && exchange.connectAttempt == attempt
        switch result {
        case .success(let channel):
          guard isAwaited,
            let upstream = try? channel.pipeline.syncOperations.handler(type: UpstreamConnection.self)
          else {
            channel.close(promise: nil)
            return
          }
          connected(upstream, target)
        case .failure(let error):
          guard isAwaited else { return }
          target.group.statistics.connectionErrors += 1
          if case ChannelError.connectTimeout = error {
            targetFailed(.gatewayTimeout)
          } else {
            targetFailed(.badGateway)
          }
        }
      }
  }

  private func connected(_ upstream: UpstreamConnection, _ target: LoopTarget) {
    use(upstream, target)
    let waiting = exchange.waiting
    exchange.waiting = []
    for part in waiting { toTarget(part) }
    upstream.flush()
    unhold(.connecting)
  }

  /// The target closed its connection before the answer was complete.
  func targetBroke(_ upstream: UpstreamConnection) {
    guard exchange.upstream === upstream else { return }
    exchange.upstream = nil
    unhold(.target)
    // A connection that was at rest has been closed just when it was used: the request goes on a new one.
    if upstream.isReused, !upstream.hasAnswered, let replay = exchange.replay, let target = exchange.target {
      exchange.replay = nil
      exchange.waiting = [replay]
      return connect(to: target)
    }
    exchange.target?.group.statistics.connectionErrors += 1
    targetFailed(.badGateway)
  }
}
