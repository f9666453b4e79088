import AWSWire

// The wire side: requests in, shapes out.
extension LogsService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(Logs.service)
    addGroups(to: &table)
    addTags(to: &table)
    addDestinations(to: &table)
    addDeliveries(to: &table)
    addExports(to: &table)
    addMetricFilters(to: &table)
    addQueries(to: &table)
    addLiveTail(to: &table)
    table.on(Logs.PutLogEventsRequest.self) { request, _ in try await self.put(request) }
    table.on(Logs.GetLogEventsRequest.self) { request, _ in try await self.events(request) }
    table.on(Logs.FilterLogEventsRequest.self) { request, _ in try await self.filter(request) }
    return table
  }

  private nonisolated func addGroups(to table: inout OperationTable) {
    table.on(Logs.CreateLogGroupRequest.self) { request, _ in
      try await self.create(request)
      return EmptyResponse()
    }
    table.on(Logs.DeleteLogGroupRequest.self) { request, _ in
      try await self.delete(request)
      return EmptyResponse()
    }
    table.on(Logs.DescribeLogGroupsRequest.self) { request, _ in try await self.describe(request) }
    table.on(Logs.PutRetentionPolicyRequest.self) { request, _ in
      try await self.setRetention(request.retentionInDays, of: request.logGroupName)
      return EmptyResponse()
    }
    table.on(Logs.DeleteRetentionPolicyRequest.self) { request, _ in
      try await self.setRetention(nil, of: request.logGroupName)
      return EmptyResponse()
    }
    table.on(Logs.AssociateKmsKeyRequest.self) { request, _ in
      try await self.setKey(request.kmsKeyId, of: request.logGroupName, resource: request.resourceIdentifier)
      return EmptyResponse()
    }
    table.on(Logs.DisassociateKmsKeyRequest.self) { request, _ in
      try await self.setKey(nil, of: request.logGroupName, resource: request.resourceIdentifier)
      return EmptyResponse()
    }
    table.on(Logs.CreateLogStreamRequest.self) { request, _ in
      try await self.create(request)
      return EmptyResponse()
    }
    table.on(Logs.DeleteLogStreamRequest.self) { request, _ in
      try await self.delete(request)
      return EmptyResponse()
    }
    table.on(Logs.DescribeLogStreamsRequest.self) { request, _ in try await self.describe(request) }
  }

  private nonisolated func addTags(to table: inout OperationTable) {
    table.on(Logs.TagResourceRequest.self) { request, _ in
      try await self.changeTags(ofResource: request.resourceArn) { $0.merge(request.tags) { $1 } }
      return EmptyResponse()
    }
    table.on(Logs.UntagResourceRequest.self) { request, _ in
      try await self.changeTags(ofResource: request.resourceArn) { tags in
        for key in request.tagKeys { tags[key] = nil }
      }
      return EmptyResponse()
    }
    table.on(Logs.ListTagsForResourceRequest.self) { request, _ in
      .init(tags: try await self.tags(ofResource: request.resourceArn))
    }
    table.on(Logs.TagLogGroupRequest.self) { request, _ in
      try await self.changeTags(ofGroup: request.logGroupName) { $0.merge(request.tags) { $1 } }
      return EmptyResponse()
    }
    table.on(Logs.UntagLogGroupRequest.self) { request, _ in
      try await self.changeTags(ofGroup: request.logGroupName) { tags in
        for key in request.tags { tags[key] = nil }
      }
      return EmptyResponse()
    }
    table.on(Logs.ListTagsLogGroupRequest.self) { request, _ in
      .init(tags: try await self.tags(ofGroup: request.logGroupName))
    }
  }
}
