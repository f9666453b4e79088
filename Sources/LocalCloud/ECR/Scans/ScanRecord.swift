import AWSWire
import Foundation

/// The last scan of an image.
struct ScanRecord: Codable, Sendable, Equatable {
  var repository: String
  var digest: String
  var requestedAt: Date
  /// `nil` while it runs.
  var completedAt: Date?
  /// Why it failed; `nil` when it did not.
  var failure: String?
  var findings: [ECR.ImageScanFinding] = []

  /// As AWS shows it.
  var status: ECR.ImageScanStatus {
    if completedAt == nil { return .init(status: "IN_PROGRESS") }
    if let failure { return .init(status: "FAILED", description: failure) }
    return .init(status: "COMPLETE", description: "The scan was completed successfully.")
  }

  /// How many findings there are of each severity.
  var severityCounts: [String: Int] {
    findings.reduce(into: [:]) { counts, finding in counts[finding.severity ?? "UNDEFINED", default: 0] += 1 }
  }

  /// As lists of images show it.
  var summary: ECR.ImageScanFindingsSummary? {
    completedAt.flatMap {
      failure == nil ? .init(imageScanCompletedAt: $0, findingSeverityCounts: severityCounts) : nil
    }
  }
}
