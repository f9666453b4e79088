import Foundation
import Testing

@testable import PalcoTerraform

@Suite struct TerraformFailureTests {
  private func error(
    _ diagnostics: [(String, String)] = [], phase: TerraformPhase = .apply, end: TerraformFailure.End = .exited(1),
    words: [String] = [], stopping: Bool = false, unsaved: Bool = false
  ) throws -> TerraformError {
    struct Line: Encodable {
      var type = "diagnostic"
      var diagnostic: TerraformDiagnostic
    }
    let lines = try diagnostics.map { summary, detail in
      let line = Line(diagnostic: TerraformDiagnostic(severity: "error", summary: summary, detail: detail))
      return String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
    }
    var progress = try TerraformProgressTests.progress(
      [TerraformProgressTests.event("planned_change", "aws_vpc.main", "create")] + lines, phase: phase)
    progress.isStopping = stopping
    return TerraformFailure(
      environment: "stage", next: .init(look: "palco plan stage", resume: "palco up stage"),
      command: "terraform -chdir=.palco/terraform/stage",
      log: ".palco/terraform/stage/terraform.log",
      end: end, progress: progress, words: words, hasUnsavedState: unsaved
    ).error
  }

  @Test func aLockNamesItsHolderAndTheCommandThatFreesIt() throws {
    let error = try error([("Error acquiring the state lock", LockInfoTests.detail)], phase: .plan)
    #expect(error.code == .locked)
    #expect(error.message.contains("locked: root@vm holds it since 2026-11-24 21:58:17 UTC (apply)"))
    #expect(
      error.message.contains(
        "terraform -chdir=.palco/terraform/stage force-unlock 9ce74214-e166-9460-0b84-b26b755cb834"))
  }

  @Test func aPlanThatSomebodyElseOvertookIsRefused() throws {
    let error = try error([("Saved plan is stale", "The given plan file can no longer be applied")])
    #expect(error.code == .locked)
    #expect(error.message.contains("somebody else changed 'stage' after this was planned"))
    #expect(error.message.contains("palco up stage"))
  }

  @Test func aLockThatWentAwayIsADoubt() throws {
    let error = try error([("Error releasing the state lock", "Error message: failed to retrieve lock info")])
    #expect(error.code == .stateInDoubt)
    #expect(error.message.contains("the lock was not there any more"))
    #expect(error.message.contains("palco plan stage"))
  }

  @Test func aStateThatWasNotStoredComesBeforeAnythingElse() throws {
    let error = try error([("Failed to save state", "access denied")], stopping: true, unsaved: true)
    #expect(error.code == .stateInDoubt)
    #expect(error.message.contains("terraform -chdir=.palco/terraform/stage state push errored.tfstate"))
  }

  @Test func anInterruptedApplySaysHowToGoOn() throws {
    let error = try error([("execution halted", "")], stopping: true)
    #expect(error.code == .interrupted)
    #expect(error.message.contains("after 0 of 1 actions"))
    #expect(error.message.contains("palco up stage"))
  }

  @Test func anInterruptedPlanChangedNothing() throws {
    #expect(try error(phase: .plan, stopping: true).message == "interrupted; nothing was changed in 'stage'")
  }

  @Test func aKilledOneMayHaveLeftItsLock() throws {
    let error = try error(end: .signaled(9))
    #expect(error.code == .stateInDoubt)
    #expect(error.message.contains("signal 9"))
  }

  @Test func otherErrorsAreToldWithTheirDetail() throws {
    let error = try error([("creating VPC", "VpcLimitExceeded: 5 is the maximum"), ("execution halted", "")])
    #expect(error.code == .failed)
    #expect(error.message.contains("  creating VPC\n    VpcLimitExceeded: 5 is the maximum"))
    #expect(!error.message.contains("halted"))
    #expect(error.message.contains("everything it said: .palco/terraform/stage/terraform.log"))
  }

  @Test func theWordsOfInitAreToldFromItsErrorOn() throws {
    let error = try error(
      phase: .initialize, words: ["Initializing the backend...", "Error: No such bucket", "", "S3"])
    #expect(error.message.hasPrefix("preparing 'stage' failed\n  Error: No such bucket\n  S3\n"))
  }
}
