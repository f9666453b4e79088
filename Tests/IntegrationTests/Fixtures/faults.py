"""Images and programs that misbehave, each told apart in ECS's words.

    faults.py ENDPOINT SERVICE.PY DAEMON_PID
"""
import hashlib
import json
import re
import sys
import time
import urllib.request

from harness import NETWORK, clients, step, until

endpoint, service_py, daemon = sys.argv[1:4]
ecs, _, ecr, _, logs = clients(endpoint)
ecs.create_cluster(clusterName="faults")
logs.create_log_group(logGroupName="/faults")


def run(image, command=(), stop_timeout=2, **environment):
    definition = ecs.register_task_definition(
        family="faults", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[{
            "name": "web", "image": image, "command": list(command), "essential": True, "portMappings": [{"containerPort": 8080}],
            "stopTimeout": stop_timeout, "environment": [{"name": k, "value": v} for k, v in environment.items()],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/faults", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "x"}},
        }])["taskDefinition"]["taskDefinitionArn"]
    return ecs.run_task(cluster="faults", taskDefinition=definition, networkConfiguration=NETWORK)["tasks"][0]["taskArn"]


def task(arn):
    return ecs.describe_tasks(cluster="faults", tasks=[arn])["tasks"][0]


def reaches(arn, status, seconds=60):
    return until(f"the task is {status}", lambda: task(arn) if task(arn)["lastStatus"] == status else None, seconds)


def failed_to_start(arn, pattern):
    stopped = reaches(arn, "STOPPED")
    assert stopped["stopCode"] == "TaskFailedToStart", stopped
    assert re.search(pattern, stopped["stoppedReason"]), stopped["stoppedReason"]
    return stopped["stoppedReason"]


def push_image_without_command():
    """By the distribution API alone: an empty layer and a configuration that names no command."""
    ecr.create_repository(repositoryName="faults")

    def blob(data):
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        start = urllib.request.urlopen(urllib.request.Request(f"{endpoint}/v2/faults/blobs/uploads/", method="POST"))
        location = start.headers["Location"]
        location = location if location.startswith("http") else endpoint + location
        separator = "&" if "?" in location else "?"
        put = urllib.request.Request(f"{location}{separator}digest={digest}", data=data, method="PUT", headers={"Content-Type": "application/octet-stream"})
        assert urllib.request.urlopen(put).status == 201
        return {"digest": digest, "size": len(data)}

    layer = bytes(1024)
    configuration = json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **blob(configuration)},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", **blob(layer)}]}).encode()
    put = urllib.request.Request(f"{endpoint}/v2/faults/manifests/v1", data=manifest, method="PUT", headers={"Content-Type": "application/vnd.oci.image.manifest.v1+json"})
    assert urllib.request.urlopen(put).status == 201


host = endpoint.removeprefix("http://")
step("an image that is missing: " + failed_to_start(run(f"{host}/faults:gone"), "^CannotPullContainerError"))
push_image_without_command()
step("an image without a command: " + failed_to_start(run(f"{host}/faults:v1"), "command"))
step("a program that is missing: " + failed_to_start(run("process:/nowhere/program"), "^CannotStartContainerError|^CannotPullContainerError"))

arn = run(f"process:{sys.executable}", [service_py], MODE="exit")
stopped = reaches(arn, "STOPPED")
assert (stopped["stopCode"], stopped["containers"][0]["exitCode"]) == ("EssentialContainerExited", 3), stopped
step(f"a program that exits at once: {stopped['stoppedReason']}, exit code 3")

arn = run(f"process:{sys.executable}", [service_py], VERSION="deaf", MODE="deaf")
reaches(arn, "RUNNING")
until("it listens", lambda: logs.filter_log_events(logGroupName="/faults", filterPattern='"version deaf"')["events"])
ecs.stop_task(cluster="faults", task=arn, reason="deaf?")
began = time.time()
stopped = reaches(arn, "STOPPED")
assert stopped["containers"][0]["exitCode"] == 137 and stopped["stopCode"] == "UserInitiated" and "deaf?" in stopped["stoppedReason"], stopped
step(f"a program that ignores SIGTERM is killed after its stop timeout of 2 s: exit code 137 after {time.time() - began:.1f} s")

arn = run(f"process:{sys.executable}", [service_py], MODE="chatty")
until("all its output was read", lambda: logs.filter_log_events(logGroupName="/faults", filterPattern='"END OF CHATTER"')["events"], 120)
with open(f"/proc/{daemon}/status") as status:
    resident = int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) // 1024
assert resident < 250, f"the daemon holds {resident} MiB"
ecs.stop_task(cluster="faults", task=arn)
reaches(arn, "STOPPED")
step(f"a program that prints 100 MB: all read, the daemon holds {resident} MiB")
ecs.delete_cluster(cluster="faults")
step("done")
