import Foundation
import PalcoCore
import Testing

@Suite struct DiagnosticTests {
  private func diagnostic(_ text: String, line: Int, column: Int, length: Int = 1) -> Diagnostic {
    let position = SourcePosition(line: line, column: column)
    return Diagnostic(
      .error, file: "palco.yml", position: position, keyPath: "service.port", message: "70000 is out of range",
      fix: "use 1 to 65535", excerpt: SourceText(text).excerpt(at: position, length: length))
  }

  @Test func itIsRenderedAsCompilersDo() {
    let shown = diagnostic("service:\n  port: 70000\n", line: 2, column: 9, length: 5).rendered
    #expect(
      shown == """
        palco.yml:2:9: error: service.port: 70000 is out of range
            port: 70000
                  ^~~~~
          help: use 1 to 65535
        """)
  }

  @Test func withoutAPlaceItNamesTheFileAlone() {
    #expect(Diagnostic(.warning, file: "palco.yml", message: "odd").rendered == "palco.yml: warning: odd")
  }

  @Test func theJSONFormHasPlaceKeyAndFix() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(decoding: try encoder.encode(diagnostic("a: b", line: 1, column: 4)), as: UTF8.self)
    #expect(
      json
        == #"{"file":"palco.yml","fix":"use 1 to 65535","keyPath":"service.port","message":"70000 is out of range","#
        + #""position":{"column":4,"line":1},"severity":"error"}"#)
  }

  @Test func diagnosticsComeInFileOrderWithoutRepetitions() {
    func at(_ line: Int, _ message: String) -> Diagnostic {
      Diagnostic(.error, file: "f", position: SourcePosition(line: line, column: 1), message: message)
    }
    let whole = Diagnostic(.error, file: "f", message: "whole")
    let sorted = [at(9, "c"), at(2, "b"), at(2, "a"), whole, at(9, "c")].inFileOrder()
    #expect(sorted.map(\.message) == ["whole", "b", "a", "c"])
  }
}

@Suite struct SourceTextTests {
  @Test(arguments: ["a\nb: c", "a\rb: c", "a\r\nb: c", "a\u{85}b: c", "a\u{2028}b: c"])
  func everyLineBreakOfYAMLCounts(_ text: String) {
    let excerpt = SourceText(text).excerpt(at: SourcePosition(line: 2, column: 4))
    #expect(excerpt == SourceExcerpt(line: "b: c", marker: "   ^"))
  }

  @Test func aTabBeforeTheCaretStaysATab() {
    #expect(SourceText("\ta: b").excerpt(at: SourcePosition(line: 1, column: 5))?.marker == "\t   ^")
  }

  @Test func theMarkerEndsWithTheLine() {
    #expect(SourceText("ab").excerpt(at: SourcePosition(line: 1, column: 2), length: 99)?.marker == " ^")
    #expect(SourceText("ab").excerpt(at: SourcePosition(line: 1, column: 99))?.marker == "  ^")
    #expect(SourceText("ab").excerpt(at: SourcePosition(line: 2, column: 1)) == nil)
    #expect(SourceText("").excerpt(at: SourcePosition(line: 1, column: 1)) == SourceExcerpt(line: "", marker: "^"))
  }

  @Test func aLongLineIsCutAroundTheCaret() throws {
    let text = String(repeating: "x", count: 500) + "Y" + String(repeating: "z", count: 500)
    let excerpt = try #require(SourceText(text).excerpt(at: SourcePosition(line: 1, column: 501)))
    #expect(excerpt.line.count == 112)
    #expect(excerpt.line.hasPrefix("…x") && excerpt.line.hasSuffix("z…"))
    #expect(Array(excerpt.line)[excerpt.marker.count - 1] == "Y")
  }

  @Test func whatATerminalWouldObeyIsReplaced() {
    let excerpt = SourceText("a: \u{1B}[31m\u{202E}").excerpt(at: SourcePosition(line: 1, column: 1))
    #expect(excerpt?.line == "a: \u{FFFD}[31m\u{FFFD}")
  }

  @Test func whatIsHiddenIsInNoExcerpt() {
    var text = SourceText("PASSWORD: hunter2 # hunter2\nnext: 1")
    text.hide(from: SourcePosition(line: 1, column: 11))
    #expect(
      text.excerpt(at: SourcePosition(line: 1, column: 11), length: 7)
        == SourceExcerpt(line: "PASSWORD: •••", marker: "          ^~~"))
    #expect(text.excerpt(at: SourcePosition(line: 2, column: 1))?.line == "next: 1")
  }
}
