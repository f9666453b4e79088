// swift-tools-version: 6.1
import PackageDescription

// One flag set for build, test and integration: a changed global flag rebuilds the whole graph.
let package = Package(
  name: "palco",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "palco", targets: ["palco"]),
    .executable(name: "pulse", targets: ["Pulse"]),
    // For Benchmarks/, which measures the data path alone.
    .library(name: "LoadBalancing", targets: ["LoadBalancing"]),
    // Likewise, which measures how long it takes to make Terraform.
    .library(name: "PalcoArtifacts", targets: ["PalcoArtifacts", "PalcoBlueprint"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // MARK: Rooms without the Palco prefix could serve another project.
    .target(
      name: "AWSWire",
      dependencies: ["CZlib", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "AWSClient",
      dependencies: [
        "PalcoCore", "AWSWire", "OCIImages",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "LoadBalancing",
      dependencies: [
        "PalcoCore",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .target(
      name: "OCIImages",
      dependencies: ["CZlib", .product(name: "Crypto", package: "swift-crypto")]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "TaskRuntimes",
      dependencies: [
        "PalcoCore",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),

    // MARK: Palco's own rooms.
    .target(
      name: "PalcoCore",
      dependencies: []),
    .target(
      name: "PalcoBlueprint",
      dependencies: [
        "PalcoCore", "PalcoReliability",
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(name: "PalcoArtifacts", dependencies: ["PalcoCore", "PalcoBlueprint", "PalcoReliability"]),
    .target(
      name: "LocalCloud",
      dependencies: [
        "CZlib", "PalcoCore", "AWSWire", "LoadBalancing", "OCIImages", "TaskRuntimes",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "PalcoRelease",
      dependencies: [
        "PalcoCore", "PalcoBlueprint", "PalcoReliability", "AWSWire", "AWSClient", "OCIImages",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(name: "PalcoReliability", dependencies: []),
    .target(
      name: "PalcoTerraform",
      dependencies: ["PalcoCore", .product(name: "Subprocess", package: "swift-subprocess")]),
    .target(
      name: "PalcoCommands",
      dependencies: [
        "PalcoCore", "PalcoBlueprint", "PalcoArtifacts", "PalcoRelease", "PalcoReliability", "PalcoTerraform",
        "LocalCloud", "AWSClient", "AWSWire", "OCIImages",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(name: "palco", dependencies: ["PalcoCommands"]),

    // MARK: The sample workload. It imports no Palco module.
    .executableTarget(
      name: "Pulse",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      path: "Examples/Pulse/Sources"),

    // MARK: Tests mirror the rooms.
    .target(
      name: "PalcoTestSupport",
      dependencies: [
        "PalcoCore",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Tests/PalcoTestSupport"),
    .testTarget(name: "PalcoCoreTests", dependencies: ["PalcoCore"]),
    .testTarget(name: "AWSWireTests", dependencies: ["AWSWire", "PalcoTestSupport"]),
    .testTarget(
      name: "AWSClientTests",
      dependencies: [
        "AWSClient", "PalcoTestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ]),
    .testTarget(
      name: "LoadBalancingTests",
      dependencies: [
        "LoadBalancing", "PalcoCore",
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(name: "OCIImagesTests", dependencies: ["CZlib", "OCIImages"]),
    .testTarget(name: "TaskRuntimesTests", dependencies: ["TaskRuntimes"]),
    .testTarget(
      name: "PalcoBlueprintTests", dependencies: ["PalcoBlueprint", "PalcoReliability", "PalcoTestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(name: "PalcoArtifactsTests", dependencies: ["PalcoArtifacts", "PalcoTestSupport"]),
    .testTarget(
      name: "LocalCloudTests",
      dependencies: [
        "AWSWire", "LoadBalancing", "LocalCloud", "OCIImages", "PalcoCore", "PalcoTestSupport", "TaskRuntimes",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    .testTarget(
      name: "PalcoReleaseTests",
      dependencies: [
        "AWSClient", "AWSWire", "PalcoBlueprint", "PalcoCore", "PalcoRelease", "PalcoReliability", "PalcoTestSupport",
      ]),
    .testTarget(name: "PalcoReliabilityTests", dependencies: ["PalcoReliability"], exclude: ["Fixtures"]),
    .testTarget(name: "PalcoTerraformTests", dependencies: ["PalcoTerraform", "PalcoTestSupport"]),
    .testTarget(
      name: "PalcoCommandsTests",
      dependencies: [
        "AWSClient", "AWSWire", "LocalCloud", "OCIImages", "PalcoBlueprint", "PalcoCommands", "PalcoCore",
        "PalcoRelease", "PalcoReliability", "PalcoArtifacts", "PalcoTerraform", "PalcoTestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ]),
    .testTarget(
      name: "PulseTests",
      dependencies: ["Pulse", .product(name: "HummingbirdTesting", package: "hummingbird")],
      path: "Examples/Pulse/Tests"),
    .testTarget(
      name: "IntegrationTests",
      dependencies: ["PalcoTestSupport"],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)
