import Foundation
import Logging
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// `docs/aws-compatibility.md` lists what the code answers, no more and no less.
@Suite struct CompatibilityPageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The operations of each service on the page, by the service's name.
  private static func listed() throws -> [String: [String]] {
    let page = try String(contentsOf: root.appendingPathComponent("docs/aws-compatibility.md"), encoding: .utf8)
    var found: [String: [String]] = [:]
    var service: String?
    for line in page.split(separator: "\n") {
      if line == "<!-- end of operations -->" { break }
      if line.hasPrefix("### ") { service = String(line.dropFirst(4)) }
      guard let service, line.hasPrefix("- `") else { continue }
      found[service, default: []].append(String(line.dropFirst(3).prefix { $0 != "`" }))
    }
    return found
  }

  @Test func listsEveryOperation() async throws {
    try await withTemporaryDirectory { directory in
      let context = CloudContext(
        port: 1, stateDirectory: directory, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      let composition = try await Composition(context: context, runtime: FakeRuntime(), signatures: .reading)
      let answered = Dictionary(uniqueKeysWithValues: composition.tables.map { ($0.service.name, $0.operations) })
      #expect(try Self.listed() == answered, "run scripts/compatibility-page")
      let s3 = "**S3**: " + S3Operation.names.map { "`\($0)`" }.joined(separator: ", ") + "."
      let page = try String(contentsOf: Self.root.appendingPathComponent("docs/aws-compatibility.md"), encoding: .utf8)
      #expect(page.contains(s3), "docs/aws-compatibility.md must hold:\n\(s3)")
    }
  }

  @Test(.enabled(if: Python.isUsable, "\(Python.hint)")) func listsEveryMember() throws {
    let script = Self.root.appendingPathComponent("scripts/compatibility-page").path
    _ = try Python.run(
      "import runpy, sys; sys.argv = ['\(script)', '--check']; runpy.run_path('\(script)', run_name='__main__')")
  }
}
