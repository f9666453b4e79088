import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@Suite struct SigV4VerifierTests {
  private let now = Date(timeIntervalSince1970: 1_440_938_160)
  private let verifier = SigV4Verifier { $0 == "AKIDEXAMPLE" ? SigV4SignerTests.secret : nil }
  private let emptyHash = SigV4Signer.hash(of: Data())

  /// A signed request to `POST /?a=1` with a body.
  private func signed(accessKey: String = "AKIDEXAMPLE", secret: String = SigV4SignerTests.secret)
    -> [(name: String, value: String)]
  {
    let fields = [(name: "Host", value: "127.0.0.1:4650"), (name: "X-Amz-Target", value: "ECS.ListTasks")]
    let signer = SigV4Signer(
      credentials: .init(accessKey: accessKey, secretKey: secret), region: "us-east-1", service: "ecs")
    return fields
      + signer.sign(
        method: "POST", path: "/", query: "a=1", headers: fields, bodyHash: SigV4Signer.hash(of: Data("{}".utf8)),
        date: now)
  }

  private func failure(
    method: String = "POST", path: String = "/", query: String = "a=1", body: String = "{}", after seconds: Double = 0,
    _ headers: [(name: String, value: String)]
  ) -> SigV4Failure? {
    do {
      try verifier.verify(
        method: method, path: path, query: query, headers: headers, bodyHash: SigV4Signer.hash(of: Data(body.utf8)),
        date: now + seconds)
      return nil
    } catch {
      return error
    }
  }

  private func changing(_ name: String, _ change: (String) -> String) -> [(name: String, value: String)] {
    signed().map { ($0.name, $0.name == name ? change($0.value) : $0.value) }
  }

  @Test func acceptsWhatWasSigned() {
    #expect(failure(signed()) == nil)
  }

  @Test func refusesWhatWasChangedOnItsWay() throws {
    let failures = [
      failure(method: "GET", signed()), failure(path: "/b", signed()), failure(query: "a=2", signed()),
      failure(body: "{ }", signed()), failure(changing("X-Amz-Target") { $0 + "s" }),
      failure(changing("Host") { _ in "evil.example" }), failure(signed(secret: "other")),
      failure(changing("Authorization") { $0.dropLast() + ($0.hasSuffix("0") ? "1" : "0") }),
      failure(changing("Authorization") { $0.replacing("us-east-1", with: "eu-west-1") }),
      failure(changing("Authorization") { $0.dropLast(2) + "zz" }),
    ]
    for found in failures {
      let error = try #require(found).awsError(for: .json(version: "1.1", targetPrefix: "X"))
      #expect(error.code == "InvalidSignatureException" && error.httpStatus == 400)
      #expect(error.message.hasPrefix("The request signature we calculated does not match"))
    }
  }

  @Test func refusesFieldsThatAreNotSigned() {
    let target = failure(signed() + [("X-Amz-Security-Token", "t")])
    #expect(target == .mismatch("'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization."))
    let host = failure(changing("Authorization") { $0.replacing("host;", with: "") })
    #expect(host == .mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."))
  }

  @Test func holdsForFiveMinutesBothWays() {
    #expect(failure(after: 300, signed()) == nil)
    #expect(failure(after: -300, signed()) == nil)
    #expect(
      failure(after: 301, signed())
        == .outOfTime(
          "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"))
    #expect(
      failure(after: -301, signed())
        == .outOfTime(
          "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)"
        ))
    let query = failure(after: 301, signed())?.awsError(
      for: .query(version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/"))
    #expect(query?.code == "SignatureDoesNotMatch" && query?.httpStatus == 403)
  }

  @Test func refusesStrangersAndUnsignedRequests() {
    #expect(failure(signed(accessKey: "OTHER")) == .unknownAccessKey)
    #expect(failure([("Host", "a")]) == .missing)
    let json = AWSService.WireProtocol.json(version: "1.1", targetPrefix: "X")
    #expect(SigV4Failure.missing.awsError(for: json).code == "MissingAuthenticationTokenException")
    #expect(SigV4Failure.unknownAccessKey.awsError(for: json).code == "UnrecognizedClientException")
    let query = AWSService.WireProtocol.query(version: "1", namespace: "n")
    #expect(SigV4Failure.unknownAccessKey.awsError(for: query).code == "InvalidClientTokenId")
  }

  @Test(arguments: [
    "", "Bearer", "Bearer abc", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 ,,,=,",
    "AWS4-HMAC-SHA256 Credential=A/B/C, SignedHeaders=host, Signature=00",
    "AWS4-HMAC-SHA256 Credential=A/20150830/r/s/aws4_request, SignedHeaders=host",
    "AWS4-HMAC-SHA256 Credential=A/20150830/r/s/aws5_request, SignedHeaders=host, Signature=00",
    "AWS4-HMAC-SHA256 Credential=////, SignedHeaders=host, Signature=00",
  ])
  func namesWhatAnAuthorizationLacks(_ authorization: String) {
    let headers = [
      (name: "Host", value: "a"), (name: "X-Amz-Date", value: "20150830T123600Z"),
      (name: "authorization", value: authorization),
    ]
    guard case .incomplete(let message)? = failure(headers) else {
      Issue.record("'\(authorization)' was read")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test func aDateThatIsNoneOrOfAnotherDayIsRefused() {
    #expect(
      failure(changing("X-Amz-Date") { _ in "yesterday" })
        == .incomplete("Date must be in ISO-8601 'basic format'. Got 'yesterday'."))
    guard case .mismatch? = failure(changing("X-Amz-Date") { _ in "20150831T123600Z" }) else {
      Issue.record("a date of another day was accepted")
      return
    }
    let without = signed().filter { $0.name != "X-Amz-Date" }
    #expect(
      failure(without) == .incomplete("Authorization header requires existence of a 'X-Amz-Date' header."))
  }

  @Test func aBodyMayBeUnsignedButNotAnother() {
    func request(_ declared: String) -> [(name: String, value: String)] {
      let fields = [(name: "Host", value: "a"), (name: "x-amz-content-sha256", value: declared)]
      let signer = SigV4Signer(
        credentials: .init(accessKey: "AKIDEXAMPLE", secretKey: SigV4SignerTests.secret), region: "r", service: "s")
      return fields
        + signer.sign(method: "POST", path: "/", query: "a=1", headers: fields, bodyHash: declared, date: now)
    }
    #expect(failure(request("UNSIGNED-PAYLOAD")) == nil)
    #expect(failure(request(SigV4Signer.hash(of: Data("{}".utf8)))) == nil)
    guard case .mismatch? = failure(request(emptyHash)) else {
      Issue.record("a hash of another body was accepted")
      return
    }
  }

  /// A URL that botocore's SigV4QueryAuth presigned for 60 seconds.
  @Test func aPresignedURLHoldsAsLongAsItSays() throws {
    let query =
      "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE"
      + "%2F20150830%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders"
      + "=host&X-Amz-Security-Token=tok%2Fen%2B1%3D%3D&X-Amz-Signature="
      + "cc6789bd6184e99b0aa8f3f1bcbc15a802c4ba5d7235039ec8a57280583ed009"
    let host = [(name: "Host", value: "127.0.0.1:4650")]
    #expect(failure(method: "GET", query: query, body: "", after: 60, host) == nil)
    #expect(try SigV4Authorization.read(query: query, headers: host)?.expiresIn == 60)
    guard case .outOfTime? = failure(method: "GET", query: query, body: "", after: 61, host),
      case .mismatch? = failure(method: "GET", query: query + "&b=1", body: "", host),
      case .incomplete? = failure(
        method: "GET", query: query.replacing("Expires=60", with: "Expires=604801"), body: "", host)
    else {
      Issue.record("an old or changed URL was accepted")
      return
    }
  }

  /// botocore signs now; its request must verify as it stands.
  @Test(.enabled(if: Python.isUsable, "\(Python.hint)")) func acceptsWhatBotocoreSignsNow() throws {
    let script = """
      import json, sys
      from botocore.auth import SigV4Auth
      from botocore.awsrequest import AWSRequest
      from botocore.credentials import Credentials
      out = []
      for body, headers in ((b'{"a": 1}', {'X-Amz-Target': 'A.B'}), ('é'.encode(), {'X-Odd': '  a  b '}), (b'', {})):
          request = AWSRequest(method='POST', url='http://127.0.0.1:4650/x%20y/é?b=%2F&a=', data=body, headers=headers)
          SigV4Auth(Credentials('AKIDEXAMPLE', '\(SigV4SignerTests.secret)', 'token'), 'ecs', 'us-east-1').add_auth(request)
          out.append({'body': body.decode(), 'headers': dict(request.headers)})
      print(json.dumps(out))
      """
    struct Signed: Decodable {
      var body: String
      var headers: [String: String]
    }
    let requests = try JSONDecoder().decode([Signed].self, from: Python.run(script))
    #expect(requests.count == 3)
    for request in requests {
      let fields = request.headers.map { (name: $0.key, value: $0.value) } + [(name: "Host", value: "127.0.0.1:4650")]
      #expect(throws: Never.self) {
        try verifier.verify(
          method: "POST", path: "/x%20y/é", query: "b=%2F&a=", headers: fields,
          bodyHash: SigV4Signer.hash(of: Data(request.body.utf8)), date: Date())
      }
    }
  }
}
