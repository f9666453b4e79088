import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation
import Logging

/// An account of AWS, as this person reaches it, in one region.
struct AWSSession: Sendable {
  /// Region, endpoints and credentials.
  let configuration: AWSConfiguration
  let http: HTTPClient
  let client: AWSClient
  /// The account's number.
  let account: String
  /// Who calls.
  let caller: String

  /// Finds the credentials and asks AWS whose they are.
  static func open(region: String, environment: [String: String]) async throws -> AWSSession {
    let configuration = try Self.configuration(region: region, environment: environment)
    let http = HTTPClient.shared
    let client = AWSClient(configuration: configuration, http: http, logger: logger)
    let identity = try await client.send(STS.GetCallerIdentityRequest())
    guard let account = identity.account, let caller = identity.arn else {
      throw CommandError(.failure, "AWS does not say whose credentials these are")
    }
    return AWSSession(configuration: configuration, http: http, client: client, account: account, caller: caller)
  }

  /// Where AWS is and as whom it is asked; nothing is asked yet.
  static func configuration(region: String, environment: [String: String]) throws -> AWSConfiguration {
    var configuration = try AWSConfiguration.resolve(environment: environment, region: region)
    // Services that only this room speaks to.
    for (signingName, variable) in [
      "s3": "AWS_ENDPOINT_URL_S3", "iam": "AWS_ENDPOINT_URL_IAM", "servicequotas": "AWS_ENDPOINT_URL_SERVICE_QUOTAS",
      "ec2": "AWS_ENDPOINT_URL_EC2",
    ] {
      guard let text = environment[variable], let url = URL(string: text) else { continue }
      configuration.serviceEndpoints[signingName] = url
    }
    return configuration
  }

  static var logger: Logger {
    var logger = Logger(label: "palco", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .error
    return logger
  }

  /// IAM is one for all regions of a partition, and signed for one of them.
  var iam: AWSClient {
    var configuration = configuration
    let home: (region: String, host: String) =
      switch Partition(region: configuration.region).name {
      case "aws-cn": ("cn-north-1", "iam.cn-north-1.amazonaws.com.cn")
      case "aws-us-gov": ("us-gov-west-1", "iam.us-gov.amazonaws.com")
      default: ("us-east-1", "iam.amazonaws.com")
      }
    configuration.region = home.region
    if configuration.endpoint == nil, configuration.serviceEndpoints["iam"] == nil {
      configuration.serviceEndpoints["iam"] = URL(string: "https://\(home.host)")
    }
    return AWSClient(configuration: configuration, http: http, logger: Self.logger)
  }
}
