import AWSClient
import AWSWire
import ArgumentParser
import Foundation

/// `palco secret set`: puts a value into the local cloud's Parameter Store or Secrets Manager.
struct SecretSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set a secret of the local cloud; the value is read from standard input.",
    discussion: """
      NAME is what palco.yml has in `service.secrets`: a name that begins with a slash is a parameter (SecureString) of \
      Parameter Store, an ARN or another name a secret of Secrets Manager. Of an ARN, the name counts. One line end at the \
      value's end is no part of it. Tasks get the value when they start: deploy again, and new tasks have it.

        palco secret set /shop/stage/database-url < url.txt
        op read op://shop/db/password | palco secret set shop/database
      """)

  @Argument(help: "The parameter's or the secret's name, or its ARN.")
  var name: String

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var name: String
    var service: String
    var version: String
  }

  func run() async throws {
    let project = try project.load()
    let place = try SecretPlace(name)
    let value = try SecretInput.read(prompt: "Value of \(name) (not shown): ")
    let access = try await project.accessStartingCloud(note: output.note)
    let version = try await place.put(value, into: access.aws)
    if output.json {
      try JSONOutput.print(Report(name: place.name, service: place.service, version: version))
    } else {
      Console.out("\(place.name) is set in \(place.service), version \(version)")
    }
  }
}

/// Where a secret of the local cloud is kept.
enum SecretPlace: Sendable, Equatable {
  case parameter(String)
  case secret(String)

  /// The place that a reference of palco.yml means.
  ///
  /// - Throws: ``CommandError`` for an ARN of neither service.
  init(_ reference: String) throws {
    guard reference.hasPrefix("arn:") else {
      self = reference.hasPrefix("/") ? .parameter(reference) : .secret(reference)
      return
    }
    let parts = reference.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts.count > 5 ? parts[2] : "" {
    case "ssm" where parts[5].hasPrefix("parameter/"):
      let name = parts[5].dropFirst("parameter/".count)
      self = .parameter(name.contains("/") ? "/\(name)" : String(name))
    case "secretsmanager" where parts.count > 6 && parts[5] == "secret":
      // The six characters at the end are the account's; here they are others.
      let suffix = parts[6].range(of: "-[A-Za-z0-9]{6}$", options: .regularExpression)
      self = .secret(String(parts[6][..<(suffix?.lowerBound ?? parts[6].endIndex)]))
    default:
      throw CommandError(
        .usage, "'\(reference)' is no ARN of a secret of Secrets Manager, nor of a parameter of Parameter Store")
    }
  }

  var name: String {
    switch self {
    case .parameter(let name), .secret(let name): name
    }
  }

  var service: String {
    switch self {
    case .parameter: "Parameter Store"
    case .secret: "Secrets Manager"
    }
  }

  /// Puts a value, whether the secret is there or not.
  ///
  /// - Returns: The version that holds it.
  func put(_ value: Sensitive<String>, into aws: AWSClient) async throws -> String {
    switch self {
    case .parameter(let name):
      // Who made it as a plain string wants it to stay one: a parameter cannot change its type.
      let existing = try await aws.send(
        SSM.DescribeParametersRequest(parameterFilters: [.init(key: "Name", option: "Equals", values: [name])]))
      let type = existing.parameters?.first?.type ?? "SecureString"
      let answer = try await aws.send(
        SSM.PutParameterRequest(name: name, value: value, type: type, overwrite: true))
      return String(answer.version ?? 0)
    case .secret(let name):
      do {
        return try await aws.send(SecretsManager.PutSecretValueRequest(secretId: name, secretString: value)).versionId
          ?? ""
      } catch let error as AWSError where error.code == "ResourceNotFoundException" {
        return try await aws.send(SecretsManager.CreateSecretRequest(name: name, secretString: value)).versionId ?? ""
      }
    }
  }
}
