import ArgumentParser
import Foundation

/// `palco doctor`: whether an environment could live on AWS, and what to do when not.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what an environment on AWS needs: tools, credentials, state, roles, quotas.",
    discussion: """
      Nothing is changed. Each line is ok, warn or fail, with what to do. The exit code is 1 when anything fails.

        palco doctor production
        palco doctor production --json
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print the findings as JSON.")
  var json = false

  private struct Report: Encodable {
    var environment: String
    var ok: Bool
    var findings: [Finding]
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.requireOnAWS(environment, for: "doctor")
    guard let aws = blueprint.aws else {
      throw CommandError(.refused, "'\(environment)' says nothing of AWS in palco.yml")
    }
    let terminal = Terminal.detect(descriptor: 1)
    let doctor = Doctor(blueprint: blueprint, aws: aws, environment: ProcessInfo.processInfo.environment)
    let findings = await doctor.findings { finding in
      if !json { Console.out(Self.text(finding, terminal: terminal)) }
    }
    let failures = findings.count { $0.verdict == .fail }
    if json { try JSONOutput.print(Report(environment: environment, ok: failures == 0, findings: findings)) }
    if failures > 0 {
      throw CommandError(.failure, "\(failures) of \(findings.count) checks failed for '\(environment)'")
    }
  }

  static func text(_ finding: Finding, terminal: Terminal) -> String {
    let style: Terminal.Style =
      switch finding.verdict {
      case .ok: .green
      case .warn: .yellow
      case .fail: .red
      }
    let verdict = terminal.styled(finding.verdict.rawValue.padded(to: 5), style)
    let head = "\(verdict) \(finding.check.padded(to: 20))\(finding.message)"
    return finding.fix.map { "\(head)\n\(String(repeating: " ", count: 26))→ \($0)" } ?? head
  }
}
