import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@Suite struct AssumeRoleTests {
  private let codec = QueryCodec(version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/")

  @Test func requestsAreForms() throws {
    let role = try codec.encodeRequest(
      STS.AssumeRoleRequest(
        roleArn: "arn:aws:iam::1:role/r", roleSessionName: "s", durationSeconds: 900, externalId: "e x"))
    #expect(
      String(decoding: role.body, as: UTF8.self)
        == "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=s"
        + "&DurationSeconds=900&ExternalId=e%20x")
    let web = try codec.encodeRequest(
      STS.AssumeRoleWithWebIdentityRequest(roleArn: "r", roleSessionName: "s", webIdentityToken: "t"))
    #expect(
      String(decoding: web.body, as: UTF8.self)
        == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=r&RoleSessionName=s&WebIdentityToken=t")
  }

  @Test func theAnswerIsReadAndWritten() throws {
    let response = STS.AssumeRoleResponse(
      credentials: .init(
        accessKeyId: "ASIA", secretAccessKey: "s3cret", sessionToken: "t0ken",
        expiration: Date(timeIntervalSince1970: 1_767_268_800)),
      assumedRoleUser: .init(assumedRoleId: "AROA:s", arn: "arn:aws:sts::1:assumed-role/r/s"))
    let message = try codec.encodeResponse(response, to: STS.AssumeRoleRequest.self, requestID: "r")
    #expect(try codec.decodeResponse(to: STS.AssumeRoleRequest.self, from: message.body) == response)
    #expect(String(decoding: message.body, as: UTF8.self).contains("<Expiration>2026-01-01T12:00:00"))
  }

  @Test func nothingSecretIsPrinted() throws {
    let credentials = STS.Credentials(
      accessKeyId: "ASIA", secretAccessKey: "s3cret", sessionToken: "t0ken", expiration: .distantFuture)
    let request = STS.AssumeRoleWithWebIdentityRequest(roleArn: "r", roleSessionName: "s", webIdentityToken: "t0ken")
    var dumped = ""
    dump(STS.AssumeRoleResponse(credentials: credentials), to: &dumped)
    dump(request, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), "\(request)", String(reflecting: request), dumped] {
      #expect(!text.contains("s3cret") && !text.contains("t0ken"))
    }
  }

  /// botocore reads what a server of ours would answer, and writes the form as we do.
  @Test(.enabled(if: Python.isUsable, "\(Python.hint)")) func botocoreReadsTheAnswer() throws {
    let response = STS.AssumeRoleWithWebIdentityResponse(
      credentials: .init(
        accessKeyId: "ASIA", secretAccessKey: "k", sessionToken: "t", expiration: Date(timeIntervalSince1970: 1e9)),
      assumedRoleUser: .init(assumedRoleId: "AROA:s", arn: "arn:x"), subjectFromWebIdentityToken: "sub",
      audience: "aud", provider: "p")
    let message = try codec.encodeResponse(
      response, to: STS.AssumeRoleWithWebIdentityRequest.self, requestID: "r")
    let script = """
      import botocore.session, botocore.parsers, json, sys
      model = botocore.session.get_session().get_service_model('sts')
      parser = botocore.parsers.create_parser('query')
      shape = model.operation_model('AssumeRoleWithWebIdentity').output_shape
      answer = parser.parse({'status_code': 200, 'headers': {}, 'body': sys.stdin.read().encode()}, shape)
      del answer['ResponseMetadata']
      print(json.dumps(answer, default=str, sort_keys=True))
      """
    let read = try Python.run(script, input: String(decoding: message.body, as: UTF8.self))
    #expect(
      String(decoding: read, as: UTF8.self).trimmingCharacters(in: .newlines)
        == #"{"AssumedRoleUser": {"Arn": "arn:x", "AssumedRoleId": "AROA:s"}, "Audience": "aud", "Credentials": "#
        + #"{"AccessKeyId": "ASIA", "Expiration": "2001-09-09 01:46:40+00:00", "SecretAccessKey": "k", "#
        + #""SessionToken": "t"}, "Provider": "p", "SubjectFromWebIdentityToken": "sub"}"#)
  }
}
