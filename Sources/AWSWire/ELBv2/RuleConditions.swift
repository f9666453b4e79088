// What a rule looks at.

extension ELBv2 {
  /// A condition on requests: a field, and its values in the config of that field. Host header and path pattern may
  /// have them in `values`, the older form.
  public struct RuleCondition: Codable, Sendable, Equatable {
    /// `host-header`, `path-pattern`, `http-header`, `http-request-method`, `query-string` or `source-ip`.
    public var field: String?
    /// The values of a host header or path pattern.
    public var values: [String]?
    /// Host names.
    public var hostHeaderConfig: HostHeaderConditionConfig?
    /// Paths.
    public var pathPatternConfig: PathPatternConditionConfig?
    /// A header.
    public var httpHeaderConfig: HttpHeaderConditionConfig?
    /// Query parameters.
    public var queryStringConfig: QueryStringConditionConfig?
    /// Methods.
    public var httpRequestMethodConfig: HttpRequestMethodConditionConfig?
    /// Addresses of clients.
    public var sourceIpConfig: SourceIpConditionConfig?
    /// Regular expressions.
    public var regexValues: [String]?

    /// Makes a value of its members.
    public init(
      field: String? = nil, values: [String]? = nil, hostHeaderConfig: HostHeaderConditionConfig? = nil,
      pathPatternConfig: PathPatternConditionConfig? = nil, httpHeaderConfig: HttpHeaderConditionConfig? = nil,
      queryStringConfig: QueryStringConditionConfig? = nil,
      httpRequestMethodConfig: HttpRequestMethodConditionConfig? = nil, sourceIpConfig: SourceIpConditionConfig? = nil,
      regexValues: [String]? = nil
    ) {
      self.field = field
      self.values = values
      self.hostHeaderConfig = hostHeaderConfig
      self.pathPatternConfig = pathPatternConfig
      self.httpHeaderConfig = httpHeaderConfig
      self.queryStringConfig = queryStringConfig
      self.httpRequestMethodConfig = httpRequestMethodConfig
      self.sourceIpConfig = sourceIpConfig
      self.regexValues = regexValues
    }
  }

  /// Host names.
  public struct HostHeaderConditionConfig: Codable, Sendable, Equatable {
    /// Names with `*` and `?`; any may match.
    public var values: [String]?
    /// Regular expressions.
    public var regexValues: [String]?

    /// Makes a value of its members.
    public init(values: [String]? = nil, regexValues: [String]? = nil) {
      self.values = values
      self.regexValues = regexValues
    }
  }

  /// Paths.
  public struct PathPatternConditionConfig: Codable, Sendable, Equatable {
    /// Paths with `*` and `?`; any may match.
    public var values: [String]?
    /// Regular expressions.
    public var regexValues: [String]?

    /// Makes a value of its members.
    public init(values: [String]? = nil, regexValues: [String]? = nil) {
      self.values = values
      self.regexValues = regexValues
    }
  }

  /// A header.
  public struct HttpHeaderConditionConfig: Codable, Sendable, Equatable {
    /// The name of the header.
    public var httpHeaderName: String?
    /// Values with `*` and `?`; any may match.
    public var values: [String]?
    /// Regular expressions.
    public var regexValues: [String]?

    /// Makes a value of its members.
    public init(httpHeaderName: String? = nil, values: [String]? = nil, regexValues: [String]? = nil) {
      self.httpHeaderName = httpHeaderName
      self.values = values
      self.regexValues = regexValues
    }
  }

  /// Methods.
  public struct HttpRequestMethodConditionConfig: Codable, Sendable, Equatable {
    /// Any of them may match.
    public var values: [String]

    /// Makes a value of its members.
    public init(values: [String]) {
      self.values = values
    }
  }

  /// Query parameters.
  public struct QueryStringConditionConfig: Codable, Sendable, Equatable {
    /// Any of them may match.
    public var values: [QueryStringKeyValuePair]

    /// Makes a value of its members.
    public init(values: [QueryStringKeyValuePair]) {
      self.values = values
    }
  }

  /// A query parameter.
  public struct QueryStringKeyValuePair: Codable, Sendable, Equatable {
    /// The name; any when `nil`.
    public var key: String?
    /// The value, with `*` and `?`.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  /// Addresses of clients.
  public struct SourceIpConditionConfig: Codable, Sendable, Equatable {
    /// CIDR blocks; any may match.
    public var values: [String]

    /// Makes a value of its members.
    public init(values: [String]) {
      self.values = values
    }
  }
}
