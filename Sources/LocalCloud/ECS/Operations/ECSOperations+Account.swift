import AWSWire

/// A setting of the account, or of one who acts in it.
struct AccountSettingRecord: Codable, Sendable, Equatable {
  var name: String
  var value: String
  /// `nil` for the account's own.
  var principalARN: String?

  var key: String { "\(principalARN ?? "")|\(name)" }
}

// Settings of the account are kept and given back: ARNs are long here, and tagging needs no permission. Hosts of the EC2
// launch type do not exist.
extension ECSService {
  /// The settings that there are, with what AWS says where nobody has set them.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
  private static let defaults = [
    "serviceLongArnFormat": "enabled", "taskLongArnFormat": "enabled", "containerInstanceLongArnFormat": "enabled",
    "awsvpcTrunking": "disabled", "containerInsights": "disabled", "dualStackIPv6": "disabled",
    "fargateFIPSMode": "disabled", "tagResourceAuthorization": "on", "fargateTaskRetirementWaitPeriod": "7",
    "guardDutyActivate": "off", "defaultLogDriverMode": "non-blocking",
  ]

  nonisolated func addAccount(to table: inout OperationTable) {
    let caller = "arn:aws:iam::\(cloud.accountID):user/palco"
    table.on(ECS.PutAccountSettingRequest.self) { request, _ in
      .init(
        setting: try await self.put(
          .init(name: request.name, value: request.value, principalARN: request.principalArn ?? caller)))
    }
    table.on(ECS.PutAccountSettingDefaultRequest.self) { request, _ in
      .init(setting: try await self.put(.init(name: request.name, value: request.value)))
    }
    table.on(ECS.DeleteAccountSettingRequest.self) { request, _ in
      try Self.check(request.name)
      let key = AccountSettingRecord(name: request.name, value: "", principalARN: request.principalArn ?? caller).key
      return .init(
        setting: try await self.change { state in
          guard let record = state.accountSettings[key] else { throw ECSError.invalid("The setting was not set.") }
          state.accountSettings[key] = nil
          return Self.shape(record)
        })
    }
    table.on(ECS.ListAccountSettingsRequest.self) { request, _ in
      try await self.list(request, caller: caller)
    }
    addContainerInstances(to: &table)
  }

  private static func check(_ name: String) throws(AWSError) {
    try ECSError.check(name, "name", among: defaults.keys.sorted())
  }

  private func put(_ record: AccountSettingRecord) async throws -> ECS.Setting {
    try Self.check(record.name)
    try await change { $0.accountSettings[record.key] = record }
    return Self.shape(record)
  }

  private static func shape(_ record: AccountSettingRecord) -> ECS.Setting {
    .init(name: record.name, value: record.value, principalArn: record.principalARN, type: "user")
  }

  private func list(
    _ request: ECS.ListAccountSettingsRequest, caller: String
  ) throws -> ECS.ListAccountSettingsResponse {
    if let name = request.name { try Self.check(name) }
    let principal = request.principalArn ?? caller
    let own = state.accountSettings.values.values.filter { $0.principalARN == principal }
    var settings = Array(own)
    if request.effectiveSettings == true {
      for (name, value) in Self.defaults where !own.contains(where: { $0.name == name }) {
        let value = state.accountSettings["|\(name)"]?.value ?? value
        settings.append(.init(name: name, value: value, principalARN: principal))
      }
    }
    settings = settings.filter {
      (request.name == nil || $0.name == request.name) && (request.value == nil || $0.value == request.value)
    }
    let page = try ECSPage(
      settings.sorted { $0.name < $1.name }, token: request.nextToken, size: request.maxResults, key: \.name)
    return .init(settings: page.items.map(Self.shape), nextToken: page.nextToken)
  }

  private nonisolated func addContainerInstances(to table: inout OperationTable) {
    table.on(ECS.ListContainerInstancesRequest.self) { request, _ in
      _ = try await self.state.activeCluster(request.cluster)
      return .init(containerInstanceArns: [])
    }
    table.on(ECS.DescribeContainerInstancesRequest.self) { request, _ in
      _ = try await self.state.activeCluster(request.cluster)
      guard !request.containerInstances.isEmpty else {
        throw ECSError.invalid("Container Instances cannot be empty.")
      }
      return .init(
        containerInstances: [], failures: request.containerInstances.map { .init(arn: $0, reason: "MISSING") })
    }
    table.on(ECS.DiscoverPollEndpointRequest.self) { _, _ in
      // No agent asks here; what it would ask is this cloud.
      let endpoint = "http://127.0.0.1:\(self.cloud.port)/"
      return .init(endpoint: endpoint, telemetryEndpoint: endpoint)
    }
  }
}
