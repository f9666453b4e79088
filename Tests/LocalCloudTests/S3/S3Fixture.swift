import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import PalcoTestSupport

@testable import LocalCloud

/// S3 behind a front door, on a folder of its own.
struct S3Fixture: Sendable {
  let directory: URL
  let clock: TestClock
  private let client: any TestClientProtocol

  /// An answer of S3.
  struct Answer: Sendable {
    var status: Int
    var headers: HTTPFields
    var text: String

    subscript(field: String) -> String? { headers.value(named: field) }
    /// The document.
    var xml: XMLTree? { try? XMLTree(parsing: Data(text.utf8)) }
    /// The code of an error.
    var code: String? { xml?["Code"]?.text }
  }

  /// Runs a test on a folder; a second time on the same folder is a restart.
  static func run(
    _ directory: URL, region: String = "us-east-1", signatures: SignatureCheck = .reading,
    _ body: @escaping @Sendable (S3Fixture) async throws -> Void
  ) async throws {
    let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let clock = TestClock(now: Date(timeIntervalSince1970: 1_700_000_000))
    let context = CloudContext(
      accountID: "123456789012", region: region, port: 80, stateDirectory: directory, time: clock.timeSource,
      logger: quiet)
    let store = try Store(directory: directory)
    let door = FrontDoor(
      context: context, tables: [], s3: try await S3Service(context: context, store: store), signatures: signatures)
    try await Application(router: door.router(), logger: quiet).test(.router) { client in
      try await body(S3Fixture(directory: directory, clock: clock, client: client))
    }
    try store.close()
  }

  static func run(_ body: @escaping @Sendable (S3Fixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await run(directory) { s3 in
        try await s3.send(.put, "/states")
        try await body(s3)
      }
    }
  }

  @discardableResult
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", headers: [(String, String)] = []
  ) async throws -> Answer {
    let fields = HTTPFields(headers.map { (name: $0.0, value: $0.1) })
    return try await client.execute(
      uri: path, method: method, headers: fields, body: ByteBuffer(string: body)
    ) { response in
      Answer(
        status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }
  }

  /// Fields of a request that is signed for S3, by whomever.
  static let signed = [
    (
      "authorization",
      "AWS4-HMAC-SHA256 Credential=k/20231114/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00"
    ), ("x-amz-date", "20231114T221320Z"),
  ]

  /// Lets the bucket keep versions.
  func enableVersions(_ status: String = "Enabled") async throws {
    try await send(
      .put, "/states?versioning", "<VersioningConfiguration><Status>\(status)</Status></VersioningConfiguration>")
  }

  /// The files that hold bytes of objects.
  var files: [String] {
    let folder = directory.appendingPathComponent("objects").path
    return (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []).filter { $0.contains("/") }
  }
}
