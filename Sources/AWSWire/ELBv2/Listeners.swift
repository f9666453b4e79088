// Listeners of load balancers.

extension ELBv2 {
  /// A port of a load balancer and what happens to its requests.
  public struct Listener: Codable, Sendable, Equatable {
    /// The listener.
    public var listenerArn: String
    /// The load balancer.
    public var loadBalancerArn: String?
    /// The port.
    public var port: Int?
    /// `HTTP` or `HTTPS`.
    public var `protocol`: String?
    /// The certificate of HTTPS.
    public var certificates: [Certificate]?
    /// The TLS policy of HTTPS.
    public var sslPolicy: String?
    /// What happens to requests that no rule matches.
    public var defaultActions: [Action]?

    /// Makes a value of its members.
    public init(
      listenerArn: String, loadBalancerArn: String? = nil, port: Int? = nil, protocol: String? = nil,
      certificates: [Certificate]? = nil, sslPolicy: String? = nil, defaultActions: [Action]? = nil
    ) {
      self.listenerArn = listenerArn
      self.loadBalancerArn = loadBalancerArn
      self.port = port
      self.protocol = `protocol`
      self.certificates = certificates
      self.sslPolicy = sslPolicy
      self.defaultActions = defaultActions
    }
  }

  /// A certificate of a listener.
  public struct Certificate: Codable, Sendable, Equatable {
    /// The certificate.
    public var certificateArn: String?
    /// Whether it is the default one.
    public var isDefault: Bool?

    /// Makes a value of its members.
    public init(certificateArn: String? = nil, isDefault: Bool? = nil) {
      self.certificateArn = certificateArn
      self.isDefault = isDefault
    }
  }

  /// Opens a port of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
  public struct CreateListenerRequest: ELBv2Request, Equatable {
    public typealias Response = CreateListenerResponse
    public static let operation = "CreateListener"

    /// The load balancer.
    public var loadBalancerArn: String
    /// `HTTP` or `HTTPS`.
    public var `protocol`: String?
    /// The port.
    public var port: Int?
    /// The TLS policy of HTTPS.
    public var sslPolicy: String?
    /// The certificate of HTTPS.
    public var certificates: [Certificate]?
    /// What happens to requests that no rule matches.
    public var defaultActions: [Action]
    /// Tags to put on it at once.
    public var tags: [Tag]?

    /// Makes a request.
    public init(
      loadBalancerArn: String, protocol: String? = nil, port: Int? = nil, sslPolicy: String? = nil,
      certificates: [Certificate]? = nil, defaultActions: [Action], tags: [Tag]? = nil
    ) {
      self.loadBalancerArn = loadBalancerArn
      self.protocol = `protocol`
      self.port = port
      self.sslPolicy = sslPolicy
      self.certificates = certificates
      self.defaultActions = defaultActions
      self.tags = tags
    }
  }

  /// The listener that was made.
  public struct CreateListenerResponse: Codable, Sendable, Equatable {
    /// One listener.
    public var listeners: [Listener]

    /// Makes an answer.
    public init(listeners: [Listener]) {
      self.listeners = listeners
    }
  }

  /// Reads listeners: those that are named, or those of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html
  public struct DescribeListenersRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeListenersResponse
    public static let operation = "DescribeListeners"

    /// By load balancer.
    public var loadBalancerArn: String?
    /// By ARN.
    public var listenerArns: [String]?
    /// Where to go on, from the page before.
    public var marker: String?
    /// How many to answer at most, 1–400.
    public var pageSize: Int?

    /// Makes a request.
    public init(
      loadBalancerArn: String? = nil, listenerArns: [String]? = nil, marker: String? = nil, pageSize: Int? = nil
    ) {
      self.loadBalancerArn = loadBalancerArn
      self.listenerArns = listenerArns
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// A page of listeners.
  public struct DescribeListenersResponse: Codable, Sendable, Equatable {
    /// The listeners.
    public var listeners: [Listener]
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(listeners: [Listener], nextMarker: String? = nil) {
      self.listeners = listeners
      self.nextMarker = nextMarker
    }
  }

  /// Changes what is given of a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html
  public struct ModifyListenerRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyListenerResponse
    public static let operation = "ModifyListener"

    /// The listener.
    public var listenerArn: String
    /// The port.
    public var port: Int?
    /// The protocol.
    public var `protocol`: String?
    /// The TLS policy of HTTPS.
    public var sslPolicy: String?
    /// The certificate of HTTPS.
    public var certificates: [Certificate]?
    /// What happens to requests that no rule matches.
    public var defaultActions: [Action]?

    /// Makes a request.
    public init(
      listenerArn: String, port: Int? = nil, protocol: String? = nil, sslPolicy: String? = nil,
      certificates: [Certificate]? = nil, defaultActions: [Action]? = nil
    ) {
      self.listenerArn = listenerArn
      self.port = port
      self.protocol = `protocol`
      self.sslPolicy = sslPolicy
      self.certificates = certificates
      self.defaultActions = defaultActions
    }
  }

  /// The listener after the change.
  public struct ModifyListenerResponse: Codable, Sendable, Equatable {
    /// One listener.
    public var listeners: [Listener]

    /// Makes an answer.
    public init(listeners: [Listener]) {
      self.listeners = listeners
    }
  }

  /// Closes a port of a load balancer, with its rules.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteListener.html
  public struct DeleteListenerRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteListener"

    /// The listener.
    public var listenerArn: String

    /// Makes a request.
    public init(listenerArn: String) {
      self.listenerArn = listenerArn
    }
  }

  /// Reads the attributes of a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerAttributes.html
  public struct DescribeListenerAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeListenerAttributesResponse
    public static let operation = "DescribeListenerAttributes"

    /// The listener.
    public var listenerArn: String

    /// Makes a request.
    public init(listenerArn: String) {
      self.listenerArn = listenerArn
    }
  }

  /// All attributes.
  public struct DescribeListenerAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }

  /// Changes attributes of a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListenerAttributes.html
  public struct ModifyListenerAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyListenerAttributesResponse
    public static let operation = "ModifyListenerAttributes"

    /// The listener.
    public var listenerArn: String
    /// The attributes to change.
    public var attributes: [Attribute]

    /// Makes a request.
    public init(listenerArn: String, attributes: [Attribute]) {
      self.listenerArn = listenerArn
      self.attributes = attributes
    }
  }

  /// All attributes after the change.
  public struct ModifyListenerAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }
}
