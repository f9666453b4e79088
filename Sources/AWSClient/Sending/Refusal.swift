import AWSWire

/// What a service says of the one who asks, told from what it says of the request.
enum Refusal {
  /// Temporary credentials have ended.
  static func isExpiry(_ error: AWSError) -> Bool {
    ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"].contains(error.code)
  }

  /// The error in words that say what to do; the service's own for whatever is no matter of identity.
  static func explained(_ error: AWSError, configuration: AWSConfiguration, endpoint: String) -> any Error {
    let origin = configuration.credentials.origin
    switch error.code {
    case _ where isExpiry(error):
      return AWSClientError.credentialsExpired(origin: origin.name, remedy: origin.remedy)
    case "InvalidSignatureException", "SignatureDoesNotMatch":
      // "Credential should be scoped to a valid region."
      if error.message.contains("scoped to a valid region") {
        return AWSClientError.wrongRegion(region: configuration.region, endpoint: endpoint, reason: error.message)
      }
      if error.message.hasPrefix("Signature expired") || error.message.hasPrefix("Signature not yet current") {
        return AWSClientError.wrongClock(reason: error.message)
      }
      return AWSClientError.credentialsRefused(
        origin: origin.name, code: error.code, reason: "the secret key is not the one of the access key")
    case "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed":
      return AWSClientError.wrongClock(reason: error.message)
    case "InvalidClientTokenId", "UnrecognizedClientException":
      return AWSClientError.credentialsRefused(
        origin: origin.name, code: error.code,
        reason: "nobody has this access key, or the region \(configuration.region) is not enabled in the account")
    default:
      return error
    }
  }
}
