import PalcoBlueprint

extension EnvironmentTerraform {
  /// Where the database answers.
  var databaseHost: TerraformValue? {
    switch aws.database {
    case .none: nil
    case .rds: Addresses.database.address
    case .ec2: Addresses.databaseHost.private_dns
    }
  }

  /// The secret with the database's `username` and `password`.
  var databaseSecret: TerraformValue? {
    switch aws.database {
    case .none: nil
    case .rds: Addresses.database["master_user_secret[0].secret_arn"]
    case .ec2: Addresses.databaseSecret.arn
    }
  }

  func database() -> TerraformFile {
    switch aws.database {
    case .none: TerraformFile("database", comment: "", blocks: [])
    case .rds(let database):
      TerraformFile(
        "database",
        comment:
          "PostgreSQL on RDS: private, encrypted, TLS only. RDS makes the password, keeps it in Secrets Manager and "
          + "rotates it; it is never in Terraform's state.",
        blocks: rds(database))
    case .ec2(let database):
      TerraformFile(
        "database",
        comment: "PostgreSQL on one EC2 instance: cheap, and nobody fails over. The volume outlives the instance; the "
          + "instance makes the password itself, so it is never in Terraform's state.",
        blocks: ec2(database))
    }
  }

  // MARK: RDS

  private func rds(_ database: AWSInfrastructure.RDSDatabase) -> [TerraformBlock] {
    let subnets = TerraformAddress("aws_db_subnet_group", "main")
    let parameters = TerraformAddress("aws_db_parameter_group", "main")
    return [
      resource(subnets) {
        set("name", .text(aws.names.database))
        set("description", "Data subnets of \(prefix)")
        set("subnet_ids", .list(zones.map { Addresses.subnet(.data, $0).id }))
        tagged("")
      },
      resource(parameters) {
        set("name", .text("\(aws.names.database)-postgres\(database.engineVersion)"))
        set("description", "TLS only, slow queries logged")
        set("family", .text("postgres\(database.engineVersion)"))
        for (name, value) in [
          ("rds.force_ssl", "1"), ("log_min_duration_statement", "1000"), ("log_statement", "ddl"),
        ] {
          block("parameter") {
            set("name", .text(name))
            set("value", .text(value))
          }
        }
        tagged("")
        block("lifecycle") { set("create_before_destroy", true) }
      },
      rdsInstance(database, subnets: subnets, parameters: parameters),
    ]
  }

  private func rdsInstance(
    _ database: AWSInfrastructure.RDSDatabase, subnets: TerraformAddress, parameters: TerraformAddress
  ) -> TerraformBlock {
    resource(Addresses.database) {
      set("identifier", .text(aws.names.database))
      set("engine", "postgres")
      set("engine_version", .text(String(database.engineVersion)))
      set("instance_class", .text(database.instanceClass))
      set("db_name", .text(AWSInfrastructure.Database.databaseName))
      set("username", .text(AWSInfrastructure.Database.userName))
      set("manage_master_user_password", true)
      set("port", .integer(AWSInfrastructure.Database.port))
      set("storage_type", "gp3")
      set("allocated_storage", .integer(database.storageGiB))
      set("max_allocated_storage", .integer(database.maximumStorageGiB))
      set("storage_encrypted", true)
      set("multi_az", .boolean(database.multiAZ))
      set("db_subnet_group_name", subnets.name)
      set("parameter_group_name", parameters.name)
      set("vpc_security_group_ids", [Addresses.securityGroup(.database).id])
      set("publicly_accessible", false)
      set("ca_cert_identifier", "rds-ca-rsa2048-g1")
      set("iam_database_authentication_enabled", true)
      set("auto_minor_version_upgrade", true)
      set("backup_retention_period", .integer(database.backupDays))
      set("backup_window", "02:00-03:00")
      set("maintenance_window", "sun:03:30-sun:04:30")
      set("copy_tags_to_snapshot", true)
      set("deletion_protection", .boolean(database.deletionProtection))
      set("skip_final_snapshot", .boolean(!database.deletionProtection))
      if database.deletionProtection {
        set("final_snapshot_identifier", .text("\(aws.names.database)-final"))
      }
      set("enabled_cloudwatch_logs_exports", .texts(Self.databaseLogTypes))
      set("monitoring_interval", 60)
      set("monitoring_role_arn", Addresses.databaseMonitoringRole.arn)
      if hasKey {
        set("performance_insights_enabled", true)
        set("performance_insights_kms_key_id", Addresses.key.arn)
      }
      tagged("")
      depends(
        on: Self.databaseLogTypes.map { TerraformAddress(Addresses.databaseLogs.resourceType, "database_\($0)") },
        why: "RDS would make the log groups itself, and keep them for ever.")
    }
  }

  /// What RDS writes to CloudWatch.
  static let databaseLogTypes = ["postgresql", "upgrade"]

  // MARK: EC2

