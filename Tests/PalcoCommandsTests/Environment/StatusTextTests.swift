import Testing

@testable import PalcoCommands
@testable import PalcoRelease

@Suite struct StatusTextTests {
  private let plain = Terminal(isInteractive: false, hasColours: false, width: 120)

  @Test func anEnvironmentThatServesShowsVersionTasksAndColours() {
    let status = EnvironmentStatus(
      environment: "stage", state: "steady", url: "http://127.1.2.3:8080", strategy: "BLUE_GREEN", version: "v2",
      digest: "sha256:0123456789abcdef", desiredTasks: 2, runningTasks: 2,
      colours: [
        .init(name: "blue", weight: 0, healthy: 0, registered: 0),
        .init(name: "green", weight: 100, healthy: 2, registered: 2),
      ])
    #expect(
      Status.text(status, terminal: plain) == """
        stage  steady
          url      http://127.1.2.3:8080
          version  v2  0123456789ab
          tasks    2/2 running, blue/green
          blue     weight   0  0/0 healthy
          green    weight 100  2/2 healthy
        """)
  }

  @Test func aReleaseThatWaitsSaysHowItGoesOnAndWhereItIsTried() {
    let status = EnvironmentStatus(
      environment: "stage", state: "releasing", url: "http://127.1.2.3:8080", testURL: "http://127.1.2.3:8081",
      colours: [], release: "POST_TEST_TRAFFIC_SHIFT for 9.0 s", isWaiting: true)
    #expect(
      Status.text(status, terminal: plain) == """
        stage  releasing: post test traffic shift for 9.0 s
          waits    `palco continue stage` lets it go on
          url      http://127.1.2.3:8080
          test     http://127.1.2.3:8081
        """)
  }

  @Test func anAbsentEnvironmentSaysHowToMakeIt() {
    let text = Status.text(EnvironmentStatus(environment: "stage", state: "absent", colours: []), terminal: plain)
    #expect(text == "stage  absent\n  make it with `palco up stage`")
  }

  @Test(arguments: [("production", true), ("Prod", true), ("stage", false)])
  func onlyProductionAsksBeforeItGoes(environment: String, asks: Bool) {
    #expect(Down.needsConfirmation(environment) == asks)
  }
}
