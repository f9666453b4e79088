import NIOCore

/// All event loops with the state of each.
struct EventLoops: Sendable {
  private let states: [ObjectIdentifier: NIOLoopBoundBox<LoopState>]
  private let loops: [any EventLoop]

  init(_ group: any EventLoopGroup, limits: ConnectionLimits) {
    loops = Array(group.makeIterator())
    var states: [ObjectIdentifier: NIOLoopBoundBox<LoopState>] = [:]
    for loop in loops {
      states[ObjectIdentifier(loop)] = .makeBoxSendingValue(
        LoopState(eventLoop: loop, limits: limits), as: LoopState.self, eventLoop: loop)
    }
    self.states = states
  }

  /// The state of the loop that this is called on.
  func state(on loop: any EventLoop) -> LoopState? { states[ObjectIdentifier(loop)]?.value }

  /// Does something on every loop; calls take effect in the order they are made in.
  func run(_ body: @escaping @Sendable (LoopState) -> Void) async {
    _ = await collect { state in body(state) }
  }

  /// Asks every loop.
  func collect<Answer: Sendable>(_ body: @escaping @Sendable (LoopState) -> Answer) async -> [Answer] {
    let answers = loops.compactMap { loop in
      states[ObjectIdentifier(loop)].map { box in loop.submit { body(box.value) } }
    }
    var results: [Answer] = []
    for answer in answers {
      // Fails only when the loop has been shut down, and then there is nothing to follow.
      if let result = try? await answer.get() { results.append(result) }
    }
    return results
  }

  /// Does something on every loop that takes time, and waits for its end.
  func onEach(_ body: @escaping @Sendable (LoopState, EventLoopPromise<Void>) -> Void) async {
    let promises = loops.compactMap { loop in
      states[ObjectIdentifier(loop)].map { box in
        let promise = loop.makePromise(of: Void.self)
        loop.execute { body(box.value, promise) }
        return promise
      }
    }
    for promise in promises { try? await promise.futureResult.get() }
  }
}
