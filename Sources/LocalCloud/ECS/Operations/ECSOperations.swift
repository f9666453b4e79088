import AWSWire

// The wire side: requests in, shapes out.
extension ECSService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(ECS.service)
    addClusters(to: &table)
    addTaskDefinitions(to: &table)
    addServices(to: &table)
    addDeployments(to: &table)
    addTaskSets(to: &table)
    addTasks(to: &table)
    addAccount(to: &table)
    table.on(ECS.TagResourceRequest.self) { request, _ in
      try await self.change { state in try state.add(request) }
      return EmptyResponse()
    }
    table.on(ECS.UntagResourceRequest.self) { request, _ in
      try await self.change { state in try state.remove(request) }
      return EmptyResponse()
    }
    table.on(ECS.ListTagsForResourceRequest.self) { request, _ in
      .init(tags: try await self.state.tags(of: request.resourceArn))
    }
    return table
  }

  private nonisolated func addClusters(to table: inout OperationTable) {
    // What a caller just set, it wants to see.
    let everything = ["TAGS", "SETTINGS", "CONFIGURATIONS"]
    table.on(ECS.CreateClusterRequest.self) { request, _ in
      .init(
        cluster: try await self.change { state in
          let record = try state.create(request, in: self.cloud)
          return state.shape(record, include: everything)
        })
    }
    table.on(ECS.DescribeClustersRequest.self) { request, _ in
      try await self.state.describe(request, in: self.cloud)
    }
    table.on(ECS.ListClustersRequest.self) { request, _ in try await self.state.list(request) }
    table.on(ECS.UpdateClusterRequest.self) { request, _ in
      .init(
        cluster: try await self.change { state in
          let record = try state.update(request)
          return state.shape(record, include: everything)
        })
    }
    table.on(ECS.UpdateClusterSettingsRequest.self) { request, _ in
      .init(
        cluster: try await self.change { state in
          let record = try state.update(request)
          return state.shape(record, include: everything)
        })
    }
    table.on(ECS.PutClusterCapacityProvidersRequest.self) { request, _ in
      .init(
        cluster: try await self.change { state in
          let record = try state.put(request)
          return state.shape(record, include: everything)
        })
    }
    table.on(ECS.DeleteClusterRequest.self) { request, _ in
      .init(
        cluster: try await self.change { state in
          let record = try state.delete(request)
          return state.shape(record, include: everything)
        })
    }
  }

  private nonisolated func addTaskDefinitions(to table: inout OperationTable) {
    table.on(ECS.RegisterTaskDefinitionRequest.self) { request, _ in
      let now = self.cloud.time.now()
      let record = try await self.change { state in try state.register(request, at: now, in: self.cloud) }
      return .init(taskDefinition: record.shape, tags: record.tags)
    }
    table.on(ECS.DescribeTaskDefinitionRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.ListTaskDefinitionsRequest.self) { request, _ in try await self.state.list(request) }
    table.on(ECS.ListTaskDefinitionFamiliesRequest.self) { request, _ in try await self.state.list(request) }
    table.on(ECS.DeregisterTaskDefinitionRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return .init(taskDefinition: try await self.change { state in try state.deregister(request, at: now) }.shape)
    }
    table.on(ECS.DeleteTaskDefinitionsRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return try await self.change { state in try state.delete(request, at: now) }
    }
  }

  private nonisolated func addServices(to table: inout OperationTable) {
    table.on(ECS.CreateServiceRequest.self) { request, _ in
      let facts = await LoadBalancerFacts(request.loadBalancers ?? [], asking: self.balancer)
      let now = self.cloud.time.now()
      return .init(
        service: try await self.change { state in
          let record = try state.create(request, facts, at: now, in: self.cloud)
          return state.shape(record, include: ["TAGS"])
        })
    }
    table.on(ECS.UpdateServiceRequest.self) { request, _ in
      .init(service: try await self.update(request))
    }
    table.on(ECS.DeleteServiceRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return .init(
        service: try await self.change { state in
          let record = try state.delete(request, at: now)
          return state.shape(record)
        })
    }
    table.on(ECS.DescribeServicesRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.ListServicesRequest.self) { request, _ in try await self.state.list(request) }
  }

  /// Updates a service: for clients, and for whoever scales it.
  func update(_ request: ECS.UpdateServiceRequest) async throws -> ECS.Service {
    let known = state.loadBalancers(ofService: request.service, in: request.cluster)
    let facts = await LoadBalancerFacts(request.loadBalancers ?? known, asking: balancer)
    let now = cloud.time.now()
    return try await change { state in
      let record = try state.update(request, facts, at: now, in: self.cloud)
      return state.shape(record)
    }
  }

  private nonisolated func addDeployments(to table: inout OperationTable) {
    table.on(ECS.ListServiceDeploymentsRequest.self) { request, _ in try await self.state.list(request) }
    table.on(ECS.DescribeServiceDeploymentsRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.DescribeServiceRevisionsRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.StopServiceDeploymentRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return try await self.change { state in try state.stop(request, at: now) }
    }
    table.on(ECS.ContinueServiceDeploymentRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return try await self.change { state in try state.answer(request, at: now) }
    }
  }

  private nonisolated func addTaskSets(to table: inout OperationTable) {
    table.on(ECS.CreateTaskSetRequest.self) { request, _ in
      let facts = await LoadBalancerFacts(request.loadBalancers ?? [], asking: self.balancer)
      let now = self.cloud.time.now()
      return .init(
        taskSet: try await self.change { state in
          let record = try state.create(request, facts, at: now, in: self.cloud)
          return state.shape(record, include: ["TAGS"])
        })
    }
    table.on(ECS.DescribeTaskSetsRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.UpdateTaskSetRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return .init(
        taskSet: try await self.change { state in
          let record = try state.update(request, at: now)
          return state.shape(record)
        })
    }
    table.on(ECS.UpdateServicePrimaryTaskSetRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return .init(
        taskSet: try await self.change { state in
          let record = try state.update(request, at: now)
          return state.shape(record)
        })
    }
    table.on(ECS.DeleteTaskSetRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return .init(
        taskSet: try await self.change { state in
          let record = try state.delete(request, at: now)
          return state.shape(record)
        })
    }
  }

  private nonisolated func addTasks(to table: inout OperationTable) {
    table.on(ECS.RunTaskRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return try await self.change { state in try state.run(request, at: now, in: self.cloud) }
    }
    table.on(ECS.StopTaskRequest.self) { request, _ in
      let now = self.cloud.time.now()
      return try await self.change { state in try state.stop(request, at: now) }
    }
    table.on(ECS.DescribeTasksRequest.self) { request, _ in try await self.state.describe(request) }
    table.on(ECS.ListTasksRequest.self) { request, _ in try await self.state.list(request) }
  }
}

extension ECSState {
  /// The load balancers that a service has already; none for one that is not there.
  fileprivate func loadBalancers(ofService identifier: String, in cluster: String?) -> [ECS.LoadBalancer] {
    guard let cluster = try? activeCluster(cluster) else { return [] }
    return service(identifier, in: cluster)?.settings.loadBalancers ?? []
  }
}
