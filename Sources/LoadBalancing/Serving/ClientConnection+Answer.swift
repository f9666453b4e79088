import Foundation
import NIOCore

// The answer's way: from the target, or from the balancer itself, to the client.
extension ClientConnection {
  /// Parts up to this size are copied behind the head, to leave in one write.
  private static let joinLimit = 16 << 10

  // MARK: From the target

  func noteActivity() { lastActivity = .now() }

  /// The first byte of an answer: nothing will be sent once more.
  func targetAnswers() { exchange.replay = nil }

  /// Whether chunks are to be taken apart.
  var wantsBareData: Bool { exchange.form.dropsChunks }

  /// Passes on the head of an answer.
  ///
  /// - Returns: How its body ends, or `nil` when there is no such answer to this request.
  func answerHead(_ head: HeadParser, _ bytes: ByteBuffer) -> BodyFraming? {
    let framing = BodyFraming(response: head, toHead: exchange.isHead)
    if head.status < 200 {
      guard head.status == 101 else {
        // HTTP/1.0 knows no interim answers (RFC 9110, 15.2).
        if exchange.minorVersion == 1 { writeHead(head, bytes, HeadWriter.AnswerForm()) }
        if head.status == 100 { exchange.awaitsContinue = false }
        return framing
      }
      guard exchange.wantsWebSocket, head.wantsWebSocket else { return nil }
      exchange.isAnswerBegun = true
      writeHead(head, bytes, HeadWriter.AnswerForm(isWebSocket: true))
      return framing
    }
    guard let target = exchange.target else { return nil }
    target.group.statistics.count(status: head.status)
    target.group.statistics.responseTimes.record(nanoseconds: (lastActivity - exchange.started).nanoseconds)
    exchange.isAnswerBegun = true
    var form = HeadWriter.AnswerForm()
    let isOld = exchange.minorVersion == 0
    switch framing {
    case .untilClose:
      form.addsChunks = !isOld
      if isOld { exchange.keepsAlive = false }
    case .chunked:
      form.dropsChunks = isOld
      if isOld { exchange.keepsAlive = false }
    case .length: break
    }
    // The client may keep the body to itself now, or send it: where the next request begins cannot be known.
    if exchange.awaitsContinue { exchange.keepsAlive = false }
    if listener.isClosing { exchange.keepsAlive = false }
    if !exchange.keepsAlive { form.connection = "close" } else if isOld { form.connection = "keep-alive" }
    exchange.form = form
    writeHead(head, bytes, form)
    return framing
  }

  private func writeHead(_ head: HeadParser, _ bytes: ByteBuffer, _ form: HeadWriter.AnswerForm) {
    writePending()
    out.clear(minimumCapacity: 1024)
    bytes.withUnsafeReadableBytes { HeadWriter.writeAnswer(head, $0, form, into: &out) }
    if head.status >= 200 {
      if let (mark, seconds) = exchange.groupCookie {
        Stickiness.write(Stickiness.groupCookie, mark: mark, seconds: seconds, now: HTTPDate.now(), into: &out)
      }
      if let (mark, seconds) = exchange.targetCookie {
        Stickiness.write(Stickiness.targetCookie, mark: mark, seconds: seconds, now: HTTPDate.now(), into: &out)
      }
    }
    out.writeStaticString("\r\n")
    isOutPending = true
  }

