import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ParameterStoreTests {
  private func put(
    _ name: String = "/shop/stage/db", _ value: String = "v", type: String? = "String", overwrite: Bool? = nil,
    pattern: String? = nil
  ) -> SSM.PutParameterRequest {
    .init(name: name, value: Sensitive(value), type: type, overwrite: overwrite, allowedPattern: pattern)
  }

  private func get(_ cloud: SecretsFixture, _ name: String, decrypted: Bool? = nil) async throws -> SSM.Parameter {
    try #require(try await cloud.send(SSM.GetParameterRequest(name: name, withDecryption: decrypted)).parameter)
  }

  @Test func aParameterIsOverwrittenOnlyOnRequestAndKeepsItsVersions() async throws {
    try await SecretsFixture.run { cloud in
      #expect(try await cloud.send(put()).version == 1)
      #expect(try await cloud.refusal(of: put()) == SSMError.exists)
      #expect(try await cloud.send(put("/shop/stage/db", "w", type: nil, overwrite: true)).version == 2)
      #expect(
        try await cloud.refusal(of: put("/shop/stage/db", "w", type: "SecureString", overwrite: true))
          == SSMError.typeChanges)
      let parameter = try await get(cloud, "/shop/stage/db")
      #expect(parameter.value?.value == "w" && parameter.version == 2 && parameter.dataType == "text")
      #expect(parameter.arn == "arn:aws:ssm:eu-west-1:123456789012:parameter/shop/stage/db")
      let first = try await get(cloud, "/shop/stage/db:1")
      #expect(first.value?.value == "v" && first.selector == ":1")
      let missing = SSM.GetParameterRequest(name: "/shop/stage/db:9")
      #expect(try await cloud.refusal(of: missing)?.code == "ParameterVersionNotFound")
    }
  }

  @Test func aSecureStringIsInClearForWhoAsksForDecryptionOnly() async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(put("/a", "hush-hush", type: "SecureString"))
      #expect(try await get(cloud, "/a", decrypted: true).value?.value == "hush-hush")
      let sealed = try #require(try await get(cloud, "/a").value?.value)
      #expect(!sealed.contains("hush") && Data(base64Encoded: sealed) != nil)
      let described = try await cloud.send(SSM.DescribeParametersRequest())
      #expect(described.parameters?.first?.keyId == "alias/aws/ssm")
      #expect(!String(decoding: try JSONEncoder().encode(described), as: UTF8.self).contains("hush"))
      let mode = try FileManager.default.attributesOfItem(atPath: try #require(cloud.vaultFiles.first))[
        .posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }

  @Test func aNameAnARNAndANameWithoutLevelsAreFound() async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(put("/a/b", "1"))
      try await cloud.send(put("plain", "2"))
      #expect(try await get(cloud, "arn:aws:ssm:eu-west-1:123456789012:parameter/a/b").value?.value == "1")
      #expect(try await get(cloud, "arn:aws:ssm:eu-west-1:123456789012:parameter/plain").value?.value == "2")
      let some = try await cloud.send(SSM.GetParametersRequest(names: ["/a/b", "/none"]))
      #expect(some.parameters?.count == 1 && some.invalidParameters == ["/none"])
      #expect(try await cloud.refusal(of: SSM.GetParameterRequest(name: "/none"))?.code == "ParameterNotFound")
    }
  }

  @Test func pathsAreReadOneLevelOrAllOfThem() async throws {
    try await SecretsFixture.run { cloud in
      for name in ["/a/1", "/a/2", "/a/b/3", "/ab/4", "/b/5"] { try await cloud.send(put(name)) }
      func names(_ request: SSM.GetParametersByPathRequest) async throws -> [String] {
        try await cloud.send(request).parameters?.compactMap(\.name) ?? []
      }
      #expect(try await names(.init(path: "/a")) == ["/a/1", "/a/2"])
      #expect(try await names(.init(path: "/a/", recursive: true)) == ["/a/1", "/a/2", "/a/b/3"])
      let page = try await cloud.send(SSM.GetParametersByPathRequest(path: "/", recursive: true, maxResults: 3))
      #expect(page.parameters?.compactMap(\.name) == ["/a/1", "/a/2", "/a/b/3"])
      #expect(try await names(.init(path: "/", recursive: true, nextToken: page.nextToken)) == ["/ab/4", "/b/5"])
      let filter = SSM.ParameterStringFilter(key: "Name", option: "BeginsWith", values: ["/a/"])
      #expect(try await cloud.send(SSM.DescribeParametersRequest(parameterFilters: [filter])).parameters?.count == 3)
      let unknown = SSM.ParameterStringFilter(key: "Colour", values: ["red"])
      #expect(
        try await cloud.refusal(of: SSM.DescribeParametersRequest(parameterFilters: [unknown])) == SSMError.filterKey)
    }
  }

  @Test(arguments: [
    ("no spaces", "ValidationException"), ("a/b", "ValidationException"), ("/a//b", "ValidationException"),
    ("/aws/x", "ValidationException"),
    ("/" + Array(repeating: "l", count: 16).joined(separator: "/"), "HierarchyLevelLimitExceededException"),
  ])
  func namesThatAreNoneAreRefused(name: String, code: String) async throws {
    try await SecretsFixture.run { cloud in
      let refusal = try await cloud.refusal(of: put(name))
      #expect(refusal?.code == code)
    }
  }

  @Test func valuesThatDoNotFitAreRefusedWithoutRepeatingThem() async throws {
    try await SecretsFixture.run { cloud in
      let mismatch = try await cloud.refusal(of: put("/a", "hush", pattern: "^[0-9]+$"))
      #expect(mismatch == SSMError.pattern("^[0-9]+$"))
      #expect(
        try await cloud.refusal(of: put("/a", String(repeating: "x", count: 4097)))?.code == "ValidationException")
      #expect(try await cloud.refusal(of: put("/a", ""))?.code == "ValidationException")
      #expect(try await cloud.refusal(of: put("/a", "x", type: nil)) == SSMError.typeMissing)
      #expect(try await cloud.refusal(of: put("/a", "x", type: "Map"))?.code == "UnsupportedParameterType")
      #expect(cloud.vaultFiles == [])
    }
  }

  @Test func tagsAndDeletion() async throws {
    try await SecretsFixture.run { cloud in
      try await cloud.send(put("/a"))
      try await cloud.send(
        SSM.AddTagsToResourceRequest(resourceType: "Parameter", resourceId: "/a", tags: [.init(key: "k", value: "v")]))
      let list = SSM.ListTagsForResourceRequest(resourceType: "Parameter", resourceId: "/a")
      #expect(try await cloud.send(list).tagList == [.init(key: "k", value: "v")])
      try await cloud.send(
        SSM.RemoveTagsFromResourceRequest(resourceType: "Parameter", resourceId: "/a", tagKeys: ["k"]))
      #expect(try await cloud.send(list).tagList == [])
      let deleted = try await cloud.send(SSM.DeleteParametersRequest(names: ["/a", "/b"]))
      #expect(deleted.deletedParameters == ["/a"] && deleted.invalidParameters == ["/b"])
      #expect(try await cloud.refusal(of: SSM.DeleteParameterRequest(name: "/a"))?.code == "ParameterNotFound")
      #expect(try await cloud.refusal(of: list) == SSMError.resource)
      #expect(cloud.vaultFiles == [])
    }
  }

  @Test func parametersSurviveARestart() async throws {
    try await withTemporaryDirectory { directory in
      try await SecretsFixture(directory).send(put("/a", "kept"))
      #expect(try await get(SecretsFixture(directory), "/a").value?.value == "kept")
    }
  }
}
