import AWSWire
import Testing

@testable import PalcoRelease

@Suite struct TrafficPathTests {
  @Test(arguments: [(100, 0, "arn:blue"), (0, 100, "arn:green"), (1, 0, "arn:blue"), (0, 0, "arn:blue")])
  func theRuleAloneTellsWhichColourIsLive(blue: Int, green: Int, live: String) {
    let path = Sample.path(blue: blue, green: green)
    #expect(path.live.targetGroupArn == live)
    #expect(path.idle.targetGroupArn != live)
  }

  @Test func aRuleWithOneGroupGivesItEverything() {
    let rule = ELBv2.Rule(
      ruleArn: "r", priority: "default", conditions: [],
      actions: [.init(type: "forward", targetGroupArn: "arn:green")], isDefault: true)
    #expect(TrafficPath.weights(of: rule) == ["arn:green": 1])
  }

  @Test func theAddressLeavesOutTheUsualPort() {
    var path = Sample.path(blue: 1, green: 0)
    #expect(path.url == "http://127.1.2.3:8080")
    path.listener.port = 80
    #expect(path.url == "http://127.1.2.3")
  }
}
