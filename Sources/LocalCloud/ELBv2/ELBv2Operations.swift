import AWSWire

// The wire side: requests in, shapes out.
extension ELBv2Service {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(ELBv2.service)
    addLoadBalancers(to: &table)
    addTargetGroups(to: &table)
    addListeners(to: &table)
    addRules(to: &table)
    addFacts(to: &table)
    table.on(ELBv2.AddTagsRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.add(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.RemoveTagsRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.remove(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DescribeTagsRequest.self) { request, _ in
      .init(tagDescriptions: try await self.state.describe(request))
    }
    return table
  }

  private nonisolated func addLoadBalancers(to table: inout OperationTable) {
    table.on(ELBv2.CreateLoadBalancerRequest.self) { request, _ in
      let record = try await self.change { state throws(AWSError) in try state.create(request, in: self.cloud) }
      // It serves at once, but AWS says so in the next answer only, and waiters are written for that.
      return .init(loadBalancers: [record.shape(state: .init(code: "provisioning"), in: self.cloud)])
    }
    table.on(ELBv2.DescribeLoadBalancersRequest.self) { request, _ in
      try await self.describe(request)
    }
    table.on(ELBv2.DeleteLoadBalancerRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.delete(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DescribeLoadBalancerAttributesRequest.self) { request, _ in
      let record = try await self.state.loadBalancer(request.loadBalancerArn)
      return .init(attributes: record.catalog.all(record.attributes))
    }
    table.on(ELBv2.ModifyLoadBalancerAttributesRequest.self) { request, _ in
      .init(attributes: try await self.change { state throws(AWSError) in try state.modify(request) })
    }
    table.on(ELBv2.SetSubnetsRequest.self) { request, _ in
      let record = try await self.change { state throws(AWSError) in try state.set(request) }
      return .init(availabilityZones: record.availabilityZones(in: self.cloud), ipAddressType: record.ipAddressType)
    }
    table.on(ELBv2.SetSecurityGroupsRequest.self) { request, _ in
      let record = try await self.change { state throws(AWSError) in try state.set(request) }
      return .init(securityGroupIds: record.securityGroups)
    }
    table.on(ELBv2.SetIpAddressTypeRequest.self) { request, _ in
      let record = try await self.change { state throws(AWSError) in try state.set(request) }
      return .init(ipAddressType: record.ipAddressType)
    }
  }

  private func describe(_ request: ELBv2.DescribeLoadBalancersRequest) throws -> ELBv2.DescribeLoadBalancersResponse {
    let page = try state.describe(request)
    let shapes = page.items.map { record in
      let reasons = state.listeners(of: record.arn).compactMap { failures[DataPathPlan.listenerID($0)] }
      let status = ELBv2.LoadBalancerState(
        code: reasons.isEmpty ? "active" : "failed", reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "))
      return record.shape(state: status, in: cloud)
    }
    return .init(loadBalancers: shapes, nextMarker: page.nextMarker)
  }

  private nonisolated func addListeners(to table: inout OperationTable) {
    table.on(ELBv2.CreateListenerRequest.self) { request, _ in
      .init(listeners: [
        try await self.change { state throws(AWSError) in
          let record = try state.create(request, in: self.cloud)
          return state.shape(record)
        }
      ])
    }
    table.on(ELBv2.DescribeListenersRequest.self) { request, _ in
      let state = await self.state
      let page = try state.describe(request)
      return .init(listeners: page.items.map(state.shape), nextMarker: page.nextMarker)
    }
    table.on(ELBv2.ModifyListenerRequest.self) { request, _ in
      .init(listeners: [
        try await self.change { state throws(AWSError) in
          let record = try state.modify(request)
          return state.shape(record)
        }
      ])
    }
    table.on(ELBv2.DeleteListenerRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.delete(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.DescribeListenerAttributesRequest.self) { request, _ in
      let record = try await self.state.listener(request.listenerArn)
      return .init(attributes: AttributeCatalog.listener.all(record.attributes))
    }
    table.on(ELBv2.ModifyListenerAttributesRequest.self) { request, _ in
      .init(attributes: try await self.change { state throws(AWSError) in try state.modify(request) })
    }
  }

  private nonisolated func addRules(to table: inout OperationTable) {
    table.on(ELBv2.CreateRuleRequest.self) { request, _ in
      let rule = try await self.change { state throws(AWSError) in try state.create(request, in: self.cloud) }
      return .init(rules: [rule.shape])
    }
    table.on(ELBv2.DescribeRulesRequest.self) { request, _ in
      let page = try await self.state.describe(request)
      return .init(rules: page.items.map(\.shape), nextMarker: page.nextMarker)
    }
    table.on(ELBv2.ModifyRuleRequest.self) { request, _ in
      .init(rules: [try await self.change { state throws(AWSError) in try state.modify(request) }.shape])
    }
    table.on(ELBv2.DeleteRuleRequest.self) { request, _ in
      try await self.change { state throws(AWSError) in try state.delete(request) }
      return EmptyResponse()
    }
    table.on(ELBv2.SetRulePrioritiesRequest.self) { request, _ in
      .init(rules: try await self.change { state throws(AWSError) in try state.set(request) }.map(\.shape))
    }
  }
}
