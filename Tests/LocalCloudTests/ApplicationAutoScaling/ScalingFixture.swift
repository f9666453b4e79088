import AWSWire
import Foundation
import Logging
import PalcoTestSupport
import Synchronization

@testable import LocalCloud

/// Application Auto Scaling on a real CloudWatch with a clock of its own; the ECS service is made up.
struct ScalingFixture {
  typealias Wire = ApplicationAutoScaling
  static let resource = "service/shop/web"

  let service: ScalingService
  let cloudWatch: CloudWatchService
  let services: FakeServices
  let cpu: FakeUsage
  let clock: TestClock
  let store: Store
  private let context: CloudContext
  private let directory: URL

  static func run(_ body: (ScalingFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let fixture = try await ScalingFixture(directory: directory)
      try await body(fixture)
      try fixture.store.close()
    }
  }

  /// 1 700 000 040 is the start of a minute.
  private init(
    directory: URL, clock: TestClock = TestClock(now: Date(timeIntervalSince1970: 1_700_000_040)),
    services: FakeServices = FakeServices()
  ) async throws {
    self.directory = directory
    self.clock = clock
    self.services = services
    context = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 1, stateDirectory: directory, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    store = try Store(directory: directory)
    cloudWatch = try await CloudWatchService(context: context, store: store)
    cpu = FakeUsage()
    await cloudWatch.add([cpu])
    service = try await ScalingService(context: context, store: store, services: services, alarms: cloudWatch)
  }

  /// The same cloud after its daemon was killed.
  func restarted() async throws -> ScalingFixture {
    try store.close()
    return try await ScalingFixture(directory: directory, clock: clock, services: services)
  }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = R.service.codec
    let handler = service.operations()[R.operation] ?? cloudWatch.operations()[R.operation]
    guard R.service == Wire.service || R.service == CloudWatch.service, let handler else {
      throw AWSError("NoSuchOperation", R.operation)
    }
    let answer = try await handler(
      codec, try codec.encodeRequest(request).body, CallContext(requestID: "r", accessKey: nil, logger: context.logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The error that a request is refused with.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  // MARK: What tests make

  static func target(_ minimum: Int? = 1, _ maximum: Int? = 10) -> Wire.RegisterScalableTargetRequest {
    .init(
      serviceNamespace: "ecs", resourceId: resource, scalableDimension: "ecs:service:DesiredCount",
      minCapacity: minimum, maxCapacity: maximum)
  }

  static func policy(
    _ name: String = "cpu", target: Double = 50,
    change: (inout Wire.TargetTrackingScalingPolicyConfiguration) -> Void = { _ in }
  ) -> Wire.PutScalingPolicyRequest {
    var configuration = Wire.TargetTrackingScalingPolicyConfiguration(
      targetValue: target,
      predefinedMetricSpecification: .init(predefinedMetricType: "ECSServiceAverageCPUUtilization"),
      scaleOutCooldown: 120, scaleInCooldown: 120)
    change(&configuration)
    return .init(
      policyName: name, serviceNamespace: "ecs", resourceId: resource,
      scalableDimension: "ecs:service:DesiredCount", policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: configuration)
  }

  static func deletion(_ name: String = "cpu") -> Wire.DeleteScalingPolicyRequest {
    .init(
      policyName: name, serviceNamespace: "ecs", resourceId: resource, scalableDimension: "ecs:service:DesiredCount")
  }

  static let deregistration = Wire.DeregisterScalableTargetRequest(
    serviceNamespace: "ecs", resourceId: resource, scalableDimension: "ecs:service:DesiredCount")

  /// Lets minutes pass in which the tasks use so much of their processors.
  func minutes(_ count: Int, cpu value: Double?) async {
    cpu.set(value)
    for _ in 0..<count {
      clock.advance(by: .seconds(60))
      await cloudWatch.tick()
      await service.tick()
    }
  }

  // MARK: What tests look at

  func alarms() async throws -> [CloudWatch.MetricAlarm] {
    try await send(CloudWatch.DescribeAlarmsRequest()).metricAlarms ?? []
  }

  func activities(notScaled: Bool = false) async throws -> [Wire.ScalingActivity] {
    try await send(
      Wire.DescribeScalingActivitiesRequest(serviceNamespace: "ecs", includeNotScaledActivities: notScaled)
    ).scalingActivities ?? []
  }
}

/// One ECS service, which follows its desired count when a test says so.
actor FakeServices: ServiceScaling {
  private(set) var service: ScalableService? = ScalableService(desired: 2, running: 2, isDeploying: false)
  private var refuses = false

  struct Refused: Error {}

  func change(_ body: @Sendable (inout ScalableService?) -> Void) { body(&service) }
  func refuse() { refuses = true }
  func settle() { service.map { service?.running = $0.desired } }
  var desired: Int? { service?.desired }

  func scalableService(_ service: String, in cluster: String) -> ScalableService? {
    (cluster, service) == ("shop", "web") ? self.service : nil
  }

  func setDesiredCount(_ count: Int, of service: String, in cluster: String) throws {
    if refuses { throw Refused() }
    self.service?.desired = count
  }
}

/// What the service's tasks use, as ECS would publish it.
final class FakeUsage: MetricPublisher {
  private let value = Mutex<Double?>(nil)

  func set(_ new: Double?) { value.withLock { $0 = new } }

  func samples(at minute: Int64, now: Date) async -> [MetricSample] {
    guard let value = value.withLock({ $0 }) else { return [] }
    return [
      MetricSample(
        identity: MetricIdentity(
          namespace: "AWS/ECS", name: "CPUUtilization", ["ClusterName": "shop", "ServiceName": "web"]),
        unit: "Percent", timestamp: minute, summary: MetricSummary([(value, 1)]))
    ]
  }
}
