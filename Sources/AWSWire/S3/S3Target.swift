/// What a request to S3 is about: nothing but the account, a bucket, or an object.
public struct S3Target: Sendable, Equatable {
  /// The bucket's name; `nil` for the account's list of buckets.
  public var bucket: String?
  /// The object's key; `nil` for the bucket itself.
  public var key: String?
  /// The query, decoded. A subresource such as `?versioning` is a name with an empty value.
  public var query: [String: String]

  /// Reads a request's target.
  ///
  /// - Parameters:
  ///   - virtualHost: The bucket that the host names; `nil` when the path does.
  ///   - target: Path and query as they came, percent-encoded.
  public init(virtualHost: String?, target: String) {
    let mark = target.firstIndex(of: "?") ?? target.endIndex
    var query: [String: String] = [:]
    for part in target[mark...].dropFirst().split(separator: "&") {
      let (name, value) = PercentEncoding.pair(part)
      query[name] = value
    }
    self.query = query
    var path = target[..<mark].drop { $0 != "/" }.dropFirst()
    if let virtualHost {
      bucket = virtualHost
    } else {
      let slash = path.firstIndex(of: "/") ?? path.endIndex
      let name = String(path[..<slash])
      bucket = name.isEmpty ? nil : name.removingPercentEncoding ?? name
      path = path[slash...].dropFirst()
    }
    key = path.isEmpty ? nil : path.removingPercentEncoding ?? String(path)
  }

  /// The bucket that a host below `localhost` names, and whether the host is S3's at all.
  ///
  /// `bucket.s3.eu-west-1.localhost`, `bucket.s3.localhost` and, as SDKs make it of an endpoint at `localhost`,
  /// `bucket.localhost` name one; `s3.eu-west-1.localhost` and `s3.localhost` do not. Hosts of the registry are not S3's.
  ///
  /// - Parameter authority: The host with or without a port.
  public static func host(_ authority: String) -> (isS3: Bool, bucket: String?) {
    let host = authority.split(separator: ":").first.map { $0.lowercased() } ?? ""
    guard host.hasSuffix(".localhost") else { return (false, nil) }
    let labels = host.dropLast(".localhost".count).split(separator: ".").map(String.init)
    if labels.count >= 3, labels.contains("dkr") { return (false, nil) }
    // The bucket's name may hold dots, and even be `s3`: the last `s3` with at most a region behind it is the service.
    if let service = labels.lastIndex(of: "s3"), service >= labels.count - 2 {
      return (true, service == 0 ? nil : labels[..<service].joined(separator: "."))
    }
    return (false, labels.joined(separator: "."))
  }
}
