"""The two clouds that Terraform applies to: moto for everything, and the local cloud in front for what it has."""
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import boto3
from botocore.config import Config

ACCOUNT, REGION = "123456789012", "eu-west-1"
# Services that the local cloud plays: boto3's name, and the name in AWS_ENDPOINT_URL_<SERVICE>.
LOCAL = {"ecs": "ECS", "ecr": "ECR", "elbv2": "ELASTIC_LOAD_BALANCING_V2", "logs": "CLOUDWATCH_LOGS",
         "cloudwatch": "CLOUDWATCH", "application-autoscaling": "APPLICATION_AUTO_SCALING"}
# What moto lacks besides what the file says that serves it; each line changes an answer, and none an outcome:
MOTO = """
import inspect, runpy, sys
import moto.server
# It has no deployments, and an operation that it does not have ends with 500: none is under way there.
from moto.ecs.responses import EC2ContainerServiceResponse as ECS
from moto.core.responses import ActionResult
ECS.list_service_deployments = lambda self: ActionResult({"serviceDeployments": []})
# It forgets where tasks of a service are placed.
create = ECS.create_service
def create_service(self):
    answer = create(self)
    answer.result["service"].placement_strategy = self._get_param("placementStrategy") or []
    return answer
ECS.create_service = create_service
# It adds a launch template's own tags to those of the instances that are made from it.
from moto.ec2.models.launch_templates import LaunchTemplate
build = LaunchTemplate.__init__
def keep_apart(self, backend, name, data, *words, **names):
    if "TagSpecifications" in data:
        data["TagSpecifications"] = [
            item for item in data["TagSpecifications"] if item["ResourceType"] != "launch-template"]
    build(self, backend, name, data, *words, **names)
LaunchTemplate.__init__ = keep_apart
# It gives every database one and the same resource ID, by which they are asked for, and forgets how it is watched.
import uuid
from moto.rds.responses import RDSResponse
begin = RDSResponse.create_db_instance
def begin_apart(self):
    answer = begin(self)
    database = answer.result["DBInstance"] if isinstance(answer.result, dict) else answer.result
    database.dbi_resource_id = "db-" + uuid.uuid4().hex[:26].upper()
    database.monitoring_interval = self.params.get("MonitoringInterval", 0)
    database.monitoring_role_arn = self.params.get("MonitoringRoleArn")
    return answer
RDSResponse.create_db_instance = begin_apart
# It makes every certificate's key with RSA.
import json
from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse as ACM
request, describe = ACM.request_certificate, CertBundle.describe
def request_with_key(self):
    answer = request(self)
    if isinstance(answer, str):
        certificate = self.acm_backend.get_certificate(json.loads(answer)["CertificateArn"])
        certificate.key_algorithm = self._get_param("KeyAlgorithm")
    return answer
def describe_with_key(self):
    answer = describe(self)
    answer["Certificate"]["KeyAlgorithm"] = getattr(self, "key_algorithm", None) or answer["Certificate"]["KeyAlgorithm"]
    return answer
ACM.request_certificate, CertBundle.describe = request_with_key, describe_with_key
# It leaves the protected instances of an Auto Scaling group that is deleted by force.
from moto.autoscaling.models import AutoScalingBackend
remove = AutoScalingBackend.delete_auto_scaling_group
def remove_all(self, group_name):
    group = self.autoscaling_groups.get(group_name)
    left = [state.instance.id for state in group.instance_states] if group else []
    remove(self, group_name)
    if left:
        self.ec2_backend.terminate_instances(left)
AutoScalingBackend.delete_auto_scaling_group = remove_all
# It forgets the description of a rule that names a prefix list.
from moto.ec2.models.security_groups import SecurityGroupRule as Rule
make = Rule.__init__
def keep(self, *words, **names):
    make(self, *words, **names)
    given = inspect.signature(make).bind(self, *words, **names).arguments.get("prefix_list_id")
    self.prefix_description = (given or {}).get("Description")
Rule.__init__ = keep
serve = moto.server.main
def main():
    known = Rule.description
    Rule.description = property(lambda rule: known.fget(rule) or rule.prefix_description)
    serve()
moto.server.main = main
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def indented(text):
    return "\n".join("        " + line for line in text.strip().splitlines())


class Clouds:
    """moto and the local cloud, for as long as a run takes."""

    def __init__(self, arguments, work):
        self.arguments, self.work, self.processes = arguments, work, []
        self.moto = self.local = None
        self.base = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_", "PALCO_"))},
            "AWS_ACCESS_KEY_ID": "palco", "AWS_SECRET_ACCESS_KEY": "palco-secret", "AWS_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": f"{work}/none",
            "AWS_SHARED_CREDENTIALS_FILE": f"{work}/none", "NO_COLOR": "1",
            "PALCO_TERRAFORM": arguments.terraform, "PALCO_AWS_PROVIDER": arguments.provider,
        }

    def environment(self, has_local=True):
        """The variables of a program that uses both clouds, or moto alone."""
        variables = {**self.base, "AWS_ENDPOINT_URL": self.moto}
        if has_local:
            variables.update({f"AWS_ENDPOINT_URL_{name}": self.local for name in LOCAL.values()})
        return variables

    def client(self, service, has_local=True, **options):
        url = self.local if has_local and service in LOCAL else self.moto
        return boto3.client(service, **{
            "endpoint_url": url, "region_name": REGION, "aws_access_key_id": "palco",
            "aws_secret_access_key": "palco-secret", "config": Config(retries={"max_attempts": 1}), **options})

    def start_moto(self, **variables):
        port = free_port()
        url = f"http://127.0.0.1:{port}"

        def answers(_):
            try:
                return urllib.request.urlopen(f"{url}/moto-api/", timeout=1).status == 200
            except OSError:
                return False

        self._start([sys.executable, "-c", MOTO, self.arguments.moto, str(port)], "moto.log", answers,
                    {**self.base, **variables})
        self.moto = url
        return f"moto at {url}"

    def start_local(self):
        self.local = self._start(
            [self.arguments.palco, "cloud", "run", "--state", os.path.join(self.work, "cloud"), "--port",
             str(free_port()), "--minute", "1s", "--account", ACCOUNT, "--region", REGION, "--allow-host-commands"],
            "cloud.log", lambda text: (re.search(r"ready at (\S+)", text) or [None, None])[1], self.base)
        return f"the local cloud at {self.local}"

    def _start(self, command, log, ready, environment):
        """Starts a server and waits until it is ready."""
        path = os.path.join(self.work, log)
        process = subprocess.Popen(command, env=environment, stdout=open(path, "w"), stderr=subprocess.STDOUT,
                                   start_new_session=True)
        self.processes.append(process)
        for _ in range(900):
            found = ready(open(path).read())
            if found:
                return found
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise Exception(f"{command[0]} does not start\n" + indented(open(path).read()[-2000:]))

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
