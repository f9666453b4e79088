import Foundation
import LocalCloud
import Testing

@testable import PalcoCommands

@Suite struct CloudStateTests {
  private let information = DaemonInformation(
    processIdentifier: 7, port: 4650, accountID: "000000000000", region: "us-east-1",
    startedAt: Date(timeIntervalSince1970: 1_700_000_000), minuteSeconds: 1,
    runtime: "podman 5.2.0 (crun, cgroups v2)")
  private let folder = URL(fileURLWithPath: "/s", isDirectory: true)

  @Test func aRunningCloudIsToldWithItsAge() {
    let text = CloudState(information, stateDirectory: folder).text(now: Date(timeIntervalSince1970: 1_700_007_260))
    #expect(
      text == """
        endpoint  http://127.0.0.1:4650
        process   7
        since     2023-11-14T22:13:20Z (2 h 1 min)
        minute    1s
        runtime   podman 5.2.0 (crun, cgroups v2)
        state     /s
        """)
  }

  @Test func aStoppedCloudTellsHowToStartIt() {
    let text = CloudState(stoppedAt: folder).text(now: Date())
    #expect(text == "no local cloud runs on /s; start one with `palco cloud start`")
  }

  @Test func exportsNameTheKeyFileWhenSignaturesAreVerified() {
    let plain = CloudState.exports(information, stateDirectory: folder, verified: false)
    #expect(plain.split(separator: "\n").contains("export AWS_ENDPOINT_URL=http://127.0.0.1:4650"))
    #expect(plain.contains("AWS_ACCESS_KEY_ID=palco"))
    let verified = CloudState.exports(information, stateDirectory: folder, verified: true)
    #expect(verified.contains("AWS_SHARED_CREDENTIALS_FILE='/s/credentials'"))
    #expect(!verified.contains("AWS_SECRET_ACCESS_KEY"))
  }

  @Test func theBackgroundDaemonGetsTheArgumentsOfTheForegroundOne() throws {
    let words = ["--state", "/s", "--port", "4700", "--minute", "1s", "--allow-host-commands"]
    let given = try CloudStart.parse(words).arguments
    let passed = try CloudRun.parse(Array(given.commandLine.dropFirst(2))).arguments
    #expect(passed.commandLine == given.commandLine)
    #expect(passed.options.port == 4700)
    #expect(passed.options.portIsFixed)
    #expect(passed.options.allowsHostCommands)
    #expect(passed.options.minute == .seconds(1))
  }

  @Test func aPortThatIsNoneIsRefused() {
    #expect(throws: (any Error).self) { try CloudRun.parse(["--port", "70000"]) }
  }
}
