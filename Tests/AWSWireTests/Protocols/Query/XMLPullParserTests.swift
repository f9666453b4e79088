import Testing

@testable import AWSWire

@Suite struct XMLPullParserTests {
  private func events(_ text: String) throws -> [XMLPullParser.Event] {
    var parser = XMLPullParser(text.utf8)
    var events: [XMLPullParser.Event] = []
    while let event = try parser.next() { events.append(event) }
    return events
  }

  @Test func readsElementsTextAndEverythingThatMayStandBetween() throws {
    let text = """
      \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
      <!-- before --><n:a xmlns:n='u&lt;' x = "1" ><b/>t&amp;&#65;&#x42;&#x1F680;<![CDATA[<&]]><!-- in --></n:a >
      <?after?>
      """
    #expect(
      try events(text) == [.start("a"), .start("b"), .end("b"), .text("t&AB🚀"), .text("<&"), .end("a")])
  }

  @Test func lineEndsAreReadAsXMLDemands() throws {
    #expect(try events("<a>1\r\n2\r3\n4&#13;</a>") == [.start("a"), .text("1\n2\n3\n4\r"), .end("a")])
  }

  @Test(arguments: [
    "", " ", "text", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a/>x", "x<a/>", "<a", "<a b/>", "<a b=c/>", "<a b='<'/>",
    "<a b='1' b='2'/>", "<a b='1'c='2'/>", "<1a/>", "< a/>", "<a>&unknown;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
    "<a>&#x110000;</a>", "<a>&#;</a>", "<a>&#+65;</a>", "<a>& b</a>", "<a>]]></a>", "<a><![CDATA[</a>",
    "<a><!-- -- --></a>",
    "<a><!--</a>", "<?xml", "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a><!ELEMENT b></a>",
    "<a>\u{1}</a>", "<a></a b>",
  ])
  func refuses(_ text: String) {
    #expect(throws: XMLPullParser.Failure.self) { try events(text) }
  }

  @Test func refusesWhatIsNotUTF8() {
    var parser = XMLPullParser([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E])
    #expect(throws: XMLPullParser.Failure.self) { while try parser.next() != nil {} }
  }

  @Test func refusesDepth() {
    let levels = XMLPullParser.maximumDepth
    let deep = String(repeating: "<a>", count: levels) + String(repeating: "</a>", count: levels)
    #expect(throws: Never.self) { try events(deep) }
    #expect(throws: XMLPullParser.Failure.self) { try events("<a>" + deep + "</a>") }
  }

  @Test func anyPrefixOfADocumentIsRefusedNotCrashed() throws {
    let document = "<?xml version='1.0'?><a b='&amp;'><!-- c --><d>&#65;<![CDATA[e]]></d></a>"
    for length in 0..<document.utf8.count {
      #expect(throws: XMLPullParser.Failure.self) { try events(String(document.prefix(length))) }
    }
  }

  @Test(arguments: 0..<20) func anyBytesAreReadOrRefused(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let document = Array("<?xml version='1.0'?><a b='&amp;'><!-- c --><d>&#65;<![CDATA[e]]></d></a>".utf8)
    var refused = 0
    for _ in 0..<200 {
      var bytes = document
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(Array("<>&;'\"/!-[]?".utf8).randomElement(using: &generator) ?? 0, at: index)
        }
      }
      do {
        _ = try ResponseElement.parse(bytes)
      } catch {
        refused += 1
        #expect(error.offset <= bytes.count)
      }
    }
    #expect(refused > 0)
  }
}
