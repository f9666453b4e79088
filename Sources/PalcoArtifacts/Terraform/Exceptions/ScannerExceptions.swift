import PalcoBlueprint

/// A finding of a security scanner that is accepted, and why. The reason stands beside the resource in HCL, where a
/// reviewer and the scanner read it, and `palco check` shows it.
public struct ScannerException: Sendable, Equatable, Encodable {
  /// Who finds it.
  public enum Scanner: String, Sendable, Encodable {
    /// https://github.com/aquasecurity/trivy
    case trivy
    /// https://github.com/bridgecrewio/checkov
    case checkov
  }

  /// Who finds it.
  public var scanner: Scanner
  /// The finding: `AWS-0053`, `CKV_AWS_260`.
  public var rule: String
  /// The resource, as it is addressed in the module.
  public var address: String
  /// Why it is right all the same.
  public var reason: String
}

/// All accepted exceptions. Nothing is suppressed that is not in this file.
public enum ScannerExceptions {
  /// When an exception is justified.
  enum Condition {
    case always
    /// Where an environment may be deleted.
    case unprotected
    /// Where there is no domain, and so no certificate.
    case withoutDomain
    /// Where logs have no key of their own.
    case withoutKey
    /// Where flow logs are off.
    case withoutFlowLogs
    /// Where requests are not logged.
    case withoutAccessLogs
    /// Where RDS has no second zone.
    case singleZoneDatabase
    /// Where RDS may be deleted.
    case unprotectedDatabase
    /// Where logs are kept for less than a year.
    case shortRetention

    func holds(_ aws: AWSInfrastructure?) -> Bool {
      guard let aws else { return self == .always }
      switch self {
      case .always: return true
      case .unprotected: return !aws.balancer.deletionProtection
      case .withoutFlowLogs: return !aws.network.flowLogs
      case .withoutAccessLogs: return aws.balancer.accessLogDays == nil
      case .withoutDomain: return aws.balancer.protocols == .http
      case .withoutKey: return !aws.logs.encryptedWithOwnKey
      case .shortRetention: return aws.logs.retentionDays < 365
      case .singleZoneDatabase:
        if case .rds(let database) = aws.database { return !database.multiAZ }
        return false
      case .unprotectedDatabase:
        if case .rds(let database) = aws.database { return !database.deletionProtection }
        return false
      }
    }
  }

  struct Entry {
    var scanner: ScannerException.Scanner
    var rule: String
    /// The resource type, and its name where not all of the type are meant.
    var type: String
    var name: String?
    var mode: TerraformAddress.Mode
    var condition: Condition
    var reason: String

    /// An exception for one resource.
    init(
      _ scanner: ScannerException.Scanner, _ rule: String, _ type: String, _ name: String,
      mode: TerraformAddress.Mode = .resource, when condition: Condition = .always, _ reason: String
    ) {
      self.init(scanner, rule, type, label: name, mode: mode, when: condition, reason)
    }

    /// An exception for all resources of a type.
    init(
      _ scanner: ScannerException.Scanner, _ rule: String, _ type: String, when condition: Condition = .always,
      _ reason: String
    ) {
      self.init(scanner, rule, type, label: nil, mode: .resource, when: condition, reason)
    }

    private init(
      _ scanner: ScannerException.Scanner, _ rule: String, _ type: String, label name: String?,
      mode: TerraformAddress.Mode, when condition: Condition, _ reason: String
    ) {
      self.scanner = scanner
      self.rule = rule
      self.type = type
      self.name = name
      self.mode = mode
      self.condition = condition
      self.reason = reason
    }

    func matches(_ address: TerraformAddress) -> Bool {
      guard address.mode == mode, address.resourceType == type else { return false }
      guard let name else { return true }
      return name.hasSuffix("*") ? address.label.hasPrefix(name.dropLast()) : address.label == name
    }
  }

  /// The exceptions of a module.
  public static func exceptions(in module: TerraformModule, for aws: AWSInfrastructure?) -> [ScannerException] {
    module.resources.compactMap(\.address).flatMap { address in
      entries(for: address, aws).map { entry in
        ScannerException(
          scanner: entry.scanner, rule: entry.rule, address: address.description, reason: entry.reason)
      }
    }
  }

  private static func entries(for address: TerraformAddress, _ aws: AWSInfrastructure?) -> [Entry] {
    all.filter { $0.matches(address) && $0.condition.holds(aws) }
  }

  /// Writes the exceptions beside their resources: Trivy's above the block, checkov's in it.
  static func annotate(_ module: TerraformModule, for aws: AWSInfrastructure?) -> TerraformModule {
    var module = module
    for file in module.files.indices {
      for index in module.files[file].blocks.indices {
        guard let address = module.files[file].blocks[index].address else { continue }
        var skips: [TerraformItem] = []
        for entry in entries(for: address, aws) {
          switch entry.scanner {
          case .trivy:
            module.files[file].blocks[index].pragmas.append(entry.reason)
            module.files[file].blocks[index].pragmas.append("trivy:ignore:\(entry.rule)")
          case .checkov:
            skips.append(.pragma("checkov:skip=\(entry.rule):\(entry.reason)"))
          }
        }
        module.files[file].blocks[index].body.insert(contentsOf: skips, at: 0)
      }
    }
    return module
  }
}
