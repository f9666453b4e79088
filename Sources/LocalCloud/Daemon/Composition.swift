import Foundation
import Hummingbird
import LoadBalancing
import NIOPosix
import ServiceLifecycle
import TaskRuntimes

/// Everything that one local cloud consists of, wired together and restored from its store.
struct Composition {
  /// The operations that it answers, service by service.
  let tables: [OperationTable]
  /// The routes of the front door.
  let router: Router<BasicRequestContext>
  /// What runs as long as the cloud, in the order of starting; the end goes backwards.
  let services: [any Service]

  /// Makes and restores everything.
  ///
  /// - Parameter allowsReset: Whether a request can make all services forget everything.
  init(
    context: CloudContext, runtime: any TaskRuntime, signatures: SignatureCheck, allowsReset: Bool = false
  ) async throws {
    let store = try Store(directory: context.stateDirectory)
    let logs = try await LogsService(context: context, store: store)
    let cloudWatch = try await CloudWatchService(context: context, store: store)
    await logs.publish(to: cloudWatch)
    let balancer = LoadBalancer(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, time: context.time, logger: context.logger)
    let elb = try await ELBv2Service(context: context, store: store, loadBalancer: balancer)
    let ecr = try await ECRService(
      context: context, store: store,
      scanner: TrivyScanner.installed(path: ProcessInfo.processInfo.environment["PATH"]))
    let secretsManager = try await SecretsManagerService(context: context, store: store)
    let parameters = try await SSMService(context: context, store: store)
    let ecs = try await ECSService(
      context: context, store: store,
      runtime: runtime, images: ecr, balancer: elb, logs: logs, alarms: cloudWatch,
      functions: LocalFunctions(stateDirectory: context.stateDirectory, time: context.time),
      secrets: TaskSecrets(secretsManager: secretsManager, parameters: parameters))
    await cloudWatch.add([
      TrafficPublisher(balancer: balancer, service: elb), UsagePublisher(source: ecs, now: context.time.now()),
    ])
    let scaling = try await ScalingService(context: context, store: store, services: ecs, alarms: cloudWatch)
    tables = [
      ecs.operations(), elb.operations(), ecr.operations(), logs.operations(), cloudWatch.operations(),
      scaling.operations(), secretsManager.operations(), parameters.operations(),
      STSService(cloud: context).operations(),
    ]
    let s3 = try await S3Service(context: context, store: store)
    let events = EventLog(store: store)
    // Load balancers before tasks: a task whose target is gone does not wait for its connections to end.
    let resettable: [any Resettable] = [
      scaling, elb, ecs, ecr, logs, cloudWatch, secretsManager, parameters, s3, events,
    ]
    router = FrontDoor(
      context: context, tables: tables, own: events.operations(), s3: s3, signatures: signatures,
      resettable: allowsReset ? resettable : []
    )
    .router()
    ecr.addRoutes(to: router)
    services = [
      ShutdownStep { try store.close() },
      StoreUpkeep(store: store, cloud: context),
      logs,
      cloudWatch,
      ecr,
      ShutdownStep { await balancer.shutdown(grace: .seconds(1)) },
      ecs,
      scaling,
    ]
  }
}
