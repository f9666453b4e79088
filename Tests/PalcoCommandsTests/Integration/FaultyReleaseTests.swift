import AWSClient
import AWSWire
import Foundation
import PalcoBlueprint
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// Releases over a line that fails: they end as they should, or say clearly why not, and nothing is there twice.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built"), .serialized)
struct FaultyReleaseTests {
  /// How many services, task definitions and deployments there are, asked without the line.
  private func counts(_ access: CloudAccess, _ blueprint: Blueprint) async throws -> [Int] {
    let names = blueprint.names
    let services = try await access.aws.send(ECS.ListServicesRequest(cluster: names.cluster))
    let definitions = try await access.aws.send(ECS.ListTaskDefinitionsRequest(familyPrefix: names.family))
    let deployments = try await access.aws.send(
      ECS.ListServiceDeploymentsRequest(service: names.service, cluster: names.cluster))
    return [services.serviceArns?.count, definitions.taskDefinitionArns?.count, deployments.serviceDeployments?.count]
      .map { $0 ?? 0 }
  }

  @Test(.timeLimit(.minutes(3))) func throttlesErrorsAndLostAnswersLeaveNothingTwice() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = cloud.blueprint("stage")
      // Of three requests for the same, one is throttled, one is done without an answer, and one fails; then all is well.
      try await FaultyCloud.run(before: cloud.access) { _, number in
        [.throttled, .answerLost, .none, .broken, .none, .none][number % 6]
      } _: { faulty in
        let line = LocalCloudFixture(access: faulty.access, program: cloud.program, folder: cloud.folder)
        _ = try await Provisioner(access: faulty.access, blueprint: blueprint).up { _ in }
        for version in ["v1", "v2"] {
          let image = try await cloud.publish(version, to: blueprint)
          #expect(try await line.release(image, to: blueprint).outcome == .released)
        }
        let sent = faulty.operations()
        // It was really tried more than once.
        #expect(sent.count { $0 == "CreateService" } > 1 && sent.count { $0 == "UpdateService" } > 1)
        #expect(sent.count { $0 == "RegisterTaskDefinition" } > 2)
      }
      #expect(try await counts(cloud.access, blueprint) == [1, 2, 2])
    }
  }

  @Test(.timeLimit(.minutes(3))) func credentialsThatEndWhileItIsWatchedLeaveTheReleaseToECS() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = cloud.blueprint("stage")
      _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
      let v1 = try await cloud.publish("v1", to: blueprint)
      #expect(try await cloud.release(v1, to: blueprint).outcome == .released)
      let v2 = try await cloud.publish("v2", to: blueprint)
      let haveEnded = Mutex(false)
      try await FaultyCloud.run(before: cloud.access) { operation, number in
        if operation == "DescribeServiceDeployments", number > 0 { haveEnded.withLock { $0 = true } }
        return haveEnded.withLock { $0 } ? .expired : .none
      } _: { faulty in
        let start = try await Deployer(access: faulty.access, blueprint: blueprint).start(v2)
        guard case .started(let release) = start else {
          Issue.record("not started: \(start)")
          return
        }
        let end = try await ReleaseWatcher(access: faulty.access, blueprint: blueprint).run(
          release, interruptions: Interruptions()
        ) { _ in }
        guard case .left(let reason, _) = end else {
          Issue.record("watched on: \(end)")
          return
        }
        #expect(
          reason == "the AWS credentials of the profile 'work' have expired; run: aws sso login --profile work. "
            + "ECS goes on with the release by itself")
      }
      // Signed in again: the release went on, and is not started a second time.
      let deployer = Deployer(access: cloud.access, blueprint: blueprint)
      #expect(try await eventually(within: .seconds(60)) { try await deployer.underWay() == nil })
      guard case .nothingToDo = try await deployer.start(v2) else {
        Issue.record("what was released meanwhile must not be released again")
        return
      }
      #expect(try await counts(cloud.access, blueprint) == [1, 2, 2])
    }
  }

  @Test(.timeLimit(.minutes(3))) func credentialsThatEndBeforeECSHasBegunLeaveNothingToTidy() async throws {
    try await LocalCloudFixture.run { cloud in
      let blueprint = cloud.blueprint("stage")
      _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
      let v1 = try await cloud.publish("v1", to: blueprint)
      #expect(try await cloud.release(v1, to: blueprint).outcome == .released)
      let v2 = try await cloud.publish("v2", to: blueprint)
      try await FaultyCloud.run(before: cloud.access) { operation, _ in
        operation == "UpdateService" ? .expired : .none
      } _: { faulty in
        let error = await #expect(throws: AWSClientError.self) {
          try await Deployer(access: faulty.access, blueprint: blueprint).start(v2)
        }
        #expect(error?.description.contains("have expired; run: aws sso login --profile work") == true)
      }
      #expect(try await counts(cloud.access, blueprint) == [1, 2, 1])
      // The task definition that was registered before is used.
      #expect(try await cloud.release(v2, to: blueprint).outcome == .released)
      #expect(try await counts(cloud.access, blueprint) == [1, 2, 2])
    }
  }
}
