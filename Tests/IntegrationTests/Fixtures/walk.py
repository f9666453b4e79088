"""Drives the local cloud with an unmodified boto3: create everything, deploy, read every Describe, shift weights,
roll back, delete everything.

    walk.py ENDPOINT SERVICE.PY

The cloud must run with --allow-host-commands and a short --minute. Prints one line a step; an assertion that does not
hold ends it with exit code 1.
"""
import re
import sys
import urllib.error

from botocore.exceptions import ClientError

from harness import clients, fails, get, step, until

endpoint, service_py = sys.argv[1:3]
ecs, elb, ecr, sts, logs = clients(endpoint)

step("STS says who we are")
identity = sts.get_caller_identity()
account = identity["Account"]
assert re.fullmatch(r"\d{12}", account) and identity["Arn"].startswith(f"arn:aws:iam::{account}:"), identity

step("CloudWatch Logs: a group")
logs.create_log_group(logGroupName="/walk/web")
fails("ResourceAlreadyExistsException", logs.create_log_group, logGroupName="/walk/web")
logs.put_retention_policy(logGroupName="/walk/web", retentionInDays=7)
group = logs.describe_log_groups(logGroupNamePrefix="/walk")["logGroups"][0]
assert group["retentionInDays"] == 7 and group["arn"].startswith(f"arn:aws:logs:us-east-1:{account}:log-group:"), group

step("ECR: a repository")
repository = ecr.create_repository(repositoryName="walk/web", imageTagMutability="IMMUTABLE")["repository"]
assert ecr.describe_repositories(repositoryNames=["walk/web"])["repositories"][0]["repositoryArn"] == repository["repositoryArn"]
fails("RepositoryNotFoundException", ecr.describe_images, repositoryName="nothing-here")

step("ELBv2: load balancer, two target groups, listener, test listener")
balancer = elb.create_load_balancer(Name="walk", Subnets=["subnet-11111111", "subnet-22222222"], Type="application")["LoadBalancers"][0]
lb = balancer["LoadBalancerArn"]
assert re.search(r":loadbalancer/app/walk/[0-9a-f]{16}$", lb), lb
host = balancer["DNSName"]
health = dict(HealthCheckPath="/healthz", HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2, HealthyThresholdCount=2, UnhealthyThresholdCount=2)
groups = [
    elb.create_target_group(Name=f"walk-{colour}", Protocol="HTTP", Port=8080, VpcId="vpc-12345678", TargetType="ip", **health)["TargetGroups"][0]["TargetGroupArn"]
    for colour in ("blue", "green")
]
for arn in groups:
    elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}])


def forward(*weights):
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": g, "Weight": w} for g, w in zip(groups, weights)]}}]


def open_listener(actions):
    for port in range(8080, 8100):
        try:
            return elb.create_listener(LoadBalancerArn=lb, Protocol="HTTP", Port=port, DefaultActions=actions)["Listeners"][0]
        except ClientError as error:
            step(f"port {port}: {error.response['Error']['Message']}")
    raise AssertionError("no port")


listener = open_listener(forward(1, 0))
url = f"http://{host}:{listener['Port']}"
production_rule = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"][0]
assert production_rule["IsDefault"] and production_rule["Priority"] == "default", production_rule
fixed = elb.create_rule(
    ListenerArn=listener["ListenerArn"], Priority=10, Conditions=[{"Field": "path-pattern", "Values": ["/teapot"]}],
    Actions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "418", "ContentType": "text/plain", "MessageBody": "short and stout"}}])["Rules"][0]
fails("PriorityInUse", elb.create_rule, ListenerArn=listener["ListenerArn"], Priority=10, Conditions=[{"Field": "path-pattern", "Values": ["/x"]}], Actions=forward(1, 0))
try:
    get(url + "/teapot")
    raise AssertionError("418 expected")
except urllib.error.HTTPError as error:
    assert error.code == 418 and error.read() == b"short and stout"
try:
    get(url)
    raise AssertionError("503 expected: no targets yet")
except urllib.error.HTTPError as error:
    assert error.code == 503, error.code

step("ECS: cluster and task definitions")
cluster = ecs.create_cluster(clusterName="walk")["cluster"]
assert cluster["clusterArn"] == f"arn:aws:ecs:us-east-1:{account}:cluster/walk" and cluster["status"] == "ACTIVE"


def task_definition(version, **environment):
    return ecs.register_task_definition(
        family="walk-web", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[{
            "name": "web", "image": f"process:{sys.executable}", "command": [service_py], "essential": True,
            "portMappings": [{"containerPort": 8080}], "stopTimeout": 5,
            "environment": [{"name": k, "value": v} for k, v in {"VERSION": version, **environment}.items()],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/walk/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "walk"}},
        }])["taskDefinition"]


