import AWSWire
import Foundation
import OCIImages
import PalcoTestSupport
import TaskRuntimes
import Testing

@testable import LocalCloud

@Suite struct TaskServiceTests {
  private func run(
    _ cloud: ECSFixture, _ definition: String, _ change: (inout ECS.RunTaskRequest) -> Void = { _ in }
  ) async throws -> ECS.Task {
    var request = ECS.RunTaskRequest(taskDefinition: definition)
    request.cluster = "walk"
    request.launchType = "FARGATE"
    request.networkConfiguration = ECSFixture.network
    change(&request)
    return try cloud.unwrap(try await cloud.send(request).tasks?.first)
  }

  private func described(_ cloud: ECSFixture, _ task: ECS.Task) async throws -> ECS.Task {
    let request = ECS.DescribeTasksRequest(tasks: [task.taskArn ?? ""], cluster: "walk")
    return try cloud.unwrap(try await cloud.send(request).tasks?.first)
  }

  private func reaches(_ status: String, _ cloud: ECSFixture, _ task: ECS.Task) async throws -> ECS.Task {
    guard await cloud.until({ (try? await described(cloud, task).lastStatus) == status }) else {
      throw ECSFixture.Missing(what: "\(status) in \(try await described(cloud, task))")
    }
    return try await described(cloud, task)
  }

