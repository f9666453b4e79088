"""What the drivers of the local cloud share: unmodified boto3 clients, waiting, and a blue/green service to play with."""
import json
import os
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

NETWORK = {"awsvpcConfiguration": {"subnets": ["subnet-11111111"], "securityGroups": ["sg-11111111"], "assignPublicIp": "DISABLED"}}
ENDED = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")


def clients(endpoint, names=("ecs", "elbv2", "ecr", "sts", "logs")):
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
    config = Config(retries={"max_attempts": 0})
    return [session.client(name, endpoint_url=endpoint, config=config) for name in names]


def step(text):
    print(f"{sys.argv[0].rsplit('/', 1)[-1].removesuffix('.py')}: {text}", flush=True)


def fails(code, call, **arguments):
    """The message of the error that the call must answer."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 404), error
        return error.response["Error"]["Message"]
    raise AssertionError(f"{call} should fail with {code}")


def until(what, look, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        value = look()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"not in {seconds} s: {what}")


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def function(state, name, answer):
    """This program is the Lambda function of that name: `answer` gets the event and returns the hookStatus."""
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps({"hookStatus": answer(event)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(os.path.join(state, "lambdas.json"), "w") as file:
        json.dump({name: f"http://127.0.0.1:{server.server_port}/"}, file)


class BlueGreen:
    """A load balancer with two target groups, and a blue/green service of service.py behind it."""

    def __init__(self, endpoint, service_py, name, tasks=2, bake=1):
        self.ecs, self.elb, _, self.sts, self.logs = clients(endpoint)
        self.service_py, self.name, self.tasks = service_py, name, tasks
        self.account = self.sts.get_caller_identity()["Account"]
        self.logs.create_log_group(logGroupName=f"/{name}")
        balancer = self.elb.create_load_balancer(Name=name, Subnets=["subnet-11111111", "subnet-22222222"])["LoadBalancers"][0]
        self.balancer = balancer["LoadBalancerArn"]
        self.groups = [self._target_group(colour) for colour in ("blue", "green")]
        self.listener = self.elb.create_listener(LoadBalancerArn=self.balancer, Protocol="HTTP", Port=8080, DefaultActions=self.forward(1, 0))["Listeners"][0]
        self.rule = self.elb.describe_rules(ListenerArn=self.listener["ListenerArn"])["Rules"][0]["RuleArn"]
        self.host, self.port = balancer["DNSName"], 8080
        self.url = f"http://{self.host}:{self.port}"
        self.ecs.create_cluster(clusterName=name)
        self.deployment_configuration = {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": bake, "maximumPercent": 200, "minimumHealthyPercent": 100,
                                         "deploymentCircuitBreaker": {"enable": True, "rollback": True}}

    def _target_group(self, colour):
        arn = self.elb.create_target_group(
            Name=f"{self.name}-{colour}", Protocol="HTTP", Port=8080, VpcId="vpc-12345678", TargetType="ip", HealthCheckPath="/healthz",
            HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2, HealthyThresholdCount=2, UnhealthyThresholdCount=2)["TargetGroups"][0]["TargetGroupArn"]
        self.elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "60"}])
        return arn

    def forward(self, *weights):
        return [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": g, "Weight": w} for g, w in zip(self.groups, weights)]}}]

    def weights(self):
        rule = self.elb.describe_rules(RuleArns=[self.rule])["Rules"][0]
        weights = {t["TargetGroupArn"]: t["Weight"] for t in rule["Actions"][0]["ForwardConfig"]["TargetGroups"]}
        return [weights.get(group, 0) for group in self.groups]

    def set_weights(self, *weights):
        self.elb.modify_listener(ListenerArn=self.listener["ListenerArn"], DefaultActions=self.forward(*weights))

    def task_definition(self, version, **environment):
        return self.ecs.register_task_definition(
            family=self.name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{
                "name": "web", "image": f"process:{sys.executable}", "command": [self.service_py], "essential": True,
                "portMappings": [{"containerPort": 8080}], "stopTimeout": 10,
                "environment": [{"name": k, "value": v} for k, v in {"VERSION": version, **environment}.items()],
                "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": f"/{self.name}", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}},
            }])["taskDefinition"]["taskDefinitionArn"]

    def create(self, version):
        self.ecs.create_service(
            cluster=self.name, serviceName="web", taskDefinition=self.task_definition(version), desiredCount=self.tasks, launchType="FARGATE",
            networkConfiguration=NETWORK, deploymentConfiguration=self.deployment_configuration,
            loadBalancers=[{"targetGroupArn": self.groups[0], "containerName": "web", "containerPort": 8080, "advancedConfiguration": {
                "alternateTargetGroupArn": self.groups[1], "productionListenerRule": self.rule,
                "roleArn": f"arn:aws:iam::{self.account}:role/ecs-infrastructure"}}])
        return self.ended(self.newest())

    def update(self, version, **environment):
        """Starts a release and returns its deployment's ARN."""
        self.ecs.update_service(cluster=self.name, service="web", taskDefinition=self.task_definition(version, **environment),
                                deploymentConfiguration=self.deployment_configuration)
        return self.newest()

    def newest(self):
        found = self.ecs.list_service_deployments(cluster=self.name, service="web")["serviceDeployments"]
        return max(found, key=lambda d: d["createdAt"])["serviceDeploymentArn"]

    def deployment(self, arn):
        return self.ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]

    def ended(self, arn, seconds=90):
        def look():
            deployment = self.deployment(arn)
            return deployment if deployment["status"] in ENDED else None
        return until("the deployment ends", look, seconds)
