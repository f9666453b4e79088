import AWSWire
import Foundation
import OCIImages

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
    (path ?? "").split(separator: ":").lazy
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent("trivy") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      .map { TrivyScanner(program: $0) }
  }

  func scan(layout: URL) async throws -> [ECR.ImageScanFinding] {
    let (output, errors) = (layout.appendingPathComponent("report.json"), layout.appendingPathComponent("errors"))
    guard FileManager.default.createFile(atPath: errors.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: errors.path)
    else { throw ImageScanFailure(reason: "The folder \(layout.path) cannot be written.") }
    defer { try? handle.close() }
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "image", "--quiet", "--scanners", "vuln", "--format", "json", "--output", output.path, "--input", layout.path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = handle
    let status: Int32 = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do {
          try process.run()
        } catch {
          process.terminationHandler = nil
          continuation.resume(throwing: ImageScanFailure(reason: "\(program.path) cannot be run: \(error)"))
        }
      }
    } onCancel: {
      if process.isRunning { process.terminate() }
    }
    guard status == 0 else {
      let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      let last = text.split(separator: "\n").last.map { String($0.suffix(500)) } ?? "it said nothing"
      throw ImageScanFailure(reason: "trivy ended with status \(status): \(last)")
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