v1 = task_definition("v1")
assert v1["revision"] == 1 and v1["status"] == "ACTIVE" and v1["containerDefinitions"][0]["essential"] is True
message = fails("ClientException", ecs.register_task_definition, family="no-cpu", requiresCompatibilities=["FARGATE"], networkMode="awsvpc",
                containerDefinitions=[{"name": "web", "image": "x"}])
step(f"a FARGATE task definition without cpu is refused: {message}")

step("RunTask: a one-off task, its exit code and its output")
fails("ClusterNotFoundException", ecs.run_task, cluster="nowhere", taskDefinition="walk-web")
broken = task_definition("broken", MODE="exit")
network = {"awsvpcConfiguration": {"subnets": ["subnet-11111111"], "securityGroups": ["sg-11111111"], "assignPublicIp": "DISABLED"}}
task = ecs.run_task(cluster="walk", taskDefinition=broken["taskDefinitionArn"], launchType="FARGATE", networkConfiguration=network)["tasks"][0]
stopped = until("the one-off task stops", lambda: next((t for t in ecs.describe_tasks(cluster="walk", tasks=[task["taskArn"]])["tasks"] if t["lastStatus"] == "STOPPED"), None))
assert stopped["stopCode"] == "EssentialContainerExited" and stopped["containers"][0]["exitCode"] == 3, stopped
assert stopped["stoppedReason"] == "Essential container in task exited", stopped["stoppedReason"]
events = until("its output is in the log", lambda: logs.filter_log_events(logGroupName="/walk/web", filterPattern="configuration")["events"])
assert events[0]["message"] == "configuration is missing", events
assert ecs.describe_tasks(cluster="walk", tasks=["0" * 32])["failures"][0]["reason"] == "MISSING"

step("CreateService: blue/green")
service = ecs.create_service(
    cluster="walk", serviceName="web", taskDefinition=v1["taskDefinitionArn"], desiredCount=2, launchType="FARGATE",
    networkConfiguration=network, healthCheckGracePeriodSeconds=0,
    deploymentConfiguration={"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1, "maximumPercent": 200, "minimumHealthyPercent": 100,
                             "deploymentCircuitBreaker": {"enable": True, "rollback": True}},
    loadBalancers=[{"targetGroupArn": groups[0], "containerName": "web", "containerPort": 8080, "advancedConfiguration": {
        "alternateTargetGroupArn": groups[1], "productionListenerRule": production_rule["RuleArn"],
        "roleArn": f"arn:aws:iam::{account}:role/ecs-infrastructure"}}])["service"]
assert service["status"] == "ACTIVE" and service["deployments"][0]["rolloutState"] == "IN_PROGRESS", service["deployments"]


def deployments():
    found = ecs.list_service_deployments(cluster="walk", service="web")["serviceDeployments"]
    return ecs.describe_service_deployments(serviceDeploymentArns=[d["serviceDeploymentArn"] for d in found])["serviceDeployments"]


def newest():
    return max(deployments(), key=lambda d: d["createdAt"])


def finished(arn):
    stages = []

    def look():
        deployment = next(d for d in deployments() if d["serviceDeploymentArn"] == arn)
        stage = deployment.get("lifecycleStage")
        if stage and (not stages or stages[-1] != stage):
            stages.append(stage)
        return deployment if deployment["status"] in ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED") else None

    deployment = until("the deployment ends", look, 90)
    return deployment, stages