  @Test func aTaskRunsWithItsEnvironmentAndOverrides() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define(["A": "definition", "B": "definition", "PORT": "8080"]) {
        $0.command = ["serve"]
        $0.entryPoint = ["--verbose"]
      }
      let task = try await run(cloud, definition) {
        $0.startedBy = "me"
        $0.overrides = .init(containerOverrides: [
          .init(name: "web", command: ["migrate"], environment: [.init(name: "B", value: "override")])
        ])
      }
      #expect(task.lastStatus == "PROVISIONING" && task.desiredStatus == "RUNNING")
      #expect(task.group == "family:web" && task.startedBy == "me" && task.attachments?.first?.status == "PRECREATED")
      let running = try await reaches("RUNNING", cloud, task)
      let specification = try cloud.unwrap(cloud.runtime.running.first).specification
      #expect(specification.program == .host(path: "/bin/web") && specification.command == ["--verbose", "migrate"])
      let environment = specification.environment
      #expect(environment["A"] == "definition" && environment["B"] == "override")
      #expect(environment["AWS_REGION"] == "eu-west-1")
      let binding = try cloud.unwrap(running.containers?.first?.networkBindings?.first)
      #expect(binding.containerPort == 8080 && environment["PORT"] == binding.hostPort.map(String.init))
      #expect(environment["PORT"] != "8080", "the leased port wins: it is the only one that is free for sure")
      #expect(running.cpu == "256" && running.containers?.first?.lastStatus == "RUNNING")
    }
  }

  @Test func anExitEndsTheTaskWithItsCode() async throws {
    try await ECSFixture.run { cloud in
      let task = try await run(cloud, try await cloud.define(["MODE": "exit"]))
      let stopped = try await reaches("STOPPED", cloud, task)
      #expect(stopped.stopCode == "EssentialContainerExited" && stopped.containers?.first?.exitCode == 3)
      #expect(stopped.stoppedAt != nil && stopped.executionStoppedAt != nil && stopped.desiredStatus == "STOPPED")
    }
  }

  @Test func aHelperThatEndsDoesNotEndTheTaskButTheTaskEndsTheHelper() async throws {
    try await ECSFixture.run { cloud in
      let helper = ECS.ContainerDefinition(name: "helper", image: "process:/bin/helper", essential: false)
      var web = ECS.ContainerDefinition(name: "web", image: "process:/bin/web")
      web.dependsOn = [.init(containerName: "helper", condition: "START")]
      let definition = try await cloud.send(
        ECS.RegisterTaskDefinitionRequest(
          family: "two", containerDefinitions: [web, helper], networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512")
      ).taskDefinition?.taskDefinitionArn
      let task = try await run(cloud, try cloud.unwrap(definition))
      _ = try await reaches("RUNNING", cloud, task)
      #expect(cloud.runtime.containers.map { $0.specification.id.split(separator: "/").last } == ["helper", "web"])
      cloud.runtime.containers[0].end(.code(0))
      #expect(
        await cloud.until {
          (try? await described(cloud, task).containers?.first { $0.name == "helper" }?.lastStatus) == "STOPPED"
        })
      #expect(try await described(cloud, task).lastStatus == "RUNNING")
      cloud.runtime.containers[1].end(.signal(9))
      let stopped = try await reaches("STOPPED", cloud, task)
      #expect(stopped.containers?.first { $0.name == "web" }?.exitCode == 137)
    }
  }

  @Test func aTaskThatIsStoppedSaysWhoDidIt() async throws {
    try await ECSFixture.run { cloud in
      let task = try await run(cloud, try await cloud.define())
      _ = try await reaches("RUNNING", cloud, task)
      try await cloud.send(ECS.StopTaskRequest(task: task.taskArn ?? "", cluster: "walk", reason: "walk"))
      let stopped = try await reaches("STOPPED", cloud, task)
      #expect(stopped.stopCode == "UserInitiated" && stopped.stoppedReason == "walk")
      #expect(stopped.containers?.first?.exitCode == 143)
      let unknown = ECS.StopTaskRequest(task: "0", cluster: "walk")
      #expect(try await cloud.refusal(of: unknown)?.message == "The referenced task was not found.")
    }
  }

  @Test func aClientTokenRunsATaskOnce() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      let first = try await run(cloud, definition) { $0.clientToken = "once" }
      let second = try await run(cloud, definition) { $0.clientToken = "once" }
      #expect(first.taskArn == second.taskArn)
      _ = try await reaches("RUNNING", cloud, first)
      #expect(cloud.runtime.containers.count == 1)
    }
  }

  // MARK: What keeps a task from starting

  @Test func hostProgramsRunOnlyWhereTheyMay() async throws {
    try await ECSFixture.run(allowsHostCommands: false) { cloud in
      let task = try await run(cloud, try await cloud.define())
      let stopped = try await reaches("STOPPED", cloud, task)
      #expect(stopped.stopCode == "TaskFailedToStart" && cloud.runtime.containers.isEmpty)
      #expect(stopped.stoppedReason?.hasPrefix("CannotPullContainerError: process:/bin/web") == true)
      #expect(stopped.stoppedReason?.contains("--allow-host-commands") == true)
    }
  }

  @Test func anImageThatIsNotThereIsNamed() async throws {
    try await ECSFixture.run { cloud in
      let task = try await run(cloud, try await cloud.define(image: "127.0.0.1:1/web:v1"))
      let stopped = try await reaches("STOPPED", cloud, task)
      #expect(stopped.stoppedReason == "CannotPullContainerError: 127.0.0.1:1/web:v1: not found")
      #expect(stopped.containers?.first?.reason == stopped.stoppedReason)
    }
  }

  @Test func aSecretReachesTheProgramAndIsShownNowhere() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define { $0.secrets = [.init(name: "DATABASE_URL", valueFrom: "/pulse/db")] }
      let stopped = try await reaches("STOPPED", cloud, try await run(cloud, definition))
      #expect(
        stopped.stoppedReason
          == "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
          + "there is no /pulse/db")

      cloud.secrets.values.withLock { $0["/pulse/db"] = "postgres://x:hush@y" }
      let running = try await reaches("RUNNING", cloud, try await run(cloud, definition))
      #expect(cloud.runtime.running.first?.specification.environment["DATABASE_URL"] == "postgres://x:hush@y")
      #expect(!"\(running)".contains("hush"))
    }
  }

  @Test func containersThatWaitForEachOtherDoNotStart() {
    let a = ECS.ContainerDefinition(name: "a", image: "x", dependsOn: [.init(containerName: "b", condition: "START")])
    let b = ECS.ContainerDefinition(name: "b", image: "x", dependsOn: [.init(containerName: "a", condition: "START")])
    #expect(throws: TaskStartFailure.self) { try ContainerDependencies.sorted([a, b]) }
  }

  // MARK: Output

  @Test func outputGoesIntoTheStreamOfTheContainer() async throws {
    try await ECSFixture.run { cloud in
      let options = ["awslogs-group": "/walk/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "walk"]
      let definition = try await cloud.define { $0.logConfiguration = .init(logDriver: "awslogs", options: options) }
      let stopped = try await reaches("STOPPED", cloud, try await run(cloud, definition))
      #expect(stopped.stoppedReason?.contains("the log group /walk/web cannot be written") == true)

      let creating = options.merging(["awslogs-create-group": "true"]) { $1 }
      let second = try await cloud.define { $0.logConfiguration = .init(logDriver: "awslogs", options: creating) }
      let task = try await reaches("RUNNING", cloud, try await run(cloud, second))
      let id = try cloud.unwrap(task.taskArn?.split(separator: "/").last)
      #expect(await cloud.logs.streams == ["/walk/web walk/web/\(id)": []])
      await cloud.runtime.running.first?.output.write([
        OutputLine(timestamp: cloud.clock.now, stream: .standardOutput, text: "hello")
      ])
      #expect(await cloud.logs.streams == ["/walk/web walk/web/\(id)": ["hello"]])
    }
  }

  // MARK: Images

  @Test func anImageIsUnpackedOnceAndItsDigestHoldsForTheWholeRevision() async throws {
    try await ECSFixture.run { cloud in
      let built = try ImageBuilder(
        files: [ImageFile(path: "/app/web", content: .data(Data("#!/bin/sh\n".utf8)), mode: 0o755)],
        command: ["/app/web", "serve"], environment: [("COLOUR", "blue"), ("VERSION", "image")],
        workingDirectory: "/app"
      ).build(into: cloud.directory.appendingPathComponent("blobs"))
      let image = ResolvedImage(digest: built.digest, manifest: built.manifest) { built.blobFile($0) }
      await cloud.images.put(image, at: "127.0.0.1:1/web:v1")
      await cloud.images.put(image, at: "127.0.0.1:1/web@\(built.digest)")
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"], image: "127.0.0.1:1/web:v1"), count: 3)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      let specification = try cloud.unwrap(cloud.runtime.running.first).specification
      let root = cloud.directory.appendingPathComponent(
        "images/\(built.digest.replacing(":", with: "-"))", isDirectory: true)
      #expect(specification.program == .image(root: root) && specification.command == ["/app/web", "serve"])
      #expect(specification.workingDirectory == "/app")
      #expect(specification.environment["COLOUR"] == "blue" && specification.environment["VERSION"] == "v1")
      #expect(FileManager.default.isExecutableFile(atPath: root.appendingPathComponent("app/web").path))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: root.deletingLastPathComponent().path) == [
          root.lastPathComponent
        ])

      // Somebody moves the tag; the service stays what it was released as.
      try await cloud.update { $0.desiredCount = 4 }
      #expect(await cloud.until { cloud.runtime.running.count == 4 })
      #expect(await cloud.images.asked.last == "127.0.0.1:1/web@\(built.digest)")
      let arn = try cloud.unwrap(try await cloud.newest().targetServiceRevision?.arn)
      let revision = try await cloud.send(ECS.DescribeServiceRevisionsRequest(serviceRevisionArns: [arn, "arn:x"]))
      #expect(revision.serviceRevisions?.first?.containerImages?.first?.imageDigest == built.digest)
      #expect(revision.failures == [.init(arn: "arn:x", reason: "MISSING")])
    }
  }

  @Test func aPortIsNeverLeasedTwice() async {
    let ports = PortLeases()
    var leased: Set<Int> = []
    for owner in 0..<50 { leased.insert(await ports.lease(for: "\(owner)") ?? 0) }
    #expect(leased.count == 50 && !leased.contains(0))
  }
}
