import AsyncHTTPClient

extension HTTPClient.Configuration {
  /// What ``AWSClient`` and ``RegistryClient`` want of their HTTP client: they send again by themselves, so a
  /// connection that is refused is told at once; and no redirect takes a signed request elsewhere.
  public static var aws: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: .seconds(60)))
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }
}
