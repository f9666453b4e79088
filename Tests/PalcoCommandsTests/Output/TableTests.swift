import Testing

@testable import PalcoCommands

@Suite struct TableTests {
  private let plain = Terminal(isInteractive: false, hasColours: false, width: 20)

  @Test func columnsAreAsWideAsTheirWidestCell() {
    let table = Table(header: ["A", "LONG", "C"], rows: [["wide", "x", "1"], ["y", "zz", "2"]])
    #expect(table.rendered(on: plain) == "A     LONG  C\nwide  x     1\ny     zz    2")
  }

  @Test func aLineIsCutOnATerminalOnly() {
    let table = Table(header: ["A"], rows: [[String(repeating: "x", count: 30)]])
    let narrow = Terminal(isInteractive: true, hasColours: false, width: 20)
    #expect(table.rendered(on: narrow).hasSuffix("\n" + String(repeating: "x", count: 19) + "…"))
    #expect(table.rendered(on: plain).hasSuffix("\n" + String(repeating: "x", count: 30)))
  }
}
