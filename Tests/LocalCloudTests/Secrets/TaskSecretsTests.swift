import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct TaskSecretsTests {
  private func source(_ cloud: SecretsFixture) -> TaskSecrets {
    TaskSecrets(secretsManager: cloud.secretsManager, parameters: cloud.parameters)
  }

  private func reason(_ source: TaskSecrets, _ reference: String) async throws -> String {
    do {
      _ = try await source.value(of: reference)
      return ""
    } catch let failure as SecretFailure { return failure.reason }
  }

  @Test func everyFormOfAReferenceFindsItsValue() async throws {
    try await SecretsFixture.run { cloud in
      let arn = try #require(
        try await cloud.send(
          SecretsManager.CreateSecretRequest(
            name: "shop/db", secretString: Sensitive(#"{"user":"u","port":5432,"tls":true}"#))
        ).arn)
      let version = try #require(
        try await cloud.send(
          SecretsManager.PutSecretValueRequest(secretId: "shop/db", secretString: Sensitive(#"{"user":"w"}"#))
        ).versionId)
      try await cloud.send(SSM.PutParameterRequest(name: "/shop/url", value: Sensitive("p"), type: "SecureString"))
      let source = source(cloud)
      let foreign = "arn:aws:secretsmanager:us-east-1:999999999999:secret:shop/db-AbCdEf"
      let cases = [
        arn: #"{"user":"w"}"#, "\(arn):user::": "w", "\(arn):user:AWSPREVIOUS:": "u",
        "\(arn):port:AWSPREVIOUS:": "5432",
        "\(arn):tls:AWSPREVIOUS:": "true", "\(arn):user::\(version)": "w", "\(foreign):user::": "w",
        "/shop/url": "p", "arn:aws:ssm:us-east-1:999999999999:parameter/shop/url": "p",
      ]
      for (reference, value) in cases {
        #expect(try await source.value(of: reference) == value, "\(reference)")
      }
    }
  }

  @Test func whatIsMissingIsSaidInTheWordsOfECS() async throws {
    try await SecretsFixture.run { cloud in
      let source = source(cloud)
      let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/none-AbCdEf"
      #expect(
        try await reason(source, arn)
          == "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret \(arn) "
          + "from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.")
      #expect(
        try await reason(source, "/none")
          == "unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /none")
      try await cloud.send(SecretsManager.CreateSecretRequest(name: "plain", secretString: Sensitive("hush")))
      let plain = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:plain"
      let noObject = try await reason(source, "\(plain):user::")
      #expect(noObject.contains("no JSON object") && !noObject.contains("hush"))
      try await cloud.send(
        SecretsManager.PutSecretValueRequest(secretId: "plain", secretString: Sensitive(#"{"a":"hush"}"#)))
      let noKey = try await reason(source, "\(plain):user::")
      #expect(noKey.hasSuffix("did not contain json key user") && !noKey.contains("hush"))
      #expect(try await reason(source, "arn:aws:s3:::bucket").contains("invalid ARN"))
    }
  }
}
