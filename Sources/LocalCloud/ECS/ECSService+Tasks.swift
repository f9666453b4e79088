import Foundation
import Logging
import PalcoCore
import TaskRuntimes

// The driver of a task: does what the task's machine says until there is nothing left to do.
extension ECSService {
  /// How often a draining target is looked at.
  private static let drainInterval = Duration.milliseconds(100)

  func drive(_ arn: String) async {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    pings[arn] = continuation
    await withDiscardingTaskGroup { group in
      var iterator = stream.makeAsyncIterator()
      while true {
        let now = cloud.time.now()
        let action = await note { state in state.tasks[arn]?.machine.next(at: now) ?? .finish }
        switch action {
        case .provision: await completed(action, of: arn)
        case .start:
          guard await start(arn) else { continue }
          await completed(action, of: arn)
          for container in containers[arn] ?? [] {
            group.addTask {
              await self.ended(container, of: arn, await container.running.exit())
            }
          }
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
          await launcher.ports.release(arn)
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

  private func noteTask(_ arn: String, _ mutate: (inout TaskRecord) -> Void) async {
    await note { state in
      guard var task = state.tasks[arn] else { return }
      mutate(&task)
      task.version += 1
      state.tasks[arn] = task
    }
  }

  // MARK: Starting

  /// Starts the containers; whether they run.
  private func start(_ arn: String) async -> Bool {
    guard let task = state.tasks[arn] else { return false }
    let definition = state.taskDefinitions[task.taskDefinition]?.definition
    let digests = task.revisionARN.flatMap { state.revisions[$0]?.imageDigests } ?? [:]
    let pullStartedAt = cloud.time.now()
    await noteTask(arn) { $0.pullStartedAt = pullStartedAt }
    do {
      let started = try await launcher.start(task, definition, digests: digests)
      containers[arn] = started
      let now = cloud.time.now()
      await note { state in
        guard var task = state.tasks[arn] else { return }
        task.pullStoppedAt = now
        for container in started {
          task.note(container)
          guard let revision = task.revisionARN, let digest = container.imageDigest else { continue }
          let known = state.revisions[revision]?.imageDigests[container.name]
          state.revisions[revision]?.imageDigests[container.name] = known ?? digest
        }
        task.version += 1
        state.tasks[arn] = task
      }
      return true
    } catch {
      let failure = error as? TaskStartFailure ?? TaskStartFailure("ResourceInitializationError: \(error)")
      let now = cloud.time.now()
      await noteTask(arn) { task in
        task.machine.requestStop(.taskFailedToStart, failure.reason, at: now)
        task.stopContainers()
        if let index = task.containers.firstIndex(where: { $0.name == failure.container }) {
          task.containers[index].reason = failure.reason
        }
      }
      logger.notice("a task could not be started", metadata: ["task": "\(arn)", "reason": "\(failure.reason)"])
      return false
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
      if container.isEssential { task.machine.essentialContainerExited(at: now) }
    }
    pings[arn]?.yield()
  }

  private func stopContainers(of arn: String) async {
    await withDiscardingTaskGroup { group in
      for container in containers[arn] ?? [] {
        group.addTask {
          await container.running.stop(timeout: container.stopTimeout)
          await self.ended(container, of: arn, await container.running.exit())
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
      do {
        try await balancer.deregister(host: TaskLauncher.host, port: port, from: target.targetGroupARN)
        await log("deregistered 1 targets in (target-group \(target.targetGroupARN))", of: arn)
      } catch {
        logger.debug("a target could not be deregistered", metadata: ["task": "\(arn)", "error": "\(error)"])
      }
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
