import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import AWSClient

@Suite struct EndpointTests {
  private func endpoint(_ service: AWSService, _ region: String, fips: Bool = false, dual: Bool = false) throws
    -> String
  {
    try AWSConfiguration(
      region: region, usesFIPS: fips, usesDualStack: dual,
      credentials: StaticCredentials(.init(accessKey: "a", secretKey: "b"))
    ).endpoint(of: service).absoluteString
  }

  @Test func everyPartitionHasItsDomain() throws {
    #expect(try endpoint(ECS.service, "eu-west-1") == "https://ecs.eu-west-1.amazonaws.com")
    #expect(try endpoint(ECR.service, "cn-north-1") == "https://api.ecr.cn-north-1.amazonaws.com.cn")
    #expect(try endpoint(STS.service, "us-gov-west-1", fips: true) == "https://sts.us-gov-west-1.amazonaws.com")
    #expect(try endpoint(ECS.service, "eusc-de-east-1") == "https://ecs.eusc-de-east-1.amazonaws.eu")
    #expect(Partition(region: "us-gov-east-1").name == "aws-us-gov")
    #expect(Partition(region: "cn-northwest-1").name == "aws-cn")
    #expect(Partition(region: "eu-west-1").name == "aws")
  }

  @Test(arguments: ["", "evil.example/", "eu-west-1.evil.example", "EU", "a b", "é"])
  func whatIsNoRegionIsRefused(_ region: String) {
    #expect(throws: AWSClientError.configuration("'\(region)' is no AWS region, such as eu-west-1")) {
      try endpoint(ECS.service, region)
    }
  }

  /// Each service in a region of each partition, with and without FIPS and dual stack, against AWS's own rules.
  @Test(.enabled(if: Python.isUsable, "\(Python.hint)")) func endpointsAreThoseOfBotocore() throws {
    let script = """
      import botocore.session, json
      from botocore.endpoint_provider import EndpointProvider
      loader = botocore.session.get_session().get_component('data_loader')
      partitions = loader.load_data('partitions')
      regions = [next(r for r in p['regions'] if not r.endswith('-global')) for p in partitions['partitions']]
      out = []
      for service in ('ecs', 'ecr', 'logs', 'sts', 'elbv2', 'sso', 'sso-oidc'):
          rules = loader.load_service_model(service, 'endpoint-rule-set-1')
          for region in regions:
              for fips in (False, True):
                  for dual in (False, True):
                      more = {'UseGlobalEndpoint': False} if service == 'sts' else {}
                      url = EndpointProvider(rules, partitions).resolve_endpoint(
                          Region=region, UseFIPS=fips, UseDualStack=dual, **more).url
                      out.append({'service': service, 'region': region, 'fips': fips, 'dual': dual, 'url': url})
      print(json.dumps(out))
      """
    struct Expected: Decodable {
      var service: String
      var region: String
      var fips: Bool
      var dual: Bool
      var url: String
    }
    let services = [
      "ecs": ECS.service, "ecr": ECR.service, "logs": Logs.service, "sts": STS.service, "elbv2": ELBv2.service,
      "sso": CredentialChain.portal, "sso-oidc": CredentialChain.oidc,
    ]
    let all = try JSONDecoder().decode([Expected].self, from: Python.run(script))
    #expect(all.count >= 196)
    for expected in all {
      let service = try #require(services[expected.service])
      #expect(try endpoint(service, expected.region, fips: expected.fips, dual: expected.dual) == expected.url)
    }
  }
}
