import AWSWire
import Crypto
import Foundation
import HTTPTypes
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// Objects that come in parts.
@Suite struct MultipartTests {
  private static let big = String(repeating: "palco", count: PartRecord.minimumSize / 5 + 1)

  private func begin(
    _ s3: S3Fixture, _ key: String = "a", headers: [(String, String)] = []
  ) async throws -> String {
    let answer = try await s3.send(.post, "/states/\(key)?uploads", headers: headers)
    #expect(answer.status == 200 && answer.xml?.name == "InitiateMultipartUploadResult", "\(answer.text)")
    return try #require(answer.xml?["UploadId"]?.text)
  }

  @discardableResult
  private func put(
    _ s3: S3Fixture, _ number: Int, _ body: String, to id: String, key: String = "a", headers: [(String, String)] = []
  ) async throws -> String {
    let answer = try await s3.send(
      .put, "/states/\(key)?partNumber=\(number)&uploadId=\(id)", body, headers: headers)
    #expect(answer.status == 200, "\(answer.text)")
    return answer["etag"] ?? ""
  }

  private func complete(
    _ s3: S3Fixture, _ id: String, _ parts: [(Int, String)], key: String = "a", headers: [(String, String)] = [],
    sums: [Int: String] = [:]
  ) async throws -> S3Fixture.Answer {
    let list = parts.map { number, etag in
      let sum = sums[number].map { "<ChecksumCRC32>\($0)</ChecksumCRC32>" } ?? ""
      return "<Part><PartNumber>\(number)</PartNumber><ETag>\(etag)</ETag>\(sum)</Part>"
    }
    return try await s3.send(
      .post, "/states/\(key)?uploadId=\(id)",
      "<CompleteMultipartUpload>\(list.joined())</CompleteMultipartUpload>", headers: headers)
  }

  private static func md5(_ text: String) -> Data { Data(Insecure.MD5.hash(data: Data(text.utf8))) }

