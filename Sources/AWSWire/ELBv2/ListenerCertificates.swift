// Certificates of listeners.

extension ELBv2 {
  /// Adds certificates to a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html
  public struct AddListenerCertificatesRequest: ELBv2Request, Equatable {
    public typealias Response = AddListenerCertificatesResponse
    public static let operation = "AddListenerCertificates"

    /// The listener ARN.
    public var listenerArn: String
    /// The certificates.
    public var certificates: [Certificate]

    /// Makes a request.
    public init(listenerArn: String, certificates: [Certificate]) {
      self.listenerArn = listenerArn
      self.certificates = certificates
    }
  }

  /// What `AddListenerCertificates` answers.
  public struct AddListenerCertificatesResponse: Codable, Sendable, Equatable {
    /// The certificates.
    public var certificates: [Certificate]?

    /// Makes an answer.
    public init(certificates: [Certificate]? = nil) {
      self.certificates = certificates
    }
  }

  /// Reads the certificates of a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html
  public struct DescribeListenerCertificatesRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeListenerCertificatesResponse
    public static let operation = "DescribeListenerCertificates"

    /// The listener ARN.
    public var listenerArn: String
    /// Where to go on.
    public var marker: String?
    /// How many to answer at most.
    public var pageSize: Int?

    /// Makes a request.
    public init(listenerArn: String, marker: String? = nil, pageSize: Int? = nil) {
      self.listenerArn = listenerArn
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// What `DescribeListenerCertificates` answers.
  public struct DescribeListenerCertificatesResponse: Codable, Sendable, Equatable {
    /// The certificates.
    public var certificates: [Certificate]?
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(certificates: [Certificate]? = nil, nextMarker: String? = nil) {
      self.certificates = certificates
      self.nextMarker = nextMarker
    }
  }

  /// Removes certificates from a listener.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveListenerCertificates.html
  public struct RemoveListenerCertificatesRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "RemoveListenerCertificates"

    /// The listener ARN.
    public var listenerArn: String
    /// The certificates.
    public var certificates: [Certificate]

    /// Makes a request.
    public init(listenerArn: String, certificates: [Certificate]) {
      self.listenerArn = listenerArn
      self.certificates = certificates
    }
  }
}
