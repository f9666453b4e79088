import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct SecretsManagerTests {
  private func create(_ name: String = "shop/db", _ value: String? = "hush-1", token: String? = nil)
    -> SecretsManager.CreateSecretRequest
  {
    .init(name: name, clientRequestToken: token, secretString: value.map { Sensitive($0) })
  }

  private func put(_ value: String, token: String? = nil, stages: [String]? = nil)
    -> SecretsManager.PutSecretValueRequest
  {
    .init(secretId: "shop/db", clientRequestToken: token, secretString: Sensitive(value), versionStages: stages)
  }

  @Test func anARNEndsWithSixCharactersAndEachFormOfItFindsTheSecret() async throws {
    try await SecretsFixture.run { cloud in
      let arn = try #require(try await cloud.send(create()).arn)
      #expect(
        arn.range(
          of: "^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-[A-Za-z0-9]{6}$",
          options: .regularExpression) != nil)
      for id in ["shop/db", arn, String(arn.dropLast(7))] {
        #expect(try await cloud.text(id) == "hush-1", "\(id)")
      }
      #expect(
        try await cloud.refusal(of: SecretsManager.DescribeSecretRequest(secretId: "shop"))
          == SecretsManagerError.notFound)
      #expect(try await cloud.refusal(of: create())?.code == "ResourceExistsException")
    }
  }

  @Test func theVersionBeforeStaysReachableAndTheOneBeforeThatLosesItsLabel() async throws {
    try await SecretsFixture.run { cloud in
      let first = try #require(try await cloud.send(create()).versionId)
      let second = try #require(try await cloud.send(put("hush-2")).versionId)
      #expect(try await cloud.text("shop/db") == "hush-2")
      #expect(try await cloud.text("shop/db", stage: "AWSPREVIOUS") == "hush-1")
      let third = try #require(try await cloud.send(put("hush-3")).versionId)
      let stages = try await cloud.send(SecretsManager.DescribeSecretRequest(secretId: "shop/db")).versionIdsToStages
      #expect(stages == [third: ["AWSCURRENT"], second: ["AWSPREVIOUS"]])
      #expect(try await cloud.text("shop/db", version: first) == "hush-1")
      let all = try await cloud.send(
        SecretsManager.ListSecretVersionIdsRequest(secretId: "shop/db", includeDeprecated: true))
      #expect(all.versions?.count == 3)
      #expect(
        try await cloud.refusal(of: SecretsManager.GetSecretValueRequest(secretId: "shop/db", versionStage: "PENDING"))?
          .message == "Secrets Manager can't find the specified secret value for staging label: PENDING")
    }
  }

  @Test func aRequestThatIsRepeatedWithItsTokenChangesNothing() async throws {
    try await SecretsFixture.run { cloud in
      let token = String(repeating: "t", count: 32)
      let made = try await cloud.send(create(token: token))
      #expect(try await cloud.send(create(token: token)) == made)
      let next = String(repeating: "u", count: 32)
      let answer = try await cloud.send(put("hush-2", token: next))
      #expect(answer.versionId == next)
      #expect(try await cloud.send(put("hush-2", token: next)) == answer)
      #expect(try await cloud.refusal(of: put("other", token: next)) == SecretsManagerError.otherValue)
      #expect(cloud.vaultFiles.count == 2)
    }
  }

  @Test func aStagedVersionIsPromotedByMovingTheLabel() async throws {
    try await SecretsFixture.run { cloud in
      let first = try #require(try await cloud.send(create()).versionId)
      let pending = try #require(try await cloud.send(put("hush-2", stages: ["AWSPENDING"])).versionId)
      #expect(try await cloud.text("shop/db") == "hush-1")
      var move = SecretsManager.UpdateSecretVersionStageRequest(
        secretId: "shop/db", versionStage: "AWSCURRENT", moveToVersionId: pending)
      #expect(try await cloud.refusal(of: move)?.message.contains("RemoveFromVersionId can't be empty") == true)
      move.removeFromVersionId = first
      try await cloud.send(move)
      #expect(try await cloud.text("shop/db") == "hush-2")
      #expect(try await cloud.text("shop/db", stage: "AWSPREVIOUS") == "hush-1")
    }
  }

  @Test func aDeletedSecretCanBeRestoredUntilItsWindowHasPassed() async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(create())
      let answer = try await cloud.send(
        SecretsManager.DeleteSecretRequest(secretId: "shop/db", recoveryWindowInDays: 7))
      #expect(answer.deletionDate == cloud.clock.now + 7 * 86_400)
      #expect(
        try await cloud.refusal(of: SecretsManager.GetSecretValueRequest(secretId: "shop/db"))
          == SecretsManagerError.deleted)
      #expect(try await cloud.refusal(of: create()) == SecretsManagerError.nameIsScheduled)
      #expect(try await cloud.send(SecretsManager.ListSecretsRequest()).secretList == [])
      #expect(
        try await cloud.send(SecretsManager.ListSecretsRequest(includePlannedDeletion: true)).secretList?.count == 1)
      try await cloud.send(SecretsManager.RestoreSecretRequest(secretId: "shop/db"))
      #expect(try await cloud.text("shop/db") == "hush-1")

      try await cloud.send(SecretsManager.DeleteSecretRequest(secretId: "shop/db", recoveryWindowInDays: 7))
      cloud.clock.advance(by: .seconds(7 * 86_400))
      #expect(
        try await cloud.refusal(of: SecretsManager.RestoreSecretRequest(secretId: "shop/db"))
          == SecretsManagerError.notFound)
      try await cloud.send(create("shop/db", "anew"))
      #expect(try await cloud.text("shop/db") == "anew")
      #expect(cloud.vaultFiles.count == 1)
    }
  }

  @Test(arguments: [6, 31]) func aWindowOutsideOf7To30DaysIsRefused(days: Int) async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(create())
      let request = SecretsManager.DeleteSecretRequest(secretId: "shop/db", recoveryWindowInDays: days)
      #expect(try await cloud.refusal(of: request) == SecretsManagerError.window)
    }
  }

  @Test func deletingByForceLeavesNothing() async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(create())
      try await cloud.send(SecretsManager.DeleteSecretRequest(secretId: "shop/db", forceDeleteWithoutRecovery: true))
      #expect(cloud.vaultFiles == [])
      // As on AWS, a second time is no error.
      try await cloud.send(SecretsManager.DeleteSecretRequest(secretId: "shop/db", forceDeleteWithoutRecovery: true))
      try await cloud.send(create())
    }
  }

  @Test func valuesAreInFilesOfTheirOwnerAndInNoRecordNorDescription() async throws {
    try await SecretsFixture.run { cloud in
      let request = create("shop/db", "hush-hush")
      #expect(!"\(request)".contains("hush-hush"))
      try await cloud.send(request)
      let described = try await cloud.send(SecretsManager.DescribeSecretRequest(secretId: "shop/db"))
      #expect(!String(decoding: try JSONEncoder().encode(described), as: UTF8.self).contains("hush-hush"))
      #expect(
        !"\(try await cloud.send(SecretsManager.GetSecretValueRequest(secretId: "shop/db")))".contains("hush-hush"))
      let file = try #require(cloud.vaultFiles.first)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "hush-hush")
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      for name in ["cloud.sqlite", "cloud.sqlite-wal"] {
        let bytes = try Data(contentsOf: cloud.directory.appendingPathComponent(name))
        #expect(bytes.range(of: Data("hush-hush".utf8)) == nil, "\(name)")
      }
    }
  }

  @Test func secretsSurviveARestartAndLeftoversDoNot() async throws {
    try await withTemporaryDirectory { directory in
      let before = try await SecretsFixture(directory)
      try await before.send(create())
      let leftover = directory.appendingPathComponent("vault/secretsmanager/leftover").path
      _ = FileManager.default.createFile(atPath: leftover, contents: Data("x".utf8))
      let after = try await SecretsFixture(directory)
      #expect(try await after.text("shop/db") == "hush-1")
      #expect(!FileManager.default.fileExists(atPath: leftover))
    }
  }

  @Test func listsAreFilteredAndCutIntoPages() async throws {
    try await SecretsFixture.run { cloud in
      for name in ["a/1", "a/2", "b/1"] { try await cloud.send(create(name, nil)) }
      try await cloud.send(SecretsManager.TagResourceRequest(secretId: "a/2", tags: [.init(key: "team", value: "x")]))
      func list(_ request: SecretsManager.ListSecretsRequest) async throws -> [String] {
        try await cloud.send(request).secretList?.compactMap(\.name) ?? []
      }
      #expect(try await list(.init(filters: [.init(key: "name", values: ["a/"])])) == ["a/1", "a/2"])
      #expect(try await list(.init(filters: [.init(key: "name", values: ["!a/"])])) == ["b/1"])
      #expect(try await list(.init(filters: [.init(key: "tag-key", values: ["te"])])) == ["a/2"])
      #expect(try await list(.init(sortOrder: "desc")) == ["b/1", "a/2", "a/1"])
      let page = try await cloud.send(SecretsManager.ListSecretsRequest(maxResults: 2))
      #expect(page.secretList?.compactMap(\.name) == ["a/1", "a/2"])
      #expect(try await list(.init(maxResults: 2, nextToken: page.nextToken)) == ["b/1"])
      #expect(
        try await cloud.refusal(of: SecretsManager.ListSecretsRequest(nextToken: "%")) == SecretsManagerError.nextToken)
    }
  }

  @Test func badValuesAreRefused() async throws {
    try await SecretsFixture.run { cloud in
      var both = create()
      both.secretBinary = Sensitive(Data([1]))
      #expect(try await cloud.refusal(of: both) == SecretsManagerError.twoValues)
      #expect(try await cloud.refusal(of: create("no spaces here"))?.code == "InvalidParameterException")
      #expect(
        try await cloud.refusal(of: create("big", String(repeating: "x", count: 65_537)))?.code == "ValidationException"
      )
      #expect(
        try await cloud.refusal(of: create("short", token: "short"))?.message
          == "ClientRequestToken must be 32-64 characters long.")
      try await cloud.send(create("shop/db", nil))
      #expect(
        try await cloud.refusal(of: SecretsManager.PutSecretValueRequest(secretId: "shop/db"))
          == SecretsManagerError.noValue)
    }
  }

  @Test func aRandomPasswordFollowsItsRules() async throws {
    try await SecretsFixture.run { cloud in
      let request = SecretsManager.GetRandomPasswordRequest(
        passwordLength: 4, excludeCharacters: "abc", excludePunctuation: true, includeSpace: true)
      let password = try #require(try await cloud.send(request).randomPassword?.value)
      #expect(password.count == 4 && password.contains(" ") && password.contains(where: \.isNumber))
      #expect(password.contains(where: \.isUppercase) && password.contains(where: \.isLowercase))
      let empty = SecretsManager.GetRandomPasswordRequest(passwordLength: 3)
      #expect(try await cloud.refusal(of: empty)?.code == "InvalidParameterException")
    }
  }
}
