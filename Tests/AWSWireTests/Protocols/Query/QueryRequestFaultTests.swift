import AWSWire
import Foundation
import Testing

@Suite struct QueryRequestFaultTests {
  @Test(arguments: [
    (
      "", "ValidationError",
      "1 validation error detected: Value null at 'text' failed to satisfy constraint: Member must not be null"
    ),
    (
      "Text=a&Children.member.1.Port=1", "ValidationError",
      "1 validation error detected: Value null at 'children.1.member.id' failed to satisfy constraint: Member must not be null"
    ),
    ("Text=a&Number=x", "MalformedInput", "x can not be converted to an Integer"),
    ("Text=a&Number=", "MalformedInput", " can not be converted to an Integer"),
    ("Text=a&Small=256", "MalformedInput", "256 can not be converted to an Integer"),
    ("Text=a&Fraction=x", "MalformedInput", "x can not be converted to a Double"),
    ("Text=a&Flag=yes", "MalformedInput", "yes can not be converted to a Boolean"),
    ("Text=a&Instant=today", "MalformedInput", "timestamp must follow ISO8601"),
    ("Text=a&Blob=*", "MalformedInput", "blob is not Base64."),
    ("Text.member.1=a", "MalformedInput", "Start of structure or map found where not expected."),
    ("Text=a&Names=b", "MalformedInput", "Start of list found where not expected"),
    ("Text=a&Names.member.0=b", "MalformedInput", "Invalid list index: 0"),
    ("Text=a&Names.member.01=b", "MalformedInput", "Invalid list index: 01"),
    ("Text=a&Names.member.99999999999999999999=b", "MalformedInput", "Invalid list index: 99999999999999999999"),
    ("Text=a&Names.item.1=b", "MalformedInput", "Start of structure or map found where not expected."),
    ("Text=a&Children.member.1=b", "MalformedInput", "Unexpected complex element termination"),
    ("Text=a&Settings.entry.1.key=b", "MalformedInput", "A map entry needs both key and value."),
    ("Text=a&Text=b", "MalformedInput", "The parameter Text is given more than once."),
    ("Text=%zz", "MalformedQueryString", "The query string contains a syntax error: it is not percent-encoded UTF-8."),
    ("Text=%ff", "MalformedQueryString", "The query string contains a syntax error: it is not percent-encoded UTF-8."),
    ("Text=%4", "MalformedQueryString", "The query string contains a syntax error: it is not percent-encoded UTF-8."),
  ])
  func whatIsWrongIsSaid(body: String, code: String, message: String) {
    #expect(throws: AWSError(code, message)) {
      try sampleCodec.decodeRequest(Sample.self, from: Data(body.utf8))
    }
  }

  @Test func aValueOutsideOfAnEnumerationIsAValidationError() {
    let error = #expect(throws: AWSError.self) {
      try sampleCodec.decodeRequest(Sample.self, from: Data("Text=a&Kind=oval".utf8))
    }
    #expect(error?.code == "ValidationError")
    #expect(error?.message.contains("'kind'") == true)
  }

  @Test func depthAndSizeAreBounded() {
    for body in ["Text" + String(repeating: ".a", count: 100) + "=x", String(repeating: "a&", count: 20_001)] {
      #expect(throws: AWSError.self) { try sampleCodec.decodeRequest(Sample.self, from: Data(body.utf8)) }
    }
  }

  @Test func gapsInAListClose() throws {
    let body = Data("Text=a&Names.member.10=c&Names.member.2=b&Names.member.1=a&Unknown.member.1=x".utf8)
    #expect(try sampleCodec.decodeRequest(Sample.self, from: body).names == ["a", "b", "c"])
  }

  @Test func plusIsASpace() throws {
    #expect(try sampleCodec.decodeRequest(Sample.self, from: Data("Text=a+b%2Bc".utf8)).text == "a b+c")
  }
}
