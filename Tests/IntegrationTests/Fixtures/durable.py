"""What was accepted is there after kill -9 and a restart, in every service; ECS under a release has crash.py, S3 buckets.py.

    durable.py PALCO SERVICE.PY STATE PORT
"""
import hashlib
import json
import signal
import subprocess
import sys
import time

from botocore.exceptions import ClientError

from harness import NETWORK, clients, step

palco, service_py, state, port = sys.argv[1:5]
endpoint = f"http://127.0.0.1:{port}"
ecs, elb, ecr, logs, cloudwatch, scaling, secrets, parameters = clients(
    endpoint, ("ecs", "elbv2", "ecr", "logs", "cloudwatch", "application-autoscaling", "secretsmanager", "ssm"))
PLACE = dict(ServiceNamespace="ecs", ResourceId="service/kept/web", ScalableDimension="ecs:service:DesiredCount")


def start():
    daemon = subprocess.Popen(
        [palco, "cloud", "run", "--port", port, "--state", state, "--minute", "1s", "--allow-host-commands"], stdout=subprocess.PIPE, text=True)
    line = daemon.stdout.readline()
    assert "ready" in line, line
    return daemon


def killed(daemon):
    daemon.kill()
    daemon.wait()
    return start()


daemon = start()
try:
    step("one thing after the other is made, and the daemon is killed after each")
    balancer = elb.create_load_balancer(Name="kept", Subnets=["subnet-11111111", "subnet-22222222"])["LoadBalancers"][0]
    group = elb.create_target_group(Name="kept", Protocol="HTTP", Port=8080, VpcId="vpc-12345678", TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
    listener = elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=8080,
                                   DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])["Listeners"][0]["ListenerArn"]
    rule = elb.create_rule(ListenerArn=listener, Priority=5, Conditions=[{"Field": "path-pattern", "Values": ["/x"]}],
                           Actions=[{"Type": "forward", "TargetGroupArn": group}])["Rules"][0]["RuleArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "127.0.0.1", "Port": 9}])
    elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "7"}])
    daemon = killed(daemon)
    found = elb.describe_load_balancers(Names=["kept"])["LoadBalancers"][0]
    assert (found["LoadBalancerArn"], found["DNSName"]) == (balancer["LoadBalancerArn"], balancer["DNSName"]), found
    assert elb.describe_rules(RuleArns=[rule])["Rules"][0]["Priority"] == "5"
    assert len(elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]) == 1
    attributes = elb.describe_target_group_attributes(TargetGroupArn=group)["Attributes"]
    assert {"Key": "deregistration_delay.timeout_seconds", "Value": "7"} in attributes
    step("ELBv2: load balancer, rule, target and attribute are there")

    ecr.create_repository(repositoryName="kept")
    layer = b"layer" * 1000
    digest = "sha256:" + hashlib.sha256(layer).hexdigest()
    upload = ecr.initiate_layer_upload(repositoryName="kept")["uploadId"]
    ecr.upload_layer_part(repositoryName="kept", uploadId=upload, partFirstByte=0, partLastByte=len(layer) - 1, layerPartBlob=layer)
    ecr.complete_layer_upload(repositoryName="kept", uploadId=upload, layerDigests=[digest])
    manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                           "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": len(layer)},
                           "layers": []})
    image = ecr.put_image(repositoryName="kept", imageManifest=manifest, imageTag="v1")["image"]["imageId"]
    daemon = killed(daemon)
    found = ecr.batch_get_image(repositoryName="kept", imageIds=[{"imageTag": "v1"}])["images"][0]
    assert found["imageId"] == image and found["imageManifest"] == manifest, found
    assert ecr.batch_check_layer_availability(repositoryName="kept", layerDigests=[digest])["layers"][0]["layerAvailability"] == "AVAILABLE"
    step("ECR: the image and its layer are there")

    logs.create_log_group(logGroupName="/kept")
    logs.create_log_stream(logGroupName="/kept", logStreamName="s")
    logs.put_log_events(logGroupName="/kept", logStreamName="s", logEvents=[{"timestamp": int(time.time() * 1000), "message": "kept"}])
    logs.put_retention_policy(logGroupName="/kept", retentionInDays=7)
    daemon = killed(daemon)
    assert [event["message"] for event in logs.get_log_events(logGroupName="/kept", logStreamName="s")["events"]] == ["kept"]
    assert logs.describe_log_groups(logGroupNamePrefix="/kept")["logGroups"][0]["retentionInDays"] == 7
    step("Logs: the event and the retention are there")

    cloudwatch.put_metric_data(Namespace="Kept", MetricData=[{"MetricName": "m", "Value": 3.0}])
    cloudwatch.put_metric_alarm(AlarmName="kept", Namespace="Kept", MetricName="m", Statistic="Sum", Period=60, EvaluationPeriods=1,
                                Threshold=1e9, ComparisonOperator="GreaterThanThreshold")
    cloudwatch.set_alarm_state(AlarmName="kept", StateValue="ALARM", StateReason="to be kept")
    cloudwatch.put_dashboard(DashboardName="kept", DashboardBody='{"widgets": []}')
    daemon = killed(daemon)
    assert [metric["MetricName"] for metric in cloudwatch.list_metrics(Namespace="Kept")["Metrics"]] == ["m"]
    assert cloudwatch.describe_alarms(AlarmNames=["kept"])["MetricAlarms"]
    history = [item["HistorySummary"] for item in cloudwatch.describe_alarm_history(AlarmName="kept")["AlarmHistoryItems"]]
    assert any(summary.endswith("to ALARM") for summary in history), history
    assert cloudwatch.get_dashboard(DashboardName="kept")["DashboardBody"] == '{"widgets": []}'
    step("CloudWatch: data, alarm, history and dashboard are there")

    ecs.create_cluster(clusterName="kept")
    definition = ecs.register_task_definition(family="kept", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512", containerDefinitions=[
        {"name": "web", "image": f"process:{sys.executable}", "command": [service_py], "portMappings": [{"containerPort": 8080}]}])["taskDefinition"]["taskDefinitionArn"]
    ecs.create_service(cluster="kept", serviceName="web", taskDefinition=definition, desiredCount=1, launchType="FARGATE", networkConfiguration=NETWORK)
    daemon = killed(daemon)
    service = ecs.describe_services(cluster="kept", services=["web"])["services"][0]
    assert service["taskDefinition"] == definition and service["status"] == "ACTIVE", service
    step("ECS: cluster, task definition and service are there")

    target = scaling.register_scalable_target(**PLACE, MinCapacity=1, MaxCapacity=3)["ScalableTargetARN"]
    policy = scaling.put_scaling_policy(**PLACE, PolicyName="cpu", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 1e6, "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}})
    scaling.put_scheduled_action(**PLACE, ScheduledActionName="kept", Schedule="cron(0 9 ? * MON-FRI *)", ScalableTargetAction={"MinCapacity": 2})
    daemon = killed(daemon)
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"][0]["ScalableTargetARN"] == target
    kept = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"][0]
    assert kept["PolicyARN"] == policy["PolicyARN"] and kept["Alarms"] == policy["Alarms"], kept
    assert len(cloudwatch.describe_alarms(AlarmNames=[alarm["AlarmName"] for alarm in kept["Alarms"]])["MetricAlarms"]) == 2
    assert scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"][0]["ScheduledActionName"] == "kept"
    step("Application Auto Scaling: target, policy, alarms and scheduled action are there")

    secret = secrets.create_secret(Name="kept", SecretString="kept-1")["ARN"]
    secrets.put_secret_value(SecretId="kept", SecretString="kept-2")
    parameters.put_parameter(Name="/kept", Value="kept-3", Type="SecureString", Tags=[{"Key": "k", "Value": "v"}])
    daemon = killed(daemon)
    assert secrets.get_secret_value(SecretId=secret)["SecretString"] == "kept-2"
    assert secrets.get_secret_value(SecretId=secret, VersionStage="AWSPREVIOUS")["SecretString"] == "kept-1"
    assert parameters.get_parameter(Name="/kept", WithDecryption=True)["Parameter"]["Value"] == "kept-3"
    assert parameters.list_tags_for_resource(ResourceType="Parameter", ResourceId="/kept")["TagList"] == [{"Key": "k", "Value": "v"}]
    step("Secrets Manager and Parameter Store: versions, values and tags are there")

    events = subprocess.run([palco, "events", "--json", "--last", "1000", "--state", state], capture_output=True, text=True, check=True).stdout
    kinds = {json.loads(line)["detail-type"] for line in events.splitlines()}
    assert {"CloudWatch Alarm State Change", "ECS Deployment State Change"} <= kinds, kinds
    step("events of before are there")

    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(60) == 0
except ClientError as error:
    raise AssertionError(f"not kept: {error}") from error
finally:
    daemon.kill()
