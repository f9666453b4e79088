import AWSClient
import AWSWire
import PalcoArtifacts
import PalcoBlueprint

/// What whoever asks may do: by IAM's own simulation of the policies. Limits of an organisation (service control policies)
/// are not part of it.
struct DoctorPermissions {
  let blueprint: Blueprint
  let aws: AWSInfrastructure
  let session: AWSSession

  private static let check = "permissions"

  /// What a release needs, and what `palco up` needs: two findings, or one when nothing can be told.
  func findings() async -> [Finding] {
    do {
      guard let principal = try await principal() else {
        return [
          unknown("IAM tells policies of users and roles only, and this is \(session.caller)")
        ]
      }
      return [try await toRelease(principal), try await toMake(principal)]
    } catch {
      return [unknown(Doctor.words(error))]
    }
  }

  private func unknown(_ reason: String) -> Finding {
    Finding(
      Self.check, .warn, "cannot be looked at: \(reason)",
      fix: "these credentials need iam:SimulatePrincipalPolicy (and iam:GetRole) to be sure of it")
  }

  /// The user or role whose policies count; `nil` for others.
  private func principal() async throws -> String? {
    let parts = session.caller.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    let names = parts[5].split(separator: "/")
    switch names.first {
    case "user", "role": return session.caller
    // A session does not tell its role's path, which the role's ARN has.
    case "assumed-role" where names.count >= 2:
      return try await session.iam.send(IAM.GetRoleRequest(roleName: String(names[1]))).role?.arn
    default: return nil
    }
  }

  private func toRelease(_ principal: String) async throws -> Finding {
    let partition = Partition(region: aws.region).name
    func arn(_ resource: ReleasePermission.Resource) -> String {
      // A revision, a task, a stream: any is as good as another.
      let text = resource.arn(partition: partition, region: aws.region, account: session.account)
      return text.count > 1 && text.hasSuffix("*") ? text.dropLast() + "1" : text
    }
    var missing: [String] = []
    var count = 0
    for permission in ReleasePermission.all(for: blueprint, aws) {
      let context = permission.conditions.map { condition in
        let value =
          switch condition.value {
          case .text(let text): text
          case .arn(let resource): arn(resource)
          }
        return IAM.SimulatePrincipalPolicyRequest.ContextEntry(
          contextKeyName: condition.key, contextKeyValues: [value], contextKeyType: "string")
      }
      let answer = try await session.iam.send(
        IAM.SimulatePrincipalPolicyRequest(
          policySourceArn: principal, actionNames: permission.actions, resourceArns: permission.resources.map(arn),
          contextEntries: context.isEmpty ? nil : context))
      count += permission.actions.count
      missing += permission.actions.filter { !answer.allowed.contains($0) && !missing.contains($0) }
    }
    guard !missing.isEmpty else {
      return Finding(Self.check, .ok, "may release: all \(count) actions that it takes")
    }
    return Finding(
      Self.check, .fail, "may not release: \(Self.list(missing)) \(missing.count == 1 ? "is" : "are") not allowed",
      fix: "allow it to \(principal); what a pipeline's role is allowed (`palco export bootstrap`) is enough")
  }

  private func toMake(_ principal: String) async throws -> Finding {
    let needed = TerraformActions.needed(by: try EnvironmentTerraform(blueprint).module())
    var allowed: Set<String> = []
    // IAM answers a page at a time; so many fit.
    for start in stride(from: 0, to: needed.count, by: 50) {
      let actions = Array(needed[start..<min(start + 50, needed.count)])
      allowed.formUnion(
        try await session.iam.send(
          IAM.SimulatePrincipalPolicyRequest(policySourceArn: principal, actionNames: actions, resourceArns: ["*"])
        ).allowed)
    }
    let missing = needed.filter { !allowed.contains($0) }
    guard !missing.isEmpty else {
      return Finding(Self.check, .ok, "may make the environment: all \(needed.count) actions that `palco up` takes")
    }
    // Who only releases needs none of it.
    return Finding(
      Self.check, .warn,
      "may not make the environment: \(Self.list(missing)) \(missing.count == 1 ? "is" : "are") not allowed everywhere",
      fix: "to run `palco up` or `down`, use an administrator's role")
  }

  /// The first few, and how many there are besides.
  private static func list(_ actions: [String]) -> String {
    let shown = actions.prefix(5).joined(separator: ", ")
    return actions.count > 5 ? "\(shown) and \(actions.count - 5) more" : shown
  }
}
