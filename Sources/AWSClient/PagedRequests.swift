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

/// A request for a page that begins at a marker.
public protocol MarkedRequest: PagedRequest where Response: MarkedPage {
  /// Where the page begins.
  var marker: String? { get set }
}

extension MarkedRequest {
  public var nextToken: String? {
    get { marker }
    set { marker = newValue }
  }
}

/// A page that names where the next one begins.
public protocol MarkedPage: Page {
  /// Where the next page begins.
  var nextMarker: String? { get }
}

extension MarkedPage {
  public var nextToken: String? { nextMarker }
}

extension ELBv2.DescribeLoadBalancersRequest: MarkedRequest {}
extension ELBv2.DescribeLoadBalancersResponse: MarkedPage {}
extension ELBv2.DescribeTargetGroupsRequest: MarkedRequest {}
extension ELBv2.DescribeTargetGroupsResponse: MarkedPage {}
extension ELBv2.DescribeListenersRequest: MarkedRequest {}
extension ELBv2.DescribeListenersResponse: MarkedPage {}
extension ELBv2.DescribeRulesRequest: MarkedRequest {}
extension ELBv2.DescribeRulesResponse: MarkedPage {}
