import ArgumentParser
import PalcoReliability

/// `palco judge`: the engine that judges releases, for programs that simulate or replay them.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge simulated or recorded releases that are fed in as JSON lines.",
    discussion: """
      Reads JSON lines on standard input and answers each interval with one line: the same engine that judges a \
      release, with nothing around it. docs/release-analysis.md has the protocol.

        palco judge < release.jsonl
      """)

  @Flag(help: "Also answer promote, once green was watched long enough at the top weight.")
  var paced = false

  func run() throws {
    var lines = JudgeProtocol(promotes: paced)
    var number = 0
    while let line = readLine() {
      number += 1
      guard !line.isEmpty else { continue }
      do {
        if let answer = try lines.answer(to: line) { Console.out(answer) }
      } catch {
        throw CommandError(.failure, "line \(number): \(error)")
      }
    }
  }
}
