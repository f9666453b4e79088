import AWSWire
import Foundation

/// Security Token Service: tells callers who they are. The local cloud knows one user, `palco`.
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
    return table
  }
}
