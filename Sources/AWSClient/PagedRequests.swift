import AWSWire

extension ECS.ListClustersRequest: PagedRequest {}
extension ECS.ListClustersResponse: Page {}
extension ECS.ListServicesRequest: PagedRequest {}
extension ECS.ListServicesResponse: Page {}
extension ECS.ListTasksRequest: PagedRequest {}
extension ECS.ListTasksResponse: Page {}
extension ECS.ListTaskDefinitionsRequest: PagedRequest {}
extension ECS.ListTaskDefinitionsResponse: Page {}
extension ECS.ListTaskDefinitionFamiliesRequest: PagedRequest {}
extension ECS.ListTaskDefinitionFamiliesResponse: Page {}
extension ECS.ListServiceDeploymentsRequest: PagedRequest {}
extension ECS.ListServiceDeploymentsResponse: Page {}
extension ECR.DescribeRepositoriesRequest: PagedRequest {}
extension ECR.DescribeRepositoriesResponse: Page {}
extension ECR.DescribeImagesRequest: PagedRequest {}
extension ECR.DescribeImagesResponse: Page {}
extension ECR.ListImagesRequest: PagedRequest {}
extension ECR.ListImagesResponse: Page {}
extension Logs.DescribeLogGroupsRequest: PagedRequest {}
extension Logs.DescribeLogGroupsResponse: Page {}
extension Logs.DescribeLogStreamsRequest: PagedRequest {}
extension Logs.DescribeLogStreamsResponse: Page {}
extension Logs.FilterLogEventsRequest: PagedRequest {}
extension Logs.FilterLogEventsResponse: Page {}

// Elastic Load Balancing calls the token a marker.
extension ELBv2.DescribeLoadBalancersRequest: PagedRequest {
  public var nextToken: String? {
    get { marker }
    set { marker = newValue }
  }
}
extension ELBv2.DescribeLoadBalancersResponse: Page {
  public var nextToken: String? { nextMarker }
}
extension ELBv2.DescribeTargetGroupsRequest: PagedRequest {
  public var nextToken: String? {
    get { marker }
    set { marker = newValue }
  }
}
extension ELBv2.DescribeTargetGroupsResponse: Page {
  public var nextToken: String? { nextMarker }
}
extension ELBv2.DescribeListenersRequest: PagedRequest {
  public var nextToken: String? {
    get { marker }
    set { marker = newValue }
  }
}
extension ELBv2.DescribeListenersResponse: Page {
  public var nextToken: String? { nextMarker }
}
extension ELBv2.DescribeRulesRequest: PagedRequest {
  public var nextToken: String? {
    get { marker }
    set { marker = newValue }
  }
}
extension ELBv2.DescribeRulesResponse: Page {
  public var nextToken: String? { nextMarker }
}
