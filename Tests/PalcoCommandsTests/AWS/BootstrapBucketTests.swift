import Foundation
import PalcoTestSupport
import Testing

@testable import PalcoCommands

/// The bucket that a bootstrap begins with, against a server that answers as S3 does.
extension AskingAWSTests {
  private static let key = "shop/bootstrap/terraform.tfstate"

  /// An S3 with one private bucket, or none, that holds these keys.
  private static func bucket(_ keys: [String]?, create: StubHTTPServer.Answer = .text(200, ""))
    -> @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer
  {
    { request in
      switch request.method {
      case "PUT": return create
      case "HEAD" where request.target == "/b": return .text(keys == nil ? 404 : 200, "")
      case "HEAD": return .text(keys?.contains { request.target == "/b/\($0)" } == true ? 200 : 404, "")
      case "GET" where request.target.contains("list-type=2"):
        return .text(
          200, "<ListBucketResult>\((keys ?? []).map { "<Key>\($0)</Key>" }.joined())</ListBucketResult>")
      default: return .text(404, "<Error/>")
      }
    }
  }

  private func open(
    _ answers: @escaping @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer,
    seen: ([StubHTTPServer.Request]) throws -> Void = { _ in }
  ) async throws -> Bool {
    let (result, requests) = try await withSession(answers) { session, server in
      let bucket = StateBucket(name: "b", session: session)
      return (try await Bootstrap.open(bucket, stateKey: Self.key, note: { _ in }), server.requests)
    }
    try seen(requests)
    return result
  }

  @Test func aNewAccountGetsItsBucketInItsRegion() async throws {
    let hasState = try await open(Self.bucket(nil)) { requests in
      let made = try #require(requests.last)
      #expect(made.method == "PUT")
      #expect(
        String(decoding: made.body, as: UTF8.self).contains("<LocationConstraint>eu-west-1</LocationConstraint>"))
    }
    #expect(!hasState)
  }

  @Test func aBucketThatAnotherRunMadeAMomentAgoWillDo() async throws {
    let owned = StubHTTPServer.Answer.text(409, "<Error><Code>BucketAlreadyOwnedByYou</Code></Error>")
    #expect(try await open(Self.bucket(nil, create: owned)) == false)
  }

  @Test func aNameThatSomebodyElseHasIsRefused() async throws {
    let taken = StubHTTPServer.Answer.text(409, "<Error><Code>BucketAlreadyExists</Code></Error>")
    let error = await #expect(throws: CommandError.self) { try await open(Self.bucket(nil, create: taken)) }
    #expect(error?.status == .refused)
    #expect(error?.message.contains("belongs to another account") == true)
  }

  @Test func aBucketThatCannotBeMadeIsAFailureThatSaysWhatS3Answered() async throws {
    let error = await #expect(throws: CommandError.self) {
      try await open(Self.bucket(nil, create: .text(400, "<Error><Code>TooManyBuckets</Code></Error>")))
    }
    #expect(error?.status == .failure)
    #expect(error?.message.contains("TooManyBuckets") == true)
  }

  @Test func whatIsInTheBucketStaysThere() async throws {
    #expect(try await open(Self.bucket([Self.key, "shop/stage/terraform.tfstate"])))
  }

  @Test(arguments: [[], [key + ".tflock"]])
  func whatWasCutShortIsFinished(keys: [String]) async throws {
    #expect(try await open(Self.bucket(keys)) == false)
  }

  @Test func aBucketThatHoldsOtherThingsIsRefused() async throws {
    let error = await #expect(throws: CommandError.self) { try await open(Self.bucket(["somebodys/file"])) }
    #expect(error?.status == .refused)
    #expect(error?.message.contains("no state of its own making") == true)
  }

  @Test func aPublicBucketIsRefusedWithTheCommandThatClosesIt() async throws {
    let error = await #expect(throws: CommandError.self) {
      try await open { request in
        request.target.hasSuffix("?policyStatus=")
          ? .text(200, "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>")
          : .text(request.method == "HEAD" ? 200 : 404, "")
      }
    }
    #expect(error?.status == .refused)
    #expect(error?.message.contains("put-public-access-block --bucket b") == true)
  }

  @Test func aBucketOfSomebodyElseIsRefused() async throws {
    let error = await #expect(throws: CommandError.self) { try await open { _ in .text(403, "") } }
    #expect(error?.message.contains("belongs to another account") == true)
  }

  @Test func cloudsOfOnesOwnAreReachedByPath() async throws {
    try await withSession { _ in
      .text(404, "")
    } body: { session, _ in
      let bucket = StateBucket(name: "b", session: session)
      #expect(bucket.backend(environment: [:]).map(\.name) == ["bucket"])
      #expect(
        bucket.backend(environment: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]).map(\.name) == [
          "bucket", "use_path_style",
        ])
    }
  }
}
