import AWSWire
import Foundation

/// Secrets by reference: there is no Secrets Manager here, so `valueFrom` names a file of the state folder.
///
/// `arn:aws:secretsmanager:…:secret:pulse/db` and `arn:aws:ssm:…:parameter/pulse/db` name `secrets/pulse/db`, as the plain
/// name `pulse/db` does. Values are never put on record, and no message holds one.
struct SecretFiles: Sendable {
  let directory: URL

  /// The values by variable name.
  ///
  /// - Throws: ``TaskStartFailure`` when one cannot be had.
  func values(of container: ECS.ContainerDefinition) throws -> [String: String] {
    var values: [String: String] = [:]
    for secret in container.secrets ?? [] {
      do {
        values[secret.name] = try value(of: secret.valueFrom)
      } catch let problem as Problem {
        throw TaskStartFailure(
          "ResourceInitializationError: unable to pull secrets or registry auth: the secret \(secret.valueFrom) for "
            + "\(secret.name): \(problem.text)", container: container.name)
      }
    }
    return values
  }

  private struct Problem: Error { var text: String }

  private func value(of reference: String) throws -> String {
    let parts = Self.path(of: reference).split(separator: "/", omittingEmptySubsequences: true)
    guard !parts.isEmpty, parts.allSatisfy({ $0 != "." && $0 != ".." && !$0.contains("\0") }) else {
      throw Problem(text: "this is no name of a file below \(directory.path)")
    }
    let file = parts.reduce(directory) { $0.appendingPathComponent(String($1)) }
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else {
      throw Problem(text: "there is no file \(file.path); write the value into it, with mode 0600")
    }
    guard let mode = attributes[.posixPermissions] as? Int, mode & 0o077 == 0 else {
      throw Problem(text: "others may read \(file.path); change its mode to 0600")
    }
    guard let data = try? Data(contentsOf: file), let text = String(data: data, encoding: .utf8) else {
      throw Problem(text: "\(file.path) cannot be read as text")
    }
    // Editors end a file with a line end, which is no part of the secret.
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private static func path(of reference: String) -> String {
    for marker in [":secret:", ":parameter/"] {
      if reference.hasPrefix("arn:"), let range = reference.range(of: marker) {
        return String(reference[range.upperBound...])
      }
    }
    return reference
  }
}