first, stages = finished(newest()["serviceDeploymentArn"])
assert first["status"] == "SUCCESSFUL", first
assert re.search(r":service-deployment/walk/web/[A-Za-z0-9_-]{21}$", first["serviceDeploymentArn"]), first
ecs.get_waiter("services_stable").wait(cluster="walk", services=["web"], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
assert get(url) == "v1"
described = ecs.describe_services(cluster="walk", services=["web"], include=["TAGS"])["services"][0]
assert described["runningCount"] == 2 and len(described["deployments"]) == 1, described
revision_number = described["deployments"][0]["id"].removeprefix("ecs-svc/")
assert revision_number in first["targetServiceRevision"]["arn"], (revision_number, first["targetServiceRevision"])
revision = ecs.describe_service_revisions(serviceRevisionArns=[first["targetServiceRevision"]["arn"]])["serviceRevisions"][0]
assert revision["taskDefinition"] == v1["taskDefinitionArn"], revision


def weights():
    rule = elb.describe_rules(RuleArns=[production_rule["RuleArn"]])["Rules"][0]
    return [next((t["Weight"] for t in rule["Actions"][0]["ForwardConfig"]["TargetGroups"] if t["TargetGroupArn"] == g), 0) for g in groups]


step(f"v1 serves; weights by colour {weights()}")
live = weights().index(100)

step("UpdateService to v2: every stage in order, then the other colour serves")
v2 = task_definition("v2")
ecs.update_service(cluster="walk", service="web", taskDefinition=v2["taskDefinitionArn"])
second, stages = finished(newest()["serviceDeploymentArn"])
assert second["status"] == "SUCCESSFUL", second
order = ["RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT",
         "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP"]
assert [order.index(s) for s in stages] == sorted(order.index(s) for s in stages) and "BAKE_TIME" in stages, stages
assert get(url) == "v2"
assert weights().index(100) == 1 - live, weights()

step("a release that never gets healthy is rolled back, and v2 keeps serving")
v3 = task_definition("v3", SICK="1")
ecs.update_service(cluster="walk", service="web", taskDefinition=v3["taskDefinitionArn"])
third, _ = finished(newest()["serviceDeploymentArn"])
assert third["status"] == "ROLLBACK_SUCCESSFUL", third
assert third["rollback"]["reason"], third
assert get(url) == "v2" and weights().index(100) == 1 - live
assert ecs.describe_services(cluster="walk", services=["web"])["services"][0]["taskDefinition"] == v2["taskDefinitionArn"]

step("StopServiceDeployment in the middle rolls back")
ecs.update_service(cluster="walk", service="web", taskDefinition=v1["taskDefinitionArn"])
running = newest()
ecs.stop_service_deployment(serviceDeploymentArn=running["serviceDeploymentArn"], stopType="ROLLBACK")
fourth, _ = finished(running["serviceDeploymentArn"])
assert fourth["status"] == "ROLLBACK_SUCCESSFUL", fourth
assert get(url) == "v2"
fails("ConflictException", ecs.stop_service_deployment, serviceDeploymentArn=running["serviceDeploymentArn"])

step("weights can be shifted by hand, and the data path follows")
elb.modify_listener(ListenerArn=listener["ListenerArn"], DefaultActions=forward(*(50 if i == 1 - live else 0 for i in range(2))))
assert get(url) == "v2"
targets = elb.describe_target_health(TargetGroupArn=groups[1 - live])["TargetHealthDescriptions"]
assert len(targets) == 2 and all(t["TargetHealth"]["State"] == "healthy" for t in targets), targets

step("a task that is stopped is replaced")
victim = ecs.list_tasks(cluster="walk", serviceName="web")["taskArns"][0]
ecs.stop_task(cluster="walk", task=victim, reason="walk")
until("two other tasks run", lambda: [t for t in ecs.list_tasks(cluster="walk", serviceName="web", desiredStatus="RUNNING")["taskArns"] if t != victim][1:])
until("steady", lambda: ecs.describe_services(cluster="walk", services=["web"])["services"][0]["runningCount"] == 2)

step("tags")
ecs.tag_resource(resourceArn=described["serviceArn"], tags=[{"key": "team", "value": "walk"}])
assert ecs.list_tags_for_resource(resourceArn=described["serviceArn"])["tags"] == [{"key": "team", "value": "walk"}]

step("unknown operations name themselves")
message = fails("UnknownOperationException", ecs.describe_capacity_providers)
assert "DescribeCapacityProviders" in message, message

step("delete everything")
fails("ClusterContainsServicesException", ecs.delete_cluster, cluster="walk")
ecs.update_service(cluster="walk", service="web", desiredCount=0)
ecs.delete_service(cluster="walk", service="web", force=True)
until("the service is gone", lambda: ecs.describe_services(cluster="walk", services=["web"])["services"][0]["status"] == "INACTIVE")
until("no task runs", lambda: not ecs.list_tasks(cluster="walk", desiredStatus="RUNNING")["taskArns"])
ecs.delete_cluster(cluster="walk")
fails("ResourceInUse", elb.delete_target_group, TargetGroupArn=groups[0])
elb.delete_load_balancer(LoadBalancerArn=lb)
for arn in groups:
    elb.delete_target_group(TargetGroupArn=arn)
fails("LoadBalancerNotFound", elb.describe_load_balancers, Names=["walk"])
ecr.delete_repository(repositoryName="walk/web", force=True)
logs.delete_log_group(logGroupName="/walk/web")
try:
    get(url)
    raise AssertionError("the listener should be gone")
except urllib.error.URLError:
    pass
step("done")
