import Foundation

/// Who holds the lock of a state, as Terraform tells it in the error `Error acquiring the state lock`.
public struct LockInfo: Sendable, Equatable, Codable {
  /// What frees the lock: `terraform force-unlock ID`.
  public var id: String
  /// What is being done: `apply` or `plan`.
  public var operation: String
  /// Who: `user@host`.
  public var who: String
  /// Since when, as Terraform writes it, to the second: `2026-11-24 21:58:17 UTC`.
  public var created: String

  /// Describes a lock.
  public init(id: String, operation: String, who: String, created: String) {
    self.id = id
    self.operation = operation
    self.who = who
    self.created = created
  }

  /// Reads the lines below `Lock Info:`.
  ///
  /// - Returns: `nil` when the text holds none, or one without an ID.
  public init?(readingFrom text: String) {
    guard let start = text.range(of: "Lock Info:") else { return nil }
    var values: [String: String] = [:]
    for line in text[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst() {
      // The box that Terraform draws around an error on a terminal.
      let line = line.drop { $0 == "│" || $0 == " " }
      guard let colon = line.firstIndex(of: ":") else { break }
      values[String(line[..<colon])] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    guard let id = values["ID"], !id.isEmpty else { return nil }
    self.id = id
    let operation = values["Operation"] ?? ""
    self.operation =
      operation.hasPrefix("OperationType")
      ? operation.dropFirst("OperationType".count).lowercased() : operation.isEmpty ? "something" : operation
    who = values["Who"].flatMap { $0.isEmpty ? nil : $0 } ?? "somebody"
    // 2026-11-24 21:58:17.540219502 +0000 UTC
    let created = values["Created"] ?? ""
    self.created =
      created.hasSuffix("+0000 UTC") ? created.prefix { $0 != "." && $0 != "+" }.trimmed + " UTC" : created
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
