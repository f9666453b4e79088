import AWSWire
import Testing

@testable import LocalCloud

@Suite struct FilterPatternTests {
  private static let event = #"""
    {"level": "ERROR", "ms": 120, "ok": true, "user": null, "path": "/api/v1/users",
     "items": [{"id": 1, "tags": ["a", "b"]}, {"id": 2}], "client": {"ip": "10.1.2.3"}, "size": "900", "far": -1.5e3}
    """#

  @Test(arguments: [
    (#"{ $.level = "ERROR" }"#, true), ("{ $.level = ERROR }", true), (#"{ $.level = "error" }"#, false),
    (#"{ $.level = "ERR*" }"#, true), (#"{ $.path = "/api/*/users" }"#, true), (#"{ $.path = "*admin*" }"#, false),
    (#"{ $.level != "INFO" }"#, true), (#"{ $.level != "ERROR" }"#, false), (#"{ $.none != "x" }"#, false),
    ("{ $.ms > 100 }", true), ("{ $.ms > 120 }", false), ("{ $.ms >= 120 }", true), ("{ $.ms < 1.2e2 }", false),
    ("{ $.ms <= 120.0 }", true), ("{ $.ms = 120 }", true), ("{ $.ms != 120 }", false), ("{ $.far < -1000 }", true),
    ("{ $.level > 1 }", false), ("{ $.size > 800 }", true),
    (#"{ $.level = "ERROR" && $.ms > 100 }"#, true), (#"{ $.level = "INFO" && $.ms > 100 }"#, false),
    (#"{ $.level = "INFO" || $.ms > 100 }"#, true),
    (#"{ ($.level = "INFO" || $.level = "ERROR") && $.ms < 100 }"#, false),
    (#"{ $.level = "INFO" || $.level = "ERROR" && $.ms < 100 }"#, false),
    ("{ $.ok IS TRUE }", true), ("{ $.ok IS FALSE }", false), ("{ $.user IS NULL }", true), ("{ $.ms IS NULL }", false),
    ("{ $.none NOT EXISTS }", true), ("{ $.ms NOT EXISTS }", false), ("{ $.ms EXISTS }", true),
    ("{ $.items[0].id = 1 }", true), ("{ $.items[1].id = 1 }", false), ("{ $.items[7].id = 1 }", false),
    ("{ $.items[*].id = 2 }", true), (#"{ $.items[0].tags[1] = "b" }"#, true), (#"{ $.client.ip = 10.1.* }"#, true),
    ("{ $.items = * }", false), ("{ $.level = * }", true),
  ])
  func conditionsOnJSON(pattern: String, matches: Bool) throws {
    #expect(try FilterPattern(pattern).matches(Self.event) == matches)
  }

  @Test(arguments: ["ERROR disk", "[1, 2]", #""level""#, #"{"level": "ERROR""#, ""])
  func whatIsNoObjectFitsNoConditionOnJSON(message: String) throws {
    #expect(try !FilterPattern("{ $.level NOT EXISTS }").matches(message))
  }

  private static let line =
    #"127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#

  @Test(arguments: [
    ("[ip, id, user, time, request, status, bytes]", true), ("[ip, id, user]", false),
    ("[ip, id, user, time, request, status = 404, bytes]", true),
    ("[ip, id, user, time, request, status = 4*, bytes]", true),
    ("[ip, id, user, time, request = *html*, status != 200, bytes > 1000]", true),
    ("[ip, id, user, time, request, status, bytes > 2000]", false),
    ("[..., status = 404, bytes]", true), ("[..., status = 404]", false), ("[ip, ..., bytes < 2000]", true),
    ("[ip = 127.0.*, ...]", true), ("[ip = 10.*, ...]", false), ("[...]", true),
    (#"[..., request = "GET *", status = 404 || status = 410, bytes]"#, true),
    ("[..., status >= 400 && status < 404, bytes]", false), ("[, , user = frank, ...]", true),
  ])
  func conditionsOnFields(pattern: String, matches: Bool) throws {
    #expect(try FilterPattern(pattern).matches(Self.line) == matches)
  }

  @Test(arguments: [
    "{ $.a }", "{ $.a = }", "{ $.a = 1", "{ a = 1 }", "{ $.a > x }", "{ $.a = 1 && }", "{ ($.a = 1 }", "{ $.a = 1 ) }",
    "{ $. = 1 }", "{ $.a[x] = 1 }", "{ $.a IS RED }", "{ $.a = %x% }", "{}", "{ $.a = \"x }",
    "[a, b", "[..., a, ...]", "[a = 1 && b = 2]", "[a = ]", "[a b]", "[a = %x%]",
  ])
  func whatIsNoConditionIsRefused(pattern: String) {
    #expect(throws: AWSError.self) { try FilterPattern(pattern) }
  }

  @Test func theRefusalSaysWhatIsWrong() {
    let error = #expect(throws: AWSError.self) { try FilterPattern("{ $.a > many }") }
    #expect(error?.code == "InvalidParameterException")
    #expect(error?.message == "Invalid filter pattern: 'many' after '>' is no number.")
  }
}
