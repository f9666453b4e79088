import AWSWire

// The wire side of target groups and targets.
extension ELBv2Service {
  nonisolated func addTargetGroups(to table: inout OperationTable) {
    table.on(ELBv2.CreateTargetGroupRequest.self) { request, _ in
      .init(targetGroups: [
        try await self.change { state throws(AWSError) in
          let record = try state.create(request, in: self.cloud)
          return state.shape(record)
        }
      ])
    }
    table.on(ELBv2.DescribeTargetGroupsRequest.self) { request, _ in
      let state = await self.state
      let page = try state.describe(request)
      return .init(targetGroups: page.items.map(state.shape), nextMarker: page.nextMarker)
    }
    table.on(ELBv2.ModifyTargetGroupRequest.self) { request, _ in
      .init(targetGroups: [
        try await self.change { state throws(AWSError) in
          let record = try state.modify(request)
          return state.shape(record)
        }
      ])
    }
    table.on(ELBv2.DeleteTargetGroupRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.delete(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DescribeTargetGroupAttributesRequest.self) { request, _ in
      let record = try await self.state.targetGroup(request.targetGroupArn)
      return .init(attributes: record.kind.catalog.all(record.attributes))
    }
    table.on(ELBv2.ModifyTargetGroupAttributesRequest.self) { request, _ in
      .init(attributes: try await self.change { state throws(AWSError) in try state.modify(request) })
    }
    table.on(ELBv2.RegisterTargetsRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.register(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DeregisterTargetsRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.deregister(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DescribeTargetHealthRequest.self) { request, _ in
      .init(targetHealthDescriptions: try await self.describe(request))
    }
  }

  private func describe(_ request: ELBv2.DescribeTargetHealthRequest) async throws -> [ELBv2.TargetHealthDescription] {
    let health = await dataPathHealth(of: try state.targetGroup(request.targetGroupArn))
    // After the await: only one state may be described.
    let group = try state.targetGroup(request.targetGroupArn)
    return targets(request.targets ?? [], of: group, health: health).map { target in
      let view = state.health(of: target, in: group, dataPath: health[target])
      return ELBv2.TargetHealthDescription(
        target: .init(id: target.host, port: target.port),
        healthCheckPort: group.healthCheck.port == "traffic-port" ? String(target.port) : group.healthCheck.port,
        targetHealth: .init(state: view.state, reason: view.reason, description: view.description))
    }
  }

  /// The targets that are asked for; all that are registered or drain when none is named.
  private func targets(
    _ named: [ELBv2.TargetDescription], of group: TargetGroupRecord, health: [TargetRecord: TargetHealthView]
  ) -> [TargetRecord] {
    guard named.isEmpty else {
      return named.map { TargetRecord(host: $0.id, port: $0.port ?? group.port) }
    }
    let draining = health.filter { $0.value.state == "draining" && !group.targets.contains($0.key) }.keys
    return group.targets + draining.sorted { ($0.host, $0.port) < ($1.host, $1.port) }
  }
}
