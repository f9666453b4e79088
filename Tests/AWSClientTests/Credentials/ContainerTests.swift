import AWSClient
import AsyncHTTPClient
import Foundation
import PalcoTestSupport
import Testing

@Suite struct ContainerTests {
  private let answer = #"""
    {"AccessKeyId":"C","SecretAccessKey":"cs","Token":"ct","Expiration":"2023-11-14T23:13:20Z"}
    """#

  @Test func credentialsAreReadAndKept() async throws {
    let answer = answer
    try await withStub({ $0.header("Authorization") == "tok" ? .text(200, answer) : .text(403, "") }) { server, http in
      try await withAWSHome { home in
        let full = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/c", "AWS_REGION": "r"]
        let provider = try home.resolve(full.merging(["AWS_CONTAINER_AUTHORIZATION_TOKEN": "tok"]) { $1 }).credentials
        let clock = TestClock()
        let expected = AWSCredentials(accessKey: "C", secretKey: "cs", sessionToken: "ct")
        #expect(try await provider.credentials(http: http, time: clock.timeSource) == expected)
        clock.advance(by: .seconds(3299))
        #expect(try await provider.credentials(http: http, time: clock.timeSource) == expected)
        #expect(server.requests.count == 1)
        clock.advance(by: .seconds(2))
        #expect(try await provider.credentials(http: http, time: clock.timeSource) == expected)
        #expect(server.requests.count == 2)

        let stranger = try home.resolve(full).credentials
        #expect(await failure(of: stranger, http) == "the container endpoint \(server.url)/c answered HTTP 403")
      }
    }
  }

  @Test func theFilesTokenComesBeforeTheVariables() async throws {
    let answer = answer
    try await withStub({ $0.header("Authorization") == "file" ? .text(200, answer) : .text(403, "") }) { server, http in
      try await withAWSHome { home in
        let variables = [
          "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/c", "AWS_REGION": "r",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN": "variable",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": try home.write("token", "file\n"),
        ]
        let provider = try home.resolve(variables).credentials
        #expect(
          try await provider.credentials(http: http, time: TestClock().timeSource).accessKey == "C")
        try home.write("token", "two\nlines")
        let broken = try home.resolve(variables).credentials
        #expect(await failure(of: broken, http).contains("holds a line break"))
      }
    }
  }

  @Test func anEndpointThatFailsIsAskedAgain() async throws {
    try await withStub(script([.text(500, ""), .hangUp, .text(200, answer)])) { server, http in
      try await withAWSHome { home in
        let provider = try home.resolve([
          "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/c", "AWS_REGION": "r",
        ]).credentials
        let clock = TestClock(skipping: true)
        #expect(try await provider.credentials(http: http, time: clock.timeSource).accessKey == "C")
        #expect(clock.sleeps == [.seconds(1), .seconds(2)])
      }
    }
  }

  @Test(arguments: ["", "[]", #"{"AccessKeyId":"s3cret"}"#, #"{"AccessKeyId":"a","SecretAccessKey":"s3cret","#])
  func anAnswerThatIsNoneIsNotQuoted(_ body: String) async throws {
    try await withStub(script([.text(200, body)])) { server, http in
      try await withAWSHome { home in
        let provider = try home.resolve([
          "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(server.url)/c", "AWS_REGION": "r",
        ]).credentials
        let message = await failure(of: provider, http)
        #expect(message.contains("answered no credentials") && !message.contains("s3cret"))
      }
    }
  }
}
