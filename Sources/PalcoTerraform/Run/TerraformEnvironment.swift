import Subprocess

/// The variables that Terraform is started with: those of the caller, without the ones that change what a command means.
struct TerraformEnvironment: Sendable {
  private let values: [String: String]

  init(_ caller: [String: String]) {
    var values = caller.filter { name, _ in
      !name.hasPrefix("TF_CLI_ARGS") && !["TF_WORKSPACE", "TF_DATA_DIR", "TF_LOG_PATH"].contains(name)
    }
    values["TF_IN_AUTOMATION"] = "1"
    values["TF_INPUT"] = "0"
    // No calls to anybody but AWS and the registry of providers.
    values["CHECKPOINT_DISABLE"] = "1"
    self.values = values
  }

  /// For `Subprocess`.
  var variables: Environment {
    .custom(Dictionary(uniqueKeysWithValues: values.map { (Environment.Key(stringLiteral: $0), $1) }))
  }

  subscript(name: String) -> String? { values[name] }
}
