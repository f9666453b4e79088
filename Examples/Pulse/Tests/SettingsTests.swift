import Testing

@testable import Pulse

@Suite struct SettingsTests {
  @Test func hasDefaultsThatAreSafe() throws {
    let settings = try Settings(environment: [:])
    #expect(settings.host == "127.0.0.1")
    #expect(settings.port == 8080)
    #expect(settings.version == "dev")
    #expect(settings.faults == Faults())
    guard case .sqlite(let path) = settings.database else {
      Issue.record("SQLite is the default")
      return
    }
    #expect(path.hasSuffix("/pulse.sqlite"))
  }

  @Test func readsTheEnvironment() throws {
    let settings = try Settings(environment: [
      "HOST": "0.0.0.0", "PORT": "9001", "PULSE_VERSION": "v2", "PULSE_DB": "/data/p.db", "PULSE_FAIL_HEALTH": "1",
      "PULSE_ERROR_RATE": "0.05", "PULSE_LATENCY": "300ms", "PULSE_LATENCY_RATE": "0.05", "PULSE_CRASH_AFTER": "5s",
      "PULSE_START_DELAY": "1m",
    ])
    #expect(settings.host == "0.0.0.0")
    #expect(settings.port == 9001)
    #expect(settings.version == "v2")
    #expect(settings.database == .sqlite(path: "/data/p.db"))
    #expect(
      settings.faults
        == Faults(
          failsHealth: true, errorRate: 0.05, latency: .milliseconds(300), latencyRate: 0.05, crashAfter: .seconds(5),
          startDelay: .seconds(60)))
    #expect(
      try Settings(environment: ["DATABASE_URL": "postgresql://a/b", "PULSE_DB": "/x"]).database
        == .postgres(url: "postgresql://a/b"))
  }

  @Test func namesAllThatIsWrongAtOnce() {
    let error = #expect(throws: StartError.self) {
      try Settings(environment: [
        "PORT": "eighty", "PULSE_FAIL_HEALTH": "maybe", "PULSE_ERROR_RATE": "5", "PULSE_LATENCY": "300",
        "PULSE_LATENCY_RATE": "-0.1",
        "PULSE_CRASH_AFTER": "-1s", "PULSE_START_DELAY": "1e3s",
      ])
    }
    #expect(error?.exitCode == 64)
    for words in [
      "PORT=eighty: expected a port", "PULSE_FAIL_HEALTH=maybe: expected 1 or 0",
      "PULSE_ERROR_RATE=5: expected a share",
      "PULSE_LATENCY=300: expected a duration", "PULSE_LATENCY_RATE=-0.1: expected a share", "PULSE_CRASH_AFTER=-1s",
      "PULSE_START_DELAY=1e3s",
    ] { #expect(error?.description.contains(words) == true, "\(words)") }
  }

  @Test(arguments: ["", "s", "ms", "1.2.3s", "inf s", "nans", "999999m", "٣s"])
  func refusesWhatIsNoDuration(text: String) { #expect(EnvironmentReader.duration(text) == nil) }

  @Test func showsNeighbouringVersionsInColoursFarApart() {
    #expect(Version.colour(of: "v1") == Version.colour(of: "v1"))
    for (one, other) in [("v1", "v2"), ("v2", "v3"), ("1.0.0", "1.0.1")] {
      let difference = abs(Version.hue(of: one) - Version.hue(of: other))
      #expect(min(difference, 360 - difference) > 20, "\(one) \(other)")
    }
  }
}
