import AWSWire
import Foundation
import Testing

@Suite struct XMLTreeTests {
  @Test func aDocumentIsReadAndWritten() throws {
    let text = """
      <?xml version="1.0"?>
      <Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <TagSet><Tag><Key>a</Key><Value>&lt;1&gt; </Value></Tag><Tag><Key>b</Key><Value/></Tag></TagSet>
      </Tagging>
      """
    let tree = try XMLTree(parsing: Data(text.utf8))
    #expect(tree.text == "" && tree["TagSet"]?.all("Tag").map { $0["Value"]?.text } == ["<1> ", ""])
    let written = String(decoding: tree.document(), as: UTF8.self)
    #expect(written.contains("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>a</Key>"))
    #expect(try XMLTree(parsing: Data(written.utf8)) == tree)
  }

  @Test(arguments: ["", "<a>", "<a></b>", "<!DOCTYPE a><a/>", "text"]) func whatIsNoDocumentIsRefused(text: String) {
    #expect(throws: XMLTree.malformed) { try XMLTree(parsing: Data(text.utf8)) }
  }
}
