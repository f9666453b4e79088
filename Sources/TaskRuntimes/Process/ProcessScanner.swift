/// What ran at one moment.
struct ProcessSnapshot: Sendable {
  let processes: [ProcessFacts]
  /// Who had the pipes open that were asked for.
  let holders: [UInt64: Set<Int32>]

  /// Looks now.
  init(pipes: Set<UInt64>) {
    processes = ProcessTable.all()
    holders = ProcessTable.holders(ofPipes: pipes)
  }
}

/// Looks through the processes of the machine, once for all who ask at the same time: when a thousand containers end
/// together, each wants to know what is left of it, and each look reads a file of every process there is.
actor ProcessScanner {
  private var pipes: Set<UInt64> = []
  private var next: Task<ProcessSnapshot, Never>?

  /// What runs; the look begins after the call.
  func snapshot(pipes: Set<UInt64>) async -> ProcessSnapshot {
    self.pipes.formUnion(pipes)
    if let next { return await next.value }
    let look = Task { self.look() }
    next = look
    return await look.value
  }

  /// Whoever asks while this runs waits for the actor, and then for the next look.
  private func look() -> ProcessSnapshot {
    next = nil
    defer { pipes = [] }
    return ProcessSnapshot(pipes: pipes)
  }
}
