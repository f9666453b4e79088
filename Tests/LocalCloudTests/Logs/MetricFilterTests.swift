import AWSWire
import Foundation
import Synchronization
import Testing

@testable import LocalCloud

@Suite struct MetricFilterTests {
  /// Remembers what it is given.
  private final class Sink: MetricSink {
    private let kept = Mutex<[MetricSample]>([])

    var samples: [MetricSample] { kept.withLock { $0 } }

    func put(_ samples: [MetricSample]) async throws { kept.withLock { $0 += samples } }
  }

  private func filter(
    _ pattern: String, value: String = "1", standard: Double? = nil, dimensions: [String: String]? = nil
  ) -> Logs.PutMetricFilterRequest {
    .init(
      logGroupName: "g", filterName: "errors", filterPattern: pattern,
      metricTransformations: [
        .init(
          metricName: "Errors", metricNamespace: "Web", metricValue: value, defaultValue: standard,
          dimensions: dimensions, unit: "Count")
      ])
  }

  @Test func eventsThatFitBecomeSamples() async throws {
    try await LogsFixture.run { logs in
      let sink = Sink()
      await logs.service.publish(to: sink)
      try await logs.group()
      try await logs.send(filter("ERROR"))
      try await logs.put([(0, "ERROR one"), (1, "fine"), (2, "ERROR two")])
      #expect(sink.samples.map(\.timestamp) == [logs.clock.now.milliseconds, logs.clock.now.milliseconds + 2])
      #expect(sink.samples.first?.identity == MetricIdentity(namespace: "Web", name: "Errors", dimensions: []))
      #expect(sink.samples.first?.unit == "Count" && sink.samples.first?.summary.sum == 1)
      #expect(try await logs.send(Logs.DescribeLogGroupsRequest()).logGroups?.first?.metricFilterCount == 1)
    }
  }

  @Test func theValueAndTheDimensionsComeFromTheEvent() async throws {
    try await LogsFixture.run { logs in
      let sink = Sink()
      await logs.service.publish(to: sink)
      try await logs.group()
      try await logs.send(filter("{ $.ms > 10 }", value: "$.ms", dimensions: ["Path": "$.path"]))
      try await logs.put([(0, #"{"ms": 25, "path": "/a"}"#), (1, #"{"ms": 5, "path": "/a"}"#), (2, #"{"ms": 30}"#)])
      #expect(sink.samples.count == 1, "an event without the field of a dimension belongs to no series")
      #expect(sink.samples.first?.summary.sum == 25)
      #expect(sink.samples.first?.identity.dimensions == [.init(name: "Path", value: "/a")])
    }
  }

  @Test func theDefaultValueStandsForEventsOfWhichNoneFits() async throws {
    try await LogsFixture.run { logs in
      let sink = Sink()
      await logs.service.publish(to: sink)
      try await logs.group()
      try await logs.send(filter("[level, ms]", value: "$ms", standard: 0))
      try await logs.put([(0, "no fit at all")])
      try await logs.put([(1, "ERROR 12")])
      #expect(sink.samples.map(\.summary.sum) == [0, 12])
    }
  }

  @Test func filtersSurviveARestartAndGoWithTheirGroup() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.send(filter("ERROR"))
      let again = try await LogsService(context: logs.service.cloud, store: logs.store)
      #expect(await again.settings.metricFilters(of: "g").map(\.filterName) == ["errors"])
      try await logs.send(Logs.DeleteLogGroupRequest(logGroupName: "g"))
      #expect(try await logs.send(Logs.DescribeMetricFiltersRequest()).metricFilters == [])
    }
  }

  @Test func whatIsNoFilterIsRefused() async throws {
    try await LogsFixture.run { logs in
      #expect(try await logs.refusal(of: filter("ERROR"))?.code == "ResourceNotFoundException")
      try await logs.group()
      for request in [
        filter("{ $.a"), filter("ERROR", value: "many"), filter("ERROR", value: "$.ms"), filter("[a, b]", value: "$c"),
        filter("{ $.a = 1 }", standard: 0, dimensions: ["A": "$.a"]),
      ] {
        #expect(try await logs.refusal(of: request)?.code == "InvalidParameterException")
      }
    }
  }
}