  private func ec2(_ database: AWSInfrastructure.EC2Database) -> [TerraformBlock] {
    [
      resource(Addresses.databaseSecret, why: "The instance fills it when it makes the database.") {
        set("name", .text(aws.names.databaseSecret))
        set("description", .text("User and password of \(prefix)'s database"))
        if hasKey { set("kms_key_id", Addresses.key.arn) }
        set("recovery_window_in_days", .integer(aws.isProtected ? 30 : 0))
        tagged("database")
      },
      local("database_user_data", Self.databaseScript(database, network: aws.network.cidr)),
      resource(Addresses.databaseHost) {
        hostBasics(
          type: database.instanceType, subnet: Addresses.subnet(.data, 0), group: .database,
          profile: Addresses.databaseHostProfile, diskGiB: 16, architecture: database.architecture)
        set("user_data", .local("database_user_data"))
        set("disable_api_termination", .boolean(database.deletionProtection))
        tagged("database")
        ignoring(
          ["ami", "user_data"],
          why:
            "Neither a newer image nor a newer script is a reason to interrupt the database; replace the instance when "
            + "it suits. The data is on the volume.")
      },
      resource(Addresses.databaseVolume) {
        set("availability_zone", zoneName(0))
        set("type", "gp3")
        set("size", .integer(database.volumeGiB))
        set("encrypted", true)
        if hasKey { set("kms_key_id", Addresses.key.arn) }
        set("tags", ["Name": .text("\(prefix)-database"), "snapshots": .text(prefix)])
        if database.deletionProtection {
          block("lifecycle", why: "All data is here.") { set("prevent_destroy", true) }
        }
      },
      resource(TerraformAddress("aws_volume_attachment", "database")) {
        set("device_name", "/dev/sdf")
        set("instance_id", Addresses.databaseHost.id)
        set("volume_id", Addresses.databaseVolume.id)
        set("stop_instance_before_detaching", true)
      },
      resource(TerraformAddress("aws_dlm_lifecycle_policy", "database")) {
        set("description", .text("Daily snapshots of \(prefix) database"))
        set("execution_role_arn", Addresses.snapshotsRole.arn)
        set("state", "ENABLED")
        block("policy_details") {
          set("resource_types", ["VOLUME"])
          set("target_tags", ["snapshots": .text(prefix)])
          block("schedule") {
            set("name", "daily")
            set("copy_tags", true)
            block("create_rule") {
              set("interval", 24)
              set("interval_unit", "HOURS")
              set("times", ["02:00"])
            }
            block("retain_rule") { set("count", .integer(database.snapshotDays)) }
          }
        }
        tagged("database")
      },
    ]
  }

  /// Makes the database on a volume that has none, and takes over one that has: an instance can be replaced.
  ///
  /// The instance may start before its way out and its role are there, so it tries until they are.
  ///
  /// The password never leaves the instance but for Secrets Manager, and is in no argument of a program.
  private static func databaseScript(
    _ database: AWSInfrastructure.EC2Database, network: CIDRBlock
  ) -> TerraformValue {
    let user = AWSInfrastructure.Database.userName
    let name = AWSInfrastructure.Database.databaseName
    let head = """
      #!/bin/bash
      set -euo pipefail
      umask 077
      until dnf install --assumeyes postgresql\(database.engineVersion)-server openssl; do sleep 5; done
      for second in $(seq 300); do [ -e /dev/sdf ] && break; sleep 1; done
      blkid /dev/sdf || mkfs.xfs -L database /dev/sdf
      echo 'LABEL=database /var/lib/pgsql xfs defaults,nofail 0 2' >> /etc/fstab
      mount /var/lib/pgsql
      data=/var/lib/pgsql/data
      if [ ! -s $data/PG_VERSION ]; then
        install --directory --owner=postgres --group=postgres --mode=0700 /var/lib/pgsql $data
        runuser -u postgres -- initdb --pgdata=$data --data-checksums --auth-local=peer --auth-host=scram-sha-256
        openssl req -new -x509 -nodes -days 3650 -subj "/CN=$(hostname --fqdn)" \\
          -out $data/server.crt -keyout $data/server.key
        chown postgres:postgres $data/server.crt $data/server.key
        printf '%s\\n' "listen_addresses = '*'" 'ssl = on' "ssl_min_protocol_version = 'TLSv1.2'" >> $data/postgresql.conf
        printf '%s\\n' 'local all postgres peer' 'hostssl \(name) \(user) \(network) scram-sha-256' > $data/pg_hba.conf
        chown postgres:postgres $data/pg_hba.conf
        systemctl enable --now postgresql
        password=$(openssl rand -hex 24)
        printf '{"username":"\(user)","password":"%s"}' "$password" > /run/database-secret
        until aws secretsmanager put-secret-value --region '

      """
    var parts: [TemplatePart] = [.literal(String(head.dropLast(1)))]
    parts.append(.value(.local("region")))
    parts.append(.literal("' --secret-id '"))
    parts.append(.value(Addresses.databaseSecret.arn))
    parts.append(
      .literal(
        """
        ' \\
            --secret-string file:///run/database-secret > /dev/null; do sleep 5; done
          printf "CREATE ROLE \(user) LOGIN PASSWORD '%s';\\nCREATE DATABASE \(name) OWNER \(user);\\n" "$password" |
            runuser -u postgres -- psql --quiet --set=ON_ERROR_STOP=1
          rm /run/database-secret
        else
          chown -R postgres:postgres /var/lib/pgsql
          systemctl enable --now postgresql
        fi

        """))
    return .document(parts)
  }
}
