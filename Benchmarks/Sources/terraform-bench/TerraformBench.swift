import Foundation
import PalcoArtifacts
import PalcoBlueprint

/// How long it takes from a manifest's bytes to an environment's Terraform as JSON: once, and for 200 services.
///
///     terraform-bench MANIFEST
@main
struct TerraformBench {
  static func main() throws {
    guard let path = CommandLine.arguments.dropFirst().first else {
      FileHandle.standardError.write(Data("usage: terraform-bench MANIFEST\n".utf8))
      exit(2)
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // What is done once a process is not part of it.
    _ = try terraform(of: text)
    let clock = ContinuousClock()
    var runs: [Duration] = []
    for _ in 0..<21 { runs.append(try clock.measure { _ = try terraform(of: text) }) }
    runs.sort()
    print(
      "one environment: median \(Self.text(runs[10])), least \(Self.text(runs[0])), most \(Self.text(runs[20])) (21 runs)"
    )
    var size = 0
    let before = Foundation.clock()
    let all = try clock.measure {
      for number in 1...200 {
        size += try terraform(of: text.replacingOccurrences(of: "name: shop\n", with: "name: shop-\(number)\n"))
      }
    }
    // What else the machine does hardly changes the processor's time.
    let processor = Double(Foundation.clock() - before) / Double(CLOCKS_PER_SEC)
    print(
      "200 services: \(Self.text(all)), of which on the processor \(Self.text(.seconds(processor))); \(size / 1024) KiB"
    )
  }

  private static func text(_ duration: Duration) -> String {
    duration.formatted(.units(allowed: [.milliseconds], fractionalPart: .show(length: 1)))
  }

  /// The last environment of a manifest, as Terraform.
  ///
  /// - Returns: How many bytes it is.
  private static func terraform(of manifest: String) throws -> Int {
    let read = try ManifestFile.parse(
      Data(manifest.utf8), file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
    let blueprint = try read.blueprint(for: read.environments[read.environments.count - 1])
    return try EnvironmentTerraform(blueprint).module().rendered(as: .json).reduce(0) { $0 + $1.contents.utf8.count }
  }
}
