import ArgumentParser
import Foundation
import LocalCloud
import PalcoBlueprint
import PalcoRelease

/// `palco rehearse`: stage, production, a good release and a bad one, on live traffic, in the local cloud.
struct Rehearse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a service through stage and production on this machine, on live traffic.",
    discussion: """
      Makes stage and production, deploys v1 to stage and promotes its digest to production, does the same with v2 under \
      load, and then releases a v3 to production that never gets healthy, a v4 that is healthy and fails 2 % of its \
      requests, a v5 that is slow for one in twenty, and a good v6. Every request that is sent is accounted for. The exit \
      code is 0 only when no request failed but those that v4 was made to fail, v3, v4 and v5 were rolled back, and v6 serves.

      The versions are the image of palco.yml with a file VERSION beside its program; the bad ones also have switches in \
      their environment (PULSE_FAIL_HEALTH, PULSE_ERROR_RATE, PULSE_LATENCY), which the sample service obeys. A second \
      rehearsal releases the same digests again.

        palco rehearse
        palco rehearse --down
        palco rehearse --file ../shop/palco.yml --rate 50
      """)

  @Option(
    help: ArgumentHelp(
      "The manifest.", discussion: "Default: Examples/Pulse/palco.yml, else the nearest palco.yml upwards",
      valueName: "path"))
  var file: String?

  @OptionGroup var state: StateOptions

  @Option(help: ArgumentHelp("How long a minute of AWS's own waiting lasts.", valueName: "duration"))
  var minute = DurationArgument(.seconds(1))

  @Option(help: "Requests a second to production.")
  var rate = 300.0

  @Flag(help: "Remove everything at the end: the environments, the local cloud, its folder.")
  var down = false

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if !(1...10_000).contains(rate) { throw ValidationError("--rate must be from 1 to 10000, and \(rate) is not.") }
  }

  func run() async throws {
    let project = try project()
    let hadState = FileManager.default.fileExists(atPath: project.stateDirectory.path)
    let access = try await access(to: project)
    let report: RehearsalReport
    do {
      report = try await Rehearsal(project: project, access: access, output: output, rate: rate).run()
    } catch {
      if down { try? await remove(project, access, hadState: hadState) }
      throw error
    }
    let problems = report.problems(serving: Rehearsal.last)
    if output.json {
      try JSONOutput.print(report)
    } else {
      Console.out("\n" + Table(report.releases).rendered(on: .detect(descriptor: 1)) + "\n")
      for step in report.releases { if let price = step.price { Console.out(price) } }
      if let speed = report.speed { Console.out(speed) }
      Console.out(
        "\(report.traffic.requests) requests, \(report.traffic.failed) failed, "
          + "\(Duration.seconds(report.seconds).text) in all")
    }
    if down {
      try await remove(project, access, hadState: hadState)
    } else {
      output.note(next(report))
    }
    guard problems.isEmpty else {
      throw CommandError(
        .failure, "the rehearsal is not as it should be:\n" + problems.map { "  \($0)" }.joined(separator: "\n"))
    }
    output.result(
      "the rehearsal is as it should be: v3, v4 and v5 were rolled back, v6 serves, no other request failed")
  }

  private static let sample = "Examples/Pulse/palco.yml"

  private func project() throws -> Project {
    var options = ManifestOptions()
    options.path = file ?? (FileManager.default.fileExists(atPath: Self.sample) ? Self.sample : nil)
    return Project(manifest: try options.load(), state: state)
  }

  /// A cloud that was started for something else would make the rehearsal wait for real minutes.
  private func access(to project: Project) async throws -> CloudAccess {
    if let running = DaemonInformation.ofRunning(stateDirectory: project.stateDirectory),
      running.minuteSeconds > 5 * minute.duration.seconds
    {
      throw CommandError(
        .refused,
        "the local cloud on \(project.stateDirectory.path) runs with minutes of \(Int(running.minuteSeconds)) s; stop it "
          + "with `palco cloud stop --state \(project.stateDirectory.path)`, or rehearse in another folder with --state"
      )
    }
    return try await project.accessStartingCloud(arguments: ["--minute", "\(minute)"], note: output.note)
  }

  private func remove(_ project: Project, _ access: CloudAccess, hadState: Bool) async throws {
    let blueprints = try project.localBlueprints()
    for blueprint in blueprints {
      let siblings = blueprints.map(\.names.cluster).filter { $0 != blueprint.names.cluster }
      _ = try await Teardown(access: access, blueprint: blueprint, siblingClusters: siblings).down { _ in }
    }
    let directory = project.stateDirectory
    _ = try await DaemonStopper(stateDirectory: directory).stop(within: .seconds(60)) { output.note($0) }
    // A folder that somebody named and that was there before may hold what is not ours.
    guard directory.lastPathComponent == ".palco" || !hadState else {
      return output.note("everything is removed but \(directory.path), which was there before")
    }
    do {
      try FileManager.default.removeItem(at: directory)
    } catch {
      throw CommandError(.failure, "\(directory.path) cannot be removed: \(error.localizedDescription)")
    }
    output.note("everything is removed")
  }

  private func next(_ report: RehearsalReport) -> String {
    let options =
      (file.map { " --file \($0)" }
        ?? (FileManager.default.fileExists(atPath: "Examples/Pulse/palco.yml")
          ? " --file Examples/Pulse/palco.yml" : ""))
      + (state.path.map { " --state \($0)" } ?? "")
    let urls = report.urls.sorted { $0.key > $1.key }.map { "  \($0.key.padded(to: 12))\($0.value)" }
    return """

      The local cloud goes on running. Open
      \(urls.joined(separator: "\n"))
      and try
        palco status\(options)
        palco releases production\(options)
        palco rollback production\(options)
        palco logs production\(options)
        palco rehearse --down\(file.map { " --file \($0)" } ?? "")\(state.path.map { " --state \($0)" } ?? "")
      """
  }
}
