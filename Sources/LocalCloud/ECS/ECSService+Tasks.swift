import AWSWire
import Foundation
import Logging
import PalcoCore
import TaskRuntimes

// The driver of a task: does what the task's machine says until there is nothing left to do.
extension ECSService {
  /// How often a draining target is looked at.
  private static let drainInterval = Duration.milliseconds(100)
  /// After so long a target that could not be taken out is tried again.
  private static let deregistrationInterval = Duration.seconds(1)
  /// How often a container is looked at that another one waits for.
  private static let dependencyInterval = Duration.milliseconds(50)

  func drive(_ arn: String) async {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    pings[arn] = continuation
    await withDiscardingTaskGroup { group in
      // Those that were taken over from an earlier daemon.
      for container in containers[arn] ?? [] { group.addTask { await self.accompany(container, of: arn) } }
      var iterator = stream.makeAsyncIterator()
      while true {
        let now = cloud.time.now()
        let action = await note { state in state.tasks[arn]?.machine.next(at: now) ?? .finish }
        switch action {
        case .provision: await completed(action, of: arn)
        case .start:
          guard let last = await start(arn, &group) else { continue }
          await completed(action, of: arn)
          for container in last { group.addTask { await self.accompany(container, of: arn) } }
        case .register:
          if await register(arn) { await completed(action, of: arn) }
        case .watch: _ = await iterator.next(isolation: self)
        case .deregister(let drains):
          await deregister(arn, drains: drains)
          await completed(action, of: arn)
        case .stop:
          await stopContainers(of: arn)
          await completed(action, of: arn)
        case .deprovision:
          if let task = state.tasks[arn] { await launcher.giveBack(task) }
          await completed(action, of: arn)
        case .finish: return
        }
      }
    }
    pings[arn] = nil
    containers[arn] = nil
    isDriven(arn)
  }

  private func completed(_ action: TaskMachine.Action, of arn: String) async {
    let now = cloud.time.now()
    await noteTask(arn) { $0.machine.completed(action, at: now) }
  }

  func noteTask(_ arn: String, _ mutate: (inout TaskRecord) -> Void) async {
    await note { state in
      guard var task = state.tasks[arn] else { return }
      mutate(&task)
      task.version += 1
      state.tasks[arn] = task
    }
  }

  // MARK: Starting

  /// Starts the containers.
  ///
  /// - Returns: Those that nobody accompanies yet; `nil` when the task cannot run, and then nothing of it does.
  private func start(_ arn: String, _ group: inout DiscardingTaskGroup) async -> [LaunchedContainer]? {
    guard let task = state.tasks[arn] else { return nil }
    let definition = state.taskDefinitions[task.taskDefinition]?.definition
    let digests = task.revisionARN.flatMap { state.revisions[$0]?.imageDigests } ?? [:]
    let pullStartedAt = cloud.time.now()
    await noteTask(arn) { $0.pullStartedAt = pullStartedAt }
    do {
      let prepared = try await launcher.prepare(task, definition, digests: digests)
      let pullStoppedAt = cloud.time.now()
      await noteTask(arn) { $0.pullStoppedAt = pullStoppedAt }
      var alone: [LaunchedContainer] = []
      for container in prepared {
        if container.definition.waits {
          // What it waits for is seen by those who accompany the others.
          for other in alone { group.addTask { await self.accompany(other, of: arn) } }
          alone = []
          try await awaitDependencies(of: container.definition, definition, arn)
        }
        let launched = try await launcher.launch(container)
        containers[arn, default: []].append(launched)
        alone.append(launched)
        await noteStart(of: launched, arn)
      }
      return alone
    } catch {
      let failure = error as? TaskStartFailure ?? TaskStartFailure("ResourceInitializationError: \(error)")
      let now = cloud.time.now()
      // A task that was asked to stop meanwhile, or has lost an essential container, keeps that reason.
      await noteTask(arn) { task in
        task.machine.requestStop(.taskFailedToStart, failure.reason, at: now)
        if let index = task.containers.firstIndex(where: { $0.name == failure.container }) {
          task.containers[index].reason = failure.reason
        }
      }
      await stopContainers(of: arn)
      await noteTask(arn) { $0.stopContainers() }
      logger.notice("a task could not be started", metadata: ["task": "\(arn)", "reason": "\(failure.reason)"])
      return nil
    }
  }

