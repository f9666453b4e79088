import AWSWire
import Foundation
import HTTPTypes
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// What clients say of the bytes that they send.
@Suite struct UploadTests {
  @Test(arguments: [
    ("crc32", "NhCmhg=="), ("crc32c", "mnG7TA=="), ("crc64nvme", "M3eFcAZSQlc="),
    ("sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="), ("sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
  ])
  func aChecksumIsVerifiedAndAnswered(algorithm: String, sum: String) async throws {
    try await S3Fixture.run { s3 in
      let field = "x-amz-checksum-\(algorithm)"
      let put = try await s3.send(.put, "/states/a", "hello", headers: [(field, sum)])
      #expect(put.status == 200 && put[field] == sum, "\(put.text)")
      #expect(try await s3.send(.head, "/states/a")[field] == nil)
      let head = try await s3.send(.head, "/states/a", headers: [("x-amz-checksum-mode", "ENABLED")])
      #expect(head[field] == sum)
      let other = try await s3.send(.put, "/states/a", "hullo", headers: [(field, sum)])
      #expect(other.status == 400 && other.code == "BadDigest")
      #expect(s3.files.count == 1)
    }
  }

  @Test func digestsOfTheBodyAreVerified() async throws {
    try await S3Fixture.run { s3 in
      let md5 = "XUFAKrxLKna5cZ2REBfFkg=="
      let put = try await s3.send(.put, "/states/a", "hello", headers: [("content-md5", md5)])
      #expect(put.status == 200)
      #expect(try await s3.send(.put, "/states/a", "hullo", headers: [("content-md5", md5)]).code == "BadDigest")
      #expect(try await s3.send(.put, "/states/a", "x", headers: [("content-md5", "no")]).code == "InvalidDigest")
      let hash = [("x-amz-content-sha256", SigV4Signer.hash(of: Data("hello".utf8)))]
      #expect(try await s3.send(.put, "/states/a", "hello", headers: hash).status == 200)
      #expect(try await s3.send(.put, "/states/a", "hullo", headers: hash).code == "XAmzContentSHA256Mismatch")
      #expect(try await s3.send(.get, "/states/a").text == "hello")
    }
  }

  private func chunked(_ s3: S3Fixture, _ body: String, length: Int, trailer: String? = "x-amz-checksum-crc32")
    async throws -> S3Fixture.Answer
  {
    try await s3.send(
      .put, "/states/a", body,
      headers: [
        ("content-encoding", "aws-chunked"), ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "\(length)"),
      ] + (trailer.map { [("x-amz-trailer", $0)] } ?? []))
  }

  @Test func aChunkedBodyIsTakenApartAndItsTrailerVerified() async throws {
    try await S3Fixture.run { s3 in
      let body = "3\r\nhel\r\n2;chunk-signature=abc\r\nlo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"
      let put = try await chunked(s3, body, length: 5)
      #expect(put.status == 200, "\(put.text)")
      let got = try await s3.send(.get, "/states/a")
      #expect(got.text == "hello" && got["content-encoding"] == nil)

      #expect(try await chunked(s3, body.replacing("NhCmhg==", with: "AAAAAA=="), length: 5).code == "BadDigest")
      #expect(try await chunked(s3, body, length: 6).code == "IncompleteBody")
      #expect(try await chunked(s3, body, length: 4).code == "IncompleteBody")
      #expect(try await chunked(s3, "3\r\nhel\r\n", length: 3).code == "IncompleteBody")
      #expect(try await chunked(s3, "x\r\n", length: 3).code == "IncompleteBody")
      #expect(try await chunked(s3, "2\r\nhel\r\n0\r\n\r\n", length: 3).code == "IncompleteBody")
      let noTrailer = try await chunked(s3, "5\r\nhello\r\n0\r\n\r\n", length: 5)
      #expect(noTrailer.code == "InvalidRequest")
      #expect(try await chunked(s3, "5\r\nhello\r\n0\r\n\r\n", length: 5, trailer: nil).status == 200)
      #expect(try await s3.send(.get, "/states/a").text == "hello")
      #expect(s3.files.count == 1)
    }
  }

  @Test func signaturesAreVerifiedWhereTheCloudIsToldTo() async throws {
    try await withTemporaryDirectory { directory in
      let check = SignatureCheck.verifying { $0 == "palco" ? "secret" : nil }
      try await S3Fixture.run(directory, signatures: check) { s3 in
        func send(_ method: HTTPRequest.Method, _ path: String, _ body: String = "", secret: String = "secret")
          async throws -> S3Fixture.Answer
        {
          let signer = SigV4Signer(
            credentials: .init(accessKey: "palco", secretKey: secret), region: "us-east-1", service: "s3")
          let hash = SigV4Signer.hash(of: Data(body.utf8))
          let signature = signer.sign(
            method: method.rawValue, path: path, headers: [("Host", "localhost"), ("X-Amz-Content-Sha256", hash)],
            bodyHash: hash, date: s3.clock.now)
          return try await s3.send(
            method, path, body, headers: [("x-amz-content-sha256", hash)] + signature.map { ($0.name, $0.value) })
        }
        #expect(try await send(.put, "/states").status == 200)
        // Of S3, dots and double slashes are hashed as they are.
        #expect(try await send(.put, "/states/a//b/%2E/c%20d", "x").status == 200)
        let wrong = try await send(.put, "/states/a", "x", secret: "other")
        #expect(wrong.status == 403 && wrong.code == "SignatureDoesNotMatch")
        let unsigned = try await s3.send(.get, "/states/a")
        #expect(unsigned.status == 403 && unsigned.code == "AccessDenied")
      }
    }
  }
}
