import AWSClient
import Foundation
import PalcoTestSupport
import Testing

@Suite struct InstanceMetadataTests {
  private let service: @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer = { request in
    let roles = "/latest/meta-data/iam/security-credentials/"
    switch (request.method, request.target) {
    case ("PUT", "/latest/api/token"):
      return request.header("X-aws-ec2-metadata-token-ttl-seconds") == "21600" ? .text(200, "tok") : .text(400, "")
    case ("GET", _) where request.header("X-aws-ec2-metadata-token") != "tok": return .text(401, "")
    case ("GET", roles): return .text(200, "web\n")
    case ("GET", roles + "web"):
      return .text(
        200,
        #"{"Code":"Success","AccessKeyId":"I","SecretAccessKey":"is","Token":"it","Expiration":"2023-11-15T04:13:20Z"}"#
      )
    default: return .text(404, "")
    }
  }

  private func provider(_ endpoint: URL) async throws -> any CredentialsProvider {
    try await withAWSHome { home in
      try home.resolve([
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint.absoluteString, "AWS_METADATA_SERVICE_TIMEOUT": "60",
        "AWS_REGION": "r",
      ]).credentials
    }
  }

  @Test func theRoleOfTheInstanceIsAskedWithAToken() async throws {
    try await withStub(service) { server, http in
      let provider = try await provider(server.url)
      let keys = try await provider.credentials(http: http, time: TestClock().timeSource)
      #expect(keys == AWSCredentials(accessKey: "I", secretKey: "is", sessionToken: "it"))
      #expect(server.requests.map(\.method) == ["PUT", "GET", "GET"])
    }
  }

  @Test func anInstanceWithoutRoleSaysSo() async throws {
    try await withStub({ $0.method == "PUT" ? .text(200, "tok") : .text(404, "") }) { server, http in
      let message = await failure(of: try await provider(server.url), http)
      #expect(message.contains("the instance has no instance profile"))
    }
  }

  @Test func aTimeOutThatIsNoneIsRefused() async throws {
    try await withAWSHome { home in
      for value in ["0", "-1", "soon", "99999999999999999999"] {
        #expect(throws: AWSClientError.self) {
          try home.resolve([
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1", "AWS_METADATA_SERVICE_TIMEOUT": value,
            "AWS_REGION": "r",
          ])
        }
      }
    }
  }

  @Test func versionOneIsNotUsed() async throws {
    try await withStub({ $0.method == "PUT" ? .text(403, "") : .text(200, "web") }) { server, http in
      let message = await failure(of: try await provider(server.url), http)
      #expect(message.contains("HTTP 403 to the request for a token"))
      #expect(server.requests.map(\.method) == ["PUT"])
    }
  }

  @Test func aMachineThatIsNoInstanceIsToldEverythingThatWasLookedAt() async throws {
    let gone = try await withStub({ _ in .hangUp }) { server, _ in server.url }
    try await withHTTPClient { http in
      let clock = TestClock(skipping: true)
      let message = try await failure(of: provider(gone), http, clock)
      for part in [
        "there are no AWS credentials", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "the profile 'default'",
        "no container endpoint", "\(gone) does not answer", "hop limit",
      ] {
        #expect(message.contains(part), "\(message)")
      }
      // It is asked once: nobody waits for a service that is not there.
      #expect(clock.sleeps.isEmpty)
    }
  }
}
