// What happens to requests.

extension ELBv2 {
  /// What happens to a request.
  public struct Action: Codable, Sendable, Equatable {
    /// `forward`, `redirect`, `fixed-response` or an authentication.
    public var type: String
    /// The target group of a forward to one group.
    public var targetGroupArn: String?
    /// The place among several actions.
    public var order: Int?
    /// Where a redirect leads.
    public var redirectConfig: RedirectActionConfig?
    /// What a fixed response says.
    public var fixedResponseConfig: FixedResponseActionConfig?
    /// The target groups of a forward with their weights.
    public var forwardConfig: ForwardActionConfig?

    /// Makes a value of its members.
    public init(
      type: String, targetGroupArn: String? = nil, order: Int? = nil, redirectConfig: RedirectActionConfig? = nil,
      fixedResponseConfig: FixedResponseActionConfig? = nil, forwardConfig: ForwardActionConfig? = nil
    ) {
      self.type = type
      self.targetGroupArn = targetGroupArn
      self.order = order
      self.redirectConfig = redirectConfig
      self.fixedResponseConfig = fixedResponseConfig
      self.forwardConfig = forwardConfig
    }
  }

  /// The target groups of a forward.
  public struct ForwardActionConfig: Codable, Sendable, Equatable {
    /// 1–5 target groups with their weights.
    public var targetGroups: [TargetGroupTuple]?
    /// Whether a client stays with its group.
    public var targetGroupStickinessConfig: TargetGroupStickinessConfig?

    /// Makes a value of its members.
    public init(
      targetGroups: [TargetGroupTuple]? = nil, targetGroupStickinessConfig: TargetGroupStickinessConfig? = nil
    ) {
      self.targetGroups = targetGroups
      self.targetGroupStickinessConfig = targetGroupStickinessConfig
    }
  }

  /// A target group with its weight.
  public struct TargetGroupTuple: Codable, Sendable, Equatable {
    /// The target group.
    public var targetGroupArn: String?
    /// Its weight, 0–999; 1 by default.
    public var weight: Int?

    /// Makes a value of its members.
    public init(targetGroupArn: String? = nil, weight: Int? = nil) {
      self.targetGroupArn = targetGroupArn
      self.weight = weight
    }
  }

  /// Whether a client stays with its target group.
  public struct TargetGroupStickinessConfig: Codable, Sendable, Equatable {
    /// Whether it does.
    public var enabled: Bool?
    /// For how many seconds, 1–604800.
    public var durationSeconds: Int?

    /// Makes a value of its members.
    public init(enabled: Bool? = nil, durationSeconds: Int? = nil) {
      self.enabled = enabled
      self.durationSeconds = durationSeconds
    }
  }

  /// Where a redirect leads; parts may use `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`.
  public struct RedirectActionConfig: Codable, Sendable, Equatable {
    /// `HTTP`, `HTTPS` or `#{protocol}`.
    public var `protocol`: String?
    /// A port, or `#{port}`.
    public var port: String?
    /// The host.
    public var host: String?
    /// The path, which starts with `/`.
    public var path: String?
    /// The query without `?`.
    public var query: String?
    /// `HTTP_301` or `HTTP_302`.
    public var statusCode: String

    /// Makes a value of its members.
    public init(
      protocol: String? = nil, port: String? = nil, host: String? = nil, path: String? = nil, query: String? = nil,
      statusCode: String
    ) {
      self.protocol = `protocol`
      self.port = port
      self.host = host
      self.path = path
      self.query = query
      self.statusCode = statusCode
    }
  }

  /// An answer that the load balancer gives itself.
  public struct FixedResponseActionConfig: Codable, Sendable, Equatable {
    /// The body, at most 1024 characters.
    public var messageBody: String?
    /// A code of 2xx, 4xx or 5xx.
    public var statusCode: String
    /// `text/plain`, `text/css`, `text/html`, `application/javascript` or `application/json`.
    public var contentType: String?

    /// Makes a value of its members.
    public init(messageBody: String? = nil, statusCode: String, contentType: String? = nil) {
      self.messageBody = messageBody
      self.statusCode = statusCode
      self.contentType = contentType
    }
  }
}
