import AWSWire
import Foundation
import Logging
import PalcoTestSupport

@testable import LocalCloud

/// Secrets Manager and Parameter Store on a folder of their own, spoken to through their operations.
struct SecretsFixture: Sendable {
  let directory: URL
  let clock: TestClock
  let secretsManager: SecretsManagerService
  let parameters: SSMService
  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  init(_ directory: URL, clock: TestClock = TestClock(now: Date(timeIntervalSince1970: 1_700_000_000))) async throws {
    self.directory = directory
    self.clock = clock
    let context = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 1, stateDirectory: directory, time: clock.timeSource,
      logger: logger)
    let store = try Store(directory: directory)
    secretsManager = try await SecretsManagerService(context: context, store: store)
    parameters = try await SSMService(context: context, store: store)
  }

  static func run(_ body: (SecretsFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { try await body(SecretsFixture($0)) }
  }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let table = R.service == SSM.service ? parameters.operations() : secretsManager.operations()
    guard let handler = table[R.operation] else { throw AWSError("UnknownOperationException", R.operation) }
    let codec = R.service.codec
    let answer = try await handler(
      codec, try codec.encodeRequest(request).body, CallContext(requestID: "r", accessKey: nil, logger: logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The error that a request is refused with.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  /// What a secret is now, in clear.
  func text(_ id: String, version: String? = nil, stage: String? = nil) async throws -> String? {
    try await send(SecretsManager.GetSecretValueRequest(secretId: id, versionId: version, versionStage: stage))
      .secretString?.value
  }

  /// The files below the vault.
  var vaultFiles: [String] {
    let vault = directory.appendingPathComponent("vault")
    return (FileManager.default.enumerator(atPath: vault.path)?.allObjects as? [String] ?? [])
      .filter { $0.contains("/") }.map { vault.appendingPathComponent($0).path }
  }
}
