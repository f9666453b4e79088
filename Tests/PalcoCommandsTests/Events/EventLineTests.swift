import AWSWire
import Foundation
import Testing

@testable import PalcoCommands

@Suite struct EventLineTests {
  private let plain = Terminal(isInteractive: false, hasColours: false, width: 120)

  private func line(
    _ type: String, _ detail: [String: JSONValue], resources: [String] = [], on terminal: Terminal? = nil
  ) -> String {
    EventLine(
      .init(
        id: "1", detailType: type, source: "aws.ecs", account: "1", time: "2026-11-24T22:00:00Z", region: "r",
        resources: resources, detail: .object(detail))
    ).rendered(on: terminal ?? plain)
  }

  private let service = ["arn:aws:ecs:eu-west-1:1:service/shop/web"]

  @Test func aDeploymentTellsItsServiceAndReason() {
    let text = line(
      "ECS Deployment State Change",
      [
        "eventType": .string("INFO"), "eventName": .string("SERVICE_DEPLOYMENT_COMPLETED"),
        "reason": .string("ECS deployment ecs-svc/1 completed."),
      ], resources: service)
    #expect(text.hasSuffix("  deployment  web  ECS deployment ecs-svc/1 completed."))
    #expect(text.hasPrefix("2026-11-2"))
  }

  @Test(arguments: [
    ("RUNNING", "RUNNING, to stop: Scaling activity"), ("DEACTIVATING", "DEACTIVATING"),
    ("STOPPED", "STOPPED: Scaling activity"),
  ])
  func aTaskTellsWhyItStops(status: String, wanted: String) {
    let text = line(
      "ECS Task State Change",
      [
        "group": .string("service:web"), "taskArn": .string("arn:aws:ecs:r:1:task/shop/0123456789abcdef"),
        "lastStatus": .string(status), "desiredStatus": .string("STOPPED"),
        "stoppedReason": .string("Scaling activity"),
      ])
    #expect(text.hasSuffix("  task        web  01234567 \(wanted)"))
  }

  @Test func anAlarmTellsBothStates() {
    let text = line(
      "CloudWatch Alarm State Change",
      [
        "alarmName": .string("slow"), "previousState": .object(["value": .string("OK")]),
        "state": .object(["value": .string("ALARM"), "reason": .string("too slow")]),
      ])
    #expect(text.hasSuffix("  alarm       slow  OK → ALARM: too slow"))
  }

  @Test func scalingTellsBothCounts() {
    let text = line(
      "Application Auto Scaling Scaling Activity State Change",
      [
        "resourceId": .string("service/shop/web"), "oldDesiredCapacity": .number(2),
        "newDesiredCapacity": .number(4000), "statusCode": .string("Successful"),
      ])
    #expect(text.hasSuffix("  scaling     shop/web  2 → 4000 tasks (Successful)"))
  }

  @Test func coloursAreForTerminalsAlone() {
    let detail: [String: JSONValue] = [
      "eventType": .string("ERROR"), "eventName": .string("SERVICE_DEPLOYMENT_FAILED"), "reason": .string("why"),
    ]
    let colourful = Terminal(isInteractive: true, hasColours: true, width: 120)
    #expect(line("ECS Deployment State Change", detail, on: colourful).hasSuffix("\u{1B}[31mwhy\u{1B}[0m"))
    #expect(!line("ECS Deployment State Change", detail).contains("\u{1B}"))
  }

  @Test func anEventOfAnUnknownKindIsStillShown() {
    let text = line("Something New", ["eventName": .string("IT_HAPPENED")], resources: service)
    #expect(text.hasSuffix("  Something New  web  it happened"))
  }
}