  private func noteStart(of container: LaunchedContainer, _ arn: String) async {
    await note { state in
      guard var task = state.tasks[arn] else { return }
      task.note(container)
      task.version += 1
      state.tasks[arn] = task
      guard let revision = task.revisionARN, let digest = container.imageDigest else { return }
      let known = state.revisions[revision]?.imageDigests[container.name]
      state.revisions[revision]?.imageDigests[container.name] = known ?? digest
    }
  }

  /// Waits until everything that a container depends on is as it wants it.
  private func awaitDependencies(
    of container: ECS.ContainerDefinition, _ definition: ECS.TaskDefinition?, _ arn: String
  ) async throws {
    let began = cloud.time.now()
    let name = container.name ?? ""
    for dependency in container.dependsOn ?? [] {
      let other = definition?.containerDefinitions?.first { $0.name == dependency.containerName }
      let limit = other?.startTimeout ?? ContainerDependencies.defaultStartTimeout
      let wish = "the container \(name) waited for \(dependency.containerName) to be \(dependency.condition)"
      waiting: while true {
        guard let task = state.tasks[arn], task.machine.isWantedRunning, !shutsDown,
          let record = task.containers.first(where: { $0.name == dependency.containerName })
        else { throw TaskStartFailure("ResourceInitializationError: \(wish)", container: name) }
        switch ContainerDependencies.standing(dependency.condition, of: record) {
        case .met: break waiting
        case .failed(let reason):
          throw TaskStartFailure("ResourceInitializationError: \(wish), which \(reason)", container: name)
        case .open:
          guard cloud.time.now() < began.addingTimeInterval(Double(limit)) else {
            throw TaskStartFailure(
              "ResourceInitializationError: \(wish) for \(limit) s (its startTimeout)", container: name)
          }
          try await cloud.time.sleep(Self.dependencyInterval)
        }
      }
    }
  }

  // MARK: Running

  /// Stays with a container until its program has ended.
  private func accompany(_ container: LaunchedContainer, of arn: String) async {
    await withTaskGroup { group in
      group.addTask { await self.checkHealth(of: container, of: arn) }
      let exit = await container.running.exit()
      group.cancelAll()
      await ended(container, of: arn, exit)
    }
  }

  /// A container's program has ended.
  private func ended(_ container: LaunchedContainer, of arn: String, _ exit: ContainerExit) async {
    guard state.tasks[arn]?.containers.first(where: { $0.name == container.name })?.status != "STOPPED" else { return }
    let now = cloud.time.now()
    await noteTask(arn) { task in
      guard let index = task.containers.firstIndex(where: { $0.name == container.name }) else { return }
      task.containers[index].status = "STOPPED"
      task.containers[index].exitCode = Int(exit.exitCode)
      if case .outOfMemory = exit {
        task.containers[index].reason = "OutOfMemoryError: Container killed due to memory usage"
      }
      if container.isEssential { task.machine.essentialContainerExited(at: now) }
    }
    pings[arn]?.yield()
  }

  private func stopContainers(of arn: String) async {
    for containers in ContainerDependencies.stopGroups(containers[arn] ?? []) {
      await withDiscardingTaskGroup { group in
        for container in containers {
          group.addTask {
            await container.running.stop(timeout: container.stopTimeout)
            await self.ended(container, of: arn, await container.running.exit())
          }
        }
      }
    }
  }

  // MARK: Target groups

