import AWSWire
import Foundation
import PalcoArtifacts
import PalcoBlueprint
import PalcoTerraform

/// One thing that must be right before an environment can live on AWS, and whether it is.
struct Finding: Encodable, Sendable, Equatable {
  enum Verdict: String, Encodable, Sendable { case ok, warn, fail }

  /// What was looked at, as in `credentials`.
  var check: String
  var verdict: Verdict
  /// What was found.
  var message: String
  /// What to do about it.
  var fix: String?

  init(_ check: String, _ verdict: Verdict, _ message: String, fix: String? = nil) {
    self.check = check
    self.verdict = verdict
    self.message = message
    self.fix = fix
  }
}

/// Looks at everything that `up` and `deploy` need. A check that cannot be made is a warning, and stops no other.
struct Doctor {
  let blueprint: Blueprint
  let aws: AWSInfrastructure
  let environment: [String: String]

  /// - Parameter tell: Told of each finding when it is there.
  func findings(tell: (Finding) -> Void) async -> [Finding] {
    var findings: [Finding] = []
    func add(_ finding: Finding) {
      findings.append(finding)
      tell(finding)
    }
    add(await tool())
    add(region())
    let session: AWSSession
    do {
      session = try await AWSSession.open(region: aws.region, environment: environment)
    } catch {
      add(
        Finding(
          "credentials", .fail, Self.words(error),
          fix:
            "sign in (`aws sso login`, `aws configure`), or set AWS_PROFILE; `aws sts get-caller-identity` must answer")
      )
      return findings
    }
    add(Finding("credentials", .ok, "\(session.caller) in the account \(session.account)"))
    add(await state(session))
    for finding in await DoctorPermissions(blueprint: blueprint, aws: aws, session: session).findings() { add(finding) }
    let role = await role(session)
    add(role)
    // What is there already takes its part of the limits already.
    let usage = QuotaUsage(session: session)
    for quota in Quota.needed(by: blueprint, aws) {
      add(await self.quota(quota, session, usage, isThere: role.verdict == .ok))
    }
    return findings
  }

  private func tool() async -> Finding {
    do {
      let tool = try await TerraformTool.find(environment: environment)
      return Finding("terraform", .ok, "\(tool.name) at \(tool.path)")
    } catch {
      return Finding("terraform", .fail, Self.words(error))
    }
  }

  private func region() -> Finding {
    let configured = ["AWS_REGION", "AWS_DEFAULT_REGION"].compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let configured, configured != aws.region else {
      return Finding("region", .ok, "\(aws.region), as palco.yml says")
    }
    return Finding(
      "region", .warn, "palco.yml says \(aws.region), and AWS_REGION says \(configured)",
      fix: "Palco goes by palco.yml; other tools in this shell do not: export AWS_REGION=\(aws.region)")
  }

  private func state(_ session: AWSSession) async -> Finding {
    let name = BootstrapTerraform.stateBucket(
      project: blueprint.project, account: session.account, region: aws.region)
    let bucket = StateBucket(name: name, session: session)
    do {
      switch try await bucket.condition() {
      case .isPrivate: return Finding("state", .ok, "the bucket \(name) is there, and private")
      case .absent: return Finding("state", .fail, "there is no bucket \(name)", fix: "palco bootstrap")
      case .isPublic(let reason): return Finding("state", .fail, bucket.publicRefusal(reason).message)
      case .forbidden: return Finding("state", .fail, bucket.forbiddenRefusal.message)
      }
    } catch {
      return Finding("state", .fail, Self.words(error))
    }
  }

  private func role(_ session: AWSSession) async -> Finding {
    let name = aws.names.infrastructureRole
    do {
      let answer = try await session.iam.send(IAM.GetRoleRequest(roleName: name))
      let policies = try await session.iam.send(IAM.ListAttachedRolePoliciesRequest(roleName: name))
      let wanted = "AmazonECSInfrastructureRolePolicyForLoadBalancers"
      guard policies.attachedPolicies?.contains(where: { $0.policyName == wanted }) == true else {
        return Finding(
          "infrastructure role", .fail, "\(name) is there without \(wanted): ECS cannot move traffic with it",
          fix: "palco up \(blueprint.environment)")
      }
      return Finding("infrastructure role", .ok, answer.role?.arn ?? name)
    } catch let error as AWSError where error.code == "NoSuchEntity" {
      return Finding(
        "infrastructure role", .warn, "\(name) is not there yet", fix: "palco up \(blueprint.environment) makes it")
    } catch {
      return Finding(
        "infrastructure role", .warn, "cannot be looked at: \(Self.words(error))",
        fix: "these credentials need iam:GetRole and iam:ListAttachedRolePolicies to be sure of it")
    }
  }

  private func quota(
    _ quota: Quota, _ session: AWSSession, _ usage: QuotaUsage, isThere: Bool
  ) async -> Finding {
    let check = "quota"
    do {
      let answer = try await session.client.send(
        ServiceQuotas.GetServiceQuotaRequest(serviceCode: quota.service, quotaCode: quota.code))
      guard let value = answer.quota?.value else {
        return Finding(check, .warn, "\(quota.name): AWS does not say how much there is")
      }
      let used = try? await usage.used(of: quota, metric: answer.quota?.usageMetric)
      let shown = "\(quota.name): \(Int(value))" + (used.map { ", \($0) in use" } ?? "")
      let wanted = max(quota.needed, isThere ? 0 : quota.needed + (used ?? 0))
      guard value >= Double(wanted) else {
        return Finding(
          check, .fail, "\(shown), and '\(blueprint.environment)' needs \(quota.needed) \(quota.reason)",
          fix: "aws service-quotas request-service-quota-increase --region \(aws.region) "
            + "--service-code \(quota.service) --quota-code \(quota.code) --desired-value \(wanted + quota.needed)")
      }
      return Finding(check, .ok, "\(shown), needed \(quota.needed) \(quota.reason)")
    } catch {
      return Finding(
        check, .warn, "\(quota.name): cannot be looked at: \(Self.words(error))",
        fix: "it needs \(quota.needed) \(quota.reason); these credentials need servicequotas:GetServiceQuota to be sure"
      )
    }
  }

  static func words(_ error: any Error) -> String { CommandError(error)?.message ?? "\(error)" }
}
