import AWSWire

/// The operations of Identity and Access Management that `doctor` and `bootstrap` ask.
///
/// https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html
enum IAM {
  static let service = AWSService(
    name: "IAM", signingName: "iam", endpointPrefix: "iam",
    wireProtocol: .query(version: "2010-05-08", namespace: "https://iam.amazonaws.com/doc/2010-05-08/"))

  struct GetRoleRequest: AWSRequest {
    typealias Response = GetRoleResponse
    static var service: AWSService { IAM.service }
    static let operation = "GetRole"
    var roleName: String
  }

  struct GetRoleResponse: Codable, Sendable {
    struct Role: Codable, Sendable { var arn: String? }
    var role: Role?
  }

  struct ListAttachedRolePoliciesRequest: AWSRequest {
    typealias Response = ListAttachedRolePoliciesResponse
    static var service: AWSService { IAM.service }
    static let operation = "ListAttachedRolePolicies"
    var roleName: String
  }

  struct ListAttachedRolePoliciesResponse: Codable, Sendable {
    struct Policy: Codable, Sendable { var policyName: String? }
    var attachedPolicies: [Policy]?
  }

  struct ListOpenIDConnectProvidersRequest: AWSRequest {
    typealias Response = ListOpenIDConnectProvidersResponse
    static var service: AWSService { IAM.service }
    static let operation = "ListOpenIDConnectProviders"
  }

  struct ListOpenIDConnectProvidersResponse: Codable, Sendable {
    struct Provider: Codable, Sendable { var arn: String? }
    var openIDConnectProviderList: [Provider]?
  }
}

extension IAM {
  /// Asks what a principal's policies say of some actions; nothing is done.
  ///
  /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
  struct SimulatePrincipalPolicyRequest: AWSRequest {
    typealias Response = SimulatePrincipalPolicyResponse
    static var service: AWSService { IAM.service }
    static let operation = "SimulatePrincipalPolicy"
    var policySourceArn: String
    var actionNames: [String]
    var resourceArns: [String]
    var contextEntries: [ContextEntry]?
    var maxItems = 1000

    struct ContextEntry: Codable, Sendable {
      var contextKeyName: String
      var contextKeyValues: [String]
      var contextKeyType: String
    }
  }

  struct SimulatePrincipalPolicyResponse: Codable, Sendable {
    struct Result: Codable, Sendable {
      struct ResourceResult: Codable, Sendable { var evalResourceDecision: String? }
      var evalActionName: String?
      var evalDecision: String?
      var resourceSpecificResults: [ResourceResult]?
    }
    var evaluationResults: [Result]?

    /// The actions that are allowed for at least one of the resources: each action is for one kind of them.
    var allowed: Set<String> {
      Set(
        (evaluationResults ?? []).filter { result in
          result.evalDecision == "allowed"
            || result.resourceSpecificResults?.contains { $0.evalResourceDecision == "allowed" } == true
        }.compactMap(\.evalActionName))
    }
  }
}

/// The operation of Service Quotas that `doctor` asks.
///
/// https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html
enum ServiceQuotas {
  struct GetServiceQuotaRequest: AWSRequest {
    typealias Response = GetServiceQuotaResponse
    static let service = AWSService(
      name: "Service Quotas", signingName: "servicequotas", endpointPrefix: "servicequotas",
      wireProtocol: .json(version: "1.1", targetPrefix: "ServiceQuotasV20190624"))
    static let operation = "GetServiceQuota"
    var serviceCode: String
    var quotaCode: String

    enum CodingKeys: String, CodingKey { case serviceCode = "ServiceCode", quotaCode = "QuotaCode" }
  }

  struct GetServiceQuotaResponse: Codable, Sendable {
    struct Quota: Codable, Sendable {
      var value: Double?
      /// The metric that tells how much is in use, where there is one.
      var usageMetric: UsageMetric?
      enum CodingKeys: String, CodingKey { case value = "Value", usageMetric = "UsageMetric" }
    }
    struct UsageMetric: Codable, Sendable {
      var namespace: String?
      var name: String?
      var dimensions: [String: String]?
      var statistic: String?
      enum CodingKeys: String, CodingKey {
        case namespace = "MetricNamespace", name = "MetricName", dimensions = "MetricDimensions"
        case statistic = "MetricStatisticRecommendation"
      }
    }
    var quota: Quota?
    enum CodingKeys: String, CodingKey { case quota = "Quota" }
  }
}
