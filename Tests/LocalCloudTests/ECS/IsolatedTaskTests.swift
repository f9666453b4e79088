import AWSWire
import Foundation
import OCIImages
import PalcoTestSupport
import TaskRuntimes
import Testing

@testable import LocalCloud

/// Tasks in a runtime that gives each a network of its own, as container engines do.
@Suite struct IsolatedTaskTests {
  /// A definition of an image that the registry has.
  private func define(_ cloud: ECSFixture, repository: String = "web") async throws -> (arn: String, digest: String) {
    let built = try ImageBuilder(
      files: [ImageFile(path: "/app/web", content: .data(Data("x".utf8)), mode: 0o755)], command: ["/app/web"]
    ).build(into: cloud.directory.appendingPathComponent("blobs-\(UUID().uuidString)"))
    let image = ResolvedImage(digest: built.digest, manifest: built.manifest) { built.blobFile($0) }
    let host = "123456789012.dkr.ecr.eu-west-1.localhost:1"
    await cloud.images.put(image, at: "\(host)/\(repository):v1")
    await cloud.images.put(image, at: "\(host)/\(repository)@\(built.digest)")
    let arn = try await cloud.define(image: "\(host)/\(repository):v1") {
      $0.cpu = 128
      $0.memory = 256
      $0.user = "app"
      $0.readonlyRootFilesystem = true
      $0.ulimits = [.init(name: "nofile", softLimit: 10, hardLimit: 20)]
    }
    return (arn, built.digest)
  }

  private func run(_ cloud: ECSFixture, _ definition: String) async throws -> ECS.Task {
    var request = ECS.RunTaskRequest(taskDefinition: definition, cluster: "walk")
    request.networkConfiguration = ECSFixture.network
    return try cloud.unwrap(try await cloud.send(request).tasks?.first)
  }

  private func task(_ cloud: ECSFixture, _ status: String) async throws -> ECS.Task {
    _ = await cloud.until { (try? await cloud.tasks(status).first?.lastStatus) == status }
    return try cloud.unwrap(try await cloud.tasks(status).first)
  }

  @Test func aContainerGetsItsImageByDigestItsLimitsAndItsOwnPorts() async throws {
    try await ECSFixture.run(isolatesTasks: true) { cloud in
      let (definition, digest) = try await define(cloud)
      let arn = try await run(cloud, definition).taskArn ?? ""
      let running = try await task(cloud, "RUNNING")
      let specification = try cloud.unwrap(cloud.runtime.running.first).specification
      let reference = "127.0.0.1:1/web@\(digest)"
      #expect(specification.program == .registry(reference: reference))
      #expect(specification.environment["PORT"] == nil, "its container port is its own")
      #expect(specification.user == "app" && specification.hasReadOnlyFiles)
      #expect(
        specification.limits
          == .init(
            processors: 0.25, processorShares: 128, memory: 256 << 20,
            resources: [.init(name: "nofile", soft: 10, hard: 20)]))
      let binding = try cloud.unwrap(running.containers?.first?.networkBindings?.first)
      let id = String(arn.split(separator: "/").last ?? "")
      #expect(
        cloud.runtime.places == [
          TaskPlace(id: id, ports: [.init(container: 8080, host: binding.hostPort ?? 0)], images: [reference])
        ])
      try await cloud.send(ECS.StopTaskRequest(task: arn, cluster: "walk"))
      _ = try await task(cloud, "STOPPED")
      #expect(cloud.runtime.places.isEmpty)
    }
  }

  @Test func aProgramOfThisMachineAndAnImageThatCannotBePulledAreToldApart() async throws {
    try await ECSFixture.run(isolatesTasks: true) { cloud in
      _ = try await run(cloud, try await cloud.define())
      let host = try await task(cloud, "STOPPED")
      #expect(host.stoppedReason?.hasPrefix("CannotPullContainerError: process:/bin/web is a program") == true)
      _ = try await run(cloud, try await define(cloud, repository: "unpullable").arn)
      #expect(
        await cloud.until {
          (try? await cloud.tasks("STOPPED"))?.contains { $0.stoppedReason == "CannotPullContainerError: not found" }
            == true
        })
      let all = try await cloud.tasks("STOPPED")
      let failed = all.first { $0.stoppedReason == "CannotPullContainerError: not found" }
      #expect(failed?.containers?.first?.reason == "CannotPullContainerError: not found")
      #expect(failed?.stopCode == "TaskFailedToStart")
    }
  }

  @Test func memoryThatRunsOutIsTheContainersReason() async throws {
    try await ECSFixture.run(isolatesTasks: true) { cloud in
      _ = try await run(cloud, try await define(cloud).arn)
      _ = try await task(cloud, "RUNNING")
      cloud.runtime.running.first?.end(.outOfMemory(code: 137))
      let container = try cloud.unwrap(try await task(cloud, "STOPPED").containers?.first)
      #expect(container.exitCode == 137)
      #expect(container.reason == "OutOfMemoryError: Container killed due to memory usage")
    }
  }

  @Test func afterAKilledDaemonItsTasksGoOn() async throws {
    try await ECSFixture.run(isolatesTasks: true) { cloud in
      try await cloud.createRolling(try await define(cloud).arn, balanced: false)
      try await cloud.ended()
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
      let before = Set(try await cloud.tasks().compactMap(\.taskArn))
      // A copy of what is on disk: this daemon never gets to say that it ends.
      try await withTemporaryDirectory { directory in
        let copy = directory.appendingPathComponent("state")
        try FileManager.default.copyItem(at: cloud.directory, to: copy)
        let survivors = cloud.runtime.running
        let next = try await ECSFixture(
          directory: copy, after: cloud, leftovers: ["left/web"], isolatesTasks: true, survivors: survivors,
          images: cloud.images)
        try await next.running {
          let service = try await next.described()
          let tasks = try await next.tasks()
          #expect(service.runningCount == 2)
          #expect(Set(tasks.compactMap(\.taskArn)) == before)
          #expect(next.runtime.containers.count == 2, "nothing was started anew")
          survivors[0].end(.code(1))
          #expect(await next.until { next.runtime.running.count == 2 }, "it watches over what it took over")
          #expect(next.runtime.containers.count == 3)
        }
        #expect(next.runtime.running.isEmpty, "and it stops what it took over")
      }
    }
  }

  @Test func aTaskWithAContainerMissingIsLostAsAWhole() async throws {
    try await ECSFixture.run(isolatesTasks: true) { cloud in
      _ = try await run(cloud, try await define(cloud).arn)
      _ = try await task(cloud, "RUNNING")
      try await withTemporaryDirectory { directory in
        let copy = directory.appendingPathComponent("state")
        try FileManager.default.copyItem(at: cloud.directory, to: copy)
        let next = try await ECSFixture(directory: copy, after: cloud, isolatesTasks: true, images: cloud.images)
        let lost = try next.unwrap(try await next.tasks("STOPPED").first)
        #expect(lost.stoppedReason == "The local cloud was restarted.")
      }
    }
  }
}
