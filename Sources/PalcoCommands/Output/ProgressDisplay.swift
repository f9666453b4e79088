import Synchronization

/// Shows progress on standard error: on a terminal one block that is redrawn, else a line for each change.
final class ProgressDisplay: Sendable {
  private struct State {
    var drawn = 0
    var lastState = ""
  }

  let terminal: Terminal
  private let isQuiet: Bool
  private let state = Mutex(State())

  init(terminal: Terminal = .detect(descriptor: 2), quiet: Bool) {
    self.terminal = terminal
    isQuiet = quiet
  }

  /// Shows what is so now.
  ///
  /// - Parameters:
  ///   - block: The lines that a terminal redraws.
  ///   - change: What a log gets when it differs from the last one.
  ///   - prefix: Stands before the change, and makes no difference.
  func show(block: [String], change: String, prefix: String) {
    guard !isQuiet else { return }
    state.withLock { state in
      if terminal.isInteractive {
        Console.note(Self.erasing(state.drawn) + block.joined(separator: "\n"))
        state.drawn = block.count
      } else if state.lastState != change {
        state.lastState = change
        Console.note(prefix + change)
      }
    }
  }

  /// Says something between two looks; the next block is drawn below it.
  func note(_ text: String) {
    guard !isQuiet else { return }
    state.withLock { state in
      Console.note(text)
      state.drawn = 0
    }
  }

  /// Up over the last block, and all below away.
  private static func erasing(_ lines: Int) -> String {
    lines == 0 ? "" : "\u{1B}[\(lines)A\u{1B}[J"
  }
}
