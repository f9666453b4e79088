import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ResetTests {
  @Test func aResetLeavesNothingBehind() async throws {
    try await withTemporaryDirectory { directory in
      let options = DaemonOptions(stateDirectory: directory, port: 0, allowsReset: true)
      try await DaemonFixture.run(options) { cloud in
        _ = try await cloud.send(ECS.CreateClusterRequest(clusterName: "c"))
        _ = try await cloud.send(ECR.CreateRepositoryRequest(repositoryName: "pulse"))
        _ = try await cloud.send(Logs.CreateLogGroupRequest(logGroupName: "g"))
        _ = try await cloud.send(
          ELBv2.CreateTargetGroupRequest(name: "blue", protocol: "HTTP", port: 80, vpcId: "vpc-1", targetType: "ip"))
        _ = try await cloud.send(CloudWatch.PutDashboardRequest(dashboardName: "d", dashboardBody: "{}"))
        _ = try await cloud.send(SecretsManager.CreateSecretRequest(name: "s", secretString: Sensitive("x")))
        _ = try await cloud.send(SSM.PutParameterRequest(name: "/p", value: Sensitive("x"), type: "String"))
        #expect(try await cloud.exchange(.PUT, "/reset-bucket").status == 200)
        #expect(try await cloud.exchange(.PUT, "/reset-bucket/object").status == 200)
        #expect(try await cloud.exchange(.POST, "/moto-api/reset").status == 200)
        #expect(try await cloud.send(SecretsManager.ListSecretsRequest()).secretList == [])
        #expect(try await cloud.send(SSM.DescribeParametersRequest()).parameters == [])
        #expect(try await cloud.exchange(.GET, "/reset-bucket?list-type=2").status == 404)
        for folder in ["vault", "objects"] {
          let left = FileManager.default.enumerator(
            at: directory.appendingPathComponent(folder), includingPropertiesForKeys: [.isRegularFileKey])
          let files = (left?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }
          #expect(files.isEmpty, "\(files)")
        }
        #expect(try await cloud.send(ECS.ListClustersRequest()).clusterArns == [])
        #expect(try await cloud.send(ECR.DescribeRepositoriesRequest()).repositories == [])
        #expect(try await cloud.send(Logs.DescribeLogGroupsRequest()).logGroups == [])
        #expect(try await cloud.send(ELBv2.DescribeTargetGroupsRequest()).targetGroups == [])
        #expect(try await cloud.send(CloudWatch.ListDashboardsRequest()).dashboardEntries == [])
        // What was there can be made again, with the numbers of what is gone.
        _ = try await cloud.send(ECS.CreateClusterRequest(clusterName: "c"))
        _ = try await cloud.send(Logs.CreateLogGroupRequest(logGroupName: "g"))
      }
      // And it is on disk.
      try await DaemonFixture.run(options) { cloud in
        let repositories = try await cloud.send(ECR.DescribeRepositoriesRequest()).repositories
        let clusters = try await cloud.send(ECS.ListClustersRequest()).clusterArns
        #expect(repositories == [])
        #expect(clusters?.count == 1)
      }
    }
  }

  @Test func withoutLeaveThereIsNoReset() async throws {
    try await withTemporaryDirectory { directory in
      try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { cloud in
        let answer = try await cloud.exchange(.POST, "/moto-api/reset")
        // The path is then one of S3, which has no such request.
        #expect(answer.status == 501)
      }
    }
  }

  @Test func runningTasksAreStopped() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      var request = ECS.RunTaskRequest(taskDefinition: definition)
      request.cluster = "walk"
      request.launchType = "FARGATE"
      request.networkConfiguration = ECSFixture.network
      _ = try await cloud.send(request)
      #expect(await cloud.until { !cloud.runtime.running.isEmpty })
      async let reset: Void = cloud.service.reset()
      #expect(await cloud.until { await cloud.service.state.tasks.values.isEmpty })
      try await reset
      #expect(cloud.runtime.running.isEmpty)
      #expect(try await cloud.send(ECS.ListTaskDefinitionsRequest()).taskDefinitionArns == [])
    }
  }
}
