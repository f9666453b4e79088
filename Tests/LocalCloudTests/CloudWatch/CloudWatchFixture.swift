import AWSWire
import Foundation
import Logging
import PalcoTestSupport

@testable import LocalCloud

/// CloudWatch with a clock of its own, spoken to through its operations.
struct CloudWatchFixture {
  let service: CloudWatchService
  let clock: TestClock
  private let context: CloudContext
  let store: Store

  static func run(minute: Duration = .seconds(60), _ body: (CloudWatchFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await body(CloudWatchFixture(directory: directory, minute: minute))
    }
  }

  /// 1 700 000 040 is the start of a minute.
  init(
    directory: URL, minute: Duration = .seconds(60),
    clock: TestClock = TestClock(now: Date(timeIntervalSince1970: 1_700_000_040))
  ) async throws {
    self.clock = clock
    context = CloudContext(
      port: 1, stateDirectory: directory, minute: minute, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    store = try Store(directory: directory)
    service = try await CloudWatchService(context: context, store: store)
  }

  func close() throws { try store.close() }

  var now: Date { clock.now }

  @discardableResult func send<R: AWSRequest>(_ request: R, in wireProtocol: AWSService.WireProtocol? = nil)
    async throws -> R.Response
  {
    let codec = R.service.codec(for: wireProtocol ?? R.service.wireProtocol)
    guard let handler = service.operations()[R.operation] else { throw AWSError("NoSuchOperation", R.operation) }
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

  /// Puts values of a metric, so many seconds after the clock's instant.
  func put(_ values: [Double], of name: String = "m", at offset: TimeInterval = 0, unit: String? = nil) async throws {
    try await send(
      CloudWatch.PutMetricDataRequest(
        namespace: "N",
        metricData: [.init(metricName: name, timestamp: now + offset, values: values, unit: unit)]))
  }

  static func query(
    _ id: String, metric: String? = nil, _ stat: String = "Sum", expression: String? = nil, returns: Bool = true,
    period: Int = 60
  ) -> CloudWatch.MetricDataQuery {
    .init(
      id: id,
      metricStat: expression == nil
        ? .init(metric: .init(namespace: "N", metricName: metric ?? id), period: period, stat: stat) : nil,
      expression: expression, returnData: returns)
  }

  /// The values of queries over so many minutes before the clock's instant, in the order of time.
  func values(_ queries: [CloudWatch.MetricDataQuery], minutes: Double = 5) async throws -> [[Double]] {
    let answer = try await send(
      CloudWatch.GetMetricDataRequest(
        metricDataQueries: queries, startTime: now - 60 * minutes, endTime: now, scanBy: "TimestampAscending"))
    return answer.metricDataResults?.map { $0.values ?? [] } ?? []
  }

  /// An alarm on the sum of `N`'s metric `m`.
  static func alarm(
    _ name: String = "a", threshold: Double = 1, periods: Int = 1, datapoints: Int? = nil, missing: String? = nil,
    period: Int = 60
  ) -> CloudWatch.PutMetricAlarmRequest {
    .init(
      alarmName: name, metricName: "m", namespace: "N", statistic: "Sum", period: period, evaluationPeriods: periods,
      datapointsToAlarm: datapoints, threshold: threshold, comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: missing)
  }

  func state(of name: String = "a") async -> String? { await service.states(of: [name])[name] }

  /// Goes on to the next minute, and lets the cloud do what it does then.
  func nextMinute() async {
    clock.advance(by: .seconds(60))
    await service.tick()
  }
}
