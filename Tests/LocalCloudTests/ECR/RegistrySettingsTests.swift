import AWSWire
import Testing

@testable import LocalCloud

@Suite struct RegistrySettingsTests {
  @Test func settingsOfTheRegistryAreKept() async throws {
    try await ECRFixture.run { (registry: ECRFixture) async throws in
      #expect(
        try await registry.refusal(of: ECR.GetRegistryPolicyRequest())?.code == "RegistryPolicyNotFoundException")
      let policy = #"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "ecr:ReplicateImage"}}"#
      try await registry.send(ECR.PutRegistryPolicyRequest(policyText: policy))
      let rules: [ECR.ReplicationRule] = [.init(destinations: [.init(region: "us-east-1", registryId: "123456789012")])]
      try await registry.send(ECR.PutReplicationConfigurationRequest(replicationConfiguration: .init(rules: rules)))
      let again = try await ECRFixture(registry.directory)
      #expect(try await again.send(ECR.GetRegistryPolicyRequest()).policyText == policy)
      #expect(try await again.send(ECR.DescribeRegistryRequest()).replicationConfiguration?.rules == rules)
      try await again.service.reset()
      #expect(try await again.send(ECR.DescribeRegistryRequest()).replicationConfiguration?.rules == [])
      #expect(try await again.send(ECR.DescribeRepositoriesRequest()).repositories == [])
    }
  }

  @Test(arguments: [
    "{}", #"{"Statement": [{"Effect": "Allow"}]}"#,
    #"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:PutImage"}]}"#,
  ])
  func whatIsNoPolicyOfARegistryIsRefused(text: String) async throws {
    try await ECRFixture.run { (registry: ECRFixture) async throws in
      #expect(
        try await registry.refusal(of: ECR.PutRegistryPolicyRequest(policyText: text))?.message.contains("PolicyText")
          == true)
    }
  }

  @Test func theRegistryDoesNotReplicateToItself() async throws {
    try await ECRFixture.run { (registry: ECRFixture) async throws in
      let rules: [ECR.ReplicationRule] = [.init(destinations: [.init(region: "eu-west-1", registryId: "123456789012")])]
      let request = ECR.PutReplicationConfigurationRequest(replicationConfiguration: .init(rules: rules))
      #expect(try await registry.refusal(of: request)?.code == "InvalidParameterException")
    }
  }
}
