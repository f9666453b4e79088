import AWSWire

/// How the targets of a group are checked, as AWS counts it: seconds unscaled.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
struct HealthCheckSettings: Codable, Sendable, Equatable {
  var path = "/"
  /// `TCP` or `HTTPS` where nothing here checks; `nil` for `HTTP`.
  var `protocol`: String?
  /// A number, or `traffic-port`.
  var port = "traffic-port"
  var interval = 30
  var timeout = 5
  var healthyThreshold = 5
  var unhealthyThreshold = 2
  /// Codes and ranges, such as `200,202` or `200-299`.
  var matcher = "200"

  /// What a request wants to change; `nil` leaves as it is.
  struct Change {
    var `protocol`: String?
    var port: String?
    var isEnabled: Bool?
    var path: String?
    var interval: Int?
    var timeout: Int?
    var healthyThreshold: Int?
    var unhealthyThreshold: Int?
    var matcher: ELBv2.Matcher?
  }

  /// The settings after a change.
  ///
  /// - Throws: ``AWSError`` for what AWS refuses, and for what this cloud does not do.
  func changed(_ change: Change, of kind: TargetGroupKind, targetType: String) throws(AWSError) -> HealthCheckSettings {
    try ELBv2Error.check(
      change.protocol, "healthCheckProtocol",
      among: kind.isWeb ? ["HTTP", "HTTPS"] : ["HTTP", "HTTPS", "TCP"])
    if change.protocol == "HTTPS", kind.isServed {
      throw ELBv2Error.configuration(
        "Health checks over HTTPS are not available in this cloud; leave HealthCheckProtocol out or set it to HTTP")
    }
    if change.isEnabled == false, targetType != "lambda" {
      throw ELBv2Error.validation(
        "Health check enabled must be true for target groups with target type '\(targetType)'")
    }
    try ELBv2Error.check(change.interval, "healthCheckIntervalSeconds", in: 5...300)
    try ELBv2Error.check(change.timeout, "healthCheckTimeoutSeconds", in: 2...120)
    try ELBv2Error.check(change.healthyThreshold, "healthyThresholdCount", in: 2...10)
    try ELBv2Error.check(change.unhealthyThreshold, "unhealthyThresholdCount", in: 2...10)
    if change.matcher?.grpcCode != nil {
      throw ELBv2Error.validation("GRPC codes cannot be specified for target groups with protocol version 'HTTP1'")
    }
    var settings = self
    if let wire = change.protocol { settings.protocol = wire == "HTTP" ? nil : wire }
    settings.path = try Self.checkedPath(change.path ?? path)
    settings.port = change.port ?? port
    settings.interval = change.interval ?? interval
    settings.timeout = change.timeout ?? timeout
    settings.healthyThreshold = change.healthyThreshold ?? healthyThreshold
    settings.unhealthyThreshold = change.unhealthyThreshold ?? unhealthyThreshold
    // An empty text is what Terraform sends for a matcher that it leaves to AWS.
    settings.matcher = change.matcher?.httpCode.flatMap { $0.isEmpty ? nil : $0 } ?? matcher
    if settings.port != "traffic-port", Int(settings.port).map((1...65535).contains) != true {
      throw ELBv2Error.validation(
        "Health check port '\(settings.port)' must be 'traffic-port' or between '1' and '65535'")
    }
    guard settings.timeout < settings.interval || (!kind.isWeb && settings.timeout == settings.interval) else {
      throw ELBv2Error.validation(
        "Health check timeout '\(settings.timeout)' must be smaller than \(kind.isWeb ? "" : "or equal to ")the interval "
          + "'\(settings.interval)'")
    }
    _ = try settings.successCodes()
    return settings
  }

  /// The status codes of ``matcher`` as ranges within 200–499.
  func successCodes() throws(AWSError) -> [ClosedRange<Int>] {
    var codes: [ClosedRange<Int>] = []
    for part in matcher.split(separator: ",", omittingEmptySubsequences: false) {
      let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(bounds.count), let low = bounds.first ?? nil, let high = bounds.last ?? nil,
        low <= high, low >= 200, high <= 499
      else {
        throw ELBv2Error.validation(
          "HttpCode must be like 200 | 200-399 | 200,201 ... with codes between 200 and 499, not '\(matcher)'")
      }
      codes.append(low...high)
    }
    return codes
  }

  private static func checkedPath(_ path: String) throws(AWSError) -> String {
    guard path.hasPrefix("/"), path.utf8.count <= 1024, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw ELBv2Error.validation(
        "Health check path '\(path)' must begin with '/', be at most 1024 characters long, and have no spaces")
    }
    return path
  }
}