  @Test func partsBecomeAnObject() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3, headers: [("content-type", "text/plain"), ("x-amz-meta-who", "me")])
      let last = try await put(s3, 7, "end", to: id)
      let first = try await put(s3, 2, Self.big, to: id)
      #expect(first == "\"\(ObjectWriter.hexadecimal(Self.md5(Self.big)))\"")
      #expect(try await s3.send(.get, "/states/a").code == "NoSuchKey", "it is no object yet")
      let done = try await complete(s3, id, [(2, first), (7, last)])
      let etag =
        ObjectWriter.hexadecimal(
          Insecure.MD5.hash(data: Self.md5(Self.big) + Self.md5("end"))) + "-2"
      #expect(done.status == 200 && done.xml?["ETag"]?.text == "\"\(etag)\"", "\(done.text)")
      let got = try await s3.send(.get, "/states/a")
      #expect(got.text == Self.big + "end" && got["etag"] == "\"\(etag)\"")
      #expect(got["content-type"] == "text/plain" && got["x-amz-meta-who"] == "me")
      #expect(s3.files.count == 1, "the parts are gone")
      #expect(try await complete(s3, id, [(2, first), (7, last)]).code == "NoSuchUpload")
    }
  }

  @Test func aPartOfAnObjectCanBeRead() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      let etags = [try await put(s3, 1, Self.big, to: id), try await put(s3, 2, "end", to: id)]
      _ = try await complete(s3, id, [(1, etags[0]), (2, etags[1])])
      let part = try await s3.send(.get, "/states/a?partNumber=2")
      #expect(part.status == 206 && part.text == "end" && part["x-amz-mp-parts-count"] == "2")
      #expect(try await s3.send(.head, "/states/a?partNumber=1")["content-length"] == "\(Self.big.utf8.count)")
      let none = try await s3.send(.get, "/states/a?partNumber=3")
      #expect(none.status == 416 && none.code == "InvalidPartNumber")
      #expect(try await s3.send(.get, "/states/a?partNumber=x").code == "InvalidArgument")
      #expect(
        try await s3.send(.get, "/states/a?partNumber=1", headers: [("range", "bytes=0-1")]).code == "InvalidRequest")
      try await s3.send(.put, "/states/whole", "hello")
      let whole = try await s3.send(.get, "/states/whole?partNumber=1")
      #expect(whole.status == 206 && whole.text == "hello" && whole["x-amz-mp-parts-count"] == nil)
    }
  }

  @Test func aListThatDoesNotFitIsRefused() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      let (one, two) = (try await put(s3, 1, "small", to: id), try await put(s3, 2, "end", to: id))
      #expect(try await complete(s3, id, []).code == "MalformedXML")
      #expect(try await s3.send(.post, "/states/a?uploadId=\(id)", "no").code == "MalformedXML")
      #expect(try await complete(s3, id, [(2, two), (1, one)]).code == "InvalidPartOrder")
      #expect(try await complete(s3, id, [(1, one), (1, one)]).code == "InvalidPartOrder")
      #expect(try await complete(s3, id, [(1, two)]).code == "InvalidPart")
      let missing = try await complete(s3, id, [(1, one), (3, two)])
      #expect(missing.code == "InvalidPart" && missing.xml?["PartNumber"]?.text == "3")
      let small = try await complete(s3, id, [(1, one), (2, two)])
      #expect(small.code == "EntityTooSmall" && small.xml?["ProposedSize"]?.text == "5")
      #expect(try await complete(s3, id, [(1, one)], headers: [("x-amz-mp-object-size", "4")]).code == "InvalidRequest")
      #expect(s3.files.count == 2, "nothing was joined")
      #expect(try await complete(s3, id, [(2, two)]).status == 200, "a part may be left out")
      #expect(try await s3.send(.get, "/states/a").text == "end")
      #expect(s3.files.count == 1)
    }
  }

  @Test func partsThatCannotBeAreRefused() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      for number in ["0", "10001", "x", ""] {
        let answer = try await s3.send(.put, "/states/a?partNumber=\(number)&uploadId=\(id)", "x")
        #expect(answer.status == 400 && answer.code == "InvalidArgument", "\(number)")
      }
      let path = "/states/a?partNumber=1&uploadId="
      #expect(try await s3.send(.put, path + "none", "x").code == "NoSuchUpload")
      #expect(try await s3.send(.put, "/states/b?partNumber=1&uploadId=\(id)", "x").code == "NoSuchUpload")
      #expect(try await s3.send(.put, path + id, "x", headers: [("content-md5", "no")]).code == "InvalidDigest")
      #expect(
        try await s3.send(.put, path + id, headers: [("x-amz-copy-source", "/states/b")]).code == "NotImplemented")
      #expect(try await s3.send(.post, "/nowhere/a?uploads").code == "NoSuchBucket")
      #expect(s3.files.isEmpty)
    }
  }

  @Test func aPartThatIsPutAgainTakesThePlaceOfTheOtherOne() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      let old = try await put(s3, 1, "old", to: id)
      let new = try await put(s3, 1, "new", to: id)
      #expect(s3.files.count == 1)
      #expect(try await complete(s3, id, [(1, old)]).code == "InvalidPart")
      #expect(try await complete(s3, id, [(1, new)]).status == 200)
      #expect(try await s3.send(.get, "/states/a").text == "new")
    }
  }

  @Test func anAbortedUploadLeavesNothing() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      try await put(s3, 1, "x", to: id)
      #expect(try await s3.send(.delete, "/states/b?uploadId=\(id)").code == "NoSuchUpload")
      #expect(try await s3.send(.delete, "/states/a?uploadId=\(id)").status == 204)
      #expect(s3.files.isEmpty)
      #expect(try await s3.send(.delete, "/states/a?uploadId=\(id)").code == "NoSuchUpload")
      #expect(try await s3.send(.get, "/states/a?uploadId=\(id)").code == "NoSuchUpload")
      // A bucket takes its unfinished uploads with it.
      try await put(s3, 1, "x", to: try await begin(s3))
      #expect(try await s3.send(.delete, "/states").status == 204)
      #expect(s3.files.isEmpty)
    }
  }

  @Test func conditionsHoldWhenTheUploadEnds() async throws {
    try await S3Fixture.run { s3 in
      let (one, two) = (try await begin(s3), try await begin(s3))
      let parts = [(1, try await put(s3, 1, "one", to: one))]
      #expect(try await complete(s3, one, parts, headers: [("if-match", "\"x\"")]).code == "NoSuchKey")
      #expect(try await complete(s3, one, parts, headers: [("if-none-match", "*")]).status == 200)
      let others = [(1, try await put(s3, 1, "two", to: two))]
      #expect(try await complete(s3, two, others, headers: [("if-none-match", "*")]).status == 412)
      let etag = try #require(try await s3.send(.head, "/states/a")["etag"])
      #expect(try await complete(s3, two, others, headers: [("if-match", "\"x\"")]).status == 412)
      #expect(try await complete(s3, two, others, headers: [("if-match", etag)]).status == 200)
      #expect(try await s3.send(.get, "/states/a").text == "two")
    }
  }

  @Test func checksumsOfPartsBecomeOneOfTheObject() async throws {
    try await S3Fixture.run { s3 in
      let crc = "NhCmhg=="  // of "hello"
      let field = "x-amz-checksum-crc32"
      let id = try await begin(s3, headers: [("x-amz-checksum-algorithm", "CRC32")])
      let path = "/states/a?partNumber=1&uploadId=\(id)"
      #expect(try await s3.send(.put, path, "hello").code == "InvalidRequest", "a part without its checksum")
      #expect(try await s3.send(.put, path, "hullo", headers: [(field, crc)]).code == "BadDigest")
      let etag = try await put(s3, 1, "hello", to: id, headers: [(field, crc)])
      #expect(try await complete(s3, id, [(1, etag)]).code == "InvalidRequest", "a list without its checksums")
      #expect(try await complete(s3, id, [(1, etag)], sums: [1: "AAAAAA=="]).code == "InvalidPart")
      let done = try await complete(s3, id, [(1, etag)], sums: [1: crc])
      var sum = ObjectChecksum(.crc32)
      Data(base64Encoded: crc)?.withUnsafeBytes { sum.update($0) }
      #expect(
        done.xml?["ChecksumCRC32"]?.text == "\(sum.value.text)-1" && done.xml?["ChecksumType"]?.text == "COMPOSITE")
      let head = try await s3.send(.head, "/states/a", headers: [("x-amz-checksum-mode", "ENABLED")])
      #expect(head[field] == "\(sum.value.text)-1" && head["x-amz-checksum-type"] == "COMPOSITE")
    }
  }

  @Test func aChecksumOfTheWholeObjectIsComputedAndCompared() async throws {
    try await S3Fixture.run { s3 in
      let sum = [("x-amz-checksum-crc32", "NhCmhg==")]
      let begun = [("x-amz-checksum-algorithm", "CRC32"), ("x-amz-checksum-type", "FULL_OBJECT")]
      let id = try await begin(s3, headers: begun)
      let wrong = [(1, try await put(s3, 1, "hullo", to: id))]
      #expect(try await complete(s3, id, wrong, headers: sum).code == "BadDigest")
      let right = [(1, try await put(s3, 1, "hello", to: id))]
      let done = try await complete(s3, id, right, headers: sum)
      #expect(done.xml?["ChecksumCRC32"]?.text == "NhCmhg==" && done.xml?["ChecksumType"]?.text == "FULL_OBJECT")
      for headers in [
        [("x-amz-checksum-algorithm", "MD4")],
        [("x-amz-checksum-algorithm", "SHA1"), ("x-amz-checksum-type", "FULL_OBJECT")],
        [("x-amz-checksum-algorithm", "CRC64NVME"), ("x-amz-checksum-type", "COMPOSITE")],
      ] {
        #expect(try await s3.send(.post, "/states/a?uploads", headers: headers).code == "InvalidRequest")
      }
    }
  }

  @Test func partsAreListedInPages() async throws {
    try await S3Fixture.run { s3 in
      let id = try await begin(s3)
      for number in [5, 1, 3] { try await put(s3, number, "x", to: id) }
      let first = try await s3.send(.get, "/states/a?uploadId=\(id)&max-parts=2").xml
      #expect(first?.all("Part").compactMap { $0["PartNumber"]?.text } == ["1", "3"])
      #expect(first?["IsTruncated"]?.text == "true" && first?["NextPartNumberMarker"]?.text == "3")
      let second = try await s3.send(.get, "/states/a?uploadId=\(id)&part-number-marker=3").xml
      #expect(second?.all("Part").compactMap { $0["PartNumber"]?.text } == ["5"])
      #expect(second?["IsTruncated"]?.text == "false" && second?["Part"]?["Size"]?.text == "1")
      #expect(try await s3.send(.get, "/states/a?uploadId=\(id)&part-number-marker=x").code == "InvalidArgument")
    }
  }

  @Test func uploadsAreListedByKeyAndAge() async throws {
    try await S3Fixture.run { s3 in
      var ids: [String] = []
      for key in ["b", "a/1", "a/2", "b"] { ids.append(try await begin(s3, key)) }
      func page(_ query: String) async throws -> XMLTree? { try await s3.send(.get, "/states?uploads&\(query)").xml }
      let all = try await page("")
      #expect(all?.all("Upload").compactMap { $0["UploadId"]?.text } == [ids[1], ids[2], ids[0], ids[3]])
      let grouped = try await page("delimiter=/")
      #expect(grouped?["CommonPrefixes"]?["Prefix"]?.text == "a/" && grouped?.all("Upload").count == 2)
      let first = try await page("max-uploads=3")
      #expect(first?["IsTruncated"]?.text == "true" && first?["NextKeyMarker"]?.text == "b")
      let marker = try #require(first?["NextUploadIdMarker"]?.text)
      let second = try await page("key-marker=b&upload-id-marker=\(marker)")
      #expect(second?.all("Upload").compactMap { $0["UploadId"]?.text } == [ids[3]])
      #expect(try await page("prefix=a/")?.all("Upload").count == 2)
    }
  }

  @Test func uploadsAndTheirPartsSurviveARestart() async throws {
    try await withTemporaryDirectory { directory in
      let kept = Kept()
      try await S3Fixture.run(directory) { s3 async throws in
        try await s3.send(.put, "/states")
        kept.id = try await begin(s3)
        kept.etag = try await put(s3, 1, "kept", to: kept.id)
      }
      try await S3Fixture.run(directory) { s3 async throws in
        #expect(s3.files.count == 1)
        #expect(try await complete(s3, kept.id, [(1, kept.etag)]).status == 200)
        #expect(try await s3.send(.get, "/states/a").text == "kept")
      }
    }
  }

  /// What one life of a cloud leaves to the next.
  private final class Kept: @unchecked Sendable {
    // Written by one closure and read by another one that runs after it.
    var id = ""
    var etag = ""
  }

  @Test func aVersionedBucketGetsANewVersion() async throws {
    try await S3Fixture.run { s3 in
      try await s3.enableVersions()
      try await s3.send(.put, "/states/a", "old")
      let id = try await begin(s3)
      let done = try await complete(s3, id, [(1, try await put(s3, 1, "new", to: id))])
      let version = try #require(done["x-amz-version-id"])
      #expect(try await s3.send(.get, "/states/a?versionId=\(version)").text == "new")
      #expect(try await s3.send(.get, "/states?versions").xml?.all("Version").count == 2)
    }
  }
}
