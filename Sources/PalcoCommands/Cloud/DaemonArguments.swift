import ArgumentParser
import Foundation
import LocalCloud

/// How the daemon is to run; `run` obeys these, `start` passes them on.
struct DaemonArguments: ParsableArguments {
  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "The port on 127.0.0.1; 0 for any free one.",
      discussion: "Default: \(DaemonOptions.defaultPort), or any free one when that is taken.", valueName: "n"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "How long a minute of AWS's own waiting lasts (bake time, health check interval), such as 1s.",
      valueName: "duration"))
  var minute = DurationArgument(.seconds(60))

  @Option(help: "What runs the tasks: processes of this machine, or containers of podman or docker.")
  var runtime = RuntimeKind.process

  @Flag(help: "Let images written process:/path/to/program run that program of this machine.")
  var allowHostCommands = false

  @Flag(help: "Answer only calls that are signed with the key in the state folder's file 'credentials'.")
  var verifySignatures = false

  @Flag(help: "Let POST /moto-api/reset stop every task and forget everything, for test suites.")
  var allowReset = false

  @Option(help: ArgumentHelp("The twelve-digit account that the cloud plays.", valueName: "number"))
  var account = "000000000000"

  @Option(help: ArgumentHelp("The region that the cloud plays.", valueName: "name"))
  var region = "us-east-1"

  @Flag(name: .shortAndLong, help: "Log every call.")
  var verbose = false

  mutating func validate() throws {
    if let port, !(0...65535).contains(port) {
      throw ValidationError("The port must be from 0 to 65535, and \(port) is not.")
    }
    guard account.utf8.count == 12, account.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw ValidationError("An account has twelve digits, and '\(account)' has not.")
    }
    guard region.wholeMatch(of: /[a-z]{2}(-[a-z]+)+-[0-9]/) != nil else {
      throw ValidationError("'\(region)' is no region, such as eu-west-1.")
    }
  }

  /// The daemon's options.
  var options: DaemonOptions {
    DaemonOptions(
      stateDirectory: state.directory, port: port ?? DaemonOptions.defaultPort, portIsFixed: (port ?? 0) != 0,
      minute: minute.duration, runtime: runtime, allowsHostCommands: allowHostCommands,
      verifiesSignatures: verifySignatures,
      allowsReset: allowReset, region: region, accountID: account)
  }

  /// The command line that runs a daemon with the same arguments.
  var commandLine: [String] {
    var words = [
      "cloud", "run", "--state", state.directory.path, "--minute", "\(minute)", "--account", account, "--region",
      region,
    ]
    words += ["--runtime", runtime.rawValue]
    if let port { words += ["--port", "\(port)"] }
    if allowHostCommands { words.append("--allow-host-commands") }
    if verifySignatures { words.append("--verify-signatures") }
    if allowReset { words.append("--allow-reset") }
    if verbose { words.append("--verbose") }
    return words
  }
}

extension RuntimeKind: ExpressibleByArgument {}