  private func register(_ arn: String) async -> Bool {
    for target in state.tasks[arn]?.targets ?? [] {
      do {
        guard let port = target.hostPort else {
          throw TaskStartFailure("the container \(target.containerName) has no port \(target.containerPort)")
        }
        try await balancer.register(host: TaskLauncher.host, port: port, in: target.targetGroupARN)
        await log("registered 1 targets in (target-group \(target.targetGroupARN))", of: arn)
      } catch {
        let reason = "\((error as? TaskStartFailure)?.reason ?? "\(error)")"
        await log(
          "failed to register targets in (target-group \(target.targetGroupARN)) with (error \(reason))", of: arn)
        await deregister(arn, drains: false)
        let now = cloud.time.now()
        await noteTask(arn) {
          $0.machine.requestStop(
            .taskFailedToStart,
            "ResourceInitializationError: failed to register targets in (target-group \(target.targetGroupARN)): "
              + reason, at: now)
        }
        return false
      }
    }
    return true
  }

  private func deregister(_ arn: String, drains: Bool) async {
    for target in state.tasks[arn]?.targets ?? [] {
      guard let port = target.hostPort else { continue }
      guard await deregister(port, of: arn, from: target.targetGroupARN) else { continue }
      await log("deregistered 1 targets in (target-group \(target.targetGroupARN))", of: arn)
    }
    guard drains else { return }
    await logDraining(arn)
    for target in state.tasks[arn]?.targets ?? [] {
      guard let port = target.hostPort else { continue }
      while !shutsDown,
        await balancer.health(host: TaskLauncher.host, port: port, in: target.targetGroupARN).state == "draining"
      {
        try? await cloud.time.sleep(Self.drainInterval)
      }
    }
  }

  /// Takes a port out of a target group, whose port it may be no longer when it is leased again.
  ///
  /// - Returns: Whether it is out; not when the group is gone, or the cloud ends.
  private func deregister(_ port: Int, of arn: String, from group: String) async -> Bool {
    while true {
      do {
        try await balancer.deregister(host: TaskLauncher.host, port: port, from: group)
        return true
      } catch let error as AWSError {
        logger.debug("a target could not be deregistered", metadata: ["task": "\(arn)", "error": "\(error)"])
        return false
      } catch {
        // The store cannot be written now. Traffic must not go to whoever gets the port next.
        logger.error("a target cannot be deregistered yet", metadata: ["task": "\(arn)", "error": "\(error)"])
        if shutsDown { return false }
        try? await cloud.time.sleep(Self.deregistrationInterval)
      }
    }
  }

  private func logDraining(_ arn: String) async {
    let (id, now) = (cloud.ids.uuid(), cloud.time.now())
    await note { state in
      guard let task = state.tasks[arn], let service = task.serviceARN, let name = state.services[service]?.name,
        let deployment = task.startedBy
      else { return }
      state.services[service]?.add(
        ServiceEventRecord(
          id: id, createdAt: now,
          message: "(service \(name), taskSet \(deployment)) has begun draining connections on 1 tasks."))
    }
  }

  private func log(_ message: String, of arn: String) async {
    let (id, now) = (cloud.ids.uuid(), cloud.time.now())
    await note { state in
      guard let service = state.tasks[arn]?.serviceARN else { return }
      state.services[service]?.add(message, id: id, at: now)
    }
  }
}

extension ECS.ContainerDefinition {
  /// Whether it depends on more than the start of others.
  fileprivate var waits: Bool { dependsOn?.contains { $0.condition != "START" } == true }
}

extension TaskRecord {
  /// A container runs.
  fileprivate mutating func note(_ container: LaunchedContainer) {
    guard let index = containers.firstIndex(where: { $0.name == container.name }) else { return }
    containers[index].status = "RUNNING"
    containers[index].imageDigest = container.imageDigest
    containers[index].ports = container.ports
    for place in targets.indices where targets[place].containerName == container.name {
      let port = targets[place].containerPort
      targets[place].hostPort = container.ports.first { $0.containerPort == port }?.hostPort
    }
  }
}
