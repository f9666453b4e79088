import ArgumentParser

/// What somebody decides of a release beforehand.
struct JudgingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Accept a release that is not shown to be safe, for a reason that is kept on record.", valueName: "reason"))
  var acceptUnproven: String?

  mutating func validate() throws {
    if let acceptUnproven, acceptUnproven.allSatisfy(\.isWhitespace) {
      throw ValidationError("--accept-unproven needs a reason, such as \"nobody uses stage at night\".")
    }
  }
}
