import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore
import Subprocess

/// Lambda functions on this machine: the file `lambdas.json` of the state folder says what stands for each.
///
/// ```json
/// {
///   "approve": "http://127.0.0.1:9000/2015-03-31/functions/function/invocations",
///   "smoke-test": ["python3", "/home/me/smoke.py"]
/// }
/// ```
///
/// An address gets the event by POST, as Lambda's runtime interface emulator takes it; a program gets it on its standard
/// input, and prints the answer. The file is read at each invocation.
struct LocalFunctions: FunctionInvoking {
  static let fileName = "lambdas.json"
  /// Lambda's own limits of a synchronous invocation.
  private static let timeLimit = Duration.seconds(15 * 60)
  private static let answerLimit = 6 << 20

  private let file: URL
  private let time: TimeSource

  init(stateDirectory: URL, time: TimeSource) {
    file = stateDirectory.appendingPathComponent(Self.fileName)
    self.time = time
  }

  func invoke(_ functionARN: String, payload: Data) async throws -> Data {
    let function = try function(functionARN)
    return try await withThrowingTaskGroup(of: Data.self) { group in
      group.addTask {
        switch function {
        case .address(let url): try await post(payload, to: url)
        case .program(let words): try await run(words, payload)
        }
      }
      group.addTask {
        // A program takes the time that it takes: this limit is not scaled.
        try await time.sleep(Self.timeLimit)
        throw FunctionFailure("it did not answer within 15 minutes")
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() else { throw CancellationError() }
      return answer
    }
  }

  // MARK: The file

  private enum Function {
    case address(String)
    case program([String])
  }

  private func function(_ arn: String) throws(FunctionFailure) -> Function {
    let name = LambdaName(arn)?.name ?? arn
    guard let data = try? Data(contentsOf: file) else {
      throw FunctionFailure("there is no \(file.path), which would say what stands for the function \(name)")
    }
    guard let functions = try? JSONDecoder().decode([String: JSONValue].self, from: data) else {
      throw FunctionFailure("\(file.path) is not a JSON object of functions by name")
    }
    switch functions[name] {
    case nil: throw FunctionFailure("\(file.path) has no function \(name)")
    case .string(let url) where url.hasPrefix("http://") || url.hasPrefix("https://"): return .address(url)
    case .array(let values):
      let words = values.compactMap { if case .string(let word) = $0 { word } else { nil } }
      if !words.isEmpty, words.count == values.count { return .program(words) }
    default: break
    }
    throw FunctionFailure(
      "\(file.path): \(name) must be an http:// or https:// address, or a list of a program and its arguments")
  }

  // MARK: Invoking

  private func post(_ payload: Data, to url: String) async throws -> Data {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(payload)
    var settings = HTTPClient.Configuration()
    // A function that nobody serves is to fail at once.
    settings.connectionPool.retryConnectionEstablishment = false
    do {
      return try await HTTPClient.withHTTPClient(configuration: settings) { [request] client in
        let response = try await client.execute(request, timeout: .seconds(15 * 60))
        let body = Data(try await response.body.collect(upTo: Self.answerLimit).readableBytesView)
        guard (200..<300).contains(response.status.code) else {
          throw FunctionFailure("\(url) answered \(response.status.code)")
        }
        if let error = response.headers.first(name: "X-Amz-Function-Error") {
          throw FunctionFailure("\(url) answered the error \(error)")
        }
        return body
      }
    } catch let failure as FunctionFailure {
      throw failure
    } catch {
      try Task.checkCancellation()
      throw FunctionFailure("\(url) could not be asked: \(error)")
    }
  }

  private func run(_ words: [String], _ payload: Data) async throws -> Data {
    // A file, not a pipe: a program need not read what it is told.
    let event = FileManager.default.temporaryDirectory.appendingPathComponent("palco-event-\(UUID().uuidString)")
    guard
      FileManager.default.createFile(atPath: event.path, contents: payload, attributes: [.posixPermissions: 0o600])
    else { throw FunctionFailure("\(event.path) cannot be written") }
    defer { try? FileManager.default.removeItem(at: event) }
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: .init(["-c", #"exec "$@" <"$0""#, event.path] + words),
        workingDirectory: .init(file.deletingLastPathComponent().path), input: .none,
        output: .bytes(limit: Self.answerLimit), error: .bytes(limit: 1 << 20))
      try Task.checkCancellation()
      guard result.terminationStatus.isSuccess else {
        let said = String(decoding: result.standardError, as: UTF8.self).split(whereSeparator: \.isNewline).last
        throw FunctionFailure("\(words[0]) failed (\(result.terminationStatus))\(said.map { ": \($0)" } ?? "")")
      }
      return Data(result.standardOutput)
    } catch let failure as FunctionFailure {
      throw failure
    } catch {
      try Task.checkCancellation()
      throw FunctionFailure("\(words[0]) could not be run, or printed more than 6 MiB: \(error)")
    }
  }
}
