import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// Two services for the front door: one that speaks JSON, one that speaks Query.
private enum Echo {
  static let json = AWSService(
    name: "Echo", signingName: "echo", endpointPrefix: "echo",
    wireProtocol: .json(version: "1.1", targetPrefix: "Echo_2020"),
    otherProtocols: [.cbor(serviceName: "EchoService")])
  static let query = AWSService(
    name: "Poll", signingName: "poll", endpointPrefix: "poll",
    wireProtocol: .query(version: "2020-01-01", namespace: "urn:poll"))

  struct Say: AWSRequest {
    struct Response: Codable, Sendable { var text: String }
    static let service = json
    static let operation = "Say"
    var text: String
  }

  struct Ask: AWSRequest {
    struct Response: Codable, Sendable { var answer: String }
    static let service = query
    static let operation = "Ask"
    var question: String
  }

  struct Unexpected: Error {}

  static func tables() -> [OperationTable] {
    var echo = OperationTable(json)
    echo.on(Say.self) { request, context in
      switch request.text {
      case "refuse": throw AWSError("EchoRefusedException", "No echo.")
      case "fail": throw Unexpected()
      case "who": return .init(text: context.accessKey ?? "nobody")
      default: return .init(text: request.text)
      }
    }
    var poll = OperationTable(query)
    poll.on(Ask.self) { request, _ in
      if request.question == "fail" { throw Unexpected() }
      return .init(answer: "yes")
    }
    return [echo, poll]
  }
}

@Suite struct FrontDoorTests {
  private let clock = TestClock()

