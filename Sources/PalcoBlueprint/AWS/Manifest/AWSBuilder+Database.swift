extension AWSBuilder {
  mutating func database() -> Infrastructure.Database? {
    let section = reader.section("database")
    guard let version = section.number("version"), let storage = section.number("storage"),
      let backups = section.number("backups"), let kind = section.text("kind")
    else { return nil }
    switch kind {
    case "rds": return rds(section, version: version, storage: storage, backups: backups).map { .rds($0) }
    case "ec2":
      guard let name = section.text("instance_type"), let type = machine(name, at: section.written("instance_type"))
      else { return nil }
      let known = 15...17
      guard known.contains(version) else {
        if let written = section.written("version") {
          problems.add(
            at: written, "Amazon Linux 2023 has no PostgreSQL \(version)", fix: "write a version from \(known.inWords)")
        }
        return nil
      }
      return .ec2(
        Infrastructure.EC2Database(
          instanceType: name, architecture: type.architecture, engineVersion: version, volumeGiB: storage,
          snapshotDays: backups, deletionProtection: reader.isProtected))
    default:
      return Infrastructure.Database.none
    }
  }

  private mutating func rds(
    _ section: SectionReader, version: Int, storage: Int, backups: Int
  ) -> Infrastructure.RDSDatabase? {
    guard let name = section.text("class"), let multiAZ = section.boolean("multi_az"),
      let most = section.written("max_storage") == nil ? storage * 2 : section.number("max_storage")
    else { return nil }
    guard RDSClasses.memory(of: name) != nil else {
      if let written = section.written("class") {
        let near = Spelling.nearest(to: name, among: RDSClasses.names).map { "did you mean `\($0)`?" }
        problems.add(
          at: written, "RDS has no class \(name.quotedForMessage) for PostgreSQL",
          fix: near ?? "write one such as `db.t4g.small`, `db.m7g.large` or `db.r7g.large`")
      }
      return nil
    }
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
    if most * 10 < storage * 11, let written = section.written("max_storage") {
      problems.add(
        at: written, "must be a tenth more than `storage`, which is \(storage)",
        fix: "write \((storage * 11 + 9) / 10) or more")
      return nil
    }
    return Infrastructure.RDSDatabase(
      instanceClass: name, engineVersion: version, storageGiB: storage, maximumStorageGiB: most, multiAZ: multiAZ,
      backupDays: backups, deletionProtection: reader.isProtected)
  }

  // MARK: Access

  mutating func access() -> Infrastructure.Access? {
    let section = reader.section("access")
    guard section.text("kind") == "bastion", let place = section.written("kind") else {
      return section.text("kind") == "session-manager" ? .sessionManager : nil
    }
    for (key, fix) in [
      ("key", "add the name of an EC2 key pair, as in `key: ops-2026`"),
      ("from", "add from where it is reached, as in `from: [203.0.113.4/32]`"),
    ] where section.written(key) == nil {
      problems.add(at: place, "a bastion needs `\(key)`", fix: fix)
    }
    guard let key = section.text("key"), let mayBeOpen = section.boolean("allow_open_bastion"),
      case .list(let items)? = section.written("from")?.content
    else { return nil }
    var sources: [CIDRBlock] = []
    for item in items {
      guard case .scalar(let scalar) = item.content, let block = block(scalar.text, at: item) else { return nil }
      // No organisation has more than a /8; less than that is the internet in pieces.
      if block.prefix < 8, !mayBeOpen {
        problems.add(
          at: item, "the bastion would be open to \(block == .everywhere ? "the world" : "half the world")",
          fix: "name the addresses of those who need it, as in `203.0.113.4/32`, or use `kind: session-manager`; "
            + "`allow_open_bastion: true` opens it all the same")
        return nil
      }
      if !sources.contains(block) { sources.append(block) }
    }
    return .bastion(
      Infrastructure.Bastion(keyName: key, sources: sources, instanceType: "t4g.nano", architecture: .arm))
  }
}
