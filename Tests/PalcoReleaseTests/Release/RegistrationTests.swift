import AWSClient
import AWSWire
import Foundation
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoRelease

/// A registration whose answer never comes.
@Suite struct RegistrationTests {
  /// An ECS that keeps one family, and breaks off the first registration: before or after it has done it.
  private final class Family: Sendable {
    private let revisions = Mutex<[ECS.RegisterTaskDefinitionRequest]>([])
    private let calls = Mutex(0)
    private let doesTheFirst: Bool

    init(doesTheFirst: Bool) { self.doesTheFirst = doesTheFirst }

    var count: Int { revisions.withLock { $0.count } }

    func answer(_ request: StubHTTPServer.Request) -> StubHTTPServer.Answer {
      let target = request.header("X-Amz-Target") ?? ""
      if target.hasSuffix("RegisterTaskDefinition") {
        let isFirst = calls.withLock { count in
          count += 1
          return count == 1
        }
        guard let wanted = try? JSONDecoder().decode(ECS.RegisterTaskDefinitionRequest.self, from: request.body) else {
          return .text(400, "{}")
        }
        if !isFirst || doesTheFirst { revisions.withLock { $0.append(wanted) } }
        return isFirst ? .hangUp : shape()
      }
      return count == 0
        ? .text(400, #"{"__type": "ClientException", "message": "Unable to describe task definition."}"#) : shape()
    }

    private func shape() -> StubHTTPServer.Answer {
      let (number, request) = revisions.withLock { ($0.count, $0.last) }
      let answer = ECS.DescribeTaskDefinitionResponse(
        taskDefinition: ECS.TaskDefinition(
          taskDefinitionArn: "arn:aws:ecs:eu-west-1:1:task-definition/pulse-stage:\(number)",
          containerDefinitions: request?.containerDefinitions), tags: request?.tags)
      return .response(
        status: 200, headers: [("Content-Type", "application/x-amz-json-1.1")],
        body: (try? JSONEncoder().encode(answer)) ?? Data())
    }
  }

  @Test(arguments: [true, false])
  func leavesOneRevision(whetherOrNotItWasDone isDone: Bool) async throws {
    let family = Family(doesTheFirst: isDone)
    let arn = try await StubHTTPServer.run {
      family.answer($0)
    } while: { server in
      let access = Sample.access(at: server.url)
      let plan = try TaskDefinitionPlan(
        image: Sample.image(), blueprint: Sample.blueprint(), access: access, newest: nil)
      return try await Deployer(access: access, blueprint: Sample.blueprint()).register(plan, after: nil)
    }
    #expect(arn.hasSuffix("pulse-stage:1"))
    #expect(family.count == 1)
  }
}
