import Testing

@testable import PalcoTerraform

@Suite struct PlanReportTests {
  @Test func readsWhatTerraformPrinted() throws {
    let report = PlanReport(try Plans.read(Plans.recorded))
    #expect(report.summary == "1 to change, 1 to replace")
    let two = try #require(report.changes.last)
    #expect(two.because == ["triggers_replace"])
    #expect(two.attributes.map(\.name) == ["output", "triggers_replace"])
    #expect(two.attributes[0] == AttributeChange(name: "output", before: "(sensitive)", after: "(sensitive)"))
    #expect(two.attributes[1] == AttributeChange(name: "triggers_replace", before: "a", after: "b"))
  }

  @Test func aPlanWithoutChangesIsEmpty() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change("aws_vpc.main", ["no-op"], before: #"{"id":"vpc-1"}"#, after: #"{"id":"vpc-1"}"#),
        Plans.change("data.aws_ami.x", ["read"], mode: "data"),
      ]))
    #expect(report.isEmpty)
    #expect(report.summary == "no changes")
  }

  @Test func groupsByConcernAndThenByAddress() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change("aws_cloudwatch_log_group.app", ["create"]), Plans.change("aws_lb.main", ["create"]),
        Plans.change("aws_vpc_security_group_ingress_rule.tasks", ["create"]), Plans.change("aws_vpc.main", ["create"]),
        Plans.change("aws_subnet.b", ["create"]), Plans.change("aws_route53_record.app", ["create"]),
        Plans.change("aws_db_subnet_group.main", ["create"]), Plans.change("null_resource.x", ["create"]),
      ]))
    #expect(
      report.changes.map { "\($0.concern) \($0.address)" } == [
        "network aws_db_subnet_group.main", "network aws_subnet.b", "network aws_vpc.main",
        "security aws_vpc_security_group_ingress_rule.tasks", "balancer aws_lb.main", "dns aws_route53_record.app",
        "observability aws_cloudwatch_log_group.app", "other null_resource.x",
      ])
  }

  @Test func aReplacedDatabaseLosesItsData() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change(
          "aws_db_instance.main", ["delete", "create"], before: #"{"engine":"postgres","identifier":"a"}"#,
          after: #"{"engine":"postgres","identifier":"b"}"#, replacePaths: #"[["identifier"]]"#)
      ]))
    #expect(report.dataLosses.map(\.address) == ["aws_db_instance.main"])
    #expect(report.changes[0].because == ["identifier"])
    #expect(report.changes[0].consequence?.contains("WITH ITS DATA") == true)
  }

  @Test(arguments: [
    "aws_db_instance", "aws_rds_cluster", "aws_ebs_volume", "aws_efs_file_system", "aws_s3_bucket", "aws_kms_key",
    "aws_secretsmanager_secret", "aws_ecr_repository", "aws_dynamodb_table",
  ])
  func deletingOrReplacingWhatHoldsDataIsALoss(type: String) throws {
    for actions in [["delete"], ["delete", "create"], ["create", "delete"]] {
      let report = PlanReport(try Plans.changes([Plans.change("\(type).x", actions)]))
      #expect(report.dataLosses.count == 1)
      #expect(report.changes[0].consequence != nil)
    }
    for actions in [["create"], ["update"], ["forget"], ["no-op"]] {
      #expect(PlanReport(try Plans.changes([Plans.change("\(type).x", actions)])).dataLosses.isEmpty)
    }
  }

  @Test func whatWasCutShortIsToldFromWhatIsReplacedOtherwise() throws {
    let actions = ["delete", "create"]
    let report = PlanReport(
      try Plans.changes([
        Plans.change("aws_kms_key.a", actions, reason: "replace_because_tainted"),
        Plans.change("aws_kms_key.b", actions, reason: "replace_because_cannot_update"),
      ]))
    #expect(report.dataLosses.map(\.isTainted) == [true, false])
  }

  @Test func whatElseIsReplacedSaysWhyThatHurts() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change(
          "aws_lb.main", ["create", "delete"], replacePaths: #"[["name"],["subnet_mapping",0,"subnet_id"]]"#)
      ]))
    #expect(report.dataLosses.isEmpty)
    #expect(report.changes[0].because == ["name", "subnet_mapping[0].subnet_id"])
    #expect(report.changes[0].consequence?.contains("host name changes") == true)
  }

  @Test func sensitiveValuesAreNeverShown() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change(
          "aws_db_instance.main", ["update"], before: #"{"password":"hunter2","nested":[{"key":"k1"}],"port":1}"#,
          after: #"{"password":"hunter3","nested":[{"key":"k2"}],"port":2}"#,
          sensitive: #"{"password":true,"nested":[{"key":true}]}"#)
      ]))
    let attributes = report.changes[0].attributes
    #expect(attributes.map(\.name) == ["nested", "password", "port"])
    #expect(attributes.prefix(2).allSatisfy { $0.before == "(sensitive)" && $0.after == "(sensitive)" })
    #expect(attributes[2] == AttributeChange(name: "port", before: "1", after: "2"))
  }

  @Test func whatAWSDecidesIsKnownAfterwards() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change(
          "aws_lb.main", ["update"], before: #"{"dns_name":"a","arn":"x","tags":{}}"#, after: #"{"tags":null}"#,
          unknown: #"{"dns_name":true,"arn":true}"#)
      ]))
    #expect(
      report.changes[0].attributes == [AttributeChange(name: "dns_name", before: "a", after: "(known afterwards)")])
  }

  @Test func aMoveIsNoReplacement() throws {
    let report = PlanReport(
      try Plans.changes([Plans.change("aws_vpc.main", ["no-op"], previous: "aws_vpc.old")]))
    #expect(report.summary == "1 to move")
  }

  @Test func aServiceThatTerraformChangesIsAWarning() throws {
    let report = PlanReport(
      try Plans.changes([
        Plans.change("aws_ecs_service.main", ["update"], before: #"{"a":1}"#, after: #"{"a":2}"#),
        Plans.change("aws_ecs_service.other", ["create"]),
      ]))
    #expect(report.warnings.count == 1)
    #expect(report.warnings[0].contains("aws_ecs_service.main"))
  }
}
