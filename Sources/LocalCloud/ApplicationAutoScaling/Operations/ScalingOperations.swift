import AWSWire

// The wire side: requests in, shapes out.
extension ScalingService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(ApplicationAutoScaling.service)
    addTargets(to: &table)
    addPolicies(to: &table)
    addActions(to: &table)
    return table
  }

  private nonisolated func addTargets(to table: inout OperationTable) {
    table.on(ApplicationAutoScaling.RegisterScalableTargetRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      guard await self.services.scalableService(place.service, in: place.cluster) != nil else {
        throw ScalingError.validation("ECS service doesn't exist: \(place.resourceID)")
      }
      let now = self.cloud.time.now()
      let arn = try await self.change { try $0.register(request, place, at: now, in: self.cloud) }
      try await self.bringIntoBounds(place)
      return .init(scalableTargetARN: arn)
    }
    table.on(ApplicationAutoScaling.DeregisterScalableTargetRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      _ = try await self.state.target(place)
      for policy in await self.state.policies(of: place.resourceID) { try await self.deleteAlarms(of: policy) }
      try await self.change { try $0.deregister(place) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.DescribeScalableTargetsRequest.self) { request, _ in
      try await self.state.describe(request, in: self.cloud)
    }
    table.on(ApplicationAutoScaling.TagResourceRequest.self) { request, _ in
      try await self.change { try $0.tag(request) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.UntagResourceRequest.self) { request, _ in
      try await self.change { try $0.untag(request) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.ListTagsForResourceRequest.self) { request, _ in
      .init(tags: try await self.state.tags(of: request.resourceARN))
    }
  }

  private nonisolated func addPolicies(to table: inout OperationTable) {
    table.on(ApplicationAutoScaling.PutScalingPolicyRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      let old = try? await self.state.policy(request.policyName, place)
      let now = self.cloud.time.now()
      // The policy comes first: a client that was cut off puts it again, and its alarms get the same names.
      let policy = try await self.change { try $0.put(request, place, at: now, in: self.cloud) }
      if case .targetTracking(let configuration) = policy.kind {
        let metric = try TrackedMetric(configuration, of: place)
        if let name = policy.highAlarm {
          try await self.alarms.putAlarm(metric.highAlarm(name: name, policy: policy.arn))
        }
        if let name = policy.lowAlarm {
          try await self.alarms.putAlarm(metric.lowAlarm(name: name, policy: policy.arn))
        }
      }
      let needed = [policy.highAlarm, policy.lowAlarm]
      let unneeded = [old?.highAlarm, old?.lowAlarm].compactMap(\.self).filter { !needed.contains($0) }
      try await self.alarms.deleteAlarms(unneeded)
      return .init(policyARN: policy.arn, alarms: policy.alarms(in: self.cloud))
    }
    table.on(ApplicationAutoScaling.DeleteScalingPolicyRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      try await self.deleteAlarms(of: try await self.state.policy(request.policyName, place))
      try await self.change { try $0.delete(request, place) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.DescribeScalingPoliciesRequest.self) { request, _ in
      try await self.state.describe(request, in: self.cloud)
    }
    table.on(ApplicationAutoScaling.DescribeScalingActivitiesRequest.self) { request, _ in
      try await self.state.describe(request)
    }
  }

  private nonisolated func addActions(to table: inout OperationTable) {
    table.on(ApplicationAutoScaling.PutScheduledActionRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      let now = self.cloud.time.now()
      try await self.change { try $0.put(request, place, at: now, in: self.cloud) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.DeleteScheduledActionRequest.self) { request, _ in
      let place = try ScalingPlace(request.serviceNamespace, request.resourceId, request.scalableDimension)
      try await self.change { try $0.delete(request, place) }
      return EmptyResponse()
    }
    table.on(ApplicationAutoScaling.DescribeScheduledActionsRequest.self) { request, _ in
      try await self.state.describe(request)
    }
  }

  private func deleteAlarms(of policy: ScalingPolicyRecord) async throws {
    try await alarms.deleteAlarms([policy.highAlarm, policy.lowAlarm].compactMap(\.self))
  }
}
