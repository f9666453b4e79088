import AWSWire
import Foundation

// Deliveries of vended logs. No service of this cloud vends logs; sources, destinations and deliveries are kept and given
// back.
//
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
extension LogsService {
  /// The kinds of logs that services vend, by the service in the ARN of a source.
  private static let logTypes: [String: [String]] = [
    "bedrock": ["APPLICATION_LOGS", "EVENT_LOGS"], "bedrock-agentcore": ["APPLICATION_LOGS", "USAGE_LOGS", "TRACES"],
    "cloudfront": ["ACCESS_LOGS"], "codewhisperer": ["EVENT_LOGS"], "elasticloadbalancing": ["NLB_ACCESS_LOGS"],
    "mediapackagev2": ["EGRESS_ACCESS_LOGS", "INGRESS_ACCESS_LOGS"],
    "mediatailor": ["AD_DECISION_SERVER_LOGS", "MANIFEST_SERVICE_LOGS", "TRANSCODE_LOGS"],
    "sso": ["ERROR_LOGS"], "qbusiness": ["EVENT_LOGS", "SYNC_JOB_LOGS"],
    "ses": ["APPLICATION_LOGS", "TRAFFIC_POLICY_DEBUG_LOGS"],
    "workmail": [
      "ACCESS_CONTROL_LOGS", "AUTHENTICATION_LOGS", "WORKMAIL_AVAILABILITY_PROVIDER_LOGS",
      "WORKMAIL_MAILBOX_ACCESS_LOGS", "WORKMAIL_PERSONAL_ACCESS_TOKEN_LOGS",
    ],
  ]
  private static let outputFormats = ["json", "plain", "w3c", "raw", "parquet"]
  private static let destinationTypes = ["s3": "S3", "logs": "CWL", "firehose": "FH", "xray": "XRAY"]

  nonisolated func addDeliveries(to table: inout OperationTable) {
    addDeliveryDestinations(to: &table)
    addDestinationPolicies(to: &table)
    addDeliverySources(to: &table)
    table.on(Logs.CreateDeliveryRequest.self) { request, _ in .init(delivery: try await self.create(request)) }
    table.on(Logs.GetDeliveryRequest.self) { request, _ in
      guard let found = await self.settings.deliveries[request.id] else { throw Self.missing("delivery") }
      return .init(delivery: found)
    }
    table.on(Logs.DescribeDeliveriesRequest.self) { request, _ in
      let all = Array(await self.settings.deliveries.values.values)
      let page = try LogsPage(all, token: request.nextToken, limit: request.limit, name: \.id)
      return .init(deliveries: page.items, nextToken: page.nextToken)
    }
    table.on(Logs.DeleteDeliveryRequest.self) { request, _ in
      try await self.change { settings in
        guard settings.deliveries[request.id] != nil else { throw Self.missing("delivery") }
        settings.deliveries[request.id] = nil
      }
      return EmptyResponse()
    }
  }

  private static func missing(_ thing: String) -> AWSError {
    AWSError("ResourceNotFoundException", "The specified \(thing) does not exist.")
  }

  private static func conflict(_ message: String) -> AWSError {
    AWSError("ConflictException", message)
  }

  private func create(_ request: Logs.CreateDeliveryRequest) async throws -> Logs.Delivery {
    let id = cloud.ids.hexadecimal(16)
    let arn = cloud.arn("logs", "delivery:\(id)")
    return try await change { settings in
      guard settings.deliverySources[request.deliverySourceName] != nil else { throw Self.missing("delivery source") }
      let destination = settings.deliveryDestinations.values.values.first {
        $0.shape.arn == request.deliveryDestinationArn
      }
      guard let destination else { throw Self.missing("delivery destination") }
      let exists = settings.deliveries.values.values.contains {
        $0.deliverySourceName == request.deliverySourceName
          && $0.deliveryDestinationArn == request.deliveryDestinationArn
      }
      guard !exists else { throw Self.conflict("This delivery already exists.") }
      let delivery = Logs.Delivery(
        id: id, arn: arn, deliverySourceName: request.deliverySourceName,
        deliveryDestinationArn: request.deliveryDestinationArn,
        deliveryDestinationType: destination.shape.deliveryDestinationType, recordFields: request.recordFields,
        fieldDelimiter: request.fieldDelimiter, s3DeliveryConfiguration: request.s3DeliveryConfiguration,
        tags: request.tags)
      settings.deliveries[id] = delivery
      return delivery
    }
  }

  // MARK: Destinations

  private nonisolated func addDeliveryDestinations(to table: inout OperationTable) {
    table.on(Logs.PutDeliveryDestinationRequest.self) { request, _ in
      .init(deliveryDestination: try await self.put(request))
    }
    table.on(Logs.GetDeliveryDestinationRequest.self) { request, _ in
      .init(deliveryDestination: try await self.deliveryDestination(request.name).shape)
    }
    table.on(Logs.DescribeDeliveryDestinationsRequest.self) { request, _ in
      let all = await self.settings.deliveryDestinations.values.values.map(\.shape)
      let page = try LogsPage(all, token: request.nextToken, limit: request.limit, name: \.name)
      return .init(deliveryDestinations: page.items, nextToken: page.nextToken)
    }
    table.on(Logs.DeleteDeliveryDestinationRequest.self) { request, _ in
      let arn = try await self.deliveryDestination(request.name).shape.arn
      try await self.change { settings in
        guard !settings.deliveries.values.values.contains(where: { $0.deliveryDestinationArn == arn }) else {
          throw Self.conflict("The delivery destination is used by a delivery.")
        }
        settings.deliveryDestinations[request.name] = nil
      }
      return EmptyResponse()
    }
  }

