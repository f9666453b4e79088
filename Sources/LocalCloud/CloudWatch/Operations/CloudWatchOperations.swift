import AWSWire
import Foundation

// The wire side: requests in, shapes out.
extension CloudWatchService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(CloudWatch.service)
    addMetrics(to: &table)
    addAlarms(to: &table)
    addTags(to: &table)
    addDashboards(to: &table)
    addInsightRules(to: &table)
    return table
  }

  private nonisolated func addMetrics(to table: inout OperationTable) {
    table.on(CloudWatch.PutMetricDataRequest.self) { request, _ in
      try await self.put(try MetricDataRules.samples(request, at: self.cloud.time.now()))
      return EmptyResponse()
    }
    table.on(CloudWatch.GetMetricDataRequest.self) { request, _ in
      try MetricReading(table: await self.metrics).answer(request)
    }
    table.on(CloudWatch.GetMetricStatisticsRequest.self) { request, _ in
      try MetricReading(table: await self.metrics).answer(request)
    }
    table.on(CloudWatch.ListMetricsRequest.self) { request, _ in
      try MetricReading(table: await self.metrics).answer(request, now: self.cloud.time.now())
    }
  }

  private nonisolated func addAlarms(to table: inout OperationTable) {
    table.on(CloudWatch.PutMetricAlarmRequest.self) { request, _ in
      try await self.change { try $0.put(request, in: self.cloud) }
      return EmptyResponse()
    }
    table.on(CloudWatch.PutCompositeAlarmRequest.self) { request, _ in
      try await self.change { try $0.put(request, in: self.cloud) }
      return EmptyResponse()
    }
    table.on(CloudWatch.DescribeAlarmsRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(CloudWatch.DescribeAlarmsForMetricRequest.self) { request, _ in
      await self.state.describe(request)
    }
    table.on(CloudWatch.DeleteAlarmsRequest.self) { request, _ in
      try await self.change { try $0.delete(request.alarmNames, at: self.cloud.time.now()) }
      return EmptyResponse()
    }
    table.on(CloudWatch.SetAlarmStateRequest.self) { request, _ in
      try await self.change { try $0.set(request, at: self.cloud.time.now()) }
      return EmptyResponse()
    }
    table.on(CloudWatch.EnableAlarmActionsRequest.self) { request, _ in
      try await self.change { $0.setActions(enabled: true, of: request.alarmNames) }
      return EmptyResponse()
    }
    table.on(CloudWatch.DisableAlarmActionsRequest.self) { request, _ in
      try await self.change { $0.setActions(enabled: false, of: request.alarmNames) }
      return EmptyResponse()
    }
    table.on(CloudWatch.DescribeAlarmHistoryRequest.self) { request, _ in
      try await self.history.describe(request)
    }
  }

  private nonisolated func addTags(to table: inout OperationTable) {
    table.on(CloudWatch.TagResourceRequest.self) { request, _ in
      try await self.change { state in
        let tags = try CloudWatchTags.added(request.tags, to: state.tags(of: request.resourceARN))
        try state.set(tags, of: request.resourceARN)
      }
      return .init()
    }
    table.on(CloudWatch.UntagResourceRequest.self) { request, _ in
      try await self.change { state in
        let tags = try state.tags(of: request.resourceARN).filter { !request.tagKeys.contains($0.key) }
        try state.set(tags, of: request.resourceARN)
      }
      return .init()
    }
    table.on(CloudWatch.ListTagsForResourceRequest.self) { request, _ in
      .init(tags: CloudWatchTags.shapes(try await self.state.tags(of: request.resourceARN)))
    }
  }

  private nonisolated func addDashboards(to table: inout OperationTable) {
    table.on(CloudWatch.PutDashboardRequest.self) { request, _ in
      try await self.change { try $0.put(request, at: self.cloud.time.now()) }
      return .init(dashboardValidationMessages: [])
    }
    table.on(CloudWatch.GetDashboardRequest.self) { request, _ in
      let dashboard = try await self.state.dashboard(request.dashboardName)
      return .init(
        dashboardArn: dashboard.arn(in: self.cloud), dashboardBody: dashboard.body, dashboardName: dashboard.name)
    }
    table.on(CloudWatch.ListDashboardsRequest.self) { request, _ in
      try await self.state.list(request, in: self.cloud)
    }
    table.on(CloudWatch.DeleteDashboardsRequest.self) { request, _ in
      try await self.change { try $0.delete(request) }
      return .init()
    }
  }
}
