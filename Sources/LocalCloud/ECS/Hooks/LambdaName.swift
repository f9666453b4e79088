/// The name of a Lambda function, as its ARN says it.
struct LambdaName: Sendable, Equatable {
  let name: String

  /// Reads `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with a version or alias behind or without; `nil` for others.
  init?(_ arn: String) {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard (7...8).contains(parts.count), parts[0] == "arn", parts[2] == "lambda", parts[5] == "function",
      !parts[6].isEmpty
    else { return nil }
    name = String(parts[6])
  }
}
