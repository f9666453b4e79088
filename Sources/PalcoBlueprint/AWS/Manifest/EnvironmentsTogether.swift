/// What only the environments of a file together can get wrong.
struct EnvironmentsTogether {
  /// An environment as it is written, and as it was built.
  struct Member {
    var entry: YAMLEntry
    var merged: YAMLValue?
    var aws: AWSInfrastructure
  }

  var problems: DiagnosticCollector

  mutating func check(_ members: [Member]) {
    for (index, member) in members.enumerated() {
      for earlier in members[..<index] {
        checkAddresses(member, earlier, all: members)
        checkDomain(member, earlier)
      }
    }
  }

  private mutating func checkAddresses(_ member: Member, _ earlier: Member, all: [Member]) {
    let (block, other) = (member.aws.network.cidr, earlier.aws.network.cidr)
    guard block.overlaps(other) else { return }
    let free = AWSBuilder.free(of: all.map(\.aws.network.cidr))
    report(
      member, ["network", "cidr"], "\(block) overlaps with the network of `\(earlier.entry.key)`, \(other)",
      fix: "write one of its own, as in `network: {cidr: \(free)}`")
  }

  private mutating func checkDomain(_ member: Member, _ earlier: Member) {
    guard let domain = member.aws.domain, domain == earlier.aws.domain else { return }
    report(
      member, ["domain", "name"],
      "\(domain.name.quotedForMessage) is the name of `\(earlier.entry.key)` too",
      fix: "give each environment a name of its own, as in `\(member.entry.key).\(domain.zone)`")
  }

  /// About a value where it is written below the environment, or else about the environment.
  private mutating func report(_ member: Member, _ path: [String], _ message: String, fix: String) {
    let own = path.reduce(Optional(member.entry.value)) { $0?[$1] }
    if let own {
      problems.add(at: own, message, fix: fix)
    } else {
      problems.add(atKeyOf: member.entry, "\(path.joined(separator: ".")): \(message)", fix: fix)
    }
  }
}
