// swift-tools-version: 6.1
import PackageDescription

// Apart from the package itself, so that nobody who only builds Palco builds this.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "palco", path: ".."),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "proxy-bench",
      dependencies: [
        .product(name: "LoadBalancing", package: "palco"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(name: "terraform-bench", dependencies: [.product(name: "PalcoArtifacts", package: "palco")]),
  ],
  swiftLanguageModes: [.v6]
)