  /// Passes on a part of the body.
  func answerBody(_ bytes: ByteBuffer) {
    if exchange.form.addsChunks {
      pass(ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n"))
      pass(bytes)
      pass(ByteBuffer(staticString: "\r\n"))
    } else {
      pass(bytes)
    }
  }

  private func pass(_ bytes: ByteBuffer) {
    if isOutPending, bytes.readableBytes <= Self.joinLimit {
      out.writeImmutableBuffer(bytes)
    } else {
      writePending()
      write(bytes)
    }
  }

  private func writePending() {
    guard isOutPending else { return }
    isOutPending = false
    write(out)
  }

  private func write(_ bytes: ByteBuffer) {
    listener.statistics.sentBytes += bytes.readableBytes
    context?.write(wrapOutboundOut(bytes), promise: nil)
  }

  func flushAnswer() {
    writePending()
    context?.flush()
  }

  func answerEnded(now: NIODeadline) {
    if exchange.form.addsChunks { pass(ByteBuffer(staticString: "0\r\n\r\n")) }
    flushAnswer()
    exchange.isAnswerDone = true
    if exchange.isRequestDone {
      exchange.upstream?.release(now: now, loop: loop)
      exchange.upstream = nil
      finishExchange()
    } else if exchange.awaitsContinue {
      finishExchange()
    }
  }

  /// The target closed after its answer, while the client still sends the body: the rest of it is for nobody.
  func targetLeft() {
    exchange.upstream = nil
    unhold([.target, .connecting])
  }

  /// There will be no (complete) answer.
  func targetFailed(_ fault: HTTPFault) {
    guard phase == .exchange else { return }
    exchange.upstream = nil
    if exchange.isAnswerBegun {
      // Broken off so that the client notices: where only the end of the connection ends the answer, by a reset.
      writePending()
      if exchange.minorVersion == 0, let channel = context?.channel as? any SocketOptionProvider {
        let reset = linger(l_onoff: 1, l_linger: 0)
        channel.setSoLinger(reset).assumeIsolated().whenComplete { [weak self] _ in self?.abort() }
      } else {
        context?.flush()
        abort()
      }
    } else {
      if fault.rawValue < 500 { listener.statistics.own4xx += 1 } else { listener.statistics.own5xx += 1 }
      give(OwnAnswer(fault))
    }
  }

  // MARK: From the balancer

  /// Refuses what cannot be understood; nothing after it can be either.
  func refuse(_ fault: HTTPFault) {
    if fault.rawValue < 500 { listener.statistics.own4xx += 1 } else { listener.statistics.own5xx += 1 }
    guard !exchange.isAnswerBegun || phase == .head else { return abort() }
    if phase == .head {
      let attempt = exchange.connectAttempt
      exchange = Exchange()
      exchange.connectAttempt = attempt + 1
      phase = .exchange
    }
    exchange.keepsAlive = false
    exchange.isRequestDone = true
    give(OwnAnswer(fault))
  }

  /// Answers the request that is in hand.
  func give(_ answer: OwnAnswer) {
    // A body that has not begun to come may never; one that has is read to its end.
    if exchange.awaitsContinue { exchange.keepsAlive = false }
    if listener.isClosing { exchange.keepsAlive = false }
    exchange.isAnswerBegun = true
    exchange.waiting = []
    exchange.replay = nil
    out.clear(minimumCapacity: 1024)
    answer.write(
      into: &out, keepAlive: exchange.keepsAlive, minorVersion: exchange.minorVersion, isHead: exchange.isHead)
    isOutPending = true
    flushAnswer()
    exchange.isAnswerDone = true
    unhold([.target, .connecting])
    if exchange.isRequestDone || !exchange.keepsAlive {
      finishExchange()
    } else {
      advance()
    }
  }

  // MARK: The end

  /// Ends the exchange and goes on with the next request, if there may be one.
  func finishExchange() {
    let upstream = exchange.upstream
    exchange.upstream = nil
    if exchange.isRequestDone { upstream?.release(now: lastActivity, loop: loop) } else { upstream?.close() }
    let keepsAlive = exchange.keepsAlive && exchange.isRequestDone && !listener.isClosing
    endExchange()
    guard phase == .exchange else { return }
    guard keepsAlive else { return closeGently() }
    phase = .head
    unhold([.target, .backlog])
    advance()
  }

  /// Lets the target know that a request less is in flight.
  func endExchange() {
    exchange.target?.end()
    exchange.target = nil
    exchange.upstream = nil
    exchange.replay = nil
  }

  // MARK: The tunnel

  /// The target has agreed to speak WebSocket: from now on nothing is looked at.
  func tunnel() {
    phase = .tunnel
    unhold(.backlog)
    flushAnswer()
    if inbound.readableBytes > 0 {
      toTarget(inbound)
      inbound = ByteBuffer()
      exchange.upstream?.flush()
    }
  }

  /// The time that a leaving target may finish its requests in is over.
  func targetIsCut() {
    if phase == .tunnel {
      exchange.upstream?.close()
      tunnelEnded()
    } else {
      exchange.upstream?.close()
      targetFailed(.badGateway)
    }
  }

  func tunnelEnded() {
    exchange.upstream = nil
    flushAnswer()
    endExchange()
    closeGently()
  }
}
