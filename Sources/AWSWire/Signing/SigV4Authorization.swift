import Foundation

/// What a request says of its signature, in `Authorization` or in the query of a presigned URL.
///
/// Reading it proves nothing: ``SigV4Verifier`` does.
public struct SigV4Authorization: Sendable, Equatable {
  /// The access key.
  public var accessKey: String
  /// The day of the scope, `YYYYMMDD`.
  public var day: String
  /// The region.
  public var region: String
  /// The service's signing name.
  public var service: String
  /// Lower-case names of the fields that are signed, sorted.
  public var signedHeaders: [String]
  /// `X-Amz-Date`, such as `20150830T123600Z`.
  public var timestamp: String
  /// How long a presigned URL holds, in seconds; `nil` when the signature is in a field.
  public var expiresIn: Int?
  /// Hexadecimal digits.
  var signature: String

  var scope: SigV4Scope { SigV4Scope(day: day, region: region, service: service) }

  /// Reads the signature of a request; `nil` when it has none.
  ///
  /// - Throws: ``SigV4Failure/incomplete(_:)`` for a signature that lacks a part or is of another kind.
  public static func read(query: String, headers: [(name: String, value: String)]) throws(SigV4Failure)
    -> SigV4Authorization?
  {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
    if let value = header("authorization") {
      return try SigV4Authorization(header: value, timestamp: header("x-amz-date"))
    }
    let parameters = Dictionary(
      query.split(separator: "&").map(PercentEncoding.pair).map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a }
    )
    guard parameters["X-Amz-Algorithm"] != nil || parameters["X-Amz-Signature"] != nil else { return nil }
    return try SigV4Authorization(presigned: parameters)
  }

  private init(header: String, timestamp: String?) throws(SigV4Failure) {
    guard let space = header.firstIndex(of: " ") else {
      throw .incomplete("Authorization header requires an algorithm and parameters.")
    }
    try Self.check(algorithm: String(header[..<space]))
    var parameters: [String: String] = [:]
    for part in header[space...].split(separator: ",") {
      let (name, value) = PercentEncoding.rawPair(part.trimmingCharacters(in: .whitespaces))
      parameters[name] = value
    }
    let missing = ["Credential", "Signature", "SignedHeaders"].filter { parameters[$0, default: ""].isEmpty }
    var faults = missing.map { "Authorization header requires '\($0)' parameter." }
    if timestamp == nil {
      faults.append("Authorization header requires existence of a 'X-Amz-Date' header.")
    }
    guard faults.isEmpty, let timestamp else { throw .incomplete(faults.joined(separator: " ")) }
    try self.init(
      credential: parameters["Credential", default: ""], signedHeaders: parameters["SignedHeaders", default: ""],
      signature: parameters["Signature", default: ""], timestamp: timestamp, expiresIn: nil)
  }

  private init(presigned parameters: [String: String]) throws(SigV4Failure) {
    try Self.check(algorithm: parameters["X-Amz-Algorithm", default: ""])
    let names = ["X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"]
    let missing = names.filter { parameters[$0, default: ""].isEmpty }
    guard missing.isEmpty else {
      throw .incomplete(missing.map { "AWS query-string parameters must include '\($0)'." }.joined(separator: " "))
    }
    guard let seconds = Int(parameters["X-Amz-Expires", default: ""]), (1...604_800).contains(seconds) else {
      throw .incomplete("X-Amz-Expires must be a number of seconds between 1 and 604800.")
    }
    try self.init(
      credential: parameters["X-Amz-Credential", default: ""],
      signedHeaders: parameters["X-Amz-SignedHeaders", default: ""],
      signature: parameters["X-Amz-Signature", default: ""], timestamp: parameters["X-Amz-Date", default: ""],
      expiresIn: seconds)
  }

  private init(credential: String, signedHeaders: String, signature: String, timestamp: String, expiresIn: Int?)
    throws(SigV4Failure)
  {
    // An access key may hold slashes as little as the rest: AWS counts exactly five elements.
    let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, !parts.contains("") else {
      throw .incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.")
    }
    guard parts[4] == "aws4_request" else {
      throw .incomplete("Credential should be scoped with a valid terminator: 'aws4_request', not '\(parts[4])'.")
    }
    accessKey = parts[0]
    day = parts[1]
    region = parts[2]
    service = parts[3]
    self.signedHeaders = signedHeaders.lowercased().split(separator: ";").map(String.init).sorted()
    self.signature = signature
    self.timestamp = timestamp
    self.expiresIn = expiresIn
  }

  private static func check(algorithm: String) throws(SigV4Failure) {
    guard algorithm == "AWS4-HMAC-SHA256" else {
      throw .incomplete("Unsupported AWS 'algorithm': it must be 'AWS4-HMAC-SHA256'.")
    }
  }
}
