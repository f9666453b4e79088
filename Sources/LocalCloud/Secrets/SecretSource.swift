import AWSWire
import Foundation

/// Where tasks get the values of their secrets from.
protocol SecretSource: Sendable {
  /// The value that `valueFrom` of a container's secret refers to.
  ///
  /// - Throws: ``SecretFailure``.
  func value(of reference: String) async throws -> String
}

/// Why a secret cannot be had, as the end of a task's `stoppedReason` says it. It holds no value.
struct SecretFailure: Error, Sendable, Equatable {
  var reason: String
}

/// Secrets Manager and Parameter Store, as `valueFrom` refers to them.
///
/// ARNs of other accounts and regions mean the secret of that name here: the same task definition runs in both.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
struct TaskSecrets: SecretSource {
  let secretsManager: SecretsManagerService
  let parameters: SSMService

  func value(of reference: String) async throws -> String {
    guard reference.hasPrefix("arn:") else { return try await parameter(reference) }
    let parts = reference.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts.count > 5 ? parts[2] : "" {
    case "secretsmanager" where parts.count > 6: return try await secret(parts, reference)
    case "ssm": return try await parameter(parts[5...].joined(separator: ":"))
    default: throw SecretFailure(reason: "unable to retrieve secret: invalid ARN: \(reference)")
    }
  }

  private func parameter(_ name: String) async throws -> String {
    do {
      return try await parameters.value(name)
    } catch let error as AWSError {
      let problem = error.code == "ParameterNotFound" ? "invalid parameters: \(name)" : error.description
      throw SecretFailure(
        reason: "unable to retrieve secrets from ssm: service call has been retried 1 time(s): \(problem)")
    }
  }

  /// `arn:aws:secretsmanager:region:account:secret:name:json-key:version-stage:version-id`, the last three left out or
  /// empty.
  private func secret(_ parts: [String], _ reference: String) async throws -> String {
    func part(_ index: Int) -> String? { parts.count > index && !parts[index].isEmpty ? parts[index] : nil }
    let failure = "unable to retrieve secret from asm: service call has been retried 1 time(s): "
    let text: String
    do {
      text = try await secretsManager.text(named: parts[6], stage: part(8), version: part(9))
    } catch let error as AWSError {
      throw SecretFailure(
        reason: failure + "failed to fetch secret \(parts.prefix(7).joined(separator: ":")) from secrets manager: "
          + error.description)
    }
    guard let key = part(7) else { return text }
    guard case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
      throw SecretFailure(reason: failure + "the value is no JSON object, and \(reference) asks for one of its keys")
    }
    switch members[key] {
    case .string(let value)?: return value
    case .bool(let value)?: return String(value)
    case .number(let value)?: return Int(exactly: value).map(String.init) ?? String(value)
    case nil:
      throw SecretFailure(reason: failure + "retrieved secret from Secrets Manager did not contain json key \(key)")
    default: throw SecretFailure(reason: failure + "the json key \(key) holds no text")
    }
  }
}
