import Foundation
import PalcoTerraform
import Testing

@testable import PalcoCommands

@Suite struct PlanTextTests {
  private let terminal = Terminal(isInteractive: false, hasColours: false, width: 100)

  private func plan(_ changes: String, drift: String = "") throws -> PlanDocument {
    try JSONDecoder().decode(
      PlanDocument.self, from: Data(#"{"resource_changes":[\#(changes)],"resource_drift":[\#(drift)]}"#.utf8))
  }

  @Test func aPlanIsGroupedAndSaysWhatHurtsAndWhatIsOpened() throws {
    let report = PlanReport(
      try plan(
        #"""
        {"address":"aws_lb.main","mode":"managed","type":"aws_lb","change":{"actions":["update"],
         "before":{"idle_timeout":60,"internal":true},"after":{"idle_timeout":90,"internal":false}}},
        {"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","change":{"actions":["delete","create"],
         "before":{"identifier":"a","port":1},"after":{"identifier":"b","port":2},"replace_paths":[["identifier"]]}},
        {"address":"aws_sns_topic.alarms","mode":"managed","type":"aws_sns_topic","change":{"actions":["create"],
         "after":{"name":"x"}}}
        """#))
    #expect(
      PlanText.lines(report, terminal: terminal) == [
        "balancer", "  ~ aws_lb.main  change", "      idle_timeout  60 → 90", "      internal      true → false",
        "database", "  ± aws_db_instance.main  replace, because of identifier",
        "      the database is destroyed WITH ITS DATA", "      identifier  a → b", "observability",
        "  + aws_sns_topic.alarms  create", "what the internet can reach afterwards",
        "  ! aws_lb.main: a load balancer with public addresses", "1 to create, 1 to change, 1 to replace",
      ])
  }

  @Test func aLossOfDataIsRefusedByName() throws {
    let report = PlanReport(
      try plan(
        #"""
        {"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","change":{"actions":["delete","create"],
         "before":{"identifier":"a"},"after":{"identifier":"b"},"replace_paths":[["identifier"]]}},
        {"address":"aws_ebs_volume.data","mode":"managed","type":"aws_ebs_volume","change":{"actions":["delete"],
         "before":{"size":1}}}
        """#))
    let error = #expect(throws: CommandError.self) { try UpOnAWS.refuseLosses(report, environment: "production") }
    #expect(error?.status == .refused)
    #expect(
      error?.message == """
        this would lose data in 'production':
          aws_db_instance.main would be replaced, because of identifier: the database is destroyed WITH ITS DATA
          aws_ebs_volume.data would be deleted: the volume is destroyed WITH ITS DATA
          take back what palco.yml changed there; or, after a backup, mean it with --replace-data
        """)
  }

  @Test func aPlanThatLosesNothingIsNotRefused() throws {
    let report = PlanReport(
      try plan(
        #"{"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","change":{"actions":["create"]}}"#
      ))
    try UpOnAWS.refuseLosses(report, environment: "production")
  }

  @Test func driftSaysWhatShouldBeAndWhatIs() throws {
    let drift = Drift(
      try plan(
        #"""
        {"address":"aws_lb.main","mode":"managed","type":"aws_lb","change":{"actions":["update"],
         "before":{"idle_timeout":300},"after":{"idle_timeout":60}}},
        {"address":"aws_sns_topic.x","mode":"managed","type":"aws_sns_topic","change":{"actions":["create"],"after":{"a":1}}},
        {"address":"aws_vpc.new","mode":"managed","type":"aws_vpc","change":{"actions":["create"],"after":{"a":1}}}
        """#,
        drift: #"""
          {"address":"aws_lb.main","mode":"managed","type":"aws_lb","change":{"actions":["update"],
           "before":{"idle_timeout":60},"after":{"idle_timeout":300}}},
          {"address":"aws_sns_topic.x","mode":"managed","type":"aws_sns_topic","change":{"actions":["delete"],"before":{"a":1}}}
          """#))
    #expect(
      PlanText.lines(drift, environment: "stage", terminal: terminal) == [
        "  ~ aws_lb.main", "      idle_timeout  should be 60, is 300", "  - aws_sns_topic.x  deleted",
        "palco.yml says something new for 1 resource; see `palco plan stage`",
      ])
  }

  @Test func errorsOfTerraformHaveTheirExitCodes() {
    #expect(CommandError(TerraformError(.locked, "x"))?.status == .refused)
    #expect(CommandError(TerraformError(.toolMissing, "x"))?.status == .refused)
    #expect(CommandError(TerraformError(.interrupted, "x"))?.status == .stopped)
    #expect(CommandError(TerraformError(.failed, "x"))?.status == .failure)
    #expect(CommandError(TerraformError(.stateInDoubt, "x"))?.status == .failure)
  }
}
