import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore
import PalcoTestSupport
import Testing

/// What goes wrong between a client and AWS, and that nothing is done twice for it.
@Suite struct FaultTests {
  private let list = ECS.ListClustersRequest()
  private let register = ECS.RegisterTaskDefinitionRequest(family: "f", containerDefinitions: [])

  @Test func aThrottledRequestWaitsAsLongAsTheServiceAsks() async throws {
    let clock = TestClock(skipping: true)
    let done = try await run(
      list,
      script([
        .refusal("ThrottlingException", headers: [("Retry-After", "7")]),
        .refusal("ServerException", status: 503, headers: [("x-amz-retry-after", "2500")]), .text(200, "{}"),
      ]), clock: clock)
    #expect(throws: Never.self) { try done.result.get() }
    #expect(clock.sleeps == [.seconds(7), .milliseconds(2500)])
  }

  @Test func aServiceInTroubleIsNotAskedEverMore() async throws {
    try await withStub(script([.refusal("ServerException", status: 500)])) { server, http in
      let client = AWSClient(
        configuration: .stub(server.url), http: http, time: TestClock(skipping: true).timeSource, logger: .quiet)
      for _ in 0..<60 { await #expect(throws: AWSError.self) { try await client.send(list) } }
      // 500 tokens buy 100 attempts more than the 60; each later request is sent once.
      #expect(server.requests.count == 160)
    }
  }

  @Test func aServiceThatSaysNothingIsGivenUp() async throws {
    let clock = TestClock(skipping: true)
    let done = try await run(
      list,
      { _ in
        try? await Task.sleep(for: .seconds(600))
        return .hangUp
      }, clock: clock, timeout: .milliseconds(50))
    #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    #expect(done.message.contains("no answer in time"))
  }

  @Test func aBodyThatNeverEndsIsGivenUp() async throws {
    let answer = StubHTTPServer.Answer.partial(status: 200, length: 100, body: Data("{".utf8), hangsUp: false)
    let clock = TestClock(skipping: true)
    let done = try await run(list, script([answer]), clock: clock, timeout: .milliseconds(300))
    #expect(clock.sleeps == [.seconds(1), .seconds(2)])
    #expect(done.message.contains("no answer in time"))
  }

  @Test func aBodyThatIsCutShortIsNoAnswer() async throws {
    let cut = StubHTTPServer.Answer.partial(
      status: 200, length: 100, body: Data(#"{"clusterArns":["a"]}"#.utf8), hangsUp: true)
    let again = try await run(list, script([cut, .text(200, "{}")]))
    #expect(try again.result.get() == ECS.ListClustersResponse())
    let never = try await run(list, script([cut]))
    #expect(never.requests.count == 3)
    #expect(never.message.contains("closed before the answer was whole"))
  }

  @Test func aRepeatedRequestCarriesTheTokenOfTheFirst() async throws {
    func tokens<R: AWSRequest>(_ request: R) async throws -> [String?] {
      let done = try await run(request, script([.hangUp, .refusal("ServerException", status: 500), .text(200, "{}")]))
      return try done.requests.map {
        try (JSONSerialization.jsonObject(with: $0.body) as? [String: Any])?["clientToken"] as? String
      }
    }
    let service = try await tokens(ECS.CreateServiceRequest(serviceName: "s"))
    #expect(service.count == 3 && Set(service).count == 1 && service[0]?.count == 36)
    let task = try await tokens(ECS.RunTaskRequest(taskDefinition: "t"))
    #expect(task.count == 3 && Set(task).count == 1 && task[0] != service[0])
    let own = try await tokens(ECS.CreateServiceRequest(serviceName: "s", clientToken: "mine"))
    #expect(own == ["mine", "mine", "mine"])
  }

  @Test func aTaskDefinitionIsNotRegisteredTwice() async throws {
    for answer in [
      StubHTTPServer.Answer.hangUp, .refusal("ServerException", status: 500),
      .partial(status: 200, length: 100, body: Data("{".utf8), hangsUp: true),
    ] {
      let done = try await run(register, script([answer]))
      #expect(done.requests.count == 1)
      #expect(done.message.contains("did not answer RegisterTaskDefinition"))
      #expect(done.message.contains("It may have been done all the same"))
    }
    // What was turned away was not done.
    let throttled = try await run(register, script([.refusal("ThrottlingException"), .text(200, "{}")]))
    #expect(throttled.requests.count == 2)
    #expect(throws: Never.self) { try throttled.result.get() }
  }

  @Test func aForcedDeploymentIsNotStartedTwice() async throws {
    let forced = try await run(ECS.UpdateServiceRequest(service: "s", forceNewDeployment: true), script([.hangUp]))
    #expect(forced.requests.count == 1)
    let plain = try await run(ECS.UpdateServiceRequest(service: "s"), script([.hangUp, .text(200, "{}")]))
    #expect(plain.requests.count == 2)
  }

  @Test func credentialsThatEndMidReleaseAreNamedWithWhatToDo() async throws {
    let done = try await run(list, script([.refusal("ExpiredTokenException", "The security token is expired")]))
    #expect(
      done.message == "the AWS credentials of the profile 'work' have expired; run: aws sso login --profile work")
    #expect(done.requests.count == 1)
  }

  @Test func credentialsThatNobodyKnowsAreNamed() async throws {
    let unknown = try await run(list, script([.refusal("UnrecognizedClientException")]))
    #expect(unknown.message.contains("the profile 'work' (UnrecognizedClientException): nobody has this access key"))
    let wrong = try await run(
      list, script([.refusal("InvalidSignatureException", "The request signature we calculated does not match")]))
    #expect(wrong.message.contains("the secret key is not the one of the access key"))
    #expect(unknown.requests.count == 1 && wrong.requests.count == 1)
  }

  @Test func theWrongRegionIsNamed() async throws {
    let done = try await run(
      list,
      script([.refusal("InvalidSignatureException", "Credential should be scoped to a valid region.")]))
    #expect(done.message.contains("the region is eu-west-1, but http://127.0.0.1:"))
    #expect(done.message.contains("set AWS_REGION"))
  }

  /// The service's clock is ahead of this machine's; the verifier refuses as AWS does.
  private func verifying(ahead seconds: Double, of clock: TestClock)
    -> @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer
  {
    { request in
      let now = clock.now + seconds
      let formatter = DateFormatter()
      formatter.locale = Locale(identifier: "en_US_POSIX")
      formatter.timeZone = .gmt
      formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
      let date = [(name: "Date", value: formatter.string(from: now))]
      do {
        try SigV4Verifier { _ in "s3cret" }.verify(
          method: request.method, path: "/", query: "", headers: request.headers,
          bodyHash: SigV4Signer.hash(of: request.body), date: now)
        return .text(200, "{}", headers: date)
      } catch {
        return .refusal("InvalidSignatureException", "\(error)", headers: date)
      }
    }
  }

  @Test(arguments: [3600.0, -90_000.0]) func aWrongClockIsCorrectedOnce(_ ahead: Double) async throws {
    let clock = TestClock(skipping: true)
    try await withStub(verifying(ahead: ahead, of: clock)) { server, http in
      let client = AWSClient(
        configuration: .stub(server.url), http: http, time: clock.timeSource, logger: .quiet)
      _ = try await client.send(list)
      #expect(server.requests.count == 2)
      // What was learnt is kept, also by copies.
      let copy = client
      _ = try await copy.send(list)
      #expect(server.requests.count == 3)
      #expect(clock.sleeps.isEmpty)
    }
  }

  @Test func aClockThatCannotBeCorrectedIsNamed() async throws {
    let message = "Signature expired: 20231114T221320Z is now earlier than 20231114T231320Z (… - 5 min.)"
    let done = try await run(list, script([.refusal("InvalidSignatureException", message)]))
    #expect(done.message.contains("set this machine's clock"))
    #expect(done.requests.count == 1)
    // The Date of an answer that is signed at the same instant is no news.
    let same = try await run(
      list,
      script([.refusal("InvalidSignatureException", "x", headers: [("Date", "Tue, 14 Nov 2023 22:13:20 GMT")])]))
    #expect(same.requests.count == 1)
  }

  /// Gives other keys after they were discarded.
  private actor Renewing: CredentialsProvider {
    nonisolated let origin = CredentialsOrigin(name: "the role", remedy: "wait")
    private var generation = 1

    func credentials(http: HTTPClient, time: TimeSource) -> AWSCredentials {
      AWSCredentials(accessKey: "K\(generation)", secretKey: "s", sessionToken: "t")
    }

    func discard(_ credentials: AWSCredentials) -> Bool {
      generation += 1
      return true
    }
  }

  @Test func credentialsThatCanBeRenewedAreRenewedOnce() async throws {
    let answers: @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer = { request in
      request.header("Authorization")?.contains("K2/") == true ? .text(200, "{}") : .refusal("ExpiredTokenException")
    }
    let done = try await run(list, answers, credentials: Renewing())
    #expect(throws: Never.self) { try done.result.get() }
    #expect(done.requests.count == 2)
    let never = try await run(list, script([.refusal("ExpiredTokenException")]), credentials: Renewing())
    #expect(never.requests.count == 2)
    #expect(never.message.contains("the role have expired; wait"))
  }
}
