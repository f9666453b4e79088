import AWSWire
import Foundation
import Logging
import Testing

@testable import LocalCloud

@Suite struct ContainerHealthMachineTests {
  private let start = Date(timeIntervalSince1970: 1_700_000_000)

  private func machine(
    interval: TimeInterval = 30, retries: Int = 3, startPeriod: TimeInterval = 0, _ health: ContainerHealth = .unknown
  ) -> ContainerHealthMachine {
    ContainerHealthMachine(
      interval: interval, retries: retries, startPeriod: startPeriod, startedAt: start, health: health)
  }

  /// Runs checks one after the other, each when it is due, and tells the health after each.
  private func course(_ machine: ContainerHealthMachine, _ outcomes: [Bool]) -> [ContainerHealth] {
    var machine = machine
    return outcomes.map { passed in
      machine.checked(passed: passed, at: machine.due)
      return machine.health
    }
  }

  @Test func theFirstCheckComesAnIntervalAfterTheStartAndTheNextAnIntervalAfterItsEnd() {
    var machine = machine()
    #expect(machine.due == start.addingTimeInterval(30) && machine.health == .unknown)
    machine.checked(passed: true, at: start.addingTimeInterval(33))
    #expect(machine.due == start.addingTimeInterval(63))
  }

  @Test func oneThatPassesMakesItHealthyAndRetriesFailuresInARowUnhealthy() {
    #expect(course(machine(), [true]) == [.healthy])
    #expect(course(machine(), [false, false, false]) == [.unknown, .unknown, .unhealthy])
    #expect(
      course(machine(), [true, false, false, true, false, false, false])
        == [.healthy, .healthy, .healthy, .healthy, .healthy, .healthy, .unhealthy])
    #expect(course(machine(retries: 1), [false, true, false]) == [.unhealthy, .healthy, .unhealthy])
  }

  @Test func failuresOfTheStartPeriodDoNotCountUntilOneHasPassed() {
    let slow = machine(retries: 1, startPeriod: 100)
    #expect(course(slow, [false, false, false, false]) == [.unknown, .unknown, .unknown, .unhealthy])
    #expect(course(slow, [false, true, false]) == [.unknown, .healthy, .unhealthy], "a pass ends the start period")
  }

  @Test func whatIsKnownFromBeforeARestartHolds() {
    #expect(course(machine(startPeriod: 1000, .healthy), [false, false, false]) == [.healthy, .healthy, .unhealthy])
    #expect(course(machine(.unhealthy), [true]) == [.healthy])
  }

  @Test(
    arguments: [
      (["CMD", "/bin/check", "--fast"], ["/bin/check", "--fast"]),
      (["CMD-SHELL", "curl -f localhost || exit 1"], ["/bin/sh", "-c", "curl -f localhost || exit 1"]),
      (["CMD"], nil), (["CMD-SHELL"], nil), (["CMD-SHELL", "a", "b"], nil), (["NONE"], nil), (["curl"], nil), ([], nil),
    ] as [([String], [String]?)])
  func aCommandIsAProgramOrALineForTheShell(_ words: [String], _ command: [String]?) {
    #expect(ContainerCheck.command(words) == command)
  }

  @Test func intervalsAreScaledAndProgramsGetTheirTimeToStart() throws {
    func check(minute: Duration) throws -> ContainerHealthMachine {
      let cloud = CloudContext(
        port: 1, stateDirectory: URL(fileURLWithPath: "/s"), minute: minute,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      let container = ECS.ContainerDefinition(
        name: "web", image: "x", healthCheck: .init(command: ["CMD", "x"], interval: 30, timeout: 5, retries: 1))
      let check = try #require(ContainerCheck(container, in: cloud))
      #expect(check.timeout == .seconds(5), "a real program runs")
      return check.machine(startedAt: start, health: .unknown)
    }
    #expect(try check(minute: .seconds(60)).interval == 30)
    #expect(course(try check(minute: .seconds(60)), [false]) == [.unhealthy])
    let fast = try check(minute: .seconds(1))
    #expect(fast.interval == 0.5)
    #expect(course(fast, Array(repeating: false, count: 20)).firstIndex(of: .unhealthy) == 19, "not before ten seconds")
  }
}
