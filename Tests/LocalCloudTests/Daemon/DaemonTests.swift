import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct DaemonTests {
  @Test func everyServiceAnswersOnOnePort() async throws {
    try await withTemporaryDirectory { directory in
      try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { cloud in
        let identity = try await cloud.send(STS.GetCallerIdentityRequest())
        #expect(identity.arn == "arn:aws:iam::000000000000:user/palco")
        let group = try await cloud.send(
          ELBv2.CreateTargetGroupRequest(name: "blue", protocol: "HTTP", port: 80, vpcId: "vpc-1", targetType: "ip"))
        #expect(group.targetGroups.first?.targetGroupName == "blue")
        let cluster = try await cloud.send(ECS.CreateClusterRequest(clusterName: "stage"))
        #expect(cluster.cluster?.clusterArn == "arn:aws:ecs:us-east-1:000000000000:cluster/stage")
        let repository = try await cloud.send(ECR.CreateRepositoryRequest(repositoryName: "pulse")).repository
        let host = "000000000000.dkr.ecr.us-east-1.localhost:\(cloud.information.port)"
        #expect(repository?.repositoryUri == "\(host)/pulse")
        let tags = try await cloud.exchange(.GET, "/v2/pulse/tags/list")
        #expect(tags.status == 200)
        _ = try await cloud.send(Logs.CreateLogGroupRequest(logGroupName: "/palco/x"))
        #expect(try await cloud.send(Logs.DescribeLogGroupsRequest()).logGroups?.first?.logGroupName == "/palco/x")
      }
    }
  }

  @Test func othersFindItWhileItRunsAndItsStateOutlivesIt() async throws {
    try await withTemporaryDirectory { directory in
      let options = DaemonOptions(stateDirectory: directory, port: 0, minute: .milliseconds(1500))
      #expect(DaemonInformation.ofRunning(stateDirectory: directory) == nil)
      try await DaemonFixture.run(options) { cloud in
        let found = DaemonInformation.ofRunning(stateDirectory: directory)
        #expect(found?.port == cloud.information.port)
        #expect(found?.minuteSeconds == 1.5)
        #expect(found?.processIdentifier == getpid())
        #expect(DaemonLock.holder(stateDirectory: directory) == getpid())
        _ = try await cloud.send(Logs.CreateLogGroupRequest(logGroupName: "kept"))
      }
      #expect(DaemonInformation.ofRunning(stateDirectory: directory) == nil)
      #expect(DaemonLock.holder(stateDirectory: directory) == nil)
      #expect(!FileManager.default.fileExists(atPath: directory.appendingPathComponent("daemon.json").path))
      try await DaemonFixture.run(options) { cloud in
        let groups = try await cloud.send(Logs.DescribeLogGroupsRequest()).logGroups
        #expect(groups?.first?.logGroupName == "kept")
      }
    }
  }

  @Test func aSecondDaemonOnTheSameFolderIsRefused() async throws {
    try await withTemporaryDirectory { directory in
      let options = DaemonOptions(stateDirectory: directory, port: 0)
      try await DaemonFixture.run(options) { cloud in
        await #expect(throws: DaemonError.alreadyRunning(directory.path)) {
          try await DaemonFixture.run(options) { _ in }
        }
        // And the first is none the worse for it.
        #expect(DaemonInformation.ofRunning(stateDirectory: directory)?.port == cloud.information.port)
      }
    }
  }

  @Test func aTakenPortIsRefusedWhenItWasAskedForAndAvoidedWhenNot() async throws {
    try await withTemporaryDirectory { directory in
      @Sendable func options(_ name: String, port: Int, isFixed: Bool) -> DaemonOptions {
        DaemonOptions(stateDirectory: directory.appendingPathComponent(name), port: port, portIsFixed: isFixed)
      }
      try await DaemonFixture.run(options("a", port: 0, isFixed: false)) { first in
        let port = first.information.port
        await #expect(throws: DaemonError.portTaken(port)) {
          try await DaemonFixture.run(options("b", port: port, isFixed: true)) { _ in }
        }
        try await DaemonFixture.run(options("b", port: port, isFixed: false)) { second in
          #expect(second.information.port != port)
          let status = try await second.exchange(.GET, "/healthz").status
          #expect(status == 200)
        }
      }
    }
  }

  @Test func webPagesAreRefusedOnTheSocketToo() async throws {
    try await withTemporaryDirectory { directory in
      try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { cloud in
        let port = cloud.information.port
        for header in [("Host", "evil.example:\(port)"), ("Origin", "http://evil.example")] {
          for path in ["/", "/healthz", "/v2/", "/none"] {
            let status = try await cloud.exchange(.GET, path, headers: [header]).status
            #expect(status == 403, "\(header) \(path)")
          }
        }
      }
    }
  }

  @Test func aFolderThatCannotBeUsedIsRefusedByName() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appendingPathComponent("file")
      try Data("x".utf8).write(to: file)
      let below = file.appendingPathComponent("state")
      await #expect(throws: StoreError.unwritable(below.path)) {
        try await DaemonFixture.run(DaemonOptions(stateDirectory: below, port: 0)) { _ in }
      }
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere")) func aFolderThatIsReadOnlyIsRefused() async throws {
    try await withTemporaryDirectory { directory in
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.path)
      await #expect(throws: StoreError.unwritable(directory.path)) {
        try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { _ in }
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory.path)
    }
  }

  @Test func stateOfANewerPalcoIsRefused() async throws {
    try await withTemporaryDirectory { directory in
      let store = try Store(directory: directory)
      try await store.database.write { try $0.execute(sql: "PRAGMA user_version = 99") }
      try store.close()
      let path = directory.appendingPathComponent("cloud.sqlite").path
      await #expect(throws: StoreError.newerVersion(path, found: 99, known: Store.layoutVersion)) {
        try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { _ in }
      }
    }
  }

  @Test func stateThatIsNoDatabaseIsRefused() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appendingPathComponent("cloud.sqlite")
      try Data(repeating: UInt8(ascii: "x"), count: 8192).write(to: file)
      let error = await #expect(throws: StoreError.self) {
        try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { _ in }
      }
      #expect(error?.description.contains(file.path) == true)
    }
  }

  @Test func theKeyOfVerifiedSignaturesIsMadeOnceAndReadableByItsOwnerOnly() async throws {
    try await withTemporaryDirectory { directory in
      let options = DaemonOptions(stateDirectory: directory, port: 0, verifiesSignatures: true)
      let file = CloudCredentials.file(stateDirectory: directory)
      try await DaemonFixture.run(options) { cloud in
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        await #expect(throws: AWSError.self) { try await cloud.send(STS.GetCallerIdentityRequest()) }
      }
      let before = try String(contentsOf: file, encoding: .utf8)
      try await DaemonFixture.run(options) { _ in }
      #expect(try String(contentsOf: file, encoding: .utf8) == before)
    }
  }
}
