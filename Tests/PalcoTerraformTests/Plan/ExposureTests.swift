import Testing

@testable import PalcoTerraform

@Suite struct ExposureTests {
  private func exposures(_ address: String, before: String = "null", after: String) throws -> [String] {
    let action = before == "null" ? "create" : "update"
    return PlanReport(try Plans.changes([Plans.change(address, [action], before: before, after: after)]))
      .exposures.map(\.what)
  }

  @Test(arguments: [
    (#"{"cidr_ipv4":"0.0.0.0/0","from_port":443,"to_port":443,"ip_protocol":"tcp"}"#, ["port 443/tcp from 0.0.0.0/0"]),
    (#"{"cidr_ipv6":"::/0","from_port":80,"to_port":90,"ip_protocol":"tcp"}"#, ["ports 80-90/tcp from ::/0"]),
    (#"{"cidr_ipv4":"0.0.0.0/0","ip_protocol":"-1"}"#, ["every port from 0.0.0.0/0"]),
    (#"{"cidr_ipv4":"10.0.0.0/16","from_port":22,"to_port":22,"ip_protocol":"tcp"}"#, []),
    (#"{"referenced_security_group_id":"sg-1","from_port":22,"to_port":22,"ip_protocol":"tcp"}"#, []),
  ])
  func rulesOpenToTheWorld(after: String, expected: [String]) throws {
    #expect(try exposures("aws_vpc_security_group_ingress_rule.x", after: after) == expected)
  }

  @Test func rulesWithinAGroup() throws {
    let after = #"""
      {"ingress":[{"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"],"ipv6_cidr_blocks":["::/0"],"from_port":22,"to_port":22,
      "protocol":"tcp"}],"egress":[{"cidr_blocks":["0.0.0.0/0"],"from_port":0,"to_port":0,"protocol":"-1"}]}
      """#
    #expect(
      try exposures("aws_security_group.x", after: after) == ["port 22/tcp from 0.0.0.0/0", "port 22/tcp from ::/0"])
  }

  @Test func egressIsNoExposure() throws {
    #expect(
      try exposures(
        "aws_security_group_rule.x", after: #"{"type":"egress","cidr_blocks":["0.0.0.0/0"],"protocol":"-1"}"#) == [])
  }

  @Test func whatWasOpenBeforeIsNotToldAgain() throws {
    let open = #"{"cidr_ipv4":"0.0.0.0/0","from_port":443,"to_port":443,"ip_protocol":"tcp","description":"a"}"#
    let wider = #"{"cidr_ipv4":"0.0.0.0/0","from_port":443,"to_port":8443,"ip_protocol":"tcp","description":"a"}"#
    #expect(try exposures("aws_vpc_security_group_ingress_rule.x", before: open, after: open) == [])
    #expect(
      try exposures("aws_vpc_security_group_ingress_rule.x", before: open, after: wider) == [
        "ports 443-8443/tcp from 0.0.0.0/0"
      ])
  }

  @Test(arguments: [
    ("aws_lb.x", #"{"internal":false}"#, 1), ("aws_lb.x", #"{"internal":true}"#, 0),
    ("aws_eip.x", #"{"domain":"vpc"}"#, 1),
    ("aws_instance.x", #"{"associate_public_ip_address":true}"#, 1), ("aws_instance.x", #"{"ami":"a"}"#, 0),
    ("aws_db_instance.x", #"{"publicly_accessible":true}"#, 1),
    ("aws_db_instance.x", #"{"publicly_accessible":false}"#, 0),
    ("aws_subnet.x", #"{"map_public_ip_on_launch":true}"#, 1),
    ("aws_s3_bucket_public_access_block.x", #"{"block_public_acls":true,"block_public_policy":false}"#, 1),
  ])
  func publicAddresses(address: String, after: String, count: Int) throws {
    #expect(try exposures(address, after: after).count == count)
  }

  @Test func whatIsDeletedOpensNothing() throws {
    let before = #"{"cidr_ipv4":"0.0.0.0/0","from_port":443,"to_port":443,"ip_protocol":"tcp"}"#
    let report = PlanReport(
      try Plans.changes([Plans.change("aws_vpc_security_group_ingress_rule.x", ["delete"], before: before)]))
    #expect(report.exposures.isEmpty)
  }
}