  /// Runs a test against the router; its requests name `localhost` without a port, which is ours when the port is 80.
  private func run(
    _ signatures: SignatureCheck = .reading, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    let context = CloudContext(
      port: 80, stateDirectory: URL(fileURLWithPath: "/nowhere"), time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    let door = FrontDoor(context: context, tables: Echo.tables(), signatures: signatures)
    let application = Application(
      router: door.router(), logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    try await application.test(.router, body)
  }

  private static func headers(_ pairs: [(String, String)]) -> HTTPFields { HTTPFields(pairs.map { ($0, $1) }) }

  private static func json(_ operation: String, version: String = "1.1") -> HTTPFields {
    headers([("X-Amz-Target", operation), ("Content-Type", "application/x-amz-json-\(version)")])
  }

  private static let form = headers([("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")])

  @Test(arguments: ["1.0", "1.1"]) func aTargetFindsAJSONService(version: String) async throws {
    try await run { client in
      try await client.execute(
        uri: "/", method: .post, headers: Self.json("Echo_2020.Say", version: version),
        body: ByteBuffer(string: #"{"text":"hi"}"#)
      ) { response in
        #expect(response.status == .ok)
        #expect(String(buffer: response.body) == #"{"text":"hi"}"#)
        #expect(response.headers[.contentType] == "application/x-amz-json-\(version)")
        #expect(response.headers.value(named: "x-amzn-requestid")?.count == 36)
      }
    }
  }

  @Test(arguments: [
    "Action=Ask&Version=2020-01-01&Question=q", "Action=Ask&Question=q", "Action=Ask&Version=1999-01-01&Question=q",
  ])
  func aFormFindsAQueryServiceByVersionOrAction(form: String) async throws {
    try await run { client in
      try await client.execute(uri: "/", method: .post, headers: Self.form, body: ByteBuffer(string: form)) {
        response in
        #expect(response.status == .ok)
        #expect(String(buffer: response.body).contains("<AskResult><Answer>yes</Answer></AskResult>"))
        #expect(response.headers[.contentType] == "text/xml")
      }
    }
  }

  @Test(arguments: ["Echo_2020.Shout", "Nobody_2020.Say", "Echo_2020.", "Say", ""])
  func anUnknownTargetIsNamedInJSON(target: String) async throws {
    try await run { client in
      try await client.execute(uri: "/", method: .post, headers: Self.json(target)) { response in
        #expect(response.status == .badRequest)
        let body = String(buffer: response.body)
        #expect(body.contains(#""__type":"UnknownOperationException""#))
        #expect(body.contains("The local cloud does not answer \(target.replacing("Echo_2020", with: "Echo"))."))
        #expect(response.headers.value(named: "x-amzn-errortype") == "UnknownOperationException")
      }
    }
  }

  @Test func anUnknownActionIsNamedInXML() async throws {
    try await run { client in
      for form in ["Action=Foo&Version=2020-01-01", "Action=Foo"] {
        try await client.execute(uri: "/", method: .post, headers: Self.form, body: ByteBuffer(string: form)) {
          response in
          #expect(response.status == .badRequest)
          let body = String(buffer: response.body)
          #expect(body.contains("<Code>InvalidAction</Code>"))
          #expect(body.contains("<Message>The action Foo is not valid for this web service.</Message>"))
        }
      }
      try await client.execute(uri: "/", method: .post, headers: Self.form, body: ByteBuffer(string: "a=b")) {
        response in
        #expect(String(buffer: response.body).contains("<Code>MissingAction</Code>"))
      }
    }
  }

  @Test func whatIsOfNoProtocolIsNotFound() async throws {
    try await run { client in
      let plain = Self.headers([("Content-Type", "text/plain")])
      try await client.execute(uri: "/", method: .post, headers: plain, body: ByteBuffer(string: "x")) { response in
        #expect(response.status == .notFound)
      }
      try await client.execute(uri: "/bucket/key", method: .get) { #expect($0.status == .notFound) }
    }
  }

  @Test func malformedBodiesAreRefusedInTheCallersProtocol() async throws {
    try await run { client in
      for body in ["{", "[]", #"{"text":1}"#, "{}"] {
        try await client.execute(
          uri: "/", method: .post, headers: Self.json("Echo_2020.Say"), body: ByteBuffer(string: body)
        ) { response in
          #expect(response.status == .badRequest, "\(body)")
          #expect(String(buffer: response.body).contains("__type"))
        }
      }
      try await client.execute(
        uri: "/", method: .post, headers: Self.form, body: ByteBuffer(string: "Action=Ask&Version=2020-01-01&%zz=1")
      ) { response in
        #expect(response.status == .badRequest)
        #expect(String(buffer: response.body).contains("<Code>MalformedQueryString</Code>"))
      }
    }
  }

  @Test func errorsOfServicesKeepTheirCode() async throws {
    try await run { client in
      try await client.execute(
        uri: "/", method: .post, headers: Self.json("Echo_2020.Say"), body: ByteBuffer(string: #"{"text":"refuse"}"#)
      ) { response in
        #expect(response.status == .badRequest)
        #expect(String(buffer: response.body).contains(#""__type":"EchoRefusedException""#))
      }
    }
  }

  @Test func errorsInsideTellNothingOfTheInside() async throws {
    try await run { client in
      try await client.execute(
        uri: "/", method: .post, headers: Self.json("Echo_2020.Say"), body: ByteBuffer(string: #"{"text":"fail"}"#)
      ) { response in
        #expect(response.status == .internalServerError)
        let body = String(buffer: response.body)
        #expect(body.contains(#""__type":"ServerException""#))
        #expect(!body.contains("Unexpected"))
      }
      try await client.execute(
        uri: "/", method: .post, headers: Self.form,
        body: ByteBuffer(string: "Action=Ask&Version=2020-01-01&Question=fail")
      ) { response in
        #expect(response.status == .internalServerError)
        #expect(String(buffer: response.body).contains("<Code>InternalFailure</Code>"))
        #expect(String(buffer: response.body).contains("<Type>Receiver</Type>"))
      }
    }
  }

  @Test func thePathFindsACBORService() async throws {
    try await run { client in
      func post(_ path: String, marker: String?, body: [UInt8]) async throws -> (Int, HTTPFields, Data) {
        var headers = Self.headers([("Content-Type", "application/cbor")])
        if let marker {
          headers.append(HTTPField(name: try #require(HTTPField.Name("smithy-protocol")), value: marker))
        }
        return try await client.execute(
          uri: path, method: .post, headers: headers, body: ByteBuffer(bytes: body)
        ) { (Int($0.status.code), $0.headers, Data($0.body.readableBytesView)) }
      }
      let say: [UInt8] = [0xa1, 0x64] + Array("text".utf8) + [0x62] + Array("hi".utf8)
      let said = try await post("/service/EchoService/operation/Say", marker: "rpc-v2-cbor", body: say)
      #expect(said.0 == 200)
      #expect(Array(said.2) == say)
      #expect(said.1.value(named: "smithy-protocol") == "rpc-v2-cbor")
      #expect(said.1[.contentType] == "application/cbor")
      for (path, marker, status) in [
        ("/service/EchoService/operation/Sing", "rpc-v2-cbor", 404), ("/service/X/operation/Say", "rpc-v2-cbor", 404),
        ("/service/EchoService/operation/Say", nil, 404),
      ] {
        let refused = try await post(path, marker: marker, body: say)
        #expect(refused.0 == status)
        let error = CBORCodec(serviceName: "").decodeError(status: 404, headers: [], body: refused.2)
        #expect(error.code == "UnknownOperationException")
      }
      let broken = try await post("/service/EchoService/operation/Say", marker: "rpc-v2-cbor", body: [0xa1])
      #expect(broken.0 == 400)
    }
  }

  @Test func compressedBodiesAreInflated() async throws {
    // `printf '{"text":"hi"}' | gzip -n`
    let body = try #require(
      Data(base64Encoded: "H4sIAAAAAAACA6tWKkmtKFGyUsrIVKoFANjER8oNAAAA"))
    try await run { client in
      func post(_ body: Data, _ encoding: String) async throws -> (Int, String) {
        var headers = Self.json("Echo_2020.Say")
        headers[.contentEncoding] = encoding
        return try await client.execute(
          uri: "/", method: .post, headers: headers, body: ByteBuffer(bytes: body)
        ) { (Int($0.status.code), String(buffer: $0.body)) }
      }
      let answer = try await post(body, "gzip")
      #expect(answer == (200, #"{"text":"hi"}"#))
      #expect(try await post(body.prefix(20), "gzip").0 == 400)
      #expect(try await post(body, "br").0 == 415)
    }
  }

  @Test func bodiesAreLimited() async throws {
    try await run { client in
      try await client.execute(
        uri: "/", method: .post, headers: Self.json("Echo_2020.Say"),
        body: ByteBuffer(repeating: UInt8(ascii: " "), count: FrontDoor.maximumBody + 1)
      ) { response in
        #expect(response.status == .contentTooLarge)
        #expect(String(buffer: response.body).contains("RequestEntityTooLarge"))
      }
    }
  }

  @Test func itTellsWhatItIs() async throws {
    try await run { client in
      for path in ["/", "/healthz"] {
        try await client.execute(uri: path, method: .get) { response in
          let status = try JSONDecoder().decode(CloudStatus.self, from: Data(response.body.readableBytesView))
          #expect(status.endpoint == "http://127.0.0.1:80")
          #expect(status.services == ["Echo", "Poll"])
        }
      }
    }
  }

  @Test func signaturesAreReadWhenTheyAreNotVerified() async throws {
    try await run { client in
      var headers = Self.json("Echo_2020.Say")
      func expect(_ text: String, authorization: String?, status: HTTPResponse.Status, has part: String) async throws {
        headers[.authorization] = authorization
        try await client.execute(
          uri: "/", method: .post, headers: headers, body: ByteBuffer(string: #"{"text":"\#(text)"}"#)
        ) { response in
          #expect(response.status == status)
          #expect(String(buffer: response.body).contains(part))
        }
      }
      headers.append(HTTPField(name: try #require(HTTPField.Name("X-Amz-Date")), value: "20231114T221320Z"))
      let parts = "SignedHeaders=host;x-amz-date;x-amz-target, Signature=00"
      try await expect("who", authorization: nil, status: .ok, has: "nobody")
      try await expect(
        "who", authorization: "AWS4-HMAC-SHA256 Credential=AKID/20231114/us-east-1/echo/aws4_request, \(parts)",
        status: .ok, has: "AKID")
      try await expect(
        "hi", authorization: "AWS4-HMAC-SHA256 Credential=AKID/20231114, \(parts)", status: .badRequest,
        has: "IncompleteSignatureException")
      try await expect("hi", authorization: "Bearer x", status: .badRequest, has: "IncompleteSignatureException")
    }
  }

  @Test func onlySignedRequestsPassWhenSignaturesAreVerified() async throws {
    let secret = "a secret"
    try await run(.verifying { $0 == "palco" ? secret : nil }) { client in
      let body = #"{"text":"who"}"#
      func send(accessKey: String, secret: String, body sent: String) async throws -> (HTTPResponse.Status, String) {
        let headers = [("X-Amz-Target", "Echo_2020.Say"), ("Content-Type", "application/x-amz-json-1.1")]
        let signer = SigV4Signer(
          credentials: SigV4Credentials(accessKey: accessKey, secretKey: secret), region: "eu-west-1", service: "echo")
        let signature = signer.sign(
          method: "POST", path: "/", headers: (headers + [("Host", "localhost")]).map { (name: $0, value: $1) },
          bodyHash: SigV4Signer.hash(of: Data(body.utf8)), date: clock.now)
        return try await client.execute(
          uri: "/", method: .post, headers: Self.headers(headers + signature.map { ($0.name, $0.value) }),
          body: ByteBuffer(string: sent)
        ) { ($0.status, String(buffer: $0.body)) }
      }
      let signed = try await send(accessKey: "palco", secret: secret, body: body)
      #expect(signed.0 == .ok)
      #expect(signed.1 == #"{"text":"palco"}"#)
      #expect(try await send(accessKey: "other", secret: secret, body: body).1.contains("UnrecognizedClientException"))
      #expect(try await send(accessKey: "palco", secret: "wrong", body: body).1.contains("InvalidSignatureException"))
      #expect(
        try await send(accessKey: "palco", secret: secret, body: #"{"text":"hi!"}"#).1
          .contains("InvalidSignatureException"))
      try await client.execute(
        uri: "/", method: .post, headers: Self.json("Echo_2020.Say"), body: ByteBuffer(string: body)
      ) { response in
        #expect(String(buffer: response.body).contains("MissingAuthenticationTokenException"))
      }
    }
  }
}
