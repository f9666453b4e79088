import Testing

@testable import PalcoCommands

@Suite struct JudgeProtocolTests {
  static let start = """
    {"type":"start","stream":"a","alpha":0.01,"interval_s":10,"weight":0.05,"max_intervals":360,"metrics":["errors"],\
    "slo":{"availability":0.999,"latency_ms":500},"warmup_s":30,"bucket_upper_ms":[10,500],\
    "history":{"interval_s":60,"n":[3000,3000],"err":[3,3]}}
    """

  static func interval(_ elapsed: Int, green: String = #"{"n":25,"err":0}"#) -> String {
    #"{"type":"interval","k":1,"t_s":\#(elapsed),"weight":0.05,"blue":{"n":475,"err":1},"green":\#(green)}"#
  }

  @Test func aReleaseIsJudgedLineByLine() throws {
    var lines = JudgeProtocol(promotes: false)
    #expect(try lines.answer(to: Self.start) == nil)
    let healthy = try #require(try lines.answer(to: Self.interval(10)))
    #expect(healthy.hasPrefix(#"{"verdict":"continue","weight":0.05,"log_e":-0.188"#))
    let outage = try #require(try lines.answer(to: Self.interval(20, green: #"{"n":25,"err":25}"#)))
    #expect(outage.hasPrefix(#"{"verdict":"rollback""#))
    #expect(try lines.answer(to: #"{"type":"end","stream":"a"}"#) == nil)
    #expect(throws: JudgeProtocolError.self) { try lines.answer(to: Self.interval(30)) }
  }

  @Test func anIntervalAtTheStartAsksForTheFirstWeight() throws {
    var lines = JudgeProtocol(promotes: false)
    _ = try lines.answer(to: Self.start)
    let zero = #"{"type":"interval","k":0,"t_s":0,"weight":0,"blue":{"n":0,"err":0},"green":{"n":0,"err":0}}"#
    #expect(try lines.answer(to: zero) == #"{"verdict":"continue","weight":0.0039,"log_e":0.0}"#)
  }

  @Test(arguments: [true, false])
  func promoteIsSaidOnlyWhereItIsWanted(promotes: Bool) throws {
    var lines = JudgeProtocol(promotes: promotes)
    _ = try lines.answer(to: Self.start)
    var answers: [String] = []
    for k in 1...61 {
      let line =
        #"{"type":"interval","t_s":\#(10 * k),"weight":0.95,"blue":{"n":5000,"err":5},"green":{"n":95000,"err":95}}"#
      answers.append(try #require(try lines.answer(to: line)))
    }
    #expect(answers.dropLast(2).allSatisfy { $0.hasPrefix(#"{"verdict":"continue","weight":0.95"#) })
    #expect(
      answers[60].hasPrefix(promotes ? #"{"verdict":"promote","weight":1.0"# : #"{"verdict":"continue","weight":0.95"#))
  }

  @Test func latencyIsWatchedWhenAskedFor() throws {
    var lines = JudgeProtocol(promotes: false)
    let start = Self.start.replacing(#"["errors"]"#, with: #"["errors","latency"]"#)
      .replacing(#""err":[3,3]"#, with: #""err":[3,3],"slow":[9,9],"hist":[5000,982,18]"#)
    _ = try lines.answer(to: start)
    #expect(throws: (any Error).self) { try lines.answer(to: Self.interval(10)) }
    let slow = Self.interval(40, green: #"{"n":25,"err":0,"hist":[0,0,25]}"#)
      .replacing(#""err":1}"#, with: #""err":1,"hist":[400,74,1]}"#)
    #expect(try lines.answer(to: slow)?.hasPrefix(#"{"verdict":"rollback""#) == true)
  }

  /// 600 errors in an interval are boosted by the refined method only.
  @Test func theReferencesMethodIsSpokenUnlessAnotherIsAskedFor() throws {
    func answer(_ start: String) throws -> String? {
      var lines = JudgeProtocol(promotes: false)
      _ = try lines.answer(to: start)
      for elapsed in [10, 20] {
        let line = Self.interval(elapsed, green: #"{"n":1000,"err":74}"#)
          .replacing(#"{"n":475,"err":1}"#, with: #"{"n":9000,"err":526}"#)
        if elapsed == 20 { return try lines.answer(to: line) }
        _ = try lines.answer(to: line)
      }
      return nil
    }
    let plain = try answer(Self.start)
    func asked(_ method: String) -> String {
      Self.start.replacing(#""alpha":"#, with: #""method":"\#(method)","alpha":"#)
    }
    #expect(try answer(asked("reference")) == plain)
    #expect(try answer(asked("refined")) != plain)
    #expect(throws: JudgeProtocolError.self) { try answer(asked("other")) }
  }

  @Test(arguments: [
    ("nonsense", "no JSON object"),
    (#"{"type":"stop"}"#, "type: 'stop' is not start, interval or end"),
    (#"{"type":"interval","t_s":10}"#, "weight is missing"),
    (start.replacing(#""err":[3,3]"#, with: #""err":[3]"#), "history.err has 1 values, and history.n has 2"),
    (start.replacing(#""err":[3,3]"#, with: #""err":[3,3001]"#), "history.err: 3001 of 3000 requests cannot be"),
    (start.replacing(#""err":[3,3]"#, with: #""err":"3""#), "history.err has the wrong type"),
    (
      start.replacing(#"["errors"]"#, with: #"["errors","latency"]"#),
      "latency needs bucket_upper_ms, slo.latency_ms and history.slow"
    ),
  ])
  func whatIsNoLineOfTheProtocolIsNamed(line: String, reason: String) {
    var lines = JudgeProtocol(promotes: false)
    let error = #expect(throws: JudgeProtocolError.self) { try lines.answer(to: line) }
    #expect(error?.description == reason)
  }
}
