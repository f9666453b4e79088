import AWSWire
import Foundation
import OCIImages
import PalcoTestSupport
import Synchronization
import Testing

@testable import LocalCloud

@Suite struct ScanTests {
  /// Finds one thing in every image, and remembers what it was given.
  private final class FakeScanner: ImageScanner {
    let files = Mutex<[String]>([])
    let failure: String?

    init(failure: String? = nil) { self.failure = failure }

    func scan(layout: URL) async throws -> [ECR.ImageScanFinding] {
      let blobs = try FileManager.default.contentsOfDirectory(
        atPath: layout.appendingPathComponent("blobs/sha256").path)
      files.withLock { $0 = blobs.map { "sha256:" + $0 } }
      if let failure { throw ImageScanFailure(reason: failure) }
      return [.init(name: "CVE-2026-1", severity: "HIGH"), .init(name: "CVE-2026-2", severity: "LOW")]
    }
  }

  private func findings(_ registry: ECRFixture) async throws -> ECR.DescribeImageScanFindingsResponse {
    try await registry.send(
      ECR.DescribeImageScanFindingsRequest(repositoryName: "web", imageId: .init(imageTag: "v1")))
  }

  private let start = ECR.StartImageScanRequest(repositoryName: "web", imageId: .init(imageTag: "v1"))

  private func run(_ scanner: (any ImageScanner)?, _ body: (ECRFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let registry = try await ECRFixture(directory, scanner: scanner)
      try await registry.send(ECR.CreateRepositoryRequest(repositoryName: "web"))
      try await body(registry)
    }
  }

  @Test func aScannerSeesTheImageAndItsFindingsAreTold() async throws {
    let scanner = FakeScanner()
    try await run(scanner) { registry in
      let digest = try await registry.push("one", tag: "v1")
      #expect(try await registry.send(start).imageScanStatus?.status == "IN_PROGRESS")
      #expect(try await findings(registry).imageScanStatus?.status == "IN_PROGRESS")
      try await registry.service.performScans()
      let answer = try await findings(registry)
      #expect(answer.imageScanStatus?.status == "COMPLETE" && answer.imageId?.imageDigest == digest)
      #expect(answer.imageScanFindings?.findings?.map(\.name) == ["CVE-2026-1", "CVE-2026-2"])
      #expect(answer.imageScanFindings?.findingSeverityCounts == ["HIGH": 1, "LOW": 1])
      #expect(scanner.files.withLock { $0 }.contains(digest) && scanner.files.withLock { $0 }.count == 3)
      let detail = try await registry.send(ECR.DescribeImagesRequest(repositoryName: "web")).imageDetails?.first
      #expect(detail?.imageScanFindingsSummary?.findingSeverityCounts == ["HIGH": 1, "LOW": 1])
      #expect(try await registry.refusal(of: start)?.code == "LimitExceededException")
      registry.clock.advance(by: .seconds(86_401))
      #expect(try await registry.refusal(of: start) == nil)
      let left = registry.directory.appendingPathComponent("scans").path
      #expect(try FileManager.default.contentsOfDirectory(atPath: left).isEmpty)
    }
  }

  @Test func withoutAScannerAScanFailsAndSaysWhy() async throws {
    try await run(nil) { registry in
      try await registry.push("one", tag: "v1")
      try await registry.send(start)
      try await registry.service.performScans()
      let status = try await findings(registry).imageScanStatus
      #expect(status?.status == "FAILED" && status?.description?.contains("trivy") == true)
      #expect(try await findings(registry).imageScanFindings?.findings == [])
      // Once there is one, it can be tried again.
      let next = try await ECRFixture(registry.directory, clock: registry.clock, scanner: FakeScanner())
      try await next.send(start)
      try await next.service.performScans()
      #expect(try await findings(next).imageScanStatus?.status == "COMPLETE")
    }
  }

  @Test func whatTheScannerSaysOfAFailureIsTold() async throws {
    try await run(FakeScanner(failure: "no database")) { registry in
      try await registry.push("one", tag: "v1")
      try await registry.send(start)
      try await registry.service.performScans()
      #expect(try await findings(registry).imageScanStatus == .init(status: "FAILED", description: "no database"))
    }
  }

  @Test func pushesAreScannedWhereThatIsAskedFor() async throws {
    try await run(FakeScanner()) { registry in
      try await registry.push("zero", tag: "v0")
      try await registry.send(
        ECR.PutRegistryScanningConfigurationRequest(
          scanType: "BASIC",
          rules: [
            .init(scanFrequency: "SCAN_ON_PUSH", repositoryFilters: [.init(filter: "w*", filterType: "WILDCARD")])
          ]))
      try await registry.push("one", tag: "v1")
      try await registry.service.performScans()
      #expect(try await findings(registry).imageScanStatus?.status == "COMPLETE")
      let zero = ECR.DescribeImageScanFindingsRequest(repositoryName: "web", imageId: .init(imageTag: "v0"))
      #expect(try await registry.refusal(of: zero)?.code == "ScanNotFoundException")
    }
  }

  @Test func trivyIsRunOnTheLayoutAndItsReportIsRead() async throws {
    try await withTemporaryDirectory { directory in
      let program = directory.appendingPathComponent("trivy")
      let script = """
        #!/bin/sh
        while [ "$1" != --output ]; do shift; done
        test -f "$4/oci-layout" || { echo "no layout in $4" >&2; exit 3; }
        cat > "$2" <<END
        {"Results": [{"Target": "os"}, {"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "zlib",
          "InstalledVersion": "1.2", "FixedVersion": "1.3", "Severity": "CRITICAL", "PrimaryURL": "https://x/1"},
          {"VulnerabilityID": "CVE-2", "Severity": "UNKNOWN"}]}]}
        END
        """
      try Data(script.utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
      let scanner = try #require(TrivyScanner.installed(path: "/nowhere:\(directory.path)"))
      let layout = directory.appendingPathComponent("layout")
      try FileManager.default.createDirectory(at: layout, withIntermediateDirectories: true)
      let failure = await #expect(throws: ImageScanFailure.self) { try await scanner.scan(layout: layout) }
      #expect(failure?.reason == "trivy ended with status 3: no layout in \(layout.path)")
      try Data("{}".utf8).write(to: layout.appendingPathComponent("oci-layout"))
      #expect(
        try await scanner.scan(layout: layout) == [
          .init(
            name: "CVE-1", uri: "https://x/1", severity: "CRITICAL",
            attributes: [
              .init(key: "package_name", value: "zlib"), .init(key: "package_version", value: "1.2"),
              .init(key: "fixed_in_version", value: "1.3"),
            ]), .init(name: "CVE-2", severity: "UNDEFINED", attributes: []),
        ])
    }
  }

  @Test func noTrivyIsNoScanner() {
    #expect(TrivyScanner.installed(path: "/nowhere") == nil)
    #expect(TrivyScanner.installed(path: nil) == nil)
  }
}
