import Foundation
import Testing

@testable import PalcoTerraform

@Suite struct TerraformProgressTests {
  static let start = Date(timeIntervalSince1970: 1_000_000)

  static func progress(_ lines: [String], phase: TerraformPhase = .apply) throws -> TerraformProgress {
    var progress = TerraformProgress(phase: phase, startedAt: start)
    for (index, line) in lines.enumerated() {
      _ = progress.take(try #require(TerraformEvent.read(line)), at: start.addingTimeInterval(Double(index)))
    }
    return progress
  }

  static func event(_ type: String, _ address: String, _ action: String) -> String {
    let member = type == "planned_change" ? "change" : "hook"
    return
      #"{"@level":"info","type":"\#(type)","\#(member)":{"resource":{"addr":"\#(address)"},"action":"\#(action)"}}"#
  }

  @Test func countsActionsAndNamesWhatRuns() throws {
    let progress = try Self.progress([
      #"{"@level":"info","@message":"Terraform 1.15.5","terraform":"1.15.5","type":"version","ui":"1.3"}"#,
      Self.event("planned_change", "aws_vpc.main", "create"), Self.event("planned_change", "aws_lb.main", "replace"),
      Self.event("planned_change", "data.aws_ami.x", "read"), Self.event("apply_start", "data.aws_ami.x", "read"),
      Self.event("apply_complete", "data.aws_ami.x", "read"), Self.event("apply_start", "aws_vpc.main", "create"),
      Self.event("apply_start", "aws_lb.main", "delete"), Self.event("apply_complete", "aws_lb.main", "delete"),
    ])
    #expect(progress.planned == 3)
    #expect(progress.done == 1)
    #expect(progress.running.map(\.address) == ["aws_vpc.main"])
    #expect(progress.running.first?.since == Self.start.addingTimeInterval(6))
    #expect(progress.last == "aws_lb.main deleted")
  }

  @Test func countsFailuresAndKeepsEachDiagnosticOnce() throws {
    let halted = #"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"execution halted","detail":""}}"#
    let progress = try Self.progress([
      Self.event("planned_change", "aws_vpc.main", "create"), Self.event("apply_start", "aws_vpc.main", "create"),
      Self.event("apply_errored", "aws_vpc.main", "create"),
      #"{"type":"diagnostic","diagnostic":{"severity":"error","summary":"no","detail":"VpcLimitExceeded","address":"aws_vpc.main"}}"#,
      halted, halted,
    ])
    #expect(progress.failed == 1)
    #expect(progress.running.isEmpty)
    #expect(progress.errors.map(\.summary) == ["no", "execution halted"])
    #expect(progress.errors[0].text == "aws_vpc.main: no\n  VpcLimitExceeded")
  }

  @Test(arguments: ["", "panic: runtime error", "{", "{}", "[1]"])
  func takesOtherLinesForNoEvents(line: String) {
    #expect(TerraformEvent.read(line) == nil)
  }
}
