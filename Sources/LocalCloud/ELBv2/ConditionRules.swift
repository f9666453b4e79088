import AWSWire

/// Checks conditions and completes them as AWS answers them.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
enum ConditionRules {
  private static let fields = [
    "path-pattern", "host-header", "http-header", "http-request-method", "query-string", "source-ip",
  ]

  /// The conditions of a rule.
  static func completed(_ conditions: [ELBv2.RuleCondition]) throws(AWSError) -> [ELBv2.RuleCondition] {
    guard !conditions.isEmpty else { throw ELBv2Error.validation("A condition must be specified") }
    var result: [ELBv2.RuleCondition] = []
    for condition in conditions { result.append(try completed(condition)) }
    for field in fields where field != "http-header" && field != "query-string" {
      guard result.filter({ $0.field == field }).count <= 1 else {
        throw AWSError(
          "InvalidConfigurationRequest", "A rule can have at most one condition with the field '\(field)'")
      }
    }
    let values = result.flatMap(\.allValues)
    guard values.count <= 5 else {
      throw ELBv2Error.validation("A rule can have at most 5 condition values, not \(values.count)")
    }
    let wildcards = values.reduce(0) { $0 + $1.filter { $0 == "*" || $0 == "?" }.count }
    guard wildcards <= 5 else {
      throw ELBv2Error.validation("A rule can have at most 5 wildcard characters, not \(wildcards)")
    }
    return result
  }

  private static func completed(_ condition: ELBv2.RuleCondition) throws(AWSError) -> ELBv2.RuleCondition {
    let field = condition.field ?? ""
    guard fields.contains(field) else {
      throw ELBv2Error.validation("Condition field '\(field)' must be one of '[\(fields.joined(separator: ","))]'")
    }
    let regex = [
      condition.regexValues, condition.hostHeaderConfig?.regexValues, condition.pathPatternConfig?.regexValues,
      condition.httpHeaderConfig?.regexValues,
    ].contains { $0?.isEmpty == false }
    if regex {
      throw ELBv2Error.configuration(
        "Regular expressions in conditions are not available in this cloud; use values with * and ? instead")
    }
    switch field {
    case "host-header":
      let values = try values(of: condition, config: condition.hostHeaderConfig.map { $0.values ?? [] })
      try check(values, field: field, limit: 128, allowed: "-.*?")
      return .init(field: field, values: values, hostHeaderConfig: .init(values: values))
    case "path-pattern":
      let values = try values(of: condition, config: condition.pathPatternConfig.map { $0.values ?? [] })
      try check(values, field: field, limit: 128, allowed: "_-.$/~\"'@:+&*?")
      return .init(field: field, values: values, pathPatternConfig: .init(values: values))
    default:
      guard (condition.values ?? []).isEmpty else {
        throw ELBv2Error.validation("The 'Values' field is not compatible with '\(field)'")
      }
      return try configured(condition, field: field)
    }
  }

  /// The fields that have a config only.
  private static func configured(_ condition: ELBv2.RuleCondition, field: String) throws(AWSError)
    -> ELBv2.RuleCondition
  {
    switch field {
    case "http-header":
      guard let config = condition.httpHeaderConfig else { throw missing("HttpHeaderConfig", field) }
      let name = config.httpHeaderName ?? ""
      guard name.count <= 40 else {
        throw ELBv2Error.validation("The 'HttpHeaderName' value is too long; the limit is '40'")
      }
      guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte), name.lowercased() != "host" else {
        throw ELBv2Error.validation("The 'HttpHeaderName' value '\(name)' must be a header name other than Host")
      }
      try check(config.values ?? [], field: field, limit: 128, allowed: nil)
      return .init(field: field, httpHeaderConfig: .init(httpHeaderName: name, values: config.values))
    case "http-request-method":
      guard let config = condition.httpRequestMethodConfig else { throw missing("HttpRequestMethodConfig", field) }
      try check(config.values, field: field, limit: 40, allowed: "-_")
      guard config.values.allSatisfy({ $0 == $0.uppercased() }) else {
        throw ELBv2Error.validation(
          "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore")
      }
      return .init(field: field, httpRequestMethodConfig: config)
    case "query-string":
      guard let config = condition.queryStringConfig else { throw missing("QueryStringConfig", field) }
      for pair in config.values {
        guard let value = pair.value else {
          throw ELBv2Error.validation("A 'Value' must be specified in 'QueryStringKeyValuePair'")
        }
        for (name, text) in [("Key", pair.key ?? ""), ("Value", value)] where text.count > 128 {
          throw ELBv2Error.validation("The '\(name)' value is too long; the limit is '128'")
        }
      }
      if config.values.isEmpty { throw noValue }
      return .init(field: field, queryStringConfig: config)
    default:
      guard let config = condition.sourceIpConfig else { throw missing("SourceIpConfig", field) }
      guard !config.values.isEmpty else { throw ELBv2Error.validation("A 'source-ip' value must be specified") }
      for value in config.values where !IPAddress.isBlock(value) {
        throw ELBv2Error.validation("The 'source-ip' value '\(value)' must be a CIDR block such as 10.0.0.0/8")
      }
      return .init(field: field, sourceIpConfig: config)
    }
  }

  private static func values(of condition: ELBv2.RuleCondition, config: [String]?) throws(AWSError) -> [String] {
    let (field, plain) = (condition.field ?? "", condition.values ?? [])
    guard let config else {
      guard plain.count <= 1 else {
        throw ELBv2Error.validation("The '\(field)' field contains too many values; the limit is '1'")
      }
      return plain
    }
    // Terraform and others send back what they read, which has both.
    guard plain.isEmpty || plain == config else {
      throw ELBv2Error.validation(
        "You cannot provide both Values and the config of the field for a condition of type '\(field)'")
    }
    return config
  }

  /// - Parameter allowed: What may stand in a value besides letters and digits; `nil` for any printable ASCII.
  private static func check(_ values: [String], field: String, limit: Int, allowed: String?) throws(AWSError) {
    if values.isEmpty { throw noValue }
    for value in values {
      guard value.count <= limit else {
        throw ELBv2Error.validation("The '\(field)' value is too long; the limit is '\(limit)'")
      }
      let extra = allowed.map { Array($0.utf8) }
      let isAllowed = value.utf8.allSatisfy { byte in
        extra.map { byte.isASCIILetter || byte.isASCIIDigit || $0.contains(byte) } ?? (0x20...0x7E).contains(byte)
      }
      guard !value.isEmpty, isAllowed else {
        throw ELBv2Error.validation(
          "The '\(field)' value '\(value)' is invalid; the allowed characters are A-Z, a-z, 0-9"
            + (allowed.map { " and \($0)" } ?? " and other printable ASCII"))
      }
    }
  }

  private static var noValue: AWSError { ELBv2Error.validation("A condition value must be specified") }

  private static func missing(_ config: String, _ field: String) -> AWSError {
    ELBv2Error.validation("A '\(config)' must be specified with '\(field)'")
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
  }
}

extension ELBv2.RuleCondition {
  /// The values of whichever field it is, for the limits that count them together.
  fileprivate var allValues: [String] {
    hostHeaderConfig?.values ?? pathPatternConfig?.values ?? httpHeaderConfig?.values
      ?? httpRequestMethodConfig?.values ?? sourceIpConfig?.values
      ?? queryStringConfig?.values.map { ($0.key ?? "") + ($0.value ?? "") } ?? []
  }
}
