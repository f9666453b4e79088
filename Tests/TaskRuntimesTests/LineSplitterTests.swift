import Testing

@testable import TaskRuntimes

@Suite struct LineSplitterTests {
  private func lines(_ reads: [[UInt8]]) -> [String] {
    var splitter = LineSplitter()
    var lines: [String] = []
    for read in reads { read.withUnsafeBytes { bytes in splitter.append(bytes) { lines.append($0) } } }
    splitter.finish { lines.append($0) }
    return lines
  }

  @Test func cutsAtLineEnds() {
    #expect(lines([Array("a\n\nb\r\nc".utf8)]) == ["a", "", "b", "c"])
    #expect(lines([Array("a\n".utf8)]) == ["a"])
    #expect(lines([]) == [])
  }

  @Test func doesNotDependOnHowTheBytesArrive() {
    let bytes = Array("Olá, mundo\nsegunda linha 🎭\n\nfim".utf8)
    for size in 1...bytes.count {
      let reads = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
      #expect(lines(reads) == ["Olá, mundo", "segunda linha 🎭", "", "fim"])
    }
  }

  @Test func splitsALineOverTheLimitBetweenCharacters() {
    let text = String(repeating: "x", count: LineSplitter.limit - 1) + "é" + "rest"
    let bytes = Array((text + "\nnext\n").utf8)
    let reads = stride(from: 0, to: bytes.count, by: 65_536).map { Array(bytes[$0..<min($0 + 65_536, bytes.count)]) }
    for cut in [reads, [bytes]] {
      let lines = lines(cut)
      #expect(lines.map(\.utf8.count) == [LineSplitter.limit - 1, 6, 4])
      #expect(lines[1] == "érest")
    }
  }

  @Test func replacesWhatIsNotUTF8() {
    #expect(lines([[0x61, 0xFF, 0x62, 0x0A]]) == ["a\u{FFFD}b"])
    let noise = [UInt8](repeating: 0x80, count: LineSplitter.limit + 10)
    #expect(lines([noise]).count == 2)
  }
}
