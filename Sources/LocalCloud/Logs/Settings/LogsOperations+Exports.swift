import AWSWire

// Exports and subscriptions: this cloud has no buckets that logs could be exported to, and no streams or functions that
// could subscribe, so there never are any.
extension LogsService {
  nonisolated func addExports(to table: inout OperationTable) {
    table.on(Logs.CreateExportTaskRequest.self) { request, _ in
      _ = try await self.read { try Self.number(ofGroup: request.logGroupName, in: $0) }
      throw LogsError.invalid("The given bucket does not exist. Please make sure the bucket is valid.")
    }
    table.on(Logs.DescribeExportTasksRequest.self) { request, _ in
      guard request.taskId == nil else { throw Self.noExportTask }
      return .init(exportTasks: [])
    }
    table.on(Logs.CancelExportTaskRequest.self) { _, _ in throw Self.noExportTask }
    table.on(Logs.DescribeSubscriptionFiltersRequest.self) { request, _ in
      _ = try await self.read { try Self.number(ofGroup: request.logGroupName, in: $0) }
      return .init(subscriptionFilters: [])
    }
  }

  private static var noExportTask: AWSError {
    AWSError("ResourceNotFoundException", "The specified export task does not exist.")
  }
}
