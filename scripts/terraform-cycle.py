"""The cycle of test-terraform: one environment from an empty account to an empty account. Run by scripts/test-terraform."""
import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3
from botocore.config import Config

ACCOUNT, REGION, PROVIDER = "123456789012", "eu-west-1", "5.100.0"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURE = os.path.join(ROOT, "Tests/PalcoBlueprintTests/Fixtures/aws/short.yml")
SERVICE = os.path.join(ROOT, "Tests/IntegrationTests/Fixtures/service.py")
# Services that the local cloud plays: boto3's name, and the name in AWS_ENDPOINT_URL_<SERVICE>.
LOCAL = {"ecs": "ECS", "ecr": "ECR", "elbv2": "ELASTIC_LOAD_BALANCING_V2", "logs": "CLOUDWATCH_LOGS"}
# moto asks its own ECS whether the service is there that is to be scaled; here ECS is another one. And it forgets the
# description of a rule that names a prefix list.
MOTO = """
import inspect, runpy, sys
import moto.server
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend as Backend
from moto.ec2.models.security_groups import SecurityGroupRule as Rule
Backend._ecs_service_exists_for_target = lambda self, r_id: True
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

parser = argparse.ArgumentParser()
for name in ("terraform", "moto", "palco"):
    parser.add_argument(f"--{name}", required=True)
arguments = parser.parse_args()
work = tempfile.mkdtemp(prefix="palco-terraform-")
project, module, state = (os.path.join(work, name) for name in ("project", "module", "cloud"))
os.makedirs(project)
processes = []
passed, failed = 0, 0
environment = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_", "PALCO_"))},
    **{k: v for k, v in os.environ.items() if k.startswith(("TFSHIM_",))},
    "AWS_ACCESS_KEY_ID": "palco", "AWS_SECRET_ACCESS_KEY": "palco", "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": f"{work}/none", "AWS_SHARED_CREDENTIALS_FILE": f"{work}/none",
    "TF_VAR_account_id": ACCOUNT, "TF_IN_AUTOMATION": "1", "NO_COLOR": "1",
}


class Failure(Exception):
    pass


class Skipped(Exception):
    pass


def step(name, body):
    """Runs one step and says how it went; the first that fails ends the cycle."""
    global passed, failed
    begin = time.monotonic()
    try:
        detail = body()
    except Skipped:
        raise
    except Exception as error:
        failed += 1
        print(f"FAIL  {time.monotonic() - begin:6.1f} s  {name}: {error}", flush=True)
        raise Failure(name) from error
    passed += 1
    print(f"ok    {time.monotonic() - begin:6.1f} s  {name}" + (f": {detail}" if detail else ""), flush=True)


def run(command, accepted=(0,), cwd=None, timeout=900):
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout)
    with open(os.path.join(work, "commands.log"), "a") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n[{done.returncode}]\n")
    if done.returncode not in accepted:
        raise Exception(f"{os.path.basename(command[0])} {command[1]} ended with {done.returncode}\n"
                        + indented((done.stdout[-6000:] + done.stderr[-6000:])))
    return done


def indented(text):
    return "\n".join("        " + line for line in text.strip().splitlines())


def terraform(*words, accepted=(0,)):
    plain = () if words[0] == "output" else ("-no-color",)
    return run([arguments.terraform, *words, *plain], accepted, cwd=module)


def palco(*words):
    return run([arguments.palco, *words, "--file", f"{project}/palco.yml"], cwd=project)


def client(service):
    url = environment.get(f"AWS_ENDPOINT_URL_{LOCAL.get(service, '')}") or environment["AWS_ENDPOINT_URL"]
    return boto3.client(service, endpoint_url=url, region_name=REGION, aws_access_key_id="palco",
                        aws_secret_access_key="palco", config=Config(retries={"max_attempts": 1}))


def start(command, log, ready):
    """Starts a server and waits until it says that it is ready, or until `ready` is true."""
    path = os.path.join(work, log)
    process = subprocess.Popen(command, env=environment, stdout=open(path, "w"), stderr=subprocess.STDOUT,
                               start_new_session=True)
    processes.append(process)
    for _ in range(600):
        found = ready(open(path).read())
        if found:
            return found
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise Exception(f"{command[0]} does not start\n" + indented(open(path).read()[-2000:]))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start_clouds():
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def answers(_):
        try:
            return urllib.request.urlopen(f"{url}/moto-api/", timeout=1).status == 200
        except OSError:
            return False

    start([sys.executable, "-c", MOTO, arguments.moto, str(port)], "moto.log", answers)
    environment["AWS_ENDPOINT_URL"] = url
    endpoint = start(
        [arguments.palco, "cloud", "run", "--state", state, "--port", str(free_port()), "--minute", "1s",
         "--account", ACCOUNT, "--region", REGION, "--allow-host-commands"],
        "cloud.log", lambda text: (re.search(r"ready at (\S+)", text) or [None, None])[1])
    for variable in LOCAL.values():
        environment[f"AWS_ENDPOINT_URL_{variable}"] = endpoint
    # What `palco bootstrap` makes: the repository is the project's.
    client("ecr").create_repository(repositoryName="shop", imageTagMutability="IMMUTABLE")
    return f"moto at {url}, the local cloud at {endpoint}"


def write_manifest():
    text = open(FIXTURE).read()
    changes = [
        ("image: {dockerfile: Dockerfile}",
         "image:\n  files: {/app/service.py: service.py, /app/version.txt: version.txt}\n"
         "  command: [python3, /app/service.py]"),
        ("service: {port: 8080}",
         "service: {port: 8080, tasks: 2, health: {path: /healthz, interval: 5s}, environment: {GREETING: hello}}\n"
         "release: {strategy: blue_green, bake: 0m}\n"
         # The local cloud refuses alarms of deployments as long as it has no alarms.
         "alarms: {roll_back: false}"),
    ]
    for old, new in changes:
        if old not in text:
            raise Exception(f"{FIXTURE} has no '{old}' any more")
        text = text.replace(old, new)
    open(f"{project}/palco.yml", "w").write(text)
    shutil.copy(SERVICE, project)


def export():
    write_manifest()
    done = palco("export", "terraform", "stage", module, "--aws5")
    files = {name: open(f"{module}/{name}").read() for name in os.listdir(module) if name.endswith(".tf")}
    override = {
        "terraform": {
            "backend": {"local": {}},
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": PROVIDER}},
        },
        "provider": {"aws": {
            "skip_credentials_validation": True, "skip_metadata_api_check": "true", "s3_use_path_style": True,
            # The default of 25 makes a call that nobody answers hang for many minutes.
            "max_retries": 3,
        }},
    }
    if any('"aws_s3_bucket_policy" "access_logs"' in text for text in files.values()):
        # moto evaluates policies without their conditions: the refusal of plain HTTP would lock everybody out.
        policy = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            "Action": "s3:PutObject", "Resource": "${aws_s3_bucket.access_logs.arn}/*"}]}
        override["resource"] = {"aws_s3_bucket_policy": {"access_logs": {"policy": json.dumps(policy)}}}
    json.dump(override, open(f"{module}/palco_override.tf.json", "w"), indent=2)
    return "; ".join(line for line in done.stderr.splitlines() if "left out" in line)


def initialize():
    done = terraform("init", "-input=false", accepted=(0, 1))
    if done.returncode != 0:
        if "no available releases match" in done.stdout + done.stderr:
            raise Skipped(f"needs provider hashicorp/aws {PROVIDER}")
        raise Exception("terraform init failed\n" + indented(done.stdout[-3000:] + done.stderr[-3000:]))
    version = terraform("version").stdout.split()[1]
    return f"Terraform {version}, provider {PROVIDER}"


def summary(text):
    lines = [line for line in text.splitlines() if line.startswith(("Plan:", "Apply complete", "Destroy complete"))]
    return lines[-1].rstrip(".") if lines else ""


def plan_without_changes():
    done = terraform("plan", "-input=false", "-detailed-exitcode", accepted=(0, 1, 2))
    if done.returncode == 0:
        return "no changes"
    begin = done.stdout.find("Terraform will perform")
    raise Exception(("the plan has changes\n" if done.returncode == 2 else "the plan failed\n")
                    + indented(done.stdout[max(begin, 0):][:8000] + done.stderr[-4000:]))


def output(name):
    return terraform("output", "-raw", name).stdout.strip()


def settled():
    """Waits until no deployment of the service is under way."""
    ecs = client("ecs")
    for _ in range(300):
        briefs = ecs.list_service_deployments(cluster="shop-stage", service="shop")["serviceDeployments"]
        if all(item["status"] in ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")
               for item in briefs):
            return briefs
        time.sleep(0.2)
    raise Exception(f"a deployment does not end: {briefs}")


def group(colour):
    return client("elbv2").describe_target_groups(Names=[f"shop-stage-{colour}"])["TargetGroups"][0]["TargetGroupArn"]


def rule(port):
    elb = client("elbv2")
    balancer = elb.describe_load_balancers(Names=["shop-stage"])["LoadBalancers"][0]["LoadBalancerArn"]
    for listener in elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
        if listener["Port"] == port:
            rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
            return next(item for item in rules if not item["IsDefault"])
    raise Exception(f"no listener on port {port}")


def live_colour():
    weights = {item["TargetGroupArn"]: item["Weight"]
               for item in rule(80)["Actions"][0]["ForwardConfig"]["TargetGroups"]}
    return max(("blue", "green"), key=lambda colour: weights.get(group(colour), 0))


def what_provider_5_cannot_say():
    """Sets the two blocks that were left out for version 5 of the provider, as version 6 would have."""
    settled()
    roles = client("iam").list_roles()["Roles"]
    role = next(item["Arn"] for item in roles if item["RoleName"] == "shop-stage-ecs-infrastructure")
    port = int(re.search(r"\bport\s+=\s+(\d+)", terraform("state", "show", "aws_lb_listener.test").stdout)[1])
    client("ecs").update_service(
        cluster="shop-stage", service="shop",
        deploymentConfiguration={"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0},
        loadBalancers=[{
            "targetGroupArn": group("blue"), "containerName": "web", "containerPort": 8080,
            "advancedConfiguration": {
                "alternateTargetGroupArn": group("green"), "productionListenerRule": rule(80)["RuleArn"],
                "testListenerRule": rule(port)["RuleArn"], "roleArn": role}}])
    settled()
    return "deployment_configuration, load_balancer.advanced_configuration"


def answers(version):
    url = output("url")
    body = urllib.request.urlopen(url, timeout=5).read().decode()
    if body != version:
        raise Exception(f"{url} answers '{body}', not '{version}'")
    return url


colours = []


def release(version):
    open(f"{project}/version.txt", "w").write(version + "\n")
    palco("deploy", "stage", "--label", version)
    return verified(version)


def verified(version):
    url = answers(version)
    colour = live_colour()
    if colours and colours[-1] == colour:
        raise Exception(f"{colour} serves again: the colours do not take turns")
    colours.append(colour)
    service = client("ecs").describe_services(cluster="shop-stage", services=["shop"])["services"][0]
    name = service["taskDefinition"]
    definition = client("ecs").describe_task_definition(taskDefinition=name, include=["TAGS"])
    if not (definition["taskDefinition"].get("executionRoleArn") and definition["taskDefinition"].get("taskRoleArn")):
        raise Exception(f"{name} has lost its roles")
    return f"{url} answers {version} from {colour}, task definition {name.split('/')[-1]}"


def roll_back():
    palco("rollback", "stage")
    return verified("v1")


def destroy():
    done = terraform("destroy", "-auto-approve", "-input=false")
    left = terraform("state", "list").stdout.split()
    left = [item for item in left if not item.startswith("data.")]
    elb, ecs = client("elbv2"), client("ecs")
    left += [item["LoadBalancerArn"] for item in elb.describe_load_balancers()["LoadBalancers"]]
    left += [item["TargetGroupArn"] for item in elb.describe_target_groups()["TargetGroups"]]
    left += ecs.list_clusters()["clusterArns"]
    left += [item["logGroupName"] for item in client("logs").describe_log_groups()["logGroups"]]
    left += [item["VpcId"] for item in client("ec2").describe_vpcs()["Vpcs"] if not item["IsDefault"]]
    if left:
        raise Exception(f"left: {', '.join(left)}")
    return summary(done.stdout) + ", nothing is left"


def cycle():
    step("start", start_clouds)
    step("export", export)
    step("init", initialize)
    step("validate", lambda: terraform("validate").stdout.strip().splitlines()[0])
    step("plan", lambda: summary(terraform("plan", "-input=false", "-out=plan").stdout))
    step("apply", lambda: summary(terraform("apply", "-input=false", "plan").stdout))
    step("plan after apply", plan_without_changes)
    step("the two blocks of provider 6", what_provider_5_cannot_say)
    step("plan after them", plan_without_changes)
    step("release v1", lambda: release("v1"))
    step("plan after v1", plan_without_changes)
    step("release v2", lambda: release("v2"))
    step("plan after v2", plan_without_changes)
    step("rollback", roll_back)
    step("plan after the rollback", plan_without_changes)
    step("destroy", destroy)


status = 0
try:
    cycle()
except Skipped as reason:
    print(f"test-terraform: skipped: {reason}", file=sys.stderr)
    status = 1 if os.environ.get("PALCO_REQUIRE_COUNTERPARTS") == "1" else 0
except Failure:
    status = 1
finally:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
    if status and not os.environ.get("KEEP"):
        print(f"test-terraform: the logs are in {work}", file=sys.stderr)
    elif not os.environ.get("KEEP"):
        shutil.rmtree(work, ignore_errors=True)
print(f"{passed} passed, {failed} failed")
sys.exit(status)
