import AWSWire
import Foundation

// Resource policies and destinations of subscriptions. Nothing in this cloud asks for permission or subscribes; they are
// kept and given back.
extension LogsService {
  /// As many resource policies as an account can have in a region.
  private static let maximumPolicies = 10

  nonisolated func addDestinations(to table: inout OperationTable) {
    addResourcePolicies(to: &table)
    table.on(Logs.PutDestinationRequest.self) { request, _ in
      let now = Int(self.cloud.time.now().milliseconds)
      return .init(
        destination: try await self.change { settings in
          try LogsError.checkSettingName(request.destinationName, "destinationName")
          let before = settings.destinations[request.destinationName]
          let shape = Logs.Destination(
            destinationName: request.destinationName, targetArn: request.targetArn, roleArn: request.roleArn,
            accessPolicy: before?.shape.accessPolicy,
            arn: self.cloud.arn("logs", "destination:\(request.destinationName)"),
            creationTime: before?.shape.creationTime ?? now)
          settings.destinations[request.destinationName] = .init(
            shape: shape, tags: before?.tags ?? request.tags ?? [:])
          return shape
        })
    }
    table.on(Logs.PutDestinationPolicyRequest.self) { request, _ in
      try await self.change { settings in
        guard settings.destinations[request.destinationName] != nil else { throw Self.noDestination }
        settings.destinations[request.destinationName]?.shape.accessPolicy = request.accessPolicy
      }
      return EmptyResponse()
    }
    table.on(Logs.DescribeDestinationsRequest.self) { request, _ in
      let found = await self.settings.destinations.values.values.map(\.shape)
        .filter { ($0.destinationName ?? "").hasPrefix(request.destinationNamePrefix ?? "") }
      let page = try LogsPage(found, token: request.nextToken, limit: request.limit, name: \.destinationName)
      return .init(destinations: page.items, nextToken: page.nextToken)
    }
    table.on(Logs.DeleteDestinationRequest.self) { request, _ in
      try await self.change { settings in
        guard settings.destinations[request.destinationName] != nil else { throw Self.noDestination }
        settings.destinations[request.destinationName] = nil
      }
      return EmptyResponse()
    }
  }

  private static var noDestination: AWSError {
    AWSError("ResourceNotFoundException", "The specified destination does not exist.")
  }

  private nonisolated func addResourcePolicies(to table: inout OperationTable) {
    table.on(Logs.PutResourcePolicyRequest.self) { request, _ in
      guard request.resourceArn == nil else {
        throw LogsError.invalid("Policies of one resource are not available in this cloud; leave resourceArn out.")
      }
      guard let name = request.policyName, let document = request.policyDocument else {
        throw LogsError.invalid("policyName and policyDocument must be given.")
      }
      guard (try? JSONSerialization.jsonObject(with: Data(document.utf8), options: .fragmentsAllowed)) != nil else {
        throw LogsError.invalid("The policy document is no JSON.")
      }
      let policy = Logs.ResourcePolicy(
        policyName: name, policyDocument: document, lastUpdatedTime: Int(self.cloud.time.now().milliseconds),
        policyScope: "ACCOUNT")
      try await self.change { settings in
        guard
          settings.resourcePolicies[name] != nil
            || settings.resourcePolicies.values.count < Self.maximumPolicies
        else { throw AWSError("LimitExceededException", "Resource limit exceeded.") }
        settings.resourcePolicies[name] = policy
      }
      return .init(resourcePolicy: policy)
    }
    table.on(Logs.DescribeResourcePoliciesRequest.self) { request, _ in
      let all = Array(await self.settings.resourcePolicies.values.values)
      let page = try LogsPage(all, token: request.nextToken, limit: request.limit, name: \.policyName)
      return .init(resourcePolicies: page.items, nextToken: page.nextToken)
    }
    table.on(Logs.DeleteResourcePolicyRequest.self) { request, _ in
      try await self.change { settings in
        let name = request.policyName ?? ""
        guard settings.resourcePolicies[name] != nil else {
          throw AWSError("ResourceNotFoundException", "Policy with name [\(name)] does not exist")
        }
        settings.resourcePolicies[name] = nil
      }
      return EmptyResponse()
    }
  }
}
