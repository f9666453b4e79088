import AWSWire
import Foundation
import OCIImages
import PalcoCore
import Subprocess

/// Looks for vulnerabilities in images.
protocol ImageScanner: Sendable {
  /// Scans an image.
  ///
  /// - Parameter layout: A folder in the OCI image layout that holds the one image.
  /// - Returns: What was found.
  /// - Throws: ``ImageScanFailure``.
  func scan(layout: URL) async throws -> [ECR.ImageScanFinding]
}

/// Why an image could not be scanned, in words for its owner.
struct ImageScanFailure: Error, Sendable {
  var reason: String
}

/// Trivy, where it is installed.
///
/// https://trivy.dev
struct TrivyScanner: ImageScanner {
  /// The program.
  var program: URL

  /// The scanner that the search path has; `nil` when it has none.
  static func installed(path: String?) -> TrivyScanner? {
    SearchPath(path).program(named: "trivy").map { TrivyScanner(program: URL(fileURLWithPath: $0)) }
  }

  func scan(layout: URL) async throws -> [ECR.ImageScanFinding] {
    let output = layout.appendingPathComponent("report.json")
    do {
      let result = try await Subprocess.run(
        .path(.init(program.path)),
        arguments: [
          "image", "--quiet", "--scanners", "vuln", "--format", "json", "--output", output.path, "--input", layout.path,
        ], input: .none, output: .discarded, error: .bytes(limit: 1 << 20))
      guard result.terminationStatus.isSuccess else {
        let said = String(decoding: result.standardError, as: UTF8.self).split(separator: "\n").last
        let status = if case .exited(let code) = result.terminationStatus { "status \(code)" } else { "a signal" }
        throw ImageScanFailure(
          reason: "trivy ended with \(status): \(said.map { String($0.suffix(500)) } ?? "it said nothing")")
      }
    } catch let failure as ImageScanFailure {
      throw failure
    } catch {
      try Task.checkCancellation()
      throw ImageScanFailure(reason: "\(program.path) cannot be run: \(error)")
    }
    return try Self.findings(in: try Data(contentsOf: output))
  }

  /// Reads a report.
  static func findings(in report: Data) throws -> [ECR.ImageScanFinding] {
    do {
      return try JSONDecoder().decode(Report.self, from: report).findings
    } catch is DecodingError {
      throw ImageScanFailure(reason: "The report of trivy is not understood; update trivy or palco.")
    }
  }

  private struct Report: Decodable {
    struct Result: Decodable {
      var vulnerabilities: [Vulnerability]?

      enum CodingKeys: String, CodingKey { case vulnerabilities = "Vulnerabilities" }
    }

    struct Vulnerability: Decodable {
      var id: String
      var package: String?
      var version: String?
      var fixedVersion: String?
      var severity: String?
      var description: String?
      var link: String?

      enum CodingKeys: String, CodingKey {
        case id = "VulnerabilityID"
        case package = "PkgName"
        case version = "InstalledVersion"
        case fixedVersion = "FixedVersion"
        case severity = "Severity"
        case description = "Description"
        case link = "PrimaryURL"
      }
    }

    var results: [Result]?

    enum CodingKeys: String, CodingKey { case results = "Results" }

    var findings: [ECR.ImageScanFinding] {
      (results ?? []).flatMap { $0.vulnerabilities ?? [] }.map { vulnerability in
        let attributes = [
          ("package_name", vulnerability.package), ("package_version", vulnerability.version),
          ("fixed_in_version", vulnerability.fixedVersion),
        ]
        let severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW"]
        return ECR.ImageScanFinding(
          name: vulnerability.id, description: vulnerability.description, uri: vulnerability.link,
          severity: vulnerability.severity.flatMap { severities.contains($0) ? $0 : nil } ?? "UNDEFINED",
          attributes: attributes.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : ECR.Attribute(key: name, value: $0) }
          })
      }
    }
  }
}
