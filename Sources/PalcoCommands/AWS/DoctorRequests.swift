import AWSWire

/// The two operations of Identity and Access Management that `doctor` asks.
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
      enum CodingKeys: String, CodingKey { case value = "Value" }
    }
    var quota: Quota?
    enum CodingKeys: String, CodingKey { case quota = "Quota" }
  }
}
