import AWSWire
import Foundation
import PalcoTestSupport
import Testing

/// The shapes against botocore's service models: every member that a shape has is in the model under its name and
/// type, and survives a round trip. Members of the model that a shape leaves out are ignored.
@Suite(.enabled(if: Python.isUsable, "\(Python.hint)")) struct ModelShapeTests {
  @Test func shapesOfECSAreThoseOfTheModel() throws {
    let model = try Model("ecs")
    try model.check(ECS.CreateClusterRequest.self)
    try model.check(ECS.DescribeClustersRequest.self)
    try model.check(ECS.ListClustersRequest.self)
    try model.check(ECS.DeleteClusterRequest.self)
    try model.check(ECS.UpdateClusterRequest.self)
    try model.check(ECS.UpdateClusterSettingsRequest.self)
    try model.check(ECS.PutClusterCapacityProvidersRequest.self)
    try model.check(ECS.RegisterTaskDefinitionRequest.self)
    try model.check(ECS.DescribeTaskDefinitionRequest.self)
    try model.check(ECS.DeregisterTaskDefinitionRequest.self)
    try model.check(ECS.DeleteTaskDefinitionsRequest.self)
    try model.check(ECS.ListTaskDefinitionsRequest.self)
    try model.check(ECS.ListTaskDefinitionFamiliesRequest.self)
    try model.check(ECS.CreateServiceRequest.self)
    try model.check(ECS.UpdateServiceRequest.self)
    try model.check(ECS.DeleteServiceRequest.self)
    try model.check(ECS.DescribeServicesRequest.self)
    try model.check(ECS.ListServicesRequest.self)
    try model.check(ECS.RunTaskRequest.self)
    try model.check(ECS.StopTaskRequest.self)
    try model.check(ECS.DescribeTasksRequest.self)
    try model.check(ECS.ListTasksRequest.self)
    try model.check(ECS.ListServiceDeploymentsRequest.self)
    try model.check(ECS.DescribeServiceDeploymentsRequest.self)
    try model.check(ECS.StopServiceDeploymentRequest.self)
    try model.check(ECS.ContinueServiceDeploymentRequest.self)
    try model.check(ECS.DescribeServiceRevisionsRequest.self)
    try model.check(ECS.CreateTaskSetRequest.self)
    try model.check(ECS.DescribeTaskSetsRequest.self)
    try model.check(ECS.UpdateTaskSetRequest.self)
    try model.check(ECS.UpdateServicePrimaryTaskSetRequest.self)
    try model.check(ECS.DeleteTaskSetRequest.self)
    try model.check(ECS.TagResourceRequest.self)
    try model.check(ECS.UntagResourceRequest.self)
    try model.check(ECS.ListTagsForResourceRequest.self)
  }

  @Test func shapesOfECRAreThoseOfTheModel() throws {
    let model = try Model("ecr")
    try model.check(ECR.CreateRepositoryRequest.self)
    try model.check(ECR.DescribeRepositoriesRequest.self)
    try model.check(ECR.DeleteRepositoryRequest.self)
    try model.check(ECR.GetAuthorizationTokenRequest.self)
    try model.check(ECR.PutImageRequest.self)
    try model.check(ECR.BatchGetImageRequest.self)
    try model.check(ECR.BatchDeleteImageRequest.self)
    try model.check(ECR.DescribeImagesRequest.self)
    try model.check(ECR.ListImagesRequest.self)
    try model.check(ECR.BatchCheckLayerAvailabilityRequest.self)
    try model.check(ECR.InitiateLayerUploadRequest.self)
    try model.check(ECR.UploadLayerPartRequest.self)
    try model.check(ECR.CompleteLayerUploadRequest.self)
    try model.check(ECR.GetDownloadUrlForLayerRequest.self)
    try model.check(ECR.PutImageTagMutabilityRequest.self)
    try model.check(ECR.PutImageScanningConfigurationRequest.self)
    try model.check(ECR.PutLifecyclePolicyRequest.self)
    try model.check(ECR.GetLifecyclePolicyRequest.self)
    try model.check(ECR.DeleteLifecyclePolicyRequest.self)
    try model.check(ECR.SetRepositoryPolicyRequest.self)
    try model.check(ECR.GetRepositoryPolicyRequest.self)
    try model.check(ECR.DeleteRepositoryPolicyRequest.self)
    try model.check(ECR.TagResourceRequest.self)
    try model.check(ECR.UntagResourceRequest.self)
    try model.check(ECR.ListTagsForResourceRequest.self)
  }

  @Test func shapesOfLogsAreThoseOfTheModel() throws {
    let model = try Model("logs")
    try model.check(Logs.CreateLogGroupRequest.self)
    try model.check(Logs.DescribeLogGroupsRequest.self)
    try model.check(Logs.DeleteLogGroupRequest.self)
    try model.check(Logs.PutRetentionPolicyRequest.self)
    try model.check(Logs.DeleteRetentionPolicyRequest.self)
    try model.check(Logs.AssociateKmsKeyRequest.self)
    try model.check(Logs.DisassociateKmsKeyRequest.self)
    try model.check(Logs.CreateLogStreamRequest.self)
    try model.check(Logs.DescribeLogStreamsRequest.self)
    try model.check(Logs.DeleteLogStreamRequest.self)
    try model.check(Logs.PutLogEventsRequest.self)
    try model.check(Logs.GetLogEventsRequest.self)
    try model.check(Logs.FilterLogEventsRequest.self)
    try model.check(Logs.TagResourceRequest.self)
    try model.check(Logs.UntagResourceRequest.self)
    try model.check(Logs.ListTagsForResourceRequest.self)
    try model.check(Logs.TagLogGroupRequest.self)
    try model.check(Logs.UntagLogGroupRequest.self)
    try model.check(Logs.ListTagsLogGroupRequest.self)
  }

  @Test func shapesOfApplicationAutoScalingAreThoseOfTheModel() throws {
    let model = try Model("application-autoscaling")
    try model.check(ApplicationAutoScaling.RegisterScalableTargetRequest.self)
    try model.check(ApplicationAutoScaling.DeregisterScalableTargetRequest.self)
    try model.check(ApplicationAutoScaling.DescribeScalableTargetsRequest.self)
    try model.check(ApplicationAutoScaling.PutScalingPolicyRequest.self)
    try model.check(ApplicationAutoScaling.DeleteScalingPolicyRequest.self)
    try model.check(ApplicationAutoScaling.DescribeScalingPoliciesRequest.self)
    try model.check(ApplicationAutoScaling.DescribeScalingActivitiesRequest.self)
    try model.check(ApplicationAutoScaling.PutScheduledActionRequest.self)
    try model.check(ApplicationAutoScaling.DeleteScheduledActionRequest.self)
    try model.check(ApplicationAutoScaling.DescribeScheduledActionsRequest.self)
    try model.check(ApplicationAutoScaling.TagResourceRequest.self)
    try model.check(ApplicationAutoScaling.UntagResourceRequest.self)
    try model.check(ApplicationAutoScaling.ListTagsForResourceRequest.self)
  }

  @Test func shapesOfCloudWatchAreThoseOfTheModel() throws {
    let model = try Model("cloudwatch")
    try model.check(CloudWatch.PutMetricDataRequest.self)
    try model.check(CloudWatch.GetMetricDataRequest.self)
    try model.check(CloudWatch.GetMetricStatisticsRequest.self)
    try model.check(CloudWatch.ListMetricsRequest.self)
    try model.check(CloudWatch.PutMetricAlarmRequest.self)
    try model.check(CloudWatch.PutCompositeAlarmRequest.self)
    try model.check(CloudWatch.DescribeAlarmsRequest.self)
    try model.check(CloudWatch.DescribeAlarmsForMetricRequest.self)
    try model.check(CloudWatch.DeleteAlarmsRequest.self)
    try model.check(CloudWatch.SetAlarmStateRequest.self)
    try model.check(CloudWatch.EnableAlarmActionsRequest.self)
    try model.check(CloudWatch.DisableAlarmActionsRequest.self)
    try model.check(CloudWatch.DescribeAlarmHistoryRequest.self)
    try model.check(CloudWatch.TagResourceRequest.self)
    try model.check(CloudWatch.UntagResourceRequest.self)
    try model.check(CloudWatch.ListTagsForResourceRequest.self)
    try model.check(CloudWatch.PutDashboardRequest.self)
    try model.check(CloudWatch.GetDashboardRequest.self)
    try model.check(CloudWatch.ListDashboardsRequest.self)
    try model.check(CloudWatch.DeleteDashboardsRequest.self)
  }

  @Test func shapesOfSecretsManagerAreThoseOfTheModel() throws {
    let model = try Model("secretsmanager")
    try model.check(SecretsManager.CreateSecretRequest.self)
    try model.check(SecretsManager.UpdateSecretRequest.self)
    try model.check(SecretsManager.DescribeSecretRequest.self)
    try model.check(SecretsManager.ListSecretsRequest.self)
    try model.check(SecretsManager.DeleteSecretRequest.self)
    try model.check(SecretsManager.RestoreSecretRequest.self)
    try model.check(SecretsManager.GetResourcePolicyRequest.self)
    try model.check(SecretsManager.PutSecretValueRequest.self)
    try model.check(SecretsManager.GetSecretValueRequest.self)
    try model.check(SecretsManager.UpdateSecretVersionStageRequest.self)
    try model.check(SecretsManager.ListSecretVersionIdsRequest.self)
    try model.check(SecretsManager.GetRandomPasswordRequest.self)
    try model.check(SecretsManager.TagResourceRequest.self)
    try model.check(SecretsManager.UntagResourceRequest.self)
  }

  @Test func shapesOfParameterStoreAreThoseOfTheModel() throws {
    let model = try Model("ssm")
    try model.check(SSM.PutParameterRequest.self)
    try model.check(SSM.GetParameterRequest.self)
    try model.check(SSM.GetParametersRequest.self)
    try model.check(SSM.GetParametersByPathRequest.self)
    try model.check(SSM.DescribeParametersRequest.self)
    try model.check(SSM.DeleteParameterRequest.self)
    try model.check(SSM.DeleteParametersRequest.self)
    try model.check(SSM.AddTagsToResourceRequest.self)
    try model.check(SSM.RemoveTagsFromResourceRequest.self)
    try model.check(SSM.ListTagsForResourceRequest.self)
  }
}

