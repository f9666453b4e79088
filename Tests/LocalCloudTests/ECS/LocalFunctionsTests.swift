import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct LocalFunctionsTests {
  private func arn(_ name: String) -> String { "arn:aws:lambda:eu-west-1:123456789012:function:\(name)" }

  /// Invokes a function that `lambdas.json` maps so.
  private func invoke(_ name: String, _ file: String?, payload: String = "{}") async throws -> String {
    try await withTemporaryDirectory { directory in
      if let file {
        try Data(file.utf8).write(to: directory.appendingPathComponent("lambdas.json"))
      }
      let functions = LocalFunctions(stateDirectory: directory, time: .live)
      return String(decoding: try await functions.invoke(arn(name), payload: Data(payload.utf8)), as: UTF8.self)
    }
  }

  private func failure(_ name: String, _ file: String?) async throws -> String {
    do {
      return "no failure: \(try await invoke(name, file))"
    } catch let failure as FunctionFailure { return failure.reason }
  }

  @Test func aProgramGetsTheEventAndPrintsTheAnswer() async throws {
    let answer = try await invoke("echo", #"{"echo": ["sh", "-c", "cat; pwd"]}"#, payload: #"{"a": 1}"#)
    #expect(answer.hasPrefix(#"{"a": 1}"#) && answer.count > 12, "its working directory is the state folder")
  }

  @Test func anAddressGetsTheEventAndAnswers() async throws {
    let file = { (port: Int) in #"{"check": "http://127.0.0.1:\#(port)/2015-03-31/functions/function/invocations"}"# }
    let body = try await StubHTTPServer.run { request in
      #expect(request.method == "POST" && request.target == "/2015-03-31/functions/function/invocations")
      #expect(String(decoding: request.body, as: UTF8.self) == "{}")
      return .text(200, #"{"hookStatus": "SUCCEEDED"}"#)
    } while: { server in
      try await invoke("check", file(server.port))
    }
    #expect(body == #"{"hookStatus": "SUCCEEDED"}"#)
  }

  @Test(arguments: [
    (500, [], "answered 500"), (200, [("X-Amz-Function-Error", "Unhandled")], "answered the error Unhandled"),
  ])
  func aFunctionThatFailsIsToldFromItsAnswer(_ status: Int, _ fields: [(String, String)], _ words: String) async throws
  {
    try await StubHTTPServer.run { _ in
      .text(status, "{}", headers: fields.map { (name: $0.0, value: $0.1) })
    } while: { server in
      try await #expect(failure("check", "{\"check\": \"\(server.url.absoluteString)\"}").hasSuffix(words))
    }
  }

  @Test func whatIsWrongIsSaid() async throws {
    try await #expect(failure("a", nil).hasSuffix("lambdas.json, which would say what stands for the function a"))
    try await #expect(failure("a", "[]").hasSuffix("is not a JSON object of functions by name"))
    try await #expect(failure("a", "{}").hasSuffix("has no function a"))
    for value in ["1", "[]", "[1]", #""sh""#] {
      try await #expect(failure("a", "{\"a\": \(value)}").contains("must be an http:// or https:// address"))
    }
    try await #expect(failure("a", #"{"a": ["sh", "-c", "echo no >&2; exit 3"]}"#) == "sh failed (exited(3)): no")
    try await #expect(failure("a", #"{"a": ["/nowhere/at/all"]}"#).hasPrefix("/nowhere/at/all failed (exited(127)): "))
    try await #expect(
      failure("a", #"{"a": "http://127.0.0.1:1/"}"#).hasPrefix("http://127.0.0.1:1/ could not be asked"))
  }

  @Test(arguments: [
    ("arn:aws:lambda:eu-west-1:123456789012:function:check", "check"),
    ("arn:aws:lambda:eu-west-1:123456789012:function:check:live", "check"),
    ("arn:aws:lambda:eu-west-1:123456789012:layer:check", nil), ("check", nil),
    ("arn:aws:sns:eu-west-1:123456789012:function:check", nil),
  ])
  func namesAreReadFromARNs(_ arn: String, _ name: String?) {
    #expect(LambdaName(arn)?.name == name)
  }
}
