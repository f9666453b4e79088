import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import PalcoRelease

/// Answering a release that waits.
@Suite struct ContinuationTests {
  /// What ECS was asked to do with which hook.
  private func asked(
    _ deployment: ECS.ServiceDeployment?, rollBack: Bool
  ) async throws -> (Result<Continuation.Answer, any Error>, [ECS.ContinueServiceDeploymentRequest]) {
    try await StubHTTPServer.run { request in
      let encoder = JSONEncoder()
      encoder.dateEncodingStrategy = .secondsSince1970
      func answer(_ value: some Encodable) -> StubHTTPServer.Answer {
        .response(
          status: 200, headers: [("Content-Type", "application/x-amz-json-1.1")],
          body: (try? encoder.encode(value)) ?? Data())
      }
      let target = request.header("X-Amz-Target") ?? ""
      if target.hasSuffix("ListServiceDeployments") {
        let briefs = deployment.map { [ECS.ServiceDeploymentBrief(serviceDeploymentArn: $0.serviceDeploymentArn)] }
        return answer(ECS.ListServiceDeploymentsResponse(serviceDeployments: briefs ?? []))
      }
      if target.hasSuffix("DescribeServiceDeployments") {
        return answer(ECS.DescribeServiceDeploymentsResponse(serviceDeployments: [deployment].compactMap { $0 }))
      }
      return .text(200, "{}", headers: [("Content-Type", "application/x-amz-json-1.1")])
    } while: { server in
      let continuation = Continuation(access: Sample.access(at: server.url), blueprint: Sample.blueprint())
      let result: Result<Continuation.Answer, any Error>
      do { result = .success(try await continuation.answer(rollBack: rollBack)) } catch { result = .failure(error) }
      let sent = server.requests.filter { $0.header("X-Amz-Target")?.hasSuffix("ContinueServiceDeployment") == true }
      return (
        result, try sent.map { try JSONDecoder().decode(ECS.ContinueServiceDeploymentRequest.self, from: $0.body) }
      )
    }
  }

  private func deployment(_ hooks: [(String, String)]) -> ECS.ServiceDeployment {
    ECS.ServiceDeployment(
      serviceDeploymentArn: "arn:aws:ecs:r:a:service-deployment/c/s/abcdefghijklm",
      targetServiceRevision: .init(arn: "arn:new"), status: "IN_PROGRESS", lifecycleStage: "POST_SCALE_UP",
      lifecycleHookDetails: hooks.map { .init(hookId: $0.0, targetType: "PAUSE", status: $0.1) })
  }

  @Test(arguments: [(false, "CONTINUE"), (true, "ROLLBACK")])
  func everyPauseThatWaitsIsAnswered(_ rollBack: Bool, _ action: String) async throws {
    let (result, sent) = try await asked(
      deployment([("ecs-pause-1", "SUCCEEDED"), ("ecs-pause-2", "AWAITING_ACTION"), ("ecs-pause-3", "AWAITING_ACTION")]
      ),
      rollBack: rollBack)
    #expect(try result.get() == .init(release: "abcdefgh", version: nil, stage: "POST_SCALE_UP"))
    #expect(sent.map(\.hookId) == ["ecs-pause-2", "ecs-pause-3"])
    #expect(sent.allSatisfy { $0.action == action && $0.serviceDeploymentArn.hasSuffix("abcdefghijklm") })
  }

  @Test func aReleaseThatDoesNotWaitIsLeftAlone() async throws {
    let (result, sent) = try await asked(deployment([("ecs-pause-1", "SUCCEEDED")]), rollBack: false)
    let error = #expect(throws: ReleaseError.self) { try result.get() }
    #expect(error?.message.contains("does not wait for anybody now; `palco status stage`") == true)
    #expect(sent.isEmpty)
  }

  @Test func withoutAReleaseThereIsNothingToAnswer() async throws {
    let (result, sent) = try await asked(nil, rollBack: true)
    let error = #expect(throws: ReleaseError.self) { try result.get() }
    #expect(error?.message.contains("no release is under way in 'stage'") == true)
    #expect(sent.isEmpty)
  }
}
