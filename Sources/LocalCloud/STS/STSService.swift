import AWSWire
import Foundation

/// Security Token Service: tells callers who they are, and gives out credentials. The local cloud knows one user,
/// `palco`, and asks nobody for permission: what it gives out is as good as any key.
struct STSService: Sendable {
  let cloud: CloudContext

  /// The operations that this service answers.
  func operations() -> OperationTable {
    var table = OperationTable(STS.service)
    table.on(STS.GetCallerIdentityRequest.self) { _, _ in
      .init(
        userId: "AIDAPALCO\(cloud.accountID)", account: cloud.accountID,
        arn: "arn:aws:iam::\(cloud.accountID):user/palco")
    }
    table.on(STS.GetAccessKeyInfoRequest.self) { request, _ in
      try Self.check(request.accessKeyId, "accessKeyId", 16...128)
      return .init(account: cloud.accountID)
    }
    table.on(STS.GetFederationTokenRequest.self) { request, _ in
      try Self.check(request.name, "name", 2...32)
      try Self.check(request.policy, "policy", 1...2048)
      let seconds = try Self.duration(request.durationSeconds, 900...129_600, byDefault: 43_200)
      return .init(
        credentials: credentials(seconds: seconds),
        federatedUser: .init(
          federatedUserId: "\(cloud.accountID):\(request.name)",
          arn: "arn:aws:sts::\(cloud.accountID):federated-user/\(request.name)"))
    }
    return table
  }

  private func credentials(seconds: Int) -> STS.Credentials {
    STS.Credentials(
      accessKeyId: "ASIA\(cloud.ids.hexadecimal(16).uppercased())", secretAccessKey: cloud.ids.urlSafe(40),
      sessionToken: cloud.ids.urlSafe(120), expiration: cloud.time.now().addingTimeInterval(Double(seconds)))
  }

  private static func check(_ value: String?, _ member: String, _ length: ClosedRange<Int>) throws(AWSError) {
    guard let value, !length.contains(value.count) else { return }
    let bound =
      value.count < length.lowerBound
      ? "greater than or equal to \(length.lowerBound)" : "less than or equal to \(length.upperBound)"
    throw AWSError(
      "ValidationError",
      "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
        + "Member must have length \(bound)")
  }

  private static func duration(
    _ seconds: Int?, _ range: ClosedRange<Int>, byDefault standard: Int
  ) throws(AWSError) -> Int {
    let seconds = seconds ?? standard
    guard range.contains(seconds) else {
      throw AWSError(
        "ValidationError",
        "1 validation error detected: Value '\(seconds)' at 'durationSeconds' failed to satisfy constraint: "
          + "Member must have value between \(range.lowerBound) and \(range.upperBound)")
    }
    return seconds
  }
}
