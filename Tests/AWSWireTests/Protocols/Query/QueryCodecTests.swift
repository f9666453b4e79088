import AWSWire
import Foundation
import Testing

@Suite struct QueryCodecTests {
  @Test(arguments: 0..<200) func anyShapeComesBackFromAForm(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let sample = Sample.random(&generator)
    let body = try sampleCodec.encodeRequest(sample).body
    #expect(try sampleCodec.decodeRequest(Sample.self, from: body) == sample)
  }

  @Test(arguments: 0..<200) func anyShapeComesBackFromXML(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let sample = Sample.random(&generator)
    let message = try sampleCodec.encodeResponse(sample, to: Sample.self, requestID: "r-1")
    #expect(try sampleCodec.decodeResponse(to: Sample.self, from: message.body) == sample)
  }

  @Test func membersAreSpelledAsTheServiceSpellsThem() throws {
    var sample = Sample(text: "a b&c", vpcId: "vpc-1", flag: true, names: [], settings: ["k": "v"])
    sample.children = [.init(id: "x", port: 80)]
    sample.dnsName = "d"
    sample.instant = Date(timeIntervalSince1970: 1_700_000_000.25)
    #expect(
      String(decoding: try sampleCodec.encodeRequest(sample).body, as: UTF8.self) == """
        Action=Sample&Version=2015-12-01&Text=a%20b%26c&VpcId=vpc-1&Flag=true&Instant=2023-11-14T22%3A13%3A20.250Z\
        &Names=&Children.member.1.Id=x&Children.member.1.Port=80&Settings.entry.1.key=k&Settings.entry.1.value=v&DNSName=d
        """)
  }

  @Test func errorsComeBack() {
    let error = AWSError("PriorityInUse", "Priority '1' <is> in use", httpStatus: 400, requestID: "r-9")
    let message = sampleCodec.encodeError(error, requestID: "r-9")
    #expect(sampleCodec.decodeError(status: 400, headers: message.headers, body: message.body) == error)
    #expect(String(decoding: message.body, as: UTF8.self).contains("<Type>Sender</Type>"))
    let fault = sampleCodec.encodeError(AWSError("InternalFailure", "no", httpStatus: 500), requestID: "r")
    #expect(String(decoding: fault.body, as: UTF8.self).contains("<Type>Receiver</Type>"))
  }

  @Test func anUnreadableErrorKeepsTheStatusAndTheRequest() {
    let error = sampleCodec.decodeError(
      status: 503, headers: [("X-Amzn-RequestId", "r-2")], body: Data("<html><body>no".utf8))
    #expect(error == AWSError("UnknownError", "HTTP 503", httpStatus: 503, requestID: "r-2"))
  }

  @Test func controlCharactersDoNotMakeAnAnswerUnreadable() throws {
    let message = try sampleCodec.encodeResponse(Sample(text: "a\u{1}b\u{FFFF}"), to: Sample.self, requestID: "r")
    #expect(try sampleCodec.decodeResponse(to: Sample.self, from: message.body).text == "a\u{FFFD}b\u{FFFD}")
  }

  @Test func listsThatAnAnswerLeavesOutAreEmpty() throws {
    let answer = "<DescribeRulesResponse><DescribeRulesResult/></DescribeRulesResponse>"
    #expect(
      try sampleCodec.decodeResponse(to: ELBv2.DescribeRulesRequest.self, from: Data(answer.utf8))
        == ELBv2.DescribeRulesResponse(rules: []))
  }

  @Test func anAnswerThatIsNotXMLIsAnError() {
    #expect(throws: AWSError.self) {
      try sampleCodec.decodeResponse(to: Sample.self, from: Data("<!DOCTYPE x []><a/>".utf8))
    }
  }
}
