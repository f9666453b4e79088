// Rules of listeners.

extension ELBv2 {
  /// A rule: what happens to requests that all of its conditions match.
  public struct Rule: Codable, Sendable, Equatable {
    /// The rule.
    public var ruleArn: String
    /// The place in the order, lowest first; `default` for a rule that comes last.
    public var priority: String
    /// The conditions, all of which must hold.
    public var conditions: [RuleCondition]
    /// What happens.
    public var actions: [Action]
    /// Whether it is the default rule of the listener.
    public var isDefault: Bool

    /// Makes a value of its members.
    public init(ruleArn: String, priority: String, conditions: [RuleCondition], actions: [Action], isDefault: Bool) {
      self.ruleArn = ruleArn
      self.priority = priority
      self.conditions = conditions
      self.actions = actions
      self.isDefault = isDefault
    }
  }

  /// Makes a rule.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html
  public struct CreateRuleRequest: ELBv2Request, Equatable {
    public typealias Response = CreateRuleResponse
    public static let operation = "CreateRule"

    /// The listener.
    public var listenerArn: String
    /// The conditions, all of which must hold.
    public var conditions: [RuleCondition]
    /// The place in the order, 1–50000, unique in the listener.
    public var priority: Int
    /// What happens.
    public var actions: [Action]
    /// Tags to put on it at once.
    public var tags: [Tag]?

    /// Makes a request.
    public init(
      listenerArn: String, conditions: [RuleCondition], priority: Int, actions: [Action], tags: [Tag]? = nil
    ) {
      self.listenerArn = listenerArn
      self.conditions = conditions
      self.priority = priority
      self.actions = actions
      self.tags = tags
    }
  }

  /// The rule that was made.
  public struct CreateRuleResponse: Codable, Sendable, Equatable {
    /// One rule.
    public var rules: [Rule]

    /// Makes an answer.
    public init(rules: [Rule]) {
      self.rules = rules
    }
  }

  /// Reads rules: those that are named, or those of a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html
  public struct DescribeRulesRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeRulesResponse
    public static let operation = "DescribeRules"

    /// By listener.
    public var listenerArn: String?
    /// By ARN.
    public var ruleArns: [String]?
    /// Where to go on, from the page before.
    public var marker: String?
    /// How many to answer at most, 1–400.
    public var pageSize: Int?

    /// Makes a request.
    public init(listenerArn: String? = nil, ruleArns: [String]? = nil, marker: String? = nil, pageSize: Int? = nil) {
      self.listenerArn = listenerArn
      self.ruleArns = ruleArns
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// A page of rules.
  public struct DescribeRulesResponse: Codable, Sendable, Equatable {
    /// The rules, in their order.
    public var rules: [Rule]
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(rules: [Rule], nextMarker: String? = nil) {
      self.rules = rules
      self.nextMarker = nextMarker
    }
  }

  /// Changes what is given of a rule.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html
  public struct ModifyRuleRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyRuleResponse
    public static let operation = "ModifyRule"

    /// The rule.
    public var ruleArn: String
    /// The conditions.
    public var conditions: [RuleCondition]?
    /// What happens.
    public var actions: [Action]?

    /// Makes a request.
    public init(ruleArn: String, conditions: [RuleCondition]? = nil, actions: [Action]? = nil) {
      self.ruleArn = ruleArn
      self.conditions = conditions
      self.actions = actions
    }
  }

  /// The rule after the change.
  public struct ModifyRuleResponse: Codable, Sendable, Equatable {
    /// One rule.
    public var rules: [Rule]

    /// Makes an answer.
    public init(rules: [Rule]) {
      self.rules = rules
    }
  }

  /// Deletes a rule, not a default one.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteRule.html
  public struct DeleteRuleRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteRule"

    /// The rule.
    public var ruleArn: String

    /// Makes a request.
    public init(ruleArn: String) {
      self.ruleArn = ruleArn
    }
  }

  /// Changes the order of rules, all at once.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetRulePriorities.html
  public struct SetRulePrioritiesRequest: ELBv2Request, Equatable {
    public typealias Response = SetRulePrioritiesResponse
    public static let operation = "SetRulePriorities"

    /// The new places.
    public var rulePriorities: [RulePriorityPair]

    /// Makes a request.
    public init(rulePriorities: [RulePriorityPair]) {
      self.rulePriorities = rulePriorities
    }
  }

  /// The rules after the change.
  public struct SetRulePrioritiesResponse: Codable, Sendable, Equatable {
    /// The rules whose place was given.
    public var rules: [Rule]

    /// Makes an answer.
    public init(rules: [Rule]) {
      self.rules = rules
    }
  }

  /// A rule and its place.
  public struct RulePriorityPair: Codable, Sendable, Equatable {
    /// The rule.
    public var ruleArn: String
    /// The place, 1–50000.
    public var priority: Int

    /// Makes a value of its members.
    public init(ruleArn: String, priority: Int) {
      self.ruleArn = ruleArn
      self.priority = priority
    }
  }
}
