import AWSWire
import Foundation
import HTTPTypes
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ObjectTests {
  @Test func anObjectComesBackAsItWasPut() async throws {
    try await S3Fixture.run { s3 in
      let put = try await s3.send(
        .put, "/states/a%20b/%C3%BC%2B.json", "hello",
        headers: [
          ("content-type", "application/json"), ("x-amz-meta-who", "me"), ("content-encoding", "aws-chunked,gzip"),
        ])
      #expect(put.status == 200 && put["etag"] == #""5d41402abc4b2a76b9719d911017c592""#)
      #expect(put["x-amz-version-id"] == nil && put["x-amz-server-side-encryption"] == "AES256")
      let got = try await s3.send(
        .get,
        "/states/a%20b/ü+.json".addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)!.replacing(
          "%2520", with: "%20"))
      #expect(got.status == 200 && got.text == "hello")
      #expect(got["content-type"] == "application/json" && got["x-amz-meta-who"] == "me")
      #expect(got["content-encoding"] == "gzip" && got["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT")
      let head = try await s3.send(.head, "/states/a%20b/%C3%BC%2B.json")
      #expect(head.status == 200 && head["content-length"] == "5" && head.text == "")
      let none = try await s3.send(.get, "/states/none")
      #expect(none.status == 404 && none.code == "NoSuchKey" && none.xml?["Key"]?.text == "none")
    }
  }

  @Test func partsOfAnObject() async throws {
    try await S3Fixture.run { s3 in
      try await s3.send(.put, "/states/a", "0123456789")
      func range(_ text: String) async throws -> S3Fixture.Answer {
        try await s3.send(.get, "/states/a", headers: [("range", text)])
      }
      let middle = try await range("bytes=2-4")
      #expect(middle.status == 206 && middle.text == "234" && middle["content-range"] == "bytes 2-4/10")
      #expect(try await range("bytes=-3").text == "789")
      #expect(try await range("bytes=8-").text == "89")
      let beyond = try await range("bytes=10-")
      #expect(beyond.status == 416 && beyond.code == "InvalidRange")
      #expect(try await range("lines=1").text == "0123456789")
    }
  }

  @Test func aConditionalWriteIsRefusedWhenSomebodyWasFaster() async throws {
    try await S3Fixture.run { s3 in
      let ifNew = [("if-none-match", "*")]
      let first = try await s3.send(.put, "/states/lock", "a", headers: ifNew)
      #expect(first.status == 200)
      let second = try await s3.send(.put, "/states/lock", "b", headers: ifNew)
      #expect(second.status == 412 && second.code == "PreconditionFailed")
      #expect(second.xml?["Condition"]?.text == "If-None-Match")
      let etag = try #require(first["etag"])
      #expect(try await s3.send(.put, "/states/lock", "c", headers: [("if-match", "\"x\"")]).status == 412)
      #expect(try await s3.send(.put, "/states/lock", "c", headers: [("if-match", etag)]).status == 200)
      #expect(try await s3.send(.put, "/states/none", "c", headers: [("if-match", etag)]).code == "NoSuchKey")
      #expect(try await s3.send(.get, "/states/lock").text == "c")
      try await s3.send(.delete, "/states/lock")
      #expect(try await s3.send(.put, "/states/lock", "d", headers: ifNew).status == 200)
      #expect(s3.files.count == 1)
    }
  }

  @Test func ofManyWritersOnlyOneTakesTheLock() async throws {
    try await S3Fixture.run { s3 in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<8 {
          group.addTask {
            try await s3.send(.put, "/states/lock", "\(index)", headers: [("if-none-match", "*")]).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 200 }.count == 1 && statuses.filter { $0 == 412 }.count == 7)
      #expect(s3.files.count == 1)
    }
  }

  @Test func conditionalReads() async throws {
    try await S3Fixture.run { s3 in
      let etag = try #require(try await s3.send(.put, "/states/a", "1")["etag"])
      func status(_ name: String, _ value: String) async throws -> Int {
        try await s3.send(.get, "/states/a", headers: [(name, value)]).status
      }
      #expect(try await status("if-none-match", etag) == 304)
      #expect(try await status("if-match", "\"x\"") == 412)
      #expect(try await status("if-modified-since", "Tue, 14 Nov 2023 22:13:20 GMT") == 304)
      #expect(try await status("if-modified-since", "Tue, 14 Nov 2023 22:13:19 GMT") == 200)
      #expect(try await status("if-unmodified-since", "Tue, 14 Nov 2023 22:13:19 GMT") == 412)
    }
  }

  @Test func versionsAreKeptAndADeletionIsAMarker() async throws {
    try await S3Fixture.run { s3 in
      try await s3.send(.put, "/states/a", "zero")
      try await s3.enableVersions()
      let one = try #require(try await s3.send(.put, "/states/a", "one")["x-amz-version-id"])
      let two = try #require(try await s3.send(.put, "/states/a", "two")["x-amz-version-id"])
      #expect(try await s3.send(.get, "/states/a").text == "two")
      #expect(try await s3.send(.get, "/states/a?versionId=\(one)").text == "one")
      #expect(try await s3.send(.get, "/states/a?versionId=null").text == "zero")
      #expect(try await s3.send(.get, "/states/a?versionId=none").code == "NoSuchVersion")

      let deleted = try await s3.send(.delete, "/states/a")
      let marker = try #require(deleted["x-amz-version-id"])
      #expect(deleted.status == 204 && deleted["x-amz-delete-marker"] == "true")
      let gone = try await s3.send(.get, "/states/a")
      #expect(gone.code == "NoSuchKey" && gone["x-amz-delete-marker"] == "true")
      #expect(try await s3.send(.get, "/states/a?versionId=\(marker)").status == 405)
      #expect(try await s3.send(.get, "/states?list-type=2").xml?["KeyCount"]?.text == "0")

      let list = try #require(try await s3.send(.get, "/states?versions").xml)
      #expect(list.all("Version").compactMap { $0["VersionId"]?.text } == [two, one, "null"])
      #expect(list.all("DeleteMarker").map { $0["IsLatest"]?.text } == ["true"])

      let undone = try await s3.send(.delete, "/states/a?versionId=\(marker)")
      #expect(undone["x-amz-delete-marker"] == "true" && undone["x-amz-version-id"] == marker)
      #expect(try await s3.send(.get, "/states/a").text == "two")

      try await s3.enableVersions("Suspended")
      #expect(try await s3.send(.put, "/states/a", "three")["x-amz-version-id"] == "null")
      #expect(try await s3.send(.get, "/states/a?versionId=null").text == "three")
      #expect(s3.files.count == 3)
      #expect(try await s3.send(.put, "/states?versioning", "<VersioningConfiguration/>").code == "MalformedXML")
    }
  }

  @Test func manyObjectsAreDeletedAtOnce() async throws {
    try await S3Fixture.run { s3 in
      for key in ["a", "b", "c"] { try await s3.send(.put, "/states/\(key)", key) }
      let body = "<Delete><Object><Key>a</Key></Object><Object><Key>none</Key></Object></Delete>"
      let answer = try await s3.send(.post, "/states?delete", body)
      #expect(answer.xml?.all("Deleted").compactMap { $0["Key"]?.text } == ["a", "none"])
      let quiet = "<Delete><Quiet>true</Quiet><Object><Key>b</Key></Object></Delete>"
      #expect(try await s3.send(.post, "/states?delete", quiet).xml?.children == [])
      #expect(try await s3.send(.post, "/states?delete", "<Delete/>").code == "MalformedXML")
      #expect(s3.files.count == 1)
    }
  }

  @Test func listsAreInTheOrderOfBytesGroupedAndCut() async throws {
    try await S3Fixture.run { s3 in
      for key in ["a", "b/1", "b/2", "b/c/3", "d", "Z"] { try await s3.send(.put, "/states/\(key)", "") }
      func list(_ query: String) async throws -> XMLTree {
        try #require(try await s3.send(.get, "/states?list-type=2\(query)").xml)
      }
      func keys(_ list: XMLTree) -> [String] { list.all("Contents").compactMap { $0["Key"]?.text } }
      func groups(_ list: XMLTree) -> [String] { list.all("CommonPrefixes").compactMap { $0["Prefix"]?.text } }
      #expect(keys(try await list("")) == ["Z", "a", "b/1", "b/2", "b/c/3", "d"])
      let top = try await list("&delimiter=%2F")
      #expect(keys(top) == ["Z", "a", "d"] && groups(top) == ["b/"])
      let below = try await list("&prefix=b%2F&delimiter=%2F")
      #expect(keys(below) == ["b/1", "b/2"] && groups(below) == ["b/c/"])
      #expect(keys(try await list("&start-after=b%2F1")) == ["b/2", "b/c/3", "d"])

      var found: [String] = []
      var token = ""
      var pages = 0
      repeat {
        let page = try await list("&delimiter=%2F&max-keys=1\(token)")
        found += keys(page) + groups(page)
        token =
          (page["NextContinuationToken"]?.text).map {
            "&continuation-token=" + S3.urlEncoded($0).replacing("/", with: "%2F")
          } ?? ""
        pages += 1
      } while !token.isEmpty && pages < 10
      #expect(found == ["Z", "a", "b/", "d"] && pages == 4)
      #expect(try await s3.send(.get, "/states?list-type=2&max-keys=x").code == "InvalidArgument")
    }
  }

  @Test func versionsAreCutWithinAnObject() async throws {
    try await S3Fixture.run { s3 in
      try await s3.enableVersions()
      for (key, count) in [("a", 2), ("b", 3)] {
        for index in 0..<count { try await s3.send(.put, "/states/\(key)", "\(index)") }
      }
      var found: [String] = []
      var query = ""
      var pages = 0
      repeat {
        let page = try #require(try await s3.send(.get, "/states?versions&max-keys=2\(query)").xml)
        found += page.all("Version").compactMap { $0["Key"]?.text }
        query =
          page["NextKeyMarker"].map {
            "&key-marker=\($0.text)&version-id-marker=\(page["NextVersionIdMarker"]?.text ?? "")"
          }
          ?? ""
        pages += 1
      } while !query.isEmpty && pages < 10
      #expect(found == ["a", "a", "b", "b", "b"] && pages == 3)
    }
  }

  @Test func keysAreTheSameWhenTheirBytesAre() async throws {
    try await S3Fixture.run { s3 in
      // Composed and decomposed: one text for Swift, two keys for S3.
      try await s3.send(.put, "/states/%C3%A9", "composed")
      try await s3.send(.put, "/states/e%CC%81", "decomposed")
      #expect(try await s3.send(.get, "/states/%C3%A9").text == "composed")
      #expect(try await s3.send(.get, "/states/e%CC%81").text == "decomposed")
    }
  }

  @Test func objectsSurviveARestartAndLeftoversDoNot() async throws {
    try await withTemporaryDirectory { directory in
      try await S3Fixture.run(directory) { s3 in
        try await s3.send(.put, "/states")
        try await s3.enableVersions()
        try await s3.send(.put, "/states/a", "one")
        try await s3.send(.put, "/states/a", "two")
      }
      let folder = directory.appendingPathComponent("objects/zz")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("x".utf8).write(to: folder.appendingPathComponent("zz-leftover"))
      try await S3Fixture.run(directory) { s3 async throws in
        #expect(try await s3.send(.get, "/states/a").text == "two")
        #expect(try await s3.send(.get, "/states?versions").xml?.all("Version").count == 2)
        #expect(s3.files.count == 2)
      }
    }
  }
}
