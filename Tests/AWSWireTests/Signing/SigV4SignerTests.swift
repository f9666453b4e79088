import AWSWire
import Foundation
import Testing

/// Against signatures that AWS publishes and that botocore makes.
@Suite struct SigV4SignerTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "GET"
    var service = "service"
    var path = "/"
    var query = ""
    var host = "example.amazonaws.com"
    var headers: [(name: String, value: String)] = []
    var body = ""
    var token: String?
    var signedHeaders: String
    var signature: String
  }

  static let vectors = [
    Vector(
      testDescription: "AWS's test suite: get-vanilla", signedHeaders: "host;x-amz-date",
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Vector(
      testDescription: "AWS's guide: ListUsers", service: "iam", query: "Action=ListUsers&Version=2010-05-08",
      host: "iam.amazonaws.com", headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
      signedHeaders: "content-type;host;x-amz-date",
      signature: "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
    Vector(
      testDescription: "botocore: odd path, repeated and empty parameters, spaces", path: "//a/./b/../c%20d/",
      query: "b=2&a=x%20y&a=%2B&A=", headers: [("My", "  a   b  ")], signedHeaders: "host;my;x-amz-date",
      signature: "75c7494e46bd82fffefd03690ef40ca3f13ef4d90d8dfcccf17391ef2afa3d5f"),
    Vector(
      testDescription: "botocore: a JSON request with a session token", method: "POST", service: "ecs",
      host: "127.0.0.1:4650",
      headers: [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListClusters"),
      ], body: "{}", token: "tok/en+1==",
      signedHeaders: "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
      signature: "f10fb1487e89fe28ed21118609ccf34f4db35db1c486bdf744c041ee0543aa09"),
  ]

  static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
  /// 2015-08-30T12:36:00Z.
  static let date = Date(timeIntervalSince1970: 1_440_938_160)

  @Test(arguments: vectors) func signsAsAWSDoes(_ vector: Vector) throws {
    let credentials = SigV4Credentials(accessKey: "AKIDEXAMPLE", secretKey: Self.secret, sessionToken: vector.token)
    let signer = SigV4Signer(credentials: credentials, region: "us-east-1", service: vector.service)
    let fields = vector.headers + [("Host", vector.host)]
    let hash = SigV4Signer.hash(of: Data(vector.body.utf8))
    let added = signer.sign(
      method: vector.method, path: vector.path, query: vector.query, headers: fields, bodyHash: hash, date: Self.date)
    #expect(
      added.last?.value == """
        AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/\(vector.service)/aws4_request, \
        SignedHeaders=\(vector.signedHeaders), Signature=\(vector.signature)
        """)
    #expect(added.first?.value == "20150830T123600Z")

    let verifier = SigV4Verifier { $0 == "AKIDEXAMPLE" ? Self.secret : nil }
    let claim = try verifier.verify(
      method: vector.method, path: vector.path, query: vector.query, headers: fields + added, bodyHash: hash,
      date: Self.date + 299)
    #expect(claim.service == vector.service && claim.region == "us-east-1" && claim.accessKey == "AKIDEXAMPLE")
  }

  @Test func credentialsPrintNoSecret() {
    let credentials = SigV4Credentials(accessKey: "AKID", secretKey: "s3cret", sessionToken: "t0ken")
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), dumped, "\([credentials])"] {
      #expect(!text.contains("s3cret") && !text.contains("t0ken"))
    }
  }
}