/// A service model of botocore, as full examples of its operations: every member has a value, and each structure has
/// a member more that no model knows.
private struct Model {
  private let codec: JSONCodec
  private let examples: [String: Any]

  init(_ service: String) throws {
    let script = """
      import botocore.session, json, sys
      model = botocore.session.get_session().get_component('data_loader').load_service_model(sys.stdin.read(), 'service-2')
      leaves = {'string': 'text', 'integer': 7, 'long': 7000000000, 'boolean': True, 'timestamp': 1700000000.123,
                'double': 2.5, 'float': 2.5, 'blob': 'aGVsbG8='}
      def example(name, within=()):
          shape = model['shapes'][name]
          kind = shape['type']
          if kind in leaves:
              return leaves[kind]
          if name in within:
              return {}
          within += (name,)
          if kind == 'list':
              return [example(shape['member']['shape'], within)]
          if kind == 'map':
              return {'key': example(shape['value']['shape'], within)}
          if shape.get('document'):
              return {'a': [1, 'b', None, True, {'c': 2.5}]}
          members = {k: example(v['shape'], within) for k, v in shape['members'].items()}
          return {'unknownMember': {'x': [1]}, **members}
      metadata = model['metadata']
      print(json.dumps({'version': metadata['jsonVersion'], 'prefix': metadata['targetPrefix'], 'operations': {
          name: {side: example(op[side]['shape']) for side in ('input', 'output') if side in op}
          for name, op in model['operations'].items()}}))
      """
    let object = try JSONSerialization.jsonObject(with: Python.run(script, input: service))
    let top = try #require(object as? [String: Any])
    examples = try #require(top["operations"] as? [String: Any])
    codec = JSONCodec(
      version: try #require(top["version"] as? String), targetPrefix: try #require(top["prefix"] as? String))
  }

  /// Members that newer models than 1.43 of botocore have.
  private static let newer: Set = ["earlySuccessCriteria", "resetOnHealthyTask", "thresholdConfiguration"]

  func check<R: AWSRequest>(_ type: R.Type) throws {
    #expect(R.service.wireProtocol == .json(version: codec.version, targetPrefix: codec.targetPrefix))
    let example = try #require(examples[R.operation] as? [String: Any], "no model has \(R.operation)")

    let input = try #require(example["input"])
    let request = try codec.decodeRequest(R.self, from: JSONSerialization.data(withJSONObject: input))
    expectFilled(request, "\(R.operation).input")
    let sent = try codec.encodeRequest(request)
    #expect(sent.headers[1].value == "\(codec.targetPrefix).\(R.operation)")
    expectSame(sent.body, input, "\(R.operation).input")

    let output = example["output"] ?? [String: Any]()
    let response = try codec.decodeResponse(to: R.self, from: JSONSerialization.data(withJSONObject: output))
    expectFilled(response, "\(R.operation).output")
    let answered = try codec.encodeResponse(response, to: R.self, requestID: "r")
    expectSame(answered.body, output, "\(R.operation).output")
  }

  /// An optional member that stayed empty is none of the model's.
  private func expectFilled(_ value: Any, _ path: String) {
    for (label, child) in Mirror(reflecting: value).children {
      let place = "\(path).\(label ?? "")"
      if label.map(Self.newer.contains) == true { continue }
      let mirror = Mirror(reflecting: child)
      if mirror.displayStyle == .optional, mirror.children.isEmpty {
        Issue.record("\(place) is not in the model")
      } else if !(child is Date), !(child is Data), !(child is JSONValue) {
        expectFilled(child, place)
      }
    }
  }

  private func expectSame(_ body: Data, _ example: Any, _ path: String) {
    guard let written = try? JSONSerialization.jsonObject(with: body) else {
      Issue.record("\(path) is not JSON")
      return
    }
    compare(written, example, path)
  }

  /// Everything that was written has the example's value.
  private func compare(_ written: Any, _ example: Any, _ path: String) {
    switch (written, example) {
    case (let written as [String: Any], let example as [String: Any]):
      for (name, value) in written {
        guard let expected = example[name] else {
          Issue.record("\(path).\(name) was not in the example")
          continue
        }
        compare(value, expected, "\(path).\(name)")
      }
    case (let written as [Any], let example as [Any]):
      #expect(written.count == example.count, "\(path)")
      for (index, pair) in zip(written, example).enumerated() { compare(pair.0, pair.1, "\(path)[\(index)]") }
    default:
      #expect((written as? NSObject) == (example as? NSObject), "\(path)")
    }
  }
}
