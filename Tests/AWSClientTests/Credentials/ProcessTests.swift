import AWSClient
import Foundation
import PalcoTestSupport
import Testing

@Suite struct ProcessTests {
  /// What a profile with a command gives.
  private func result(_ command: String, _ variables: [String: String] = [:]) async throws -> Result<
    AWSCredentials, any Error
  > {
    try await withAWSHome(config: "[profile p]\nregion = r\ncredential_process = \(command)") { home in
      let provider = try home.resolve(variables, profile: "p").credentials
      return try await withHTTPClient { http in
        do {
          return .success(try await provider.credentials(http: http, time: TestClock().timeSource))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private func message(_ command: String) async throws -> String {
    switch try await result(command) {
    case .success(let keys): "none: \(keys)"
    case .failure(let error): "\(error)"
    }
  }

  @Test func whatTheProgramPrintsIsUsed() async throws {
    let keys = try await result(
      #"printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"ps","SessionToken":"pt","#
        + #""Expiration":"2023-11-14T23:13:20+00:00"}' "$WHO""#, ["WHO": "two words"])
    #expect(try keys.get() == AWSCredentials(accessKey: "two words", secretKey: "ps", sessionToken: "pt"))
  }

  @Test func whatGoesWrongIsSaidWithoutSecrets() async throws {
    let failed = try await message(#"echo s3cret; echo first >&2; echo log in first >&2; exit 3"#)
    #expect(failed.contains("credential_process of the profile 'p' failed"))
    #expect(failed.hasSuffix(": log in first") && !failed.contains("s3cret"))
    let missing = try await message("/nowhere/at/all")
    #expect(missing.contains("failed"))
    let text = try await message("echo s3cret")
    #expect(text.contains("printed no credentials as JSON") && !text.contains("s3cret"))
    let version = try await message(#"echo '{"Version":2,"AccessKeyId":"a","SecretAccessKey":"s3cret"}'"#)
    #expect(version.contains("another version than 1") && !version.contains("s3cret"))
    let old = try await message(
      #"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}'"#)
    #expect(old.contains("have expired; log in again with the program"))
    let odd = try await message(
      #"echo '{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"soon"}'"#)
    #expect(odd.contains("no instant"))
  }
}
