import AWSWire
import Foundation
import HTTPTypes
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct BucketTests {
  @Test func aNewBucketIsEmptyPrivateAndEncryptedWithoutVersions() async throws {
    try await S3Fixture.run { s3 in
      let head = try await s3.send(.head, "/states")
      #expect(head.status == 200 && head["x-amz-bucket-region"] == "us-east-1" && head.text == "")
      let block = try await s3.send(.get, "/states?publicAccessBlock")
      #expect(block.text.contains("<RestrictPublicBuckets>true</RestrictPublicBuckets>"))
      #expect(try await s3.send(.get, "/states?encryption").text.contains("<SSEAlgorithm>AES256</SSEAlgorithm>"))
      #expect(try await s3.send(.get, "/states?versioning").xml?["Status"] == nil)
      #expect(try await s3.send(.get, "/states?location").xml?.text == "")
      #expect(try await s3.send(.get, "/states?acl").text.contains("FULL_CONTROL"))
      #expect(try await s3.send(.get, "/states?list-type=2").xml?["KeyCount"]?.text == "0")
      let list = try await s3.send(.get, "/", headers: S3Fixture.signed)
      #expect(list.xml?["Buckets"]?.all("Bucket").compactMap { $0["Name"]?.text } == ["states"])
    }
  }

  @Test(arguments: ["ab", "Upper", "a..b", "127.0.0.1", "-ab", "under_score"])
  func namesThatAreNoneAreRefused(name: String) async throws {
    try await S3Fixture.run { s3 in
      let answer = try await s3.send(.put, "/\(name)")
      #expect(answer.status == 400 && answer.code == "InvalidBucketName")
    }
  }

  @Test func theLocationMustBeTheRegion() async throws {
    try await withTemporaryDirectory { directory in
      try await S3Fixture.run(directory, region: "eu-west-1") { s3 async throws in
        func body(_ region: String) -> String {
          "<CreateBucketConfiguration><LocationConstraint>\(region)</LocationConstraint></CreateBucketConfiguration>"
        }
        #expect(try await s3.send(.put, "/states").code == "IllegalLocationConstraintException")
        #expect(try await s3.send(.put, "/states", body("eu-west-2")).code == "IllegalLocationConstraintException")
        #expect(try await s3.send(.put, "/states", body("eu-west-1")).status == 200)
        #expect(try await s3.send(.put, "/states", body("eu-west-1")).code == "BucketAlreadyOwnedByYou")
        #expect(try await s3.send(.get, "/states?location").xml?.text == "eu-west-1")
      }
    }
  }

  @Test func aBucketIsDeletedOnlyWhenNothingIsInIt() async throws {
    try await S3Fixture.run { s3 in
      try await s3.send(.put, "/states/a", "1")
      #expect(try await s3.send(.delete, "/states").code == "BucketNotEmpty")
      try await s3.send(.delete, "/states/a")
      #expect(try await s3.send(.delete, "/states").status == 204)
      let gone = try await s3.send(.get, "/states?list-type=2")
      #expect(gone.status == 404 && gone.code == "NoSuchBucket" && gone.xml?["BucketName"]?.text == "states")
      #expect(try await s3.send(.head, "/states").status == 404)
      #expect(try await s3.send(.put, "/states/a", "1").code == "NoSuchBucket")
    }
  }

  @Test func settingsAreAnsweredAsTheyWerePut() async throws {
    try await S3Fixture.run { s3 async throws in
      #expect(try await s3.send(.get, "/states?tagging").code == "NoSuchTagSet")
      let tags = "<Tagging><TagSet><Tag><Key>team</Key><Value>a &amp; b</Value></Tag></TagSet></Tagging>"
      #expect(try await s3.send(.put, "/states?tagging", tags).status == 204)
      #expect(try await s3.send(.get, "/states?tagging").xml?["TagSet"]?["Tag"]?["Value"]?.text == "a & b")
      #expect(try await s3.send(.delete, "/states?tagging").status == 204)
      #expect(try await s3.send(.get, "/states?tagging").code == "NoSuchTagSet")
      #expect(try await s3.send(.put, "/states?tagging", "<Wrong/>").code == "MalformedXML")
      #expect(try await s3.send(.put, "/states?tagging", "<Tagging>").code == "MalformedXML")
      #expect(try await s3.send(.delete, "/states?publicAccessBlock").status == 204)
      #expect(try await s3.send(.get, "/states?publicAccessBlock").code == "NoSuchPublicAccessBlockConfiguration")
      for (name, code) in [("cors", "NoSuchCORSConfiguration"), ("website", "NoSuchWebsiteConfiguration")] {
        #expect(try await s3.send(.get, "/states?\(name)").code == code)
        #expect(try await s3.send(.put, "/states?\(name)", "<X/>").code == "NotImplemented")
      }
    }
  }

  @Test func aPolicyIsKeptAndTellsWhetherItOpensTheBucket() async throws {
    try await S3Fixture.run { s3 async throws in
      #expect(try await s3.send(.get, "/states?policy").code == "NoSuchBucketPolicy")
      #expect(try await s3.send(.put, "/states?policy", "no").code == "MalformedPolicy")
      func policy(_ principal: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":"s3:GetObject","Resource":"*"}]}"#
      }
      for (principal, isPublic) in [(#""*""#, "true"), (#"{"AWS":"arn:aws:iam::123456789012:root"}"#, "false")] {
        #expect(try await s3.send(.put, "/states?policy", policy(principal)).status == 204)
        #expect(try await s3.send(.get, "/states?policy").text == policy(principal))
        #expect(try await s3.send(.get, "/states?policyStatus").xml?["IsPublic"]?.text == isPublic)
      }
      #expect(try await s3.send(.delete, "/states?policy").status == 204)
      #expect(try await s3.send(.get, "/states?policyStatus").status == 404)
    }
  }

  @Test func whatIsNotThereSaysSo() async throws {
    try await S3Fixture.run { s3 in
      for path in ["/states?analytics", "/states?list-type=1", "/states/a?tagging", "/states?inventory"] {
        let answer = try await s3.send(.get, path)
        #expect(answer.status == 501 && answer.code == "NotImplemented", "\(path)")
      }
      for path in ["/open", "/states/a"] {
        #expect(try await s3.send(.put, path, headers: [("x-amz-acl", "public-read")]).status == 400)
      }
      #expect(
        try await s3.send(.put, "/states/a", headers: [("x-amz-copy-source", "/states/b")]).code == "NotImplemented")
    }
  }
}
