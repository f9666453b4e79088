import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ECRRepositoryTests {
  @Test func aRepositoryIsMadeAndDescribedAsAWSDoes() async throws {
    try await ECRFixture.run { fixture in
      let made = try await fixture.send(
        ECR.CreateRepositoryRequest(repositoryName: "team/api", tags: [.init(key: "k", value: "v")])
      ).repository
      #expect(made?.repositoryArn == "arn:aws:ecr:eu-west-1:123456789012:repository/team/api")
      #expect(made?.repositoryUri == "123456789012.dkr.ecr.eu-west-1.localhost:4650/team/api")
      #expect(made?.registryId == "123456789012")
      #expect(made?.imageTagMutability == "MUTABLE")
      #expect(made?.imageScanningConfiguration?.scanOnPush == false)
      #expect(made?.encryptionConfiguration?.encryptionType == "AES256")
      #expect(made?.createdAt == fixture.clock.now)
      let named = try await fixture.send(ECR.DescribeRepositoriesRequest(repositoryNames: ["team/api"])).repositories
      #expect(named?.first == made)
      let all = try await fixture.send(ECR.DescribeRepositoriesRequest()).repositories
      #expect(all?.map(\.repositoryName) == ["team/api", "web"])
    }
  }

  @Test func pagesGoOnAfterTheLastName() async throws {
    try await ECRFixture.run { fixture in
      for name in ["aa", "bb", "cc"] { try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: name)) }
      let first = try await fixture.send(ECR.DescribeRepositoriesRequest(maxResults: 2))
      #expect(first.repositories?.map(\.repositoryName) == ["aa", "bb"])
      try await fixture.send(ECR.DeleteRepositoryRequest(repositoryName: "bb"))
      let second = try await fixture.send(ECR.DescribeRepositoriesRequest(nextToken: first.nextToken, maxResults: 2))
      #expect(second.repositories?.map(\.repositoryName) == ["cc", "web"])
      #expect(second.nextToken == nil)
      #expect(
        try await fixture.refusal(of: ECR.DescribeRepositoriesRequest(nextToken: "%"))?.code
          == "InvalidParameterException")
    }
  }

  @Test func whatIsMissingOrThereIsRefusedInAWSsWords() async throws {
    try await ECRFixture.run { (fixture: ECRFixture) async throws in
      #expect(
        try await fixture.refusal(of: ECR.DescribeRepositoriesRequest(repositoryNames: ["none"]))
          == AWSError(
            "RepositoryNotFoundException",
            "The repository with name 'none' does not exist in the registry with id '123456789012'"))
      #expect(
        try await fixture.refusal(of: ECR.CreateRepositoryRequest(repositoryName: "web"))
          == AWSError(
            "RepositoryAlreadyExistsException",
            "The repository with name 'web' already exists in the registry with id '123456789012'"))
      #expect(
        try await fixture.refusal(of: ECR.ListImagesRequest(repositoryName: "web", registryId: "999999999999"))?.message
          == "The repository with name 'web' does not exist in the registry with id '999999999999'")
    }
  }

  @Test(arguments: ["Web", "w", "-web", "web-", "we--b", "web//api", "/web", "../web", "we b", ""])
  func aBadNameIsRefused(name: String) async throws {
    try await ECRFixture.run { fixture in
      let error = try await fixture.refusal(of: ECR.CreateRepositoryRequest(repositoryName: name))
      #expect(error?.code == "InvalidParameterException")
      #expect(error?.message.hasPrefix("Invalid parameter at 'repositoryName' failed to satisfy constraint:") == true)
    }
  }

  @Test func aRepositoryWithImagesIsDeletedByForceOnly() async throws {
    try await ECRFixture.run { fixture in
      try await fixture.push("v1", tag: "v1")
      #expect(
        try await fixture.refusal(of: ECR.DeleteRepositoryRequest(repositoryName: "web"))
          == AWSError(
            "RepositoryNotEmptyException",
            "The repository with name 'web' in registry with id '123456789012' cannot be deleted because it still "
              + "contains images"))
      let gone = try await fixture.send(ECR.DeleteRepositoryRequest(repositoryName: "web", force: true)).repository
      #expect(gone?.repositoryName == "web")
      #expect(
        try await fixture.refusal(of: ECR.ListImagesRequest(repositoryName: "web"))?.code
          == "RepositoryNotFoundException")
      // Made again, it is empty.
      try await fixture.send(ECR.CreateRepositoryRequest(repositoryName: "web"))
      #expect(try await fixture.tags().isEmpty)
    }
  }

  @Test func settingsPoliciesAndTagsAreKept() async throws {
    try await withTemporaryDirectory { directory in
      let first = try await ECRFixture(directory)
      let arn = try await first.send(ECR.CreateRepositoryRequest(repositoryName: "web")).repository?.repositoryArn ?? ""
      #expect(
        try await first.refusal(of: ECR.GetLifecyclePolicyRequest(repositoryName: "web"))
          == AWSError(
            "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name 'web' in the registry with id '123456789012'")
      )
      #expect(
        try await first.refusal(of: ECR.GetRepositoryPolicyRequest(repositoryName: "web"))?.code
          == "RepositoryPolicyNotFoundException")
      let policy = LifecycleTests.policy(#"{"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5}"#)
      let permission = #"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]}"#
      _ = try await first.send(ECR.PutLifecyclePolicyRequest(repositoryName: "web", lifecyclePolicyText: policy))
      _ = try await first.send(ECR.SetRepositoryPolicyRequest(repositoryName: "web", policyText: permission))
      _ = try await first.send(
        ECR.PutImageScanningConfigurationRequest(
          repositoryName: "web", imageScanningConfiguration: .init(scanOnPush: true)))
      _ = try await first.send(
        ECR.PutImageTagMutabilityRequest(repositoryName: "web", imageTagMutability: "IMMUTABLE"))
      try await first.send(
        ECR.TagResourceRequest(resourceArn: arn, tags: [.init(key: "a", value: "1"), .init(key: "b", value: "2")]))
      try await first.send(ECR.TagResourceRequest(resourceArn: arn, tags: [.init(key: "a", value: "3")]))
      try await first.send(ECR.UntagResourceRequest(resourceArn: arn, tagKeys: ["b"]))

      // And survive a restart.
      let second = try await ECRFixture(directory)
      let answer = try await second.send(ECR.GetLifecyclePolicyRequest(repositoryName: "web"))
      #expect(answer.lifecyclePolicyText == policy)
      #expect(try await second.send(ECR.GetRepositoryPolicyRequest(repositoryName: "web")).policyText == permission)
      let repository = try await second.send(ECR.DescribeRepositoriesRequest()).repositories?.first
      #expect(repository?.imageScanningConfiguration?.scanOnPush == true)
      #expect(repository?.imageTagMutability == "IMMUTABLE")
      let tags = try await second.send(ECR.ListTagsForResourceRequest(resourceArn: arn)).tags
      #expect(tags == [.init(key: "a", value: "3")])
      _ = try await second.send(ECR.DeleteLifecyclePolicyRequest(repositoryName: "web"))
      #expect(
        try await second.refusal(of: ECR.DeleteLifecyclePolicyRequest(repositoryName: "web"))?.code
          == "LifecyclePolicyNotFoundException")
    }
  }

  @Test func badSettingsAreRefused() async throws {
    try await ECRFixture.run { (fixture: ECRFixture) async throws in
      for request in [
        ECR.PutImageTagMutabilityRequest(repositoryName: "web", imageTagMutability: "SOMETIMES"),
        ECR.PutImageTagMutabilityRequest(repositoryName: "web", imageTagMutability: "IMMUTABLE_WITH_EXCLUSION"),
      ] {
        #expect(try await fixture.refusal(of: request)?.code == "InvalidParameterException")
      }
      #expect(
        try await fixture.refusal(of: ECR.PutLifecyclePolicyRequest(repositoryName: "web", lifecyclePolicyText: "no"))?
          .code == "InvalidParameterException")
      #expect(
        try await fixture.refusal(of: ECR.SetRepositoryPolicyRequest(repositoryName: "web", policyText: "[]"))?.code
          == "InvalidParameterException")
      #expect(
        try await fixture.refusal(of: ECR.ListTagsForResourceRequest(resourceArn: "web"))?.code
          == "InvalidParameterException")
    }
  }

  @Test func aTokenLastsTwelveHoursAndNamesTheRegistry() async throws {
    try await ECRFixture.run { fixture in
      func token() async throws -> ECR.AuthorizationData? {
        try await fixture.send(ECR.GetAuthorizationTokenRequest()).authorizationData?.first
      }
      let data = try await token()
      #expect(data?.expiresAt == fixture.clock.now.addingTimeInterval(12 * 3600))
      #expect(data?.proxyEndpoint == "http://123456789012.dkr.ecr.eu-west-1.localhost:4650")
      let bytes = try #require(Data(base64Encoded: data?.authorizationToken ?? ""))
      #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("AWS:"))
      #expect(bytes.count == 68)
      #expect(try await token()?.authorizationToken != data?.authorizationToken)
    }
  }
}
