import Foundation
import Logging
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// `docs/aws-compatibility.md` lists what the code answers, no more and no less.
@Suite struct CompatibilityPageTests {
  @Test func listsEveryOperation() async throws {
    try await withTemporaryDirectory { directory in
      let context = CloudContext(
        port: 1, stateDirectory: directory, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      let composition = try await Composition(context: context, signatures: .reading)
      let services = composition.tables.map { ($0.service.name, $0.operations) } + [("S3", S3Operation.names)]
      let operations = services.map { name, operations in
        "**\(name)**: " + operations.map { "`\($0)`" }.joined(separator: ", ") + "."
      }.joined(separator: "\n\n")
      let page = try String(
        contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
          .deletingLastPathComponent().appendingPathComponent("docs/aws-compatibility.md"), encoding: .utf8)
      let wanted = "<!-- operations -->\n\(operations)\n<!-- end of operations -->"
      #expect(page.contains(wanted), "docs/aws-compatibility.md must hold:\n\(wanted)")
    }
  }
}
