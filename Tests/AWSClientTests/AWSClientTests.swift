import AWSClient
import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@Suite struct AWSClientTests {
  /// The requests that a client sent, and how it ended.
  private func run(
    _ answers: [StubHTTPServer.Answer], clock: TestClock = TestClock(now: Date(), skipping: true)
  ) async throws -> (requests: [StubHTTPServer.Request], result: Result<ECS.ListClustersResponse, any Error>) {
    try await withStub(script(answers)) { server, http in
      let client = AWSClient(
        configuration: .stub(server.url), http: http, time: clock.timeSource, jitter: { 1 }, logger: .quiet)
      let result: Result<ECS.ListClustersResponse, any Error>
      do { result = .success(try await client.send(ECS.ListClustersRequest())) } catch { result = .failure(error) }
      return (server.requests, result)
    }
  }

  @Test func sendsASignedRequestAndReadsTheAnswer() async throws {
    let (requests, result) = try await run([.text(200, #"{"clusterArns":["arn:c"]}"#)])
    #expect(try result.get() == ECS.ListClustersResponse(clusterArns: ["arn:c"]))
    let request = try #require(requests.first)
    #expect(requests.count == 1 && request.method == "POST" && request.target == "/")
    #expect(request.header("x-amz-target") == "AmazonEC2ContainerServiceV20141113.ListClusters")
    #expect(request.header("content-type") == "application/x-amz-json-1.1")
    let claim = try SigV4Verifier { $0 == "AKID" ? "s3cret" : nil }.verify(
      method: request.method, path: "/", query: "", headers: request.headers,
      bodyHash: SigV4Signer.hash(of: request.body), date: Date())
    #expect(claim.region == "eu-west-1" && claim.service == "ecs")
    #expect(request.header("x-amz-security-token") == "t0ken")
    #expect(!request.headers.contains { $0.value.contains("s3cret") })
  }

  @Test func speaksTheQueryProtocolToo() async throws {
    let identity = try await withStub({ request in
      guard String(decoding: request.body, as: UTF8.self) == "Action=GetCallerIdentity&Version=2011-06-15" else {
        return .text(400, "")
      }
      return .text(
        200,
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>"
          + "</GetCallerIdentityResponse>")
    }) { server, http in
      try await AWSClient(configuration: .stub(server.url), http: http, logger: .quiet)
        .send(STS.GetCallerIdentityRequest())
    }
    #expect(identity.account == "1")
  }

  @Test func whatTheServiceRefusesIsNotSentAgain() async throws {
    let (requests, result) = try await run([
      .text(
        400, #"{"__type":"ClusterNotFoundException","message":"Cluster not found."}"#,
        headers: [("x-amzn-RequestId", "r-1")])
    ])
    #expect(throws: AWSError("ClusterNotFoundException", "Cluster not found.", requestID: "r-1")) { try result.get() }
    #expect(requests.count == 1)
  }

  @Test func throttlingAndFailuresAreSentAgainWithBackOff() async throws {
    let clock = TestClock(now: Date(), skipping: true)
    let (requests, result) = try await run(
      [
        .text(400, #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#), .text(503, "busy"),
        .text(200, "{}"),
      ], clock: clock)
    #expect(try result.get() == ECS.ListClustersResponse())
    #expect(requests.count == 3)
    #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    // Each attempt is signed for its own instant.
    #expect(Set(requests.map { $0.header("x-amz-date") }).count == 3)
  }

  @Test func afterThreeAttemptsTheLastErrorStands() async throws {
    let (requests, result) = try await run([.text(500, #"{"__type":"ServerException","message":"no"}"#)])
    #expect(throws: AWSError("ServerException", "no", httpStatus: 500)) { try result.get() }
    #expect(requests.count == 3)
  }

  @Test func aConnectionThatBreaksIsTriedAgain() async throws {
    let (requests, result) = try await run([.hangUp, .text(200, "{}")])
    #expect(try result.get() == ECS.ListClustersResponse())
    #expect(requests.count == 2)
  }

  @Test func nobodyThereIsAnErrorThatNamesTheEndpoint() async throws {
    // A port that was free a moment ago.
    let gone = try await withStub({ _ in .hangUp }) { server, _ in server.url }
    try await withHTTPClient { http in
      let clock = TestClock(now: Date(), skipping: true)
      let client = AWSClient(
        configuration: .stub(gone), http: http, time: clock.timeSource, jitter: { 0.5 }, logger: .quiet)
      let error = await #expect(throws: AWSClientError.self) { try await client.send(ECS.ListClustersRequest()) }
      #expect(error?.description.contains(gone.absoluteString) == true)
      #expect(error?.description.contains("s3cret") == false)
      #expect(clock.sleeps == [.milliseconds(500), .seconds(1)])
    }
  }

  @Test func anAnswerOfAnotherShapeIsNamed() async throws {
    let (_, result) = try await run([.text(200, #"{"clusterArns":7}"#)])
    guard case .failure(AWSClientError.unreadableAnswer("ListClusters", _)) = result else {
      Issue.record("\(result)")
      return
    }
  }

  @Test func cancellationEndsTheWaitBetweenAttempts() async throws {
    let clock = TestClock(now: Date())
    try await withStub({ _ in .text(500, "") }) { server, http in
      let client = AWSClient(configuration: .stub(server.url), http: http, time: clock.timeSource, logger: .quiet)
      let task = Task { try await client.send(ECS.ListClustersRequest()) }
      await clock.sleepers(1)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(server.requests.count == 1)
    }
  }
}
