import AWSWire
import Foundation
import Testing

@Suite struct CallerIdentityTests {
  private let codec = QueryCodec(version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/")

  /// The answer is one that botocore's parser has read.
  @Test func identityIsAnsweredInXML() throws {
    let response = STS.GetCallerIdentityResponse(
      userId: "AIDA", account: "000000000000", arn: "arn:aws:iam::000000000000:root")
    let message = try codec.encodeResponse(response, to: STS.GetCallerIdentityRequest.self, requestID: "r")
    #expect(
      String(decoding: message.body, as: UTF8.self) == """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
        <UserId>AIDA</UserId><Account>000000000000</Account><Arn>arn:aws:iam::000000000000:root</Arn>\
        </GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\
        </GetCallerIdentityResponse>
        """)
    #expect(try codec.decodeResponse(to: STS.GetCallerIdentityRequest.self, from: message.body) == response)
  }

  @Test func theRequestIsAForm() throws {
    let message = try codec.encodeRequest(STS.GetCallerIdentityRequest())
    #expect(String(decoding: message.body, as: UTF8.self) == "Action=GetCallerIdentity&Version=2011-06-15")
    #expect(throws: Never.self) { try codec.decodeRequest(STS.GetCallerIdentityRequest.self, from: message.body) }
  }
}
