import AWSWire
import Foundation
import Testing

/// Against botocore: its requests literally, and our answers as literals that its parser has read.
@Suite struct ELBv2WireTests {
  private let codec = QueryCodec(
    version: "2015-12-01", namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/")

  @Test func readsARuleAsBotocoreSendsIt() throws {
    let body = """
      Action=CreateRule&Version=2015-12-01&ListenerArn=arn%3Al&Priority=10&Conditions.member.1.Field=host-header&\
      Conditions.member.1.HostHeaderConfig.Values.member.1=a.example&\
      Conditions.member.1.HostHeaderConfig.Values.member.2=%2A.b+%26+c&Conditions.member.2.Field=query-string&\
      Conditions.member.2.QueryStringConfig.Values.member.1.Key=v&\
      Conditions.member.2.QueryStringConfig.Values.member.1.Value=%C3%A9%2B1&Actions.member.1.Type=forward&\
      Actions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn=arn%3A1&\
      Actions.member.1.ForwardConfig.TargetGroups.member.1.Weight=90&\
      Actions.member.1.ForwardConfig.TargetGroups.member.2.TargetGroupArn=arn%3A2&\
      Actions.member.1.ForwardConfig.TargetGroups.member.2.Weight=0&\
      Actions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=false
      """
    let groups = [
      ELBv2.TargetGroupTuple(targetGroupArn: "arn:1", weight: 90),
      ELBv2.TargetGroupTuple(targetGroupArn: "arn:2", weight: 0),
    ]
    #expect(
      try codec.decodeRequest(ELBv2.CreateRuleRequest.self, from: Data(body.utf8))
        == ELBv2.CreateRuleRequest(
          listenerArn: "arn:l",
          conditions: [
            .init(field: "host-header", hostHeaderConfig: .init(values: ["a.example", "*.b & c"])),
            .init(field: "query-string", queryStringConfig: .init(values: [.init(key: "v", value: "é+1")])),
          ], priority: 10,
          actions: [
            .init(
              type: "forward",
              forwardConfig: .init(targetGroups: groups, targetGroupStickinessConfig: .init(enabled: false)))
          ]))
  }

  @Test func readsAnEmptyListAsBotocoreSendsIt() throws {
    let body = Data("Action=DescribeRules&Version=2015-12-01&RuleArns=".utf8)
    #expect(try codec.decodeRequest(ELBv2.DescribeRulesRequest.self, from: body).ruleArns == [])
  }

  @Test func writesAnAnswerThatBotocoreReads() throws {
    let response = ELBv2.DescribeLoadBalancersResponse(
      loadBalancers: [
        .init(
          loadBalancerArn: "arn:lb", dnsName: "127.18.0.1", createdTime: Date(timeIntervalSince1970: 1_700_000_000.123),
          loadBalancerName: "a<b", state: .init(code: "active"), availabilityZones: [.init(zoneName: "us-east-1a")],
          securityGroups: [])
      ], nextMarker: "2")
    let message = try codec.encodeResponse(response, to: ELBv2.DescribeLoadBalancersRequest.self, requestID: "r-1")
    #expect(message.headers.first?.value == "text/xml")
    #expect(
      String(decoding: message.body, as: UTF8.self) == """
        <DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">\
        <DescribeLoadBalancersResult><LoadBalancers><member><LoadBalancerArn>arn:lb</LoadBalancerArn>\
        <CreatedTime>2023-11-14T22:13:20.123Z</CreatedTime><LoadBalancerName>a&lt;b</LoadBalancerName>\
        <State><Code>active</Code></State><AvailabilityZones><member><ZoneName>us-east-1a</ZoneName></member>\
        </AvailabilityZones><SecurityGroups></SecurityGroups><DNSName>127.18.0.1</DNSName></member></LoadBalancers>\
        <NextMarker>2</NextMarker></DescribeLoadBalancersResult>\
        <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DescribeLoadBalancersResponse>
        """)
    #expect(try codec.decodeResponse(to: ELBv2.DescribeLoadBalancersRequest.self, from: message.body) == response)
  }

  @Test func anAnswerWithoutContentIsReadBoth() throws {
    let message = try codec.encodeResponse(EmptyResponse(), to: ELBv2.DeleteRuleRequest.self, requestID: "r")
    #expect(throws: Never.self) { try codec.decodeResponse(to: ELBv2.DeleteRuleRequest.self, from: message.body) }
    let bare = "<DeleteRuleResponse><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteRuleResponse>"
    #expect(throws: Never.self) { try codec.decodeResponse(to: ELBv2.DeleteRuleRequest.self, from: Data(bare.utf8)) }
  }
}
