import PalcoBlueprint

/// What a task's secret needs in a policy: the ARN of the secret or parameter itself.
struct SecretARN {
  /// Whether it is a parameter of Systems Manager, and not a secret of Secrets Manager.
  let isParameter: Bool
  /// The ARN as an IAM policy names it.
  let value: TerraformValue

  /// Reads a reference of a task definition: an ARN, with `:key:stage:version` or not, or a parameter's name.
  init(_ reference: String) {
    guard reference.hasPrefix("arn:") else {
      isParameter = true
      let name = reference.hasPrefix("/") ? reference : "/" + reference
      value = "arn:\(.local("partition")):ssm:\(.local("region")):\(.local("account_id")):parameter\(name)"
      return
    }
    var parts = reference.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    isParameter = parts.count > 2 && parts[2] == "ssm"
    if !isParameter, parts.count > 7 { parts.removeSubrange(7...) }
    var arn = parts.joined(separator: ":")
    // Secrets Manager ends every ARN with six random characters, which a reference may leave out.
    if !isParameter, arn.wholeMatch(of: /.*-[A-Za-z0-9]{6}/) == nil { arn += "-??????" }
    value = .text(arn)
  }
}
