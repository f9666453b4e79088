import AWSWire
import Foundation
import HTTPTypes
import OCIImages
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct RegistryBlobTests {
  private let text = "hello world"
  private var digest: String { Digest.sha256(Data(text.utf8)) }

  @Test func thePingNeedsNoPasswordAndTakesAny() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        for path in ["/v2", "/v2/"] {
          for headers in [[:], [.authorization: "Basic QVdTOng="], [.authorization: "Bearer x"]] as [HTTPFields] {
            let answer = try await registry.send(.get, path, "", headers)
            #expect(answer.status == 200)
            #expect(answer.header("Docker-Distribution-Api-Version") == "registry/2.0")
          }
        }
        #expect(try await registry.send(.get, "/v2/nonsense").status == 404)
        #expect(try await registry.send(.post, "/v2/").code == "UNSUPPORTED")
      }
    }
  }

  @Test func aBlobComesInPiecesAndGoesOutInRanges() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        let started = try await registry.send(.post, "/v2/web/blobs/uploads/")
        #expect(started.status == 202)
        let location = try #require(started.header("Location"))
        #expect(location == "/v2/web/blobs/uploads/\(started.header("Docker-Upload-UUID") ?? "")")
        let first = try await registry.send(.patch, location, "hello ", [.contentRange: "0-5"])
        #expect(first.status == 202 && first.header("Range") == "0-5")
        // A gap, and an overlap, are answered with where to go on.
        for range in ["7-8", "3-4"] {
          let wrong = try await registry.send(.patch, location, "xx", [.contentRange: range])
          #expect(wrong.status == 416 && wrong.header("Range") == "0-5")
        }
        let status = try await registry.send(.get, location)
        #expect(status.status == 204 && status.header("Range") == "0-5")
        // The last piece may come with the end.
        let done = try await registry.send(.put, "\(location)?digest=\(digest)", "world", [.contentRange: "6-10"])
        #expect(done.status == 201)
        #expect(done.header("Location") == "/v2/web/blobs/\(digest)")
        #expect(done.header("Docker-Content-Digest") == digest)
        #expect(try await registry.send(.get, location).code == "BLOB_UPLOAD_UNKNOWN")

        let path = "/v2/web/blobs/\(digest)"
        let head = try await registry.send(.head, path)
        #expect(head.status == 200 && head.header("Content-Length") == "11" && head.body.isEmpty)
        let whole = try await registry.send(.get, path)
        #expect(whole.text == text && whole.header("Docker-Content-Digest") == digest)
        for (range, expected) in [
          ("bytes=0-4", "hello"), ("bytes=6-", "world"), ("bytes=-3", "rld"), ("bytes=9-99", "ld"),
        ] {
          let answer = try await registry.send(.get, path, "", [.range: range])
          #expect(answer.status == 206 && answer.text == expected)
        }
        #expect(
          try await registry.send(.get, path, "", [.range: "bytes=0-4"]).header("Content-Range") == "bytes 0-4/11")
        let outside = try await registry.send(.get, path, "", [.range: "bytes=11-12"])
        #expect(outside.status == 416 && outside.header("Content-Range") == "bytes */11")
        for ignored in ["bytes=4-2", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"] {
          #expect(try await registry.send(.get, path, "", [.range: ignored]).status == 200)
        }
      }
    }
  }

  @Test func aBlobInOneRequestAndAnEmptyOne() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        #expect(try await registry.push(text) == digest)
        let empty = Digest.sha256(Data())
        let started = try await registry.send(.post, "/v2/web/blobs/uploads/")
        let location = try #require(started.header("Location"))
        // Some clients encode the colon.
        let query = empty.replacingOccurrences(of: ":", with: "%3A")
        #expect(try await registry.send(.put, "\(location)?digest=\(query)").status == 201)
        let read = try await registry.send(.get, "/v2/web/blobs/\(query)")
        #expect(read.status == 200 && read.body.isEmpty)
      }
    }
  }

  @Test func aWrongDigestIsRefusedAndNothingIsLeft() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        let wrong = Digest.sha256(Data("other".utf8))
        let answer = try await registry.send(.post, "/v2/web/blobs/uploads/?digest=\(wrong)", text)
        #expect(answer.status == 400 && answer.code == "DIGEST_INVALID")
        #expect(try await registry.send(.post, "/v2/web/blobs/uploads/?digest=sha256:1", text).code == "DIGEST_INVALID")
        #expect(try await registry.send(.head, "/v2/web/blobs/\(wrong)").status == 404)
        #expect(try await registry.send(.get, "/v2/web/blobs/\(wrong)").code == "BLOB_UNKNOWN")
        #expect(try await registry.send(.get, "/v2/web/blobs/sha256:..%2F..%2Fx").code == "DIGEST_INVALID")
        #expect(try await registry.send(.get, "/v2/web/blobs/sha256:1").code == "DIGEST_INVALID")
      }
      #expect(!fixture.service.blobs.contains(digest))
    }
  }

  @Test func aRepositoryThatIsMissingIsNamedAsECRDoes() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        for (method, path) in [
          (.post, "/v2/none/blobs/uploads/"), (.get, "/v2/none/tags/list"), (.get, "/v2/none/manifests/v1"),
          (.get, "/v2/none/blobs/\(digest)"),
        ] as [(HTTPRequest.Method, String)] {
          let answer = try await registry.send(method, path)
          #expect(answer.status == 404 && answer.code == "NAME_UNKNOWN")
          #expect(
            answer.text.contains(
              "The repository with name 'none' does not exist in the registry with id '123456789012'"))
        }
      }
    }
  }

  @Test func aBlobIsMountedFromAnotherRepository() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: "team/api"))
      try await fixture.registry { registry in
        try await registry.push(text)
        #expect(try await registry.send(.head, "/v2/team/api/blobs/\(digest)").status == 404)
        let mounted = try await registry.send(.post, "/v2/team/api/blobs/uploads/?mount=\(digest)&from=web")
        #expect(mounted.status == 201)
        #expect(try await registry.send(.get, "/v2/team/api/blobs/\(digest)").text == text)
        // What is not there becomes an upload.
        let other = Digest.sha256(Data())
        #expect(
          try await registry.send(.post, "/v2/team/api/blobs/uploads/?mount=\(other)&from=web").status == 202)
      }
    }
  }

  @Test func badPiecesAreRefusedAndAnUploadCanBeDropped() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.registry { registry in
        let location = try #require(try await registry.send(.post, "/v2/web/blobs/uploads/").header("Location"))
        for range in ["5-0", "bytes 0-5", "x", "0"] {
          #expect(
            try await registry.send(.patch, location, text, [.contentRange: range]).code == "BLOB_UPLOAD_INVALID")
        }
        #expect(
          try await registry.send(.patch, location, text, [.contentRange: "0-99", .contentLength: "11"]).code
            == "SIZE_INVALID")
        #expect(try await registry.send(.put, location).code == "DIGEST_INVALID")
        #expect(try await registry.send(.delete, location).status == 204)
        #expect(try await registry.send(.patch, location, text).code == "BLOB_UPLOAD_UNKNOWN")
      }
    }
  }

  @Test func aBlobThatAnImageNeedsIsNotDeleted() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.push("v1", tag: "v1")
      let layer = Digest.sha256(Data("layer of v1".utf8))
      try await fixture.registry { registry in
        #expect(try await registry.send(.delete, "/v2/web/blobs/\(layer)").code == "DENIED")
        try await registry.push(text)
        #expect(try await registry.send(.delete, "/v2/web/blobs/\(digest)").status == 202)
        #expect(try await registry.send(.head, "/v2/web/blobs/\(digest)").status == 404)
      }
    }
  }

  @Test func aStateFolderThatCannotBeWrittenIsSaidAndNothingIsHalfThere() async throws {
    try await ECRFixture.run { fixture in
      let folder = fixture.directory.appendingPathComponent("blobs/sha256/" + digest.dropFirst(7).prefix(2))
      // A file where the folder must be: works for root too, whom permissions do not stop.
      try Data().write(to: folder)
      try await fixture.registry { registry in
        let answer = try await registry.send(.post, "/v2/web/blobs/uploads/?digest=\(digest)", text)
        #expect(answer.status == 500 && answer.code == "UNKNOWN")
        #expect(answer.text.contains(folder.path))
        #expect(try await registry.send(.head, "/v2/web/blobs/\(digest)").status == 404)
      }
      #expect(await fixture.service.state.layers.isEmpty)
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func aFullDiskIsSaid() throws {
    var writer = try UploadWriter(URL(fileURLWithPath: "/dev/full"), hasher: Digest.Hasher(), size: 0)
    let error = #expect(throws: AWSError.self) {
      try Data("x".utf8).withUnsafeBytes { try writer.write($0) }
    }
    #expect(error?.httpStatus == 500)
    #expect(error?.message.hasPrefix("The disk is full: /dev/full") == true)
    #expect(writer.size == 0)
  }
}
