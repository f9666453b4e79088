extension AWSInfrastructure {
  /// A PostgreSQL database.
  public enum Database: Codable, Sendable, Equatable {
    /// There is none.
    case none
    /// RDS: encrypted, private, TLS forced, with a master password that RDS keeps in Secrets Manager.
    case rds(RDSDatabase)
    /// One EC2 instance with a volume of its own.
    case ec2(EC2Database)

    /// The port that PostgreSQL listens on.
    public static let port = 5432
    /// The name of the database in it.
    public static let databaseName = "app"
    /// The name of its first user.
    public static let userName = "palco"
  }

  /// PostgreSQL on RDS.
  public struct RDSDatabase: Codable, Sendable, Equatable {
    /// The class, one that is known, `db.t4g.micro`.
    public var instanceClass: String
    /// PostgreSQL's major version; RDS keeps the minor one up to date.
    public var engineVersion: Int
    /// Storage in GiB (gp3).
    public var storageGiB: Int
    /// What storage may grow to by itself in GiB.
    public var maximumStorageGiB: Int
    /// Whether a second instance stands by in another zone.
    public var multiAZ: Bool
    /// Days for which backups are kept, 1–35.
    public var backupDays: Int
    /// Whether AWS refuses to delete it. Then a last snapshot is taken, too.
    public var deletionProtection: Bool
  }

  /// PostgreSQL on an EC2 instance.
  public struct EC2Database: Codable, Sendable, Equatable {
    /// The type, one that is known, `t4g.small`.
    public var instanceType: String
    /// What its processor understands.
    public var architecture: Architecture
    /// PostgreSQL's major version, one that Amazon Linux 2023 has.
    public var engineVersion: Int
    /// The data volume in GiB (gp3, encrypted).
    public var volumeGiB: Int
    /// Days for which the daily snapshots are kept, 1–35.
    public var snapshotDays: Int
    /// Whether AWS refuses to terminate the instance, and Terraform to destroy the volume.
    public var deletionProtection: Bool
  }

  /// How people get in.
  public enum Access: Codable, Sendable, Equatable {
    /// Sessions through Systems Manager: no open port, no key.
    case sessionManager
    /// An EC2 instance in a public subnet, with SSH only.
    case bastion(Bastion)
  }

  /// An instance that people reach by SSH.
  public struct Bastion: Codable, Sendable, Equatable {
    /// The name of an EC2 key pair.
    public var keyName: String
    /// From where it is reached; not empty.
    public var sources: [CIDRBlock]
    /// The type.
    public var instanceType: String
    /// What its processor understands.
    public var architecture: Architecture
  }

  /// Log groups.
  public struct Logs: Codable, Sendable, Equatable {
    /// Days for which they are kept, one of CloudWatch's numbers.
    public var retentionDays: Int
    /// Whether they are encrypted with the environment's KMS key.
    public var encryptedWithOwnKey: Bool
  }

  /// What an alarm looks at.
  public enum AlarmRole: String, Codable, Sendable, CaseIterable {
    /// Percent of requests answered with 5xx, by the load balancer or by tasks.
    case errorRatio
    /// 95 % of the answers take less, in seconds.
    case latency
    /// Targets that fail their health checks, in the target group that has the most of them.
    case unhealthyHosts
    /// The database's CPU use in percent.
    case databaseCPU
    /// The database's free storage in bytes (RDS only).
    case databaseStorage
    /// Connections to the database (RDS only).
    case databaseConnections
    /// Failed status checks of the database's instance (EC2 only).
    case databaseStatus
    /// As `errorRatio`, quicker: it rolls deployments back.
    case deploymentErrors
    /// As `latency`, quicker: it rolls deployments back.
    case deploymentLatency
  }

  /// A CloudWatch alarm. Which metric it has follows from its role.
  public struct Alarm: Codable, Sendable, Equatable {
    /// What it looks at.
    public var role: AlarmRole
    /// What it is called, `shop-stage-error-ratio`.
    public var name: String
    /// What it means and what to do, as people read it in a notification.
    public var description: String
    /// When it goes off: above the threshold, or below it.
    public var comparison: Comparison
    /// The threshold, in the role's unit.
    public var threshold: Double
    /// The length of one period in seconds.
    public var periodSeconds: Int
    /// Of how many periods…
    public var evaluationPeriods: Int
    /// …how many must be bad.
    public var datapointsToAlarm: Int
    /// Whether a period without data counts as bad. Else it counts as good: no traffic is no fault.
    public var missingIsBad: Bool

    /// Which side of the threshold is bad.
    public enum Comparison: String, Codable, Sendable { case above, below }
  }

  /// The SNS topic of the alarms.
  public struct Topic: Codable, Sendable, Equatable {
    /// The address that is subscribed, if one is; its owner must confirm.
    public var email: String?
  }

  /// Which pipelines may deploy, by OpenID Connect: no key is kept anywhere. Roles are pinned to the environment.
  public struct Pipeline: Codable, Sendable, Equatable {
    /// A repository on GitHub, `owner/name`. Its jobs must name this environment.
    public var github: String?
    /// A service connection of Azure DevOps.
    public var azure: AzureConnection?
  }

  /// A service connection of Azure DevOps.
  public struct AzureConnection: Codable, Sendable, Equatable {
    /// The organisation's identifier, a UUID; the issuer is `https://vstoken.dev.azure.com/` and this.
    public var organizationID: String
    /// `organisation/project/connection`; the subject is `sc://` and this.
    public var connection: String
  }
}
