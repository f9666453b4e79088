import Foundation
import Testing

@testable import PalcoArtifacts

/// Addresses live on in people's states: one that changes without a `moved` block destroys what is there.
@Suite struct RenamesTests {
  private static let fixture = ManifestMatrix.root.appendingPathComponent(
    "Tests/PalcoBlueprintTests/Fixtures/aws/golden/addresses.txt")

  /// Every managed resource of the matrix, a line each: the manifest, the environment, the address.
  private static func addresses() throws -> [String] {
    var lines: [String] = []
    for (name, blueprints) in ManifestMatrix.manifests {
      let modules =
        try blueprints.map { ($0.environment, try EnvironmentTerraform($0).module()) }
        + [("bootstrap", try BootstrapTerraform(blueprints, hasStateInBucket: true).module())]
      for (environment, module) in modules {
        lines += module.resources.compactMap(\.address).filter { $0.mode == .resource }.map {
          "\(name) \(environment) \($0)"
        }
      }
    }
    return lines.sorted()
  }

  /// The file holds the addresses of the last release. `PALCO_RECORD=1` writes it anew, which is done when a version is
  /// released, and never to make this test pass.
  @Test func everyAddressOfTheLastReleaseIsThereOrMoved() throws {
    let now = try Self.addresses()
    if ProcessInfo.processInfo.environment["PALCO_RECORD"] == "1" {
      try Data((now.joined(separator: "\n") + "\n").utf8).write(to: Self.fixture)
    }
    let released = try String(contentsOf: Self.fixture, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(released.count > 500)
    #expect(Self.lost(released, now: Set(now), Renames.known) == [])
  }

  private static func lost(_ released: [String], now: Set<String>, _ renames: Renames) -> [String] {
    released.filter { line in
      let place = line.prefix(through: line.lastIndex(of: " ") ?? line.startIndex)
      let address = line.dropFirst(place.count)
      let isMoved = renames.all.contains { $0.from.description == address && now.contains("\(place)\($0.to)") }
      return !now.contains(line) && !isMoved
    }
  }

  @Test func anAddressThatIsLostIsSeenUntilItIsMoved() {
    let old = TerraformAddress("aws_vpc", "old")
    let rename = Renames(all: [.init(from: old, to: TerraformAddress("aws_vpc", "main"))])
    let now: Set = ["m stage aws_vpc.main"]
    #expect(Self.lost(["m stage aws_vpc.old"], now: now, Renames(all: [])) == ["m stage aws_vpc.old"])
    #expect(Self.lost(["m stage aws_vpc.old"], now: now, rename) == [])
    #expect(Self.lost(["n stage aws_vpc.old"], now: now, rename) == ["n stage aws_vpc.old"])
  }

  @Test func aRenamedResourceIsMoved() throws {
    let renames = Renames(all: [
      .init(from: TerraformAddress("aws_vpc", "old"), to: Addresses.vpc),
      .init(from: TerraformAddress("aws_lb", "old"), to: Addresses.balancer),
      // Not of this environment.
      .init(from: TerraformAddress("aws_instance", "jump"), to: Addresses.bastion),
      // The old place is taken again: it is another resource.
      .init(from: Addresses.blue, to: Addresses.green),
    ])
    let module = try ManifestMatrix.module("short", "stage").moving(renames)
    let text = module.rendered().first { $0.name == "moved.tf" }?.contents
    #expect(
      text == """
        # What has another address than in the files of an earlier version: the same resources.

        moved {
          from = aws_vpc.old
          to   = aws_vpc.main
        }

        moved {
          from = aws_lb.old
          to   = aws_lb.main
        }

        """)
  }

  @Test func withoutARenameThereIsNoFile() throws {
    #expect(try !ManifestMatrix.module("short", "stage").moving(Renames(all: [])).files.contains { $0.name == "moved" })
  }
}
