import Foundation

/// One line of `terraform plan -json` or `apply -json`: the machine-readable UI
/// (https://developer.hashicorp.com/terraform/internals/machine-readable-ui). Unknown types and members are passed over.
struct TerraformEvent: Decodable, Sendable {
  struct Resource: Decodable, Sendable {
    var addr: String
  }
  struct Change: Decodable, Sendable {
    var resource: Resource
    var action: String
    var reason: String?
  }
  struct Hook: Decodable, Sendable {
    var resource: Resource?
    var action: String?
  }
  struct Totals: Decodable, Sendable {
    var add: Int
    var change: Int
    var remove: Int
    var operation: String
  }

  var type: String
  var change: Change?
  var hook: Hook?
  var changes: Totals?
  var diagnostic: TerraformDiagnostic?

  /// Reads a line.
  ///
  /// - Returns: `nil` for one that is no event, such as those that a crash leaves.
  static func read(_ line: String) -> TerraformEvent? {
    guard line.hasPrefix("{") else { return nil }
    return try? JSONDecoder().decode(TerraformEvent.self, from: Data(line.utf8))
  }
}

/// An error or a warning of Terraform.
public struct TerraformDiagnostic: Codable, Sendable, Equatable {
  /// `error` or `warning`.
  public var severity: String
  /// What is wrong, in one line.
  public var summary: String
  /// More about it; may be empty.
  public var detail: String
  /// The resource that it is about.
  public var address: String?

  /// Makes a diagnostic.
  public init(severity: String, summary: String, detail: String = "", address: String? = nil) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.address = address
  }

  var isError: Bool { severity == "error" }

  /// For people: the summary with its resource, then the detail, indented.
  public var text: String {
    let lines = detail.split(separator: "\n").map { "  " + $0 }
    let head = address.map { "\($0): \(summary)" } ?? summary
    return ([head] + lines).joined(separator: "\n")
  }
}