  private func deliveryDestination(_ name: String) throws -> DeliveryDestinationRecord {
    guard let found = settings.deliveryDestinations[name] else { throw Self.missing("delivery destination") }
    return found
  }

  private func put(_ request: Logs.PutDeliveryDestinationRequest) async throws -> Logs.DeliveryDestination {
    try LogsError.checkSettingName(request.name, "name")
    if let format = request.outputFormat, !Self.outputFormats.contains(format) {
      throw LogsError.validation("outputFormat must be one of [\(Self.outputFormats.joined(separator: ", "))].")
    }
    let arn = cloud.arn("logs", "delivery-destination:\(request.name)")
    let resource = request.deliveryDestinationConfiguration?.destinationResourceArn
    let service = resource?.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init)
    guard let type = request.deliveryDestinationType ?? service.flatMap({ Self.destinationTypes[$0] }) else {
      throw LogsError.validation("The destination must be a bucket, a log group, a delivery stream or X-Ray.")
    }
    return try await change { settings in
      let before = settings.deliveryDestinations[request.name]
      if let before, let format = request.outputFormat, before.shape.outputFormat != format {
        throw LogsError.validation("The output format of a delivery destination cannot be changed.")
      }
      let shape = Logs.DeliveryDestination(
        name: request.name, arn: arn, deliveryDestinationType: type,
        outputFormat: request.outputFormat ?? before?.shape.outputFormat,
        deliveryDestinationConfiguration: request.deliveryDestinationConfiguration,
        tags: before?.shape.tags ?? request.tags)
      settings.deliveryDestinations[request.name] = .init(shape: shape, policy: before?.policy)
      return shape
    }
  }

  private nonisolated func addDestinationPolicies(to table: inout OperationTable) {
    table.on(Logs.PutDeliveryDestinationPolicyRequest.self) { request, _ in
      try await self.setPolicy(request.deliveryDestinationPolicy, of: request.deliveryDestinationName)
      return .init(policy: .init(deliveryDestinationPolicy: request.deliveryDestinationPolicy))
    }
    table.on(Logs.GetDeliveryDestinationPolicyRequest.self) { request, _ in
      let policy = try await self.deliveryDestination(request.deliveryDestinationName).policy
      return .init(policy: .init(deliveryDestinationPolicy: policy))
    }
    table.on(Logs.DeleteDeliveryDestinationPolicyRequest.self) { request, _ in
      try await self.setPolicy(nil, of: request.deliveryDestinationName)
      return EmptyResponse()
    }
  }

  private func setPolicy(_ policy: String?, of name: String) async throws {
    _ = try deliveryDestination(name)
    try await change { $0.deliveryDestinations[name]?.policy = policy }
  }

  // MARK: Sources

  private nonisolated func addDeliverySources(to table: inout OperationTable) {
    table.on(Logs.PutDeliverySourceRequest.self) { request, _ in .init(deliverySource: try await self.put(request)) }
    table.on(Logs.GetDeliverySourceRequest.self) { request, _ in
      .init(deliverySource: try await self.deliverySource(request.name))
    }
    table.on(Logs.DescribeDeliverySourcesRequest.self) { request, _ in
      let all = Array(await self.settings.deliverySources.values.values)
      let page = try LogsPage(all, token: request.nextToken, limit: request.limit, name: \.name)
      return .init(deliverySources: page.items, nextToken: page.nextToken)
    }
    table.on(Logs.DeleteDeliverySourceRequest.self) { request, _ in
      _ = try await self.deliverySource(request.name)
      try await self.change { settings in
        guard !settings.deliveries.values.values.contains(where: { $0.deliverySourceName == request.name }) else {
          throw Self.conflict("The delivery source is used by a delivery.")
        }
        settings.deliverySources[request.name] = nil
      }
      return EmptyResponse()
    }
  }

  private func deliverySource(_ name: String) throws -> Logs.DeliverySource {
    guard let found = settings.deliverySources[name] else { throw Self.missing("delivery source") }
    return found
  }

  private func put(_ request: Logs.PutDeliverySourceRequest) async throws -> Logs.DeliverySource {
    try LogsError.checkSettingName(request.name, "name")
    let parts = request.resourceArn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[0] == "arn", let types = Self.logTypes[String(parts[2])] else {
      throw AWSError("ResourceNotFoundException", "Cannot access the provided resource ARN.")
    }
    guard types.contains(request.logType) else {
      throw LogsError.validation("This service does not allow the log type \(request.logType).")
    }
    let source = Logs.DeliverySource(
      name: request.name, arn: cloud.arn("logs", "delivery-source:\(request.name)"),
      resourceArns: [request.resourceArn], service: String(parts[2]), logType: request.logType, tags: request.tags,
      deliverySourceConfiguration: request.deliverySourceConfiguration, status: "ACTIVE")
    return try await change { settings in
      if let before = settings.deliverySources[request.name], before.resourceArns != source.resourceArns {
        throw Self.conflict("The delivery source has another resource; delete it first.")
      }
      settings.deliverySources[request.name] = source
      return source
    }
  }
}
