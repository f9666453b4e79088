/// Something that the internet can reach after a plan is applied, and could not before, or not so.
public struct Exposure: Sendable, Equatable, Codable {
  /// The resource.
  public var address: String
  /// What is open to whom: `ports 22 from 0.0.0.0/0`.
  public var what: String

  /// What one change opens.
  static func all(in change: PlanDocument.ResourceChange) -> [Exposure] {
    guard change.mode == "managed", let after = change.change.after, !after.isEmpty else { return [] }
    let before = change.change.actions.contains("delete") ? .null : change.change.before ?? .null
    let old = Set(descriptions(change.type, before))
    return descriptions(change.type, after).filter { !old.contains($0) }
      .map { Exposure(address: change.address, what: $0) }
  }

  private static func descriptions(_ type: String, _ values: PlanValue) -> [String] {
    switch type {
    case "aws_vpc_security_group_ingress_rule":
      return rule(values, blocks: [values["cidr_ipv4"], values["cidr_ipv6"]].compactMap { $0 })
    case "aws_security_group_rule":
      return values["type"]?.text == "ingress" ? inline(values) : []
    case "aws_security_group", "aws_default_security_group":
      return (values["ingress"]?.items ?? []).flatMap(inline)
    case "aws_lb":
      return values["internal"]?.bool == false ? ["a load balancer with public addresses"] : []
    case "aws_eip":
      return values.isEmpty ? [] : ["a public address"]
    case "aws_instance":
      return values["associate_public_ip_address"]?.bool == true ? ["an instance with a public address"] : []
    case "aws_subnet":
      return values["map_public_ip_on_launch"]?.bool == true ? ["whatever starts in it gets a public address"] : []
    case "aws_db_instance":
      return values["publicly_accessible"]?.bool == true ? ["a database with a public address"] : []
    case "aws_s3_bucket_public_access_block":
      let open = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
        .filter { values[$0]?.bool == false }
      return open.isEmpty ? [] : ["a bucket that may be made public (\(open.joined(separator: ", ")) off)"]
    default:
      return []
    }
  }

  private static func inline(_ values: PlanValue) -> [String] {
    rule(values, blocks: (values["cidr_blocks"]?.items ?? []) + (values["ipv6_cidr_blocks"]?.items ?? []))
  }

  private static func rule(_ values: PlanValue, blocks: [PlanValue]) -> [String] {
    blocks.compactMap(\.text).filter { ["0.0.0.0/0", "::/0"].contains($0) }.map { "\(ports(values)) from \($0)" }
  }

  private static func ports(_ values: PlanValue) -> String {
    let network = values["ip_protocol"]?.text ?? values["protocol"]?.text ?? "-1"
    guard network != "-1" else { return "every port" }
    switch (values["from_port"]?.integer, values["to_port"]?.integer) {
    case (let from?, let to?) where from == to: return "port \(from)/\(network)"
    case (let from?, let to?): return "ports \(from)-\(to)/\(network)"
    default: return "every port of \(network)"
    }
  }
}
