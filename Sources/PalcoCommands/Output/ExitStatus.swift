import ArgumentParser
import PalcoRelease

/// What Palco's exit codes mean. Scripts may rely on them; `palco help` lists them.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case success = 0
  /// It went wrong, and somebody has to look.
  case failure = 1
  /// The manifest has errors.
  case invalidManifest = 2
  /// The release was taken back; the image before it serves.
  case rolledBack = 10
  /// Somebody stopped the release; the image before it serves.
  case stopped = 11
  /// A newer release took over.
  case superseded = 12
  /// Palco did not start what was asked.
  case refused = 13
  /// The new image serves, and nothing shows that it is as good as promised.
  case undecided = 14
  /// An error budget is spent, or a release would risk more than is left of it.
  case budgetSpent = 15
  /// The command line is wrong (EX_USAGE of sysexits.h, as ArgumentParser uses it).
  case usage = 64

  init(_ outcome: ReleaseOutcome) {
    switch outcome {
    case .released: self = .success
    case .undecided: self = .undecided
    case .rolledBack: self = .rolledBack
    case .stopped: self = .stopped
    case .superseded: self = .superseded
    case .refused: self = .refused
    case .failed: self = .failure
    }
  }

  var meaning: String {
    switch self {
    case .success: "done"
    case .failure: "failed: somebody has to look"
    case .invalidManifest: "palco.yml has errors"
    case .rolledBack: "the release was rolled back; the image before it serves"
    case .stopped: "the release was stopped on request; the image before it serves"
    case .superseded: "a newer release took over"
    case .refused: "refused: nothing was started"
    case .undecided: "released, but too little was seen to show that it is as good as what was there"
    case .budgetSpent: "an error budget is spent, or a release would risk more than is left"
    case .usage: "the command line is wrong"
    }
  }

  /// The table for `palco help`.
  static var table: String {
    "EXIT CODES:\n"
      + allCases.map { status in
        "  " + String(status.rawValue).padding(toLength: 4, withPad: " ", startingAt: 0) + status.meaning
      }.joined(separator: "\n")
  }
}

/// An error that a command reports in one line, with the exit code that tells machines the same.
struct CommandError: Error, CustomStringConvertible {
  var status: ExitStatus
  var message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  var description: String { message }
}
