import Foundation

/// What is known of a run that ended badly: a value, from which ``error`` makes what a person needs to hear.
struct TerraformFailure: Sendable {
  /// How the program ended.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signaled(Int32)
  }

  /// The environment, as people call it.
  var environment: String
  /// What people type to look, and to go on: `palco plan stage`, `palco up stage`.
  var next: TerraformRunner.NextCommands
  /// What people type for the tool in the environment's folder: `terraform -chdir=.palco/terraform/stage`.
  var command: String
  /// The log file, for people.
  var log: String
  var end: End
  var progress: TerraformProgress
  /// Lines that are no events: the words of `init`, of a crash.
  var words: [String] = []
  /// Whether Terraform left a state that it could not store.
  var hasUnsavedState = false

  /// Any words of Terraform's errors, to look for what is known.
  private var texts: [String] { progress.errors.map(\.text) + [words.joined(separator: "\n")] }

  var error: TerraformError {
    if hasUnsavedState { return unsaved }
    if let text = texts.first(where: { $0.contains("Error acquiring the state lock") }) { return locked(text) }
    if texts.contains(where: { $0.contains("Error releasing the state lock") }) { return lockLost }
    if texts.contains(where: { $0.contains("Saved plan is stale") }) { return overtaken }
    if case .signaled(let number) = end { return killed(by: number) }
    if progress.isStopping { return interrupted }
    return TerraformError(.failed, "\(what) failed\n\(story)\n  everything it said: \(log)")
  }

  private var what: String {
    switch progress.phase {
    case .initialize: "preparing '\(environment)'"
    case .plan: "the plan of '\(environment)'"
    case .apply: "changing '\(environment)'"
    }
  }

  private func locked(_ text: String) -> TerraformError {
    guard let lock = LockInfo(readingFrom: text) else {
      return TerraformError(
        .locked, "the state of '\(environment)' cannot be locked\n\(story)\n  everything it said: \(log)")
    }
    return TerraformError(
      .locked,
      """
      the state of '\(environment)' is locked: \(lock.who) holds it since \(lock.created) (\(lock.operation))
        wait until that has ended, then run this again
        only when it is dead, as a cancelled CI job is, free the lock: \(command) force-unlock \(lock.id)
      """)
  }

  private var overtaken: TerraformError {
    TerraformError(
      .locked,
      """
      somebody else changed '\(environment)' after this was planned; nothing of the plan was done
        plan anew, and see what is left to do: \(next.resume)
      """)
  }

  private var unsaved: TerraformError {
    TerraformError(
      .stateInDoubt,
      """
      \(what): AWS was changed, but the state could not be stored; Terraform kept it in errored.tfstate
      \(story)
        store it as soon as the cause is gone, before anything else: \(command) state push errored.tfstate
        then take errored.tfstate away, and see with `\(next.look)` what is left to do
      """)
  }

  private var lockLost: TerraformError {
    TerraformError(
      .stateInDoubt,
      """
      \(what): all is done and stored, but the lock was not there any more when it was to be released
        somebody freed it meanwhile, and may have changed the same things: ask, then see `\(next.look)`
        everything Terraform said: \(log)
      """)
  }

  private func killed(by signal: Int32) -> TerraformError {
    TerraformError(
      .stateInDoubt,
      """
      \(what): Terraform was killed (signal \(signal)) after \(progress.done) of \(progress.planned) actions; its lock may be left
        see with `\(next.look)` what is left to do, and with `\(next.resume)` who holds the lock
      """)
  }

  private var interrupted: TerraformError {
    switch progress.phase {
    case .initialize, .plan:
      return TerraformError(.interrupted, "interrupted; nothing was changed in '\(environment)'")
    case .apply:
      return TerraformError(
        .interrupted,
        """
        interrupted after \(progress.done) of \(progress.planned) actions; the state is stored and its lock released
          go on with: \(next.resume)
        """)
    }
  }

  /// The errors themselves, or the last words of a run that had none.
  private var story: String {
    // `execution halted` follows from another error.
    let errors = progress.errors.filter { $0.summary != "execution halted" }
    let lines: [String]
    if errors.isEmpty {
      let first = words.firstIndex { $0.hasPrefix("Error:") } ?? max(words.count - 15, 0)
      lines = words[first...].prefix(30).filter { !$0.isEmpty }
    } else {
      lines =
        errors.prefix(5).flatMap { $0.text.split(separator: "\n").prefix(12).map(String.init) }
        + (errors.count > 5 ? ["and \(errors.count - 5) more errors"] : [])
    }
    return lines.map { "  " + $0 }.joined(separator: "\n")
  }
}
