import AWSWire
import Foundation

/// A rule of Contributor Insights as the cloud remembers it.
struct InsightRuleRecord: Codable, Sendable, Equatable {
  var name: String
  var definition: String
  var isEnabled: Bool
  var tags: [String: String]

  fileprivate var shape: CloudWatch.InsightRule {
    .init(
      name: name, state: isEnabled ? "ENABLED" : "DISABLED",
      schema: #"{"Name" : "CloudWatchLogRule", "Version" : 1}"#, definition: definition, managedRule: false)
  }
}

// Rules of Contributor Insights are kept and given back; nothing counts contributors here.
extension CloudWatchService {
  nonisolated func addInsightRules(to table: inout OperationTable) {
    table.on(CloudWatch.PutInsightRuleRequest.self) { request, _ in
      try await self.change { try $0.put(request) }
      return EmptyResponse()
    }
    table.on(CloudWatch.DescribeInsightRulesRequest.self) { request, _ in
      let rules = await self.state.insightRules.values.values.sorted { $0.name < $1.name }
      try CloudWatchError.check(request.maxResults, "maxResults", in: 1...500)
      let page = try NamePage(
        rules, token: request.nextToken, size: request.maxResults ?? 500, name: \.name,
        invalid: CloudWatchError.invalidToken)
      return .init(nextToken: page.nextToken, insightRules: page.items.map(\.shape))
    }
    table.on(CloudWatch.DeleteInsightRulesRequest.self) { request, _ in
      .init(failures: try await self.change { state in state.changeRules(request.ruleNames) { $0 = nil } })
    }
    table.on(CloudWatch.EnableInsightRulesRequest.self) { request, _ in
      .init(failures: try await self.change { state in state.changeRules(request.ruleNames) { $0?.isEnabled = true } })
    }
    table.on(CloudWatch.DisableInsightRulesRequest.self) { request, _ in
      .init(failures: try await self.change { state in state.changeRules(request.ruleNames) { $0?.isEnabled = false } })
    }
  }
}

extension CloudWatchState {
  static func insightRuleName(ofARN arn: String) -> String? {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[2] == "cloudwatch", parts[5].hasPrefix("insight-rule/") else { return nil }
    return String(parts[5].dropFirst("insight-rule/".count))
  }

  fileprivate mutating func put(_ request: CloudWatch.PutInsightRuleRequest) throws(AWSError) {
    try CloudWatchError.checkLength(request.ruleName, "ruleName", in: 1...128)
    try CloudWatchError.check(request.ruleState, "ruleState", among: ["ENABLED", "DISABLED"])
    guard (try? JSONSerialization.jsonObject(with: Data(request.ruleDefinition.utf8))) is [String: Any] else {
      throw CloudWatchError.invalid("The rule definition must be a JSON object.")
    }
    let before = insightRules[request.ruleName]
    // Tags are of the first put alone.
    var tags = before?.tags ?? [:]
    if before == nil { tags = try CloudWatchTags.added(request.tags ?? [], to: [:]) }
    insightRules[request.ruleName] = InsightRuleRecord(
      name: request.ruleName, definition: request.ruleDefinition, isEnabled: request.ruleState != "DISABLED",
      tags: tags)
  }

  /// Changes rules; those that are not there come back as failures.
  fileprivate mutating func changeRules(
    _ names: [String], _ change: (inout InsightRuleRecord?) -> Void
  ) -> [CloudWatch.PartialFailure] {
    var failures: [CloudWatch.PartialFailure] = []
    for name in names {
      var rule = insightRules[name]
      guard rule != nil else {
        failures.append(
          .init(
            failureResource: name, exceptionType: "ResourceNotFoundException", failureCode: "404",
            failureDescription: "The rule \(name) does not exist."))
        continue
      }
      change(&rule)
      insightRules[name] = rule
    }
    return failures
  }
}
